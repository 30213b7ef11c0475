"""Tells organisations and officials what happened in credit cases."""

from __future__ import annotations

from django.utils import timezone

from silian.foundation.kernel.events import subscribe
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.credit.choices import CaseState, RecordState
from silian.registers.credit.events import CaseMoved, RecordChanged, RemedyAsked
from silian.registers.credit.models import CorrectionCase, CreditRecord, Remedy
from silian.registers.credit.permissions.credit import KEEPERS, SPEAKERS
from silian.registers.organisations.queries.members import official_ids, user_ids_with_role

FOR_THE_SUBJECT = {
    CaseState.ORDERED: "请限期改正",
    CaseState.NOTICED: "拟记入信用记录，请陈述申辩",
    CaseState.CORRECTED: "已核实改正",
    CaseState.DROPPED: "已撤销",
}
OF_A_RECORD = {
    RecordState.IN_FORCE: "信用记录已生效，可以提出异议或修复",
    RecordState.REPAIRED: "信用记录已修复",
    RecordState.REVOKED: "信用记录已撤销",
    RecordState.EXPIRED: "信用记录披露期满",
}


def speakers_of(organisation_id: int) -> list[int]:
    return user_ids_with_role(
        organisation_id=organisation_id, roles=sorted(SPEAKERS), on=timezone.localdate()
    )


def keepers_of(division: str) -> list[int]:
    return official_ids(division=division, roles=sorted(KEEPERS), on=timezone.localdate())


@subscribe(CaseMoved)
def tell_of_case(event: CaseMoved) -> None:
    case = CorrectionCase.objects.select_related("organisation").get(pk=event.case_id)
    state = CaseState(event.state)
    if state in FOR_THE_SUBJECT:
        notify(
            user_ids=speakers_of(case.organisation_id),
            kind=NotificationKind.TASK,
            title=f"{FOR_THE_SUBJECT[state]}：{case.title}",
            detail=case.basis,
            url=case.get_absolute_url(),
            organisation_id=case.organisation_id,
            key=f"credit-case-{case.pk}-{state}-{case.due_on}-{case.reply_due_on}",
        )
    if state == CaseState.REPORTED or (state == CaseState.NOTICED and case.replied_at):
        notify(
            user_ids=keepers_of(case.division_id),
            kind=NotificationKind.TASK,
            title=f"单位已答复：{case.title}",
            detail=case.organisation.name,
            url=case.get_absolute_url(),
            organisation_id=case.authority_id,
            key=f"credit-case-{case.pk}-answered-{case.reported_at}-{case.replied_at}",
        )


@subscribe(RecordChanged)
def tell_of_record(event: RecordChanged) -> None:
    state = RecordState(event.state)
    if state not in OF_A_RECORD:
        return
    row = CreditRecord.objects.get(pk=event.record_id)
    notify(
        user_ids=speakers_of(row.organisation_id),
        kind=NotificationKind.TASK,
        title=OF_A_RECORD[state],
        detail=row.title,
        url=row.get_absolute_url(),
        organisation_id=row.organisation_id,
        key=f"credit-record-{row.pk}-{state}",
    )


@subscribe(RemedyAsked)
def tell_of_remedy(event: RemedyAsked) -> None:
    asked = Remedy.objects.select_related("record__organisation").get(pk=event.remedy_id)
    notify(
        user_ids=keepers_of(asked.record.organisation.division_id),
        kind=NotificationKind.TASK,
        title=f"{asked.get_kind_display()}待办：{asked.record.organisation.name}",
        detail=asked.record.title,
        url=asked.record.get_absolute_url(),
        organisation_id=asked.record.authority_id,
        key=f"credit-remedy-{asked.pk}",
    )
