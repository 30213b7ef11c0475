"""What the loading of rulebooks is called in the audit trail (审计用语)."""

from __future__ import annotations

from silian.foundation.kernel.audit_labels import register_action_labels

register_action_labels({"policies.book.loaded": "载入地区规则册"})
