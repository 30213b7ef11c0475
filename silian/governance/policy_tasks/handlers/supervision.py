"""Tells departments, supervisors and leaders what happens to orders."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from silian.foundation.kernel.events import subscribe
from silian.governance.policy_tasks.events.supervision import (
    AccountabilityRecorded,
    AccountabilityReplied,
    AccountabilitySettled,
    FindingAnswered,
    FindingCancelled,
    FindingClosed,
    FindingDueSoon,
    FindingEscalated,
    FindingIssued,
    FindingReturned,
)
from silian.governance.policy_tasks.models.supervision_findings import (
    Accountability,
    FindingAnswer,
    SupervisionFinding,
)
from silian.governance.policy_tasks.queries.supervision_people import (
    members_of_body,
)
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.organisations.choices import Role
from silian.registers.organisations.queries.members import official_ids


def read(finding_id: int) -> SupervisionFinding:
    rows = SupervisionFinding.objects.select_related("body__successor", "task")
    return rows.get(pk=finding_id)


def tell(
    *, finding: SupervisionFinding, user_ids: Iterable[int], title: str, detail: str, key: str
) -> None:
    notify(
        user_ids=user_ids,
        kind=NotificationKind.TASK,
        title=title,
        detail=detail,
        url=finding.get_absolute_url(),
        organisation_id=finding.body.organisation_id,
        key=f"finding-{finding.pk}-{key}",
    )


@subscribe(FindingIssued)
def tell_body_of_order(event: FindingIssued) -> None:
    finding = read(event.finding_id)
    tell(
        finding=finding,
        user_ids=members_of_body(finding.body, on=timezone.localdate()),
        title=f"督办单：{finding.title}",
        detail=f"{finding.number}，{finding.due_on} 前答复",
        key="issued",
    )


@subscribe(FindingAnswered)
def tell_supervisors_of_answer(event: FindingAnswered) -> None:
    finding = read(event.finding_id)
    supervisors = official_ids(
        division=finding.division_id, roles=[Role.SUPERVISOR], on=timezone.localdate()
    )
    tell(
        finding=finding,
        user_ids=supervisors,
        title=f"{finding.body.name}已答复：{finding.title}",
        detail=f"{finding.number}，请核查佐证",
        key=f"answered-{event.answer_id}",
    )


@subscribe(FindingReturned)
def tell_body_of_return(event: FindingReturned) -> None:
    finding = read(event.finding_id)
    answer = FindingAnswer.objects.get(pk=event.answer_id)
    tell(
        finding=finding,
        user_ids=members_of_body(finding.body, on=timezone.localdate()),
        title=f"整改退回：{finding.title}",
        detail=f"{answer.opinion}（{finding.due_on} 前再答复）",
        key=f"returned-{answer.pk}",
    )


@subscribe(FindingClosed)
def tell_body_of_close(event: FindingClosed) -> None:
    finding = read(event.finding_id)
    tell(
        finding=finding,
        user_ids=members_of_body(finding.body, on=timezone.localdate()),
        title=f"督办单已办结：{finding.title}",
        detail=finding.number,
        key="closed",
    )


@subscribe(FindingCancelled)
def tell_body_of_cancelling(event: FindingCancelled) -> None:
    finding = read(event.finding_id)
    tell(
        finding=finding,
        user_ids=members_of_body(finding.body, on=timezone.localdate()),
        title=f"督办单已撤销：{finding.title}",
        detail=finding.cancel_reason,
        key="cancelled",
    )


@subscribe(FindingDueSoon)
def remind_body(event: FindingDueSoon) -> None:
    finding = read(event.finding_id)
    tell(
        finding=finding,
        user_ids=members_of_body(finding.body, on=timezone.localdate()),
        title=f"督办单临期：{finding.title}",
        detail=f"{finding.number}，{finding.due_on} 前答复",
        key=f"due-{finding.due_on}",
    )


@subscribe(FindingEscalated)
def tell_leaders_of_silence(event: FindingEscalated) -> None:
    finding = read(event.finding_id)
    today = timezone.localdate()
    leaders = official_ids(
        division=finding.division_id, roles=[Role.LEADER, Role.COORDINATOR], on=today
    )
    tell(
        finding=finding,
        user_ids=[*leaders, *members_of_body(finding.body, on=today)],
        title=f"督办逾期未答复：{finding.body.name}",
        detail=f"{finding.number} {finding.title}，应于 {finding.due_on} 答复",
        key=f"overdue-{finding.due_on}",
    )


def read_record(record_id: int) -> Accountability:
    return Accountability.objects.select_related("body__successor").get(pk=record_id)


def tell_of_record(
    row: Accountability, *, user_ids: Iterable[int], title: str, detail: str, key: str
) -> None:
    notify(
        user_ids=user_ids,
        kind=NotificationKind.TASK,
        title=title,
        detail=detail,
        url=row.get_absolute_url(),
        organisation_id=row.body.organisation_id,
        key=f"accountability-{row.pk}-{key}",
    )


@subscribe(AccountabilityRecorded)
def tell_body_of_record(event: AccountabilityRecorded) -> None:
    row = read_record(event.record_id)
    tell_of_record(
        row,
        user_ids=members_of_body(row.body, on=timezone.localdate()),
        title=f"问责登记：{row.get_measure_display()}",
        detail=f"{row.document}，{row.reply_due_on} 前可以申辩",
        key="told",
    )


@subscribe(AccountabilityReplied)
def tell_supervisors_of_reply(event: AccountabilityReplied) -> None:
    row = read_record(event.record_id)
    tell_of_record(
        row,
        user_ids=official_ids(
            division=row.division_id, roles=[Role.SUPERVISOR], on=timezone.localdate()
        ),
        title=f"{row.body.name}提交了申辩",
        detail=row.document,
        key="replied",
    )


@subscribe(AccountabilitySettled)
def tell_body_of_outcome(event: AccountabilitySettled) -> None:
    row = read_record(event.record_id)
    tell_of_record(
        row,
        user_ids=members_of_body(row.body, on=timezone.localdate()),
        title=f"问责复核：{row.get_state_display()}",
        detail=row.outcome,
        key=f"settled-{row.state}",
    )
