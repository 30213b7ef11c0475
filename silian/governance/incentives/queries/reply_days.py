"""How many days a unit has to be heard, as the region set it (陈述申辩期限)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from silian.registers.policies.models.parameters import Parameter
from silian.registers.policies.queries.parameters import nearest, unissued

NAME = "recovery_reply_days"


@dataclass(frozen=True, kw_only=True)
class ReplyDays:
    """Working days with the document that sets them (工作日和依据)."""

    days: int
    basis: str


def reply_days_of(*, division: str, on: datetime.date) -> ReplyDays | None:
    """The region's own number or that of the nearest level above; None is 未设定."""
    rows = Parameter.objects.filter(name=NAME, key="").exclude(document__in=unissued())
    for row in nearest(rows, division=division, on=on):
        if row.is_set and row.value is not None:
            return ReplyDays(days=int(row.value), basis=f"{row.source} {row.place}".strip())
    return None
