"""Orders for lists, pages and clocks."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.site_calendar import site_calendar
from silian.foundation.reference.models import Division
from silian.foundation.ui.components import Entry, Fact
from silian.governance.policy_tasks.choices import (
    FINDING_OPEN,
    FINDING_OWED,
    CheckResult,
    FindingState,
)
from silian.governance.policy_tasks.models.supervision import CheckItem, SupervisionRound
from silian.governance.policy_tasks.models.supervision_findings import (
    Accountability,
    SupervisionFinding,
)
from silian.governance.policy_tasks.models.targets import Target
from silian.governance.policy_tasks.models.tasks import PolicyTask
from silian.governance.policy_tasks.permissions.supervision import (
    findings_visible_to,
    rounds_visible_to,
)
from silian.governance.policy_tasks.rules.supervision import REMINDED_BEFORE
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Organisation


@dataclass(frozen=True, kw_only=True)
class FindingCounts:
    """How the orders of a reader stand (督办概况)."""

    open: int
    overdue: int
    answered: int
    closed: int


def finding_counts(rows: QuerySet[SupervisionFinding], *, on: datetime.date) -> FindingCounts:
    found = rows.order_by().aggregate(
        open=Count("pk", filter=Q(state__in=sorted(FINDING_OPEN))),
        overdue=Count("pk", filter=Q(state__in=sorted(FINDING_OWED), due_on__lt=on)),
        answered=Count("pk", filter=Q(state=FindingState.ANSWERED)),
        closed=Count("pk", filter=Q(state=FindingState.CLOSED)),
    )
    return FindingCounts(**found)


def findings_for_list(rows: QuerySet[SupervisionFinding]) -> QuerySet[SupervisionFinding]:
    return rows.select_related("body", "task", "round", "division")


def rounds_for_list(actor: Actor) -> QuerySet[SupervisionRound]:
    """Rounds with how far their checklists are and how many orders came of them."""
    checked = ~Q(items__result=CheckResult.WAITING)
    return (
        rounds_visible_to(actor)
        .select_related("organisation", "division")
        .annotate(
            item_count=Count("items", distinct=True),
            checked_count=Count("items", filter=checked, distinct=True),
            finding_count=Count("findings", distinct=True),
        )
    )


def counties_below(code: str) -> QuerySet[Division]:
    return Division.objects.current().filter(parent_id=code).order_by("code")


def schools_within(code: str) -> QuerySet[Organisation]:
    """The verified schools of a jurisdiction."""
    return Organisation.objects.filter(
        kind=OrganisationKind.SCHOOL,
        state=OrganisationState.VERIFIED,
        division__code__startswith=code.rstrip("0"),
    ).order_by("name")


def facts_of_subject(
    *, task: PolicyTask | None, target: Target | None, on: datetime.date
) -> list[Fact]:
    """What an order is about, for the page where it is written."""
    facts = []
    if task is not None:
        late = task.days_late(on=on)
        facts += [
            Fact(name="任务", value=str(task), url=task.get_absolute_url(), wide=True),
            Fact(name="牵头单位", value=task.lead.name if task.lead else "未写明"),
            Fact(name="强制程度", value=task.get_force_display()),
            Fact(name="状态", value=f"{task.get_state_display()}，进度 {task.percent}%"),
            Fact(
                name="办结期限",
                value=f"{task.due_on or '未设定'}{f'，已逾期 {late} 天' if late else ''}",
            ),
        ]
    if target is not None:
        facts.append(Fact(name="目标", value=str(target), url=target.get_absolute_url(), wide=True))
    return facts


def finding_history(finding: SupervisionFinding) -> list[Entry]:
    """What happened to an order, newest first (经过)."""
    days = finding.working_days
    entries = [
        Entry(
            at=finding.issued_at,
            what=f"签发，{days} 个工作日内答复",
            who=finding.issued_by.name,
            tone="info",
        )
    ]
    if finding.received_at and finding.received_by:
        entries.append(Entry(at=finding.received_at, what="签收", who=finding.received_by.name))
    for answer in finding.answers.all():
        entries.append(
            Entry(at=answer.answered_at, what="提交整改答复", who=answer.answered_by.name)
        )
        if answer.judged_at and answer.judged_by:
            accepted = answer.state == "accepted"
            entries.append(
                Entry(
                    at=answer.judged_at,
                    what="认可整改，办结" if accepted else "退回整改",
                    who=answer.judged_by.name,
                    note=answer.opinion,
                    tone="ok" if accepted else "late",
                )
            )
    if finding.escalated_at:
        entries.append(Entry(at=finding.escalated_at, what="逾期未答复，已上报", tone="late"))
    return sorted(entries, key=lambda entry: entry.when, reverse=True)


def owed_by(actor: Actor) -> QuerySet[SupervisionFinding]:
    """Orders that the actor's own unit must sign for or answer (待签收、待答复)."""
    own = Q(body__organisation_id=actor.organisation_id or 0) | Q(
        body__successor__organisation_id=actor.organisation_id or 0
    )
    return findings_visible_to(actor).filter(own, state__in=sorted(FINDING_OWED))


def waiting_for_judgement(actor: Actor) -> QuerySet[SupervisionFinding]:
    """Answers that a supervisor of the jurisdiction must judge (待核查)."""
    prefix = actor.jurisdiction.rstrip("0")
    rows = SupervisionFinding.objects.filter(state=FindingState.ANSWERED)
    return rows.filter(division__code__startswith=prefix) if prefix else rows.none()


def due_soon_ids(*, on: datetime.date) -> list[int]:
    """Orders whose answer is due within two working days and that nobody was reminded of."""
    last = site_calendar().add(on, days=REMINDED_BEFORE)
    rows = SupervisionFinding.objects.filter(
        state__in=sorted(FINDING_OWED), due_on__range=(on, last), reminded_at__isnull=True
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


def overdue_ids(*, on: datetime.date) -> list[int]:
    """Orders without an answer in time that are not escalated yet."""
    rows = SupervisionFinding.objects.overdue(on=on).filter(escalated_at__isnull=True)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def items_of_round(round_: SupervisionRound) -> QuerySet[CheckItem]:
    return (
        round_.items.select_related("task__lead", "target", "checked_by")
        .prefetch_related("findings")
        .order_by("task__number", "target_id", "pk")
    )


def accountability_for_list(rows: QuerySet[Accountability]) -> QuerySet[Accountability]:
    return rows.select_related("body", "finding", "division")
