"""Demands to collect of the demonstration city: one in each state, with the tax bureau."""

from __future__ import annotations

import datetime

from django.utils import timezone

from silian.operations.learning.choices import CollectionState, ReturnState
from silian.operations.learning.models.collections import CollectionNotice
from silian.operations.learning.models.returns import FundReturn
from silian.operations.learning.queries.returns import collection_for
from silian.registers.accounts.models import User
from silian.registers.organisations.choices import OrganisationKind
from silian.registers.organisations.models import Organisation

COLLECTOR = "青澜市税务局"
STATES = (
    CollectionState.TAKEN,
    CollectionState.TOLD,
    CollectionState.COLLECTED,
    CollectionState.RETURNED,
)
TOLD_BEFORE = 30  # days; orders ended a few days earlier


class CollectionMaker:
    """Tells the tax bureau what refused returns still owe (依法收取演示数据)."""

    def __init__(self, *, on: datetime.date) -> None:
        self.on = on
        self.moment = timezone.make_aware(
            datetime.datetime.combine(on - datetime.timedelta(days=TOLD_BEFORE), datetime.time(10))
        )

    def make(self) -> int:
        office = Organisation.objects.filter(
            kind=OrganisationKind.GOVERNMENT, name__startswith=COLLECTOR
        ).first()
        if office is None:
            return 0
        clerk = User.objects.filter(username="demo-coordinator").first()
        refused = FundReturn.objects.filter(state=ReturnState.REFUSED, is_demo=True)
        rows = refused.select_related("current", "organisation").order_by("pk")
        made = [
            notice
            for place, row in enumerate(rows)
            if (notice := self.notice(row, office, clerk, STATES[place % len(STATES)]))
        ]
        return len(CollectionNotice.objects.bulk_create(made))

    def notice(
        self, row: FundReturn, office: Organisation, clerk: User | None, state: CollectionState
    ) -> CollectionNotice | None:
        owed = collection_for(row)
        if owed is None:
            return None
        made = CollectionNotice(
            fund_return=row, collector=office, due=owed.due, paid=owed.paid, amount=owed.amount,
            rule=owed.rule, clause=owed.clause, text="企业拒不改正，请依法收取少提取的部分。",
            told_by=clerk, told_at=self.moment, state=state, is_demo=True,
        )  # fmt: skip
        if state in (CollectionState.TAKEN, CollectionState.COLLECTED):
            made.taken_by, made.taken_at = clerk, self.moment + datetime.timedelta(days=3)
        if state == CollectionState.COLLECTED:
            made.received, made.received_on = owed.amount, self.on - datetime.timedelta(days=9)
            made.receipt_number = f"JK{row.year}{row.pk:06d}"
            made.closed_at = self.moment + datetime.timedelta(days=TOLD_BEFORE - 9)
        elif state == CollectionState.RETURNED:
            made.return_reason = "企业税务登记已迁出本市，请移送迁入地收取部门。"
        return made
