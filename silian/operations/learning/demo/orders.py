"""Correction cases of the demonstration's returns, as the credit register keeps them."""

from __future__ import annotations

import datetime

from django.utils import timezone

from silian.operations.learning.choices import ReturnState
from silian.operations.learning.models.returns import FundReturn
from silian.registers.accounts.models import User
from silian.registers.credit.choices import CaseState, ItemNature, Sharing
from silian.registers.credit.models import CorrectionCase, CreditItem

CITY = "990100"
STATES = {
    # state of the return: state of the case, days since found, days from today to the day
    ReturnState.ORDERED: (CaseState.ORDERED, 18, 9),
    ReturnState.REPORTED: (CaseState.REPORTED, 25, 3),
    ReturnState.CORRECTED: (CaseState.CORRECTED, 150, -118),
    ReturnState.REFUSED: (CaseState.REFUSED, 70, -35),
}


class CaseMaker:
    """Opens the case that a return's state asks for (责令改正演示数据)."""

    states = frozenset(STATES)

    def __init__(self, *, on: datetime.date) -> None:
        self.on = on
        self.item = CreditItem.objects.filter(division_id=CITY, code="QL-CJ-01").first()

    def day(self, days: int) -> datetime.date:
        return self.on + datetime.timedelta(days=days)

    def attach(self, row: FundReturn, *, state: ReturnState, official: User | None) -> None:
        """The case of one return, with the days on which it was ordered and ended."""
        case_state, age, left = STATES[state]
        found_at = timezone.make_aware(datetime.datetime.combine(self.day(-age), datetime.time(10)))
        said = case_state in (CaseState.REPORTED, CaseState.CORRECTED)
        ended = case_state == CaseState.CORRECTED
        row.case = CorrectionCase.objects.create(
            organisation=row.organisation,
            authority=row.call.authority,
            division_id=row.division_id,
            item=self.item or self.new_item(),
            title=f"{row.year} 年度职工教育培训经费提取使用不符合规定",
            finding="提取的职工教育培训经费低于应提取数，用于一线职工的部分不足。",
            basis=row.call.basis,
            source="learning.fundreturn",
            source_id=row.pk,
            state=case_state,
            found_at=found_at,
            found_by=official,
            order_text="请补提差额，增加一线职工培训支出，并提交凭证。",
            due_on=self.day(left),
            correction_text="已补提差额，凭证随附。" if said else "",
            reported_at=found_at + datetime.timedelta(days=12) if said else None,
            end_reason="已核实补提凭证。" if ended else "",
            ended_at=found_at + datetime.timedelta(days=20) if ended else None,
            is_demo=True,
        )
        row.ordered_on = self.day(-age)
        if state == ReturnState.CORRECTED:
            row.order_ended_on = self.day(20 - age)
        elif state == ReturnState.REFUSED:
            row.order_ended_on = self.day(left + 5)

    def new_item(self) -> CreditItem:
        self.item = CreditItem.objects.create(
            division_id=CITY,
            code="QL-CJ-01",
            name="职工教育培训经费提取使用情况",
            provider="青澜市人力资源和社会保障局",
            nature=ItemNature.BAD,
            sharing=Sharing.PUBLIC,
            basis="青澜市公共信用信息补充目录（演示）",
            is_demo=True,
        )
        return self.item
