"""Tells enterprises and offices what happened; follows cases of the credit register."""

from __future__ import annotations

from django.utils import timezone

from silian.foundation.kernel.events import subscribe
from silian.operations.learning.choices import ReturnState
from silian.operations.learning.commands.checking import follow_case
from silian.operations.learning.events import CallIssued, FundReturnMoved
from silian.operations.learning.models.calls import FundCall
from silian.operations.learning.models.returns import FundReturn
from silian.operations.learning.permissions.fund import KEEPERS, WRITERS
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.credit.events import CaseMoved
from silian.registers.organisations.queries.members import user_ids_with_role

TO_ENTERPRISE = {
    ReturnState.FIXING: "请补正经费报告",
    ReturnState.CONFIRMED: "经费报告已确认",
    ReturnState.CORRECTED: "已核实改正",
    ReturnState.REFUSED: "已认定拒不改正，下一步会告知并听取陈述申辩",
}
TO_OFFICES = (ReturnState.SUBMITTED, ReturnState.REPORTED)


@subscribe(CallIssued)
def tell_of_call(event: CallIssued) -> None:
    call = FundCall.objects.get(pk=event.call_id)
    for organisation_id in call.units.values_list("organisation_id", flat=True):
        notify(
            user_ids=members(organisation_id, roles=WRITERS),
            kind=NotificationKind.TASK,
            title=f"请填报：{call.title}",
            detail=f"截止 {call.due_on}，{call.basis}",
            url=call.get_absolute_url(),
            organisation_id=organisation_id,
            key=f"fund-call-{call.pk}-issued",
        )


@subscribe(FundReturnMoved)
def tell_of_return(event: FundReturnMoved) -> None:
    row = FundReturn.objects.select_related("organisation", "call", "current").get(
        pk=event.return_id
    )
    state = ReturnState(event.state)
    number = row.current.number if row.current else 0
    if state in TO_ENTERPRISE:
        tell(
            row,
            organisation_id=row.organisation_id,
            roles=WRITERS,
            title=f"{TO_ENTERPRISE[state]}：{row.year} 年度",
            key=f"fund-return-{row.pk}-{state}-{number}",
        )
    if state in TO_OFFICES:
        offices = row.call.consulted.values_list("organisation_id", flat=True)
        for office in {row.call.authority_id, *offices}:
            tell(
                row,
                organisation_id=office,
                roles=KEEPERS,
                title=f"经费报告待核对：{row.organisation.display_name}",
                key=f"fund-return-{row.pk}-{state}-{number}",
            )


def tell(
    row: FundReturn, *, organisation_id: int, roles: frozenset[str], title: str, key: str
) -> None:
    notify(
        user_ids=members(organisation_id, roles=roles),
        kind=NotificationKind.TASK,
        title=title,
        detail=row.fix_list if row.state == ReturnState.FIXING else row.conclusion,
        url=row.get_absolute_url(),
        organisation_id=organisation_id,
        key=key,
    )


def members(organisation_id: int, *, roles: frozenset[str]) -> list[int]:
    return user_ids_with_role(
        organisation_id=organisation_id, roles=sorted(roles), on=timezone.localdate()
    )


@subscribe(CaseMoved)
def follow(event: CaseMoved) -> None:
    follow_case(case_id=event.case_id, today=timezone.localdate())
