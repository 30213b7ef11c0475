"""Yearly filings of a city consortium, and proposals of removal."""

from __future__ import annotations

import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.files import store_upload
from silian.operations.alliances.choices.duties import DutyKind, RemovalState
from silian.operations.alliances.choices.groups import GroupState
from silian.operations.alliances.commands.groups import locked_group
from silian.operations.alliances.events.groups import (
    ConsortiumReportDecided,
    ConsortiumReportFiled,
    GroupChanged,
)
from silian.operations.alliances.gateways.rulebook import duty_days
from silian.operations.alliances.models.consortia import ConsortiumReport, RemovalProposal
from silian.operations.alliances.models.groups import AllianceGroup
from silian.operations.alliances.permissions.groups import (
    removals_visible_to,
    reports_visible_to,
    require_leader,
    require_steerer,
)
from silian.operations.alliances.queries.consortia import (
    duties_of,
    first_year,
    years_asking_for_removal,
)
from silian.operations.alliances.workflow.consortium_report import consortium_report
from silian.operations.alliances.workflow.removal import removal

YEARS_AHEAD = 1  # a plan is written before its year begins


@transaction.atomic
def file_report(
    *,
    group_id: int,
    kind: DutyKind,
    year: int,
    text: str,
    upload: UploadedFile[bytes] | None,
    actor: Actor,
    today: datetime.date,
) -> ConsortiumReport:
    """File a year's plan or self-assessment; a late one is taken in and marked (年度报送).

    Basis: 教职成厅函〔2023〕23号.
    """
    group = locked_group(group_id=group_id, actor=actor)
    require_leader(actor, group)
    refuse_unfit_year(group, year=year, today=today)
    if not text.strip():
        raise DomainError("请写明主要内容。", field="text")
    report = group.reports.filter(kind=kind, year=year).select_for_update().first()
    if report is None:
        report = first_filing(group, kind=kind, year=year, today=today)
    else:
        report.state = consortium_report.target("refile", state=report.state)
    report.text, report.filed_on, report.filed_by_id = text.strip()[:4000], today, actor.user_id
    act = "alliances.report.refiled" if report.pk else "alliances.report.filed"
    report.save()
    if upload is not None:
        store_upload(upload=upload, subject=report, actor=actor)
    record(actor, act, report, detail={"late": report.was_late})
    publish(ConsortiumReportFiled(report_id=report.pk))
    return report


def refuse_unfit_year(group: AllianceGroup, *, year: int, today: datetime.date) -> None:
    if not group.is_consortium:
        raise DomainError("只有市域产教联合体报送年度计划和自评。")
    if group.state not in (GroupState.RUNNING, GroupState.SUSPENDED):
        raise DomainError(f"{group.name}为“{group.get_state_display()}”，不用报送。")
    if not first_year(group) <= year <= today.year + YEARS_AHEAD:
        raise DomainError(
            f"年度应在 {first_year(group)} 年到 {today.year + YEARS_AHEAD} 年之间。", field="year"
        )


def first_filing(
    group: AllianceGroup, *, kind: DutyKind, year: int, today: datetime.date
) -> ConsortiumReport:
    """A new row with the last day as the parameters have it now."""
    days = duty_days(division=group.division_id, on=today)
    due_on = days.due_on(kind=kind, year=year)
    if due_on is None:
        raise DomainError("报送期限未设定，请牵头部门先在政策参数里设定。")
    return ConsortiumReport(group=group, kind=kind, year=year, due_on=due_on)


def locked_report(*, report_id: int, actor: Actor) -> ConsortiumReport:
    rows = reports_visible_to(actor).select_for_update(of=("self",)).select_related("group__lead")
    report = rows.get(pk=report_id)
    require_steerer(actor, report.group)
    return report


@transaction.atomic
def accept_report(
    *,
    report_id: int,
    is_finished: bool | None,
    answer: str,
    actor: Actor,
    today: datetime.date,
) -> ConsortiumReport:
    """Take a filing as complete; a self-assessment is judged as well (核对通过)."""
    report = locked_report(report_id=report_id, actor=actor)
    report.state = consortium_report.target(
        "accept", state=report.state, kind=report.kind, is_finished=is_finished
    )
    judged = report.kind == DutyKind.SELF_ASSESSMENT
    report.is_finished = is_finished if judged else None
    if judged and not is_finished and not answer.strip():
        raise DomainError("判断为未完成须写明哪些任务没有完成。", field="answer")
    report.answer, report.decided_on = answer.strip()[:500], today
    report.save(update_fields=["state", "is_finished", "answer", "decided_on"])
    record(actor, "alliances.report.accepted", report, reason=report.answer)
    publish(ConsortiumReportDecided(report_id=report.pk))
    return report


@transaction.atomic
def return_report(
    *, report_id: int, answer: str, actor: Actor, today: datetime.date
) -> ConsortiumReport:
    """Send a filing back with all that is missing (退回补充)."""
    report = locked_report(report_id=report_id, actor=actor)
    if not answer.strip():
        raise DomainError("请一次写明需要补充的全部内容。", field="answer")
    report.state = consortium_report.target("return", state=report.state)
    report.answer, report.decided_on = answer.strip()[:500], today
    report.save(update_fields=["state", "answer", "decided_on"])
    record(actor, "alliances.report.returned", report, reason=report.answer)
    publish(ConsortiumReportDecided(report_id=report.pk))
    return report


@transaction.atomic
def propose_removal(
    *, group_id: int, reason: str, actor: Actor, today: datetime.date
) -> RemovalProposal:
    """Propose to take a consortium off the list after unfinished years in a row (移出建议).

    Basis: 教职成厅函〔2023〕23号，连续两年未完成.
    """
    group = locked_group(group_id=group_id, actor=actor)
    require_steerer(actor, group)
    duties = duties_of(group, today=today) if group.is_consortium else []
    years = years_asking_for_removal(duties, today=today)
    if years is None:
        raise DomainError("没有连续未完成的年度任务，不能提出移出建议。")
    if not reason.strip():
        raise DomainError("请写明建议理由。", field="reason")
    if group.removals.filter(last_year__gte=years[1]).exists():
        raise DomainError("这几个年度已提出过移出建议。")
    proposal = RemovalProposal.objects.create(
        group=group,
        first_year=years[0],
        last_year=years[1],
        reason=reason.strip()[:500],
        proposed_on=today,
        proposed_by_id=actor.user_id,
    )
    record(actor, "alliances.removal.proposed", proposal, reason=proposal.reason)
    return proposal


@transaction.atomic
def decide_removal(
    *,
    proposal_id: int,
    removed: bool,
    document_number: str,
    decision: str,
    actor: Actor,
    today: datetime.date,
) -> RemovalProposal:
    """Write down what the authority decided; a removed consortium loses its names (决定移出)."""
    rows = removals_visible_to(actor).select_for_update(of=("self",)).select_related("group__lead")
    proposal = rows.get(pk=proposal_id)
    require_steerer(actor, proposal.group)
    if not decision.strip():
        raise DomainError("请写明决定意见。", field="decision")
    if removed and not document_number.strip():
        raise DomainError("移出须写明省级或国家级决定的文号。", field="document_number")
    step = "remove" if removed else "keep"
    proposal.state = removal.target(step, state=proposal.state)
    proposal.document_number = document_number.strip()[:80]
    proposal.decision, proposal.decided_on = decision.strip()[:500], today
    proposal.save(update_fields=["state", "document_number", "decision", "decided_on"])
    if proposal.state == RemovalState.REMOVED:
        lose_names(proposal, on=today)
    record(actor, "alliances.removal.decided", proposal, reason=proposal.decision)
    return proposal


def lose_names(proposal: RemovalProposal, *, on: datetime.date) -> None:
    """Every distinction in force ends on the day of the decision."""
    rows = proposal.group.designations.in_force(on=on)  # type: ignore[attr-defined]
    rows.update(ends_on=on, end_reason=f"移出：{proposal.document_number}"[:300])
    publish(GroupChanged(group_id=proposal.group_id, since=on))
