"""Acts of the audit trail as the lines of a history (经过)."""

from __future__ import annotations

from silian.foundation.kernel.audit_labels import action_label
from silian.foundation.kernel.models import AuditEntry
from silian.foundation.ui.components import Entry


def entry_of(act: AuditEntry, *, who: str | None = None, note: str | None = None) -> Entry:
    """One act as a line: its Chinese words, the actor, and the reason unless told otherwise."""
    return Entry(
        at=act.happened_at,
        what=action_label(act.action),
        who=act.actor_name if who is None else who,
        note=act.reason if note is None else note,
    )
