"""What the portal's entries in the audit trail are called."""

from __future__ import annotations

from silian.foundation.kernel.audit_labels import register_action_labels

register_action_labels({"portal.demo.built": "生成演示数据"})
