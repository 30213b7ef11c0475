"""The past of one row, as the lines of a history."""

from __future__ import annotations

from django.db.models import Model

from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.ui.components import Entry
from silian.foundation.ui.histories import entry_of


def past_of(subject: Model) -> list[Entry]:
    """What was done to the row, by which unit and person (经过)."""
    return [
        entry_of(act, who=f"{act.organisation_name} {act.actor_name}".strip())
        for act in history_of(subject)
    ]
