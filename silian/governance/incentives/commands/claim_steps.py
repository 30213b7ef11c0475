"""Take a claim through its offices: open steps, answer them, let clocks run out."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.site_calendar import site_calendar
from silian.governance.incentives.choices.claims import (
    ClaimState,
    Silence,
    StepKind,
    StepState,
)
from silian.governance.incentives.events.claims import ClaimMoved, StepOpened
from silian.governance.incentives.models import CallStep, Claim, ClaimStep
from silian.governance.incentives.permissions.claims import require_answering, steps_visible_to
from silian.governance.incentives.workflow.claims import claim as life
from silian.governance.incentives.workflow.claims import claim_step


def start_review(*, claim: Claim, on: datetime.date, actor: Actor) -> list[ClaimStep]:
    """Make the steps of a claim that was just handed in, and open the first (开始审核).

    Runs in the transaction of the hand-in. Each school of the students claimed for has its own
    step beside the others; a claim without students skips the schools.
    """
    number = (claim.steps.aggregate(Max("round"))["round__max"] or 0) + 1
    rows = [
        ClaimStep(
            claim=claim,
            source=step,
            round=number,
            order=step.order,
            kind=step.kind,
            title=step.title,
            office_id=office,
            working_days=step.working_days,
            on_silence=step.on_silence,
        )
        for step in claim.call.steps.all()
        for office in offices_of(step, claim)
    ]
    ClaimStep.objects.bulk_create(rows)
    open_next(claim, on=on)
    return rows


def offices_of(step: CallStep, claim: Claim) -> Sequence[int]:
    """Who answers a step: the office, or every school with students in the claim."""
    if step.office_id is not None:
        return [step.office_id]
    schools = claim.items.filter(counts=True, school__isnull=False).order_by("school")
    return list(schools.values_list("school", flat=True).distinct())


def steps_of_round(claim: Claim) -> list[ClaimStep]:
    """The steps of the present round, in order."""
    rows = list(claim.steps.select_related("office").order_by("round", "order", "pk"))
    return [row for row in rows if row.round == rows[-1].round]


def open_next(claim: Claim, *, on: datetime.date) -> None:
    """Open the steps of the next order when nothing else is open (进入下一环节)."""
    steps = steps_of_round(claim)
    waiting = [step for step in steps if step.state == StepState.WAITING]
    if not waiting or any(step.state == StepState.OPEN for step in steps):
        return
    calendar = site_calendar()
    for step in waiting:
        if step.order == waiting[0].order:
            step.state = claim_step.target("open", state=StepState(step.state))
            step.opened_on = on
            step.due_on = calendar.add(on, days=step.working_days)
            step.save(update_fields=["state", "opened_on", "due_on"])
            publish(StepOpened(step_id=step.pk))


def locked_step(step_id: int, *, actor: Actor) -> ClaimStep:
    """The step and its claim, both locked, the claim first."""
    seen = steps_visible_to(actor).get(pk=step_id)
    claim = (
        Claim.objects.select_for_update(of=("self",))
        .select_related("call__owner", "organisation")
        .get(pk=seen.claim_id)
    )
    rows = ClaimStep.objects.select_for_update(of=("self",)).select_related("office")
    step = rows.get(pk=step_id)
    step.claim = claim
    require_answering(actor, step)
    if claim.entered_by_id == actor.user_id:
        raise NotAllowed("申领由您本人填报，您不能审核。请由其他人员办理。")
    return step


@transaction.atomic
def agree_to_step(*, step_id: int, opinion: str, actor: Actor, now: datetime.datetime) -> ClaimStep:
    """Agree on behalf of an office or a school (同意)."""
    step = locked_step(step_id, actor=actor)
    refuse_decision(step)
    answer(step, "agree", opinion=opinion, actor=actor, now=now)
    if step.kind == StepKind.CERTIFY:
        certify(step, actor=actor, now=now)
    open_next(step.claim, on=timezone.localdate(now))
    return step


def refuse_decision(step: ClaimStep) -> None:
    if step.kind == StepKind.DECIDE:
        raise DomainError("审定环节请用“审定同意”或“不予支持”办理。")


def certify(step: ClaimStep, *, actor: Actor, now: datetime.datetime) -> None:
    """A school answers for every student of its own whom it did not strike (学校核对)."""
    rows = step.claim.items.filter(school_id=step.office_id, counts=True)
    count = rows.update(certified_by_id=actor.user_id, certified_at=now)
    if not count:
        raise DomainError("贵校学生已全部剔除，请改为“不同意”并写明理由。")
    record(actor, "incentives.item.certified", step.claim, detail={"items": count})


@transaction.atomic
def refuse_step(*, step_id: int, opinion: str, actor: Actor, now: datetime.datetime) -> ClaimStep:
    """Disagree with a reason; the deciding office then returns or rejects the claim (不同意)."""
    step = locked_step(step_id, actor=actor)
    refuse_decision(step)
    require_opinion(opinion)
    answer(step, "refuse", opinion=opinion, actor=actor, now=now)
    open_next(step.claim, on=timezone.localdate(now))
    return step


@transaction.atomic
def return_claim(*, step_id: int, opinion: str, actor: Actor, now: datetime.datetime) -> Claim:
    """Send the claim back to be completed, with everything that is missing (退回补正)."""
    step = locked_step(step_id, actor=actor)
    require_opinion(opinion)
    answer(step, "return", opinion=opinion, actor=actor, now=now)
    claim = step.claim
    claim.state = life.target("return", state=ClaimState(claim.state))
    claim.reason = opinion.strip()
    claim.save(update_fields=["state", "reason"])
    stop_steps(claim)
    record(actor, "incentives.claim.returned", claim, reason=claim.reason)
    publish(ClaimMoved(claim_id=claim.pk, step="return"))
    return claim


def stop_steps(claim: Claim) -> None:
    """Ask nobody any more: the claim went back to its unit (停止办理)."""
    claim.steps.filter(state=StepState.OPEN).update(state=StepState.WAITING)


def require_opinion(opinion: str) -> None:
    if not opinion.strip():
        raise DomainError("请写明理由，申领单位会看到。", field="opinion")


def answer(
    step: ClaimStep, name: str, *, opinion: str, actor: Actor, now: datetime.datetime
) -> None:
    """Keep the answer of an office (办理环节)."""
    step.state = claim_step.target(name, state=StepState(step.state))
    step.opinion = opinion.strip()
    step.answered_by_id, step.answered_at = actor.user_id, now
    step.save(update_fields=["state", "opinion", "answered_by", "answered_at"])
    record(
        actor,
        "incentives.step.answered",
        step.claim,
        reason=step.opinion,
        detail={"step": step.title, "office": step.office.name, "answer": str(step.state)},
    )


@transaction.atomic
def run_out(*, step_id: int, actor: Actor, now: datetime.datetime) -> bool:
    """Let the stated effect of silence take place on a step past its day (逾期处理).

    Returns whether something was done; a second run on the same day does nothing.
    """
    today = timezone.localdate(now)
    claim_id = ClaimStep.objects.get(pk=step_id).claim_id
    claim = Claim.objects.select_for_update(of=("self",)).get(pk=claim_id)
    step = ClaimStep.objects.select_for_update(of=("self",)).get(pk=step_id)
    overdue = step.due_on is not None and step.due_on < today
    if claim.state != ClaimState.REVIEW or step.state != StepState.OPEN or not overdue:
        return False
    if step.on_silence == Silence.AGREE:
        step.state = claim_step.target("pass_silent", state=StepState(step.state))
        step.answered_at = now
        step.save(update_fields=["state", "answered_at"])
        record(actor, "incentives.step.passed_silent", claim, detail={"step": step.title})
        open_next(claim, on=today)
        return True
    if step.reminded_on is not None:
        return False
    step.reminded_on = today
    step.save(update_fields=["reminded_on"])
    record(actor, "incentives.step.reminded", claim, detail={"step": step.title})
    return True
