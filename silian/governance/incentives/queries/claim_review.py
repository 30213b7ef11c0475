"""The way of a claim through offices as its page shows it, and what waits for an office."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.governance.incentives.choices.claims import (
    ClaimState,
    NoticeState,
    StepKind,
    StepState,
)
from silian.governance.incentives.models import Claim, ClaimNotice, ClaimRisk, ClaimStep
from silian.governance.incentives.permissions.claims import (
    is_clerk,
    leads,
    may_answer,
    may_certify,
    may_open_claims,
    steps_visible_to,
)


@dataclass(frozen=True, kw_only=True)
class ReviewOf:
    """Steps, signals and what this reader may do about them (审核情况)."""

    claim: Claim
    steps: list[ClaimStep]
    former: list[ClaimStep]
    own: ClaimStep | None
    risks: list[ClaimRisk]
    settles: bool
    notices: list[ClaimNotice]
    may_publish: bool

    @property
    def decides(self) -> bool:
        """Whether the reader's step is the decision."""
        return self.own is not None and self.own.kind == StepKind.DECIDE

    @property
    def risks_open(self) -> int:
        return sum(risk.state == "open" for risk in self.risks)


def review_of(claim: Claim, actor: Actor) -> ReviewOf:
    """Everything that the page of a claim says about its review."""
    found = claim.steps.select_related("office", "answered_by", "source")
    rows = list(found.order_by("round", "order"))
    last = rows[-1].round if rows else 0
    for row in rows:
        row.claim = claim
    present = [row for row in rows if row.round == last]
    official = may_open_claims(actor)
    risks = (
        ClaimRisk.objects.filter(claim=claim).select_related("settled_by")
        if official
        else ClaimRisk.objects.none()
    )
    return ReviewOf(
        claim=claim,
        steps=present,
        former=[row for row in rows if row.round != last and row.answered_at is not None],
        own=own_step(present, claim, actor),
        risks=list(risks),
        settles=is_clerk(actor),
        notices=list(
            ClaimNotice.objects.filter(lines__claim=claim).order_by("-starts_on").distinct()
        ),
        may_publish=claim.state == ClaimState.AGREED and leads(actor, claim.call),
    )


def own_step(steps: list[ClaimStep], claim: Claim, actor: Actor) -> ClaimStep | None:
    """The open step that the reader answers, if any."""
    if claim.state != ClaimState.REVIEW or claim.entered_by_id == actor.user_id:
        return None
    own = (step for step in steps if step.state == StepState.OPEN and may_answer(actor, step))
    return next(own, None)


def open_steps() -> QuerySet[ClaimStep]:
    """Steps that wait for an answer, of claims that are under review (待办环节)."""
    return ClaimStep.objects.filter(state=StepState.OPEN, claim__state=ClaimState.REVIEW)


def steps_to_answer(actor: Actor) -> QuerySet[ClaimStep]:
    """What waits for the actor's office or school, the most urgent first."""
    if not (is_clerk(actor) or may_certify(actor)):
        return ClaimStep.objects.none()
    rows = open_steps().filter(office_id=actor.organisation_id or 0)
    return (
        rows.exclude(claim__organisation_id=actor.organisation_id or 0)
        .exclude(claim__entered_by_id=actor.user_id)
        .select_related("claim__organisation", "claim__call")
        .order_by("due_on", "pk")
    )


def reviewed_steps(actor: Actor) -> QuerySet[ClaimStep]:
    """Open and answered steps of the actor's office, with heads for the list (审核登记)."""
    heads = Count("claim__items__person", filter=Q(claim__items__counts=True), distinct=True)
    rows = steps_visible_to(actor).filter(office_id=actor.organisation_id or 0)
    return (
        rows.exclude(state=StepState.WAITING)
        .select_related("claim__organisation", "claim__call", "office")
        .annotate(heads=heads)
    )


def overdue_steps(on: datetime.date) -> QuerySet[ClaimStep]:
    """Open steps past their day whose effect of silence has not taken place (逾期环节)."""
    silent = Q(on_silence="agree") | Q(reminded_on__isnull=True)
    return open_steps().filter(silent, due_on__lt=on).order_by("pk")


def claims_to_publish(actor: Actor) -> QuerySet[Claim]:
    """Claims that the actor's department agreed to and has to make public (待公示)."""
    if not is_clerk(actor):
        return Claim.objects.none()
    rows = Claim.objects.filter(state=ClaimState.AGREED, call__owner_id=actor.organisation_id or 0)
    return rows.select_related("organisation", "call").order_by("call", "pk")


def notices_to_end(actor: Actor, *, on: datetime.date) -> QuerySet[ClaimNotice]:
    """Notices of the actor's department whose days are over (公示期满)."""
    if not is_clerk(actor):
        return ClaimNotice.objects.none()
    rows = ClaimNotice.objects.filter(state=NoticeState.RUNNING, ends_on__lt=on)
    return rows.filter(call__owner_id=actor.organisation_id or 0).order_by("ends_on")
