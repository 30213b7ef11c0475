"""Draft a call to claim, issue it, close it, extend it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from silian.casework.ledgers.models.funds import BudgetLine
from silian.casework.ledgers.permissions import lines_visible_to
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish
from silian.governance.incentives.choices.claims import Applicants, CallState
from silian.governance.incentives.events.claims import CallOpened
from silian.governance.incentives.gateways.rulebook import place_of
from silian.governance.incentives.models import CallStep, ClaimCall
from silian.governance.incentives.permissions.claims import require_clerk, require_lead
from silian.governance.incentives.queries.claim_calls import opening_facts
from silian.governance.incentives.rules.call_steps import (
    Placed,
    reason_not_a_step,
    reason_not_arranged,
)
from silian.governance.incentives.workflow.claims import claim_call as life
from silian.operations.placements.commands.numbering import next_number

PREFIX = "SL"


@dataclass(frozen=True, kw_only=True)
class CallCard:
    """What a department sets down in a call (申领通知内容). Days are half-open."""

    scheme: str
    title: str
    line_id: int
    covers_from: datetime.date
    covers_until: datetime.date
    opens_on: datetime.date
    closes_on: datetime.date | None
    pays_advance: bool
    notice_days: int
    notice_basis: str
    appeal_days: int
    guidance: str
    applicants: str = Applicants.BOTH
    applicant_terms: str = ""


@dataclass(frozen=True, kw_only=True)
class StepCard:
    """One step that claims go through; ``office_id`` is None for the schools (环节).

    ``code`` and ``basis`` name the step of the scheme book that it comes from, and its clause.
    """

    order: int
    kind: str
    title: str
    office_id: int | None
    working_days: int
    on_silence: str
    checks: str = ""
    papers: tuple[str, ...] = ()
    code: str = ""
    basis: str = ""


@transaction.atomic
def draft_call(
    *, card: CallCard, steps: Sequence[StepCard], actor: Actor, today: datetime.date
) -> ClaimCall:
    """Draft a call for the actor's region and department (起草申领通知)."""
    require_clerk(actor)
    refuse_foreign_line(card.line_id, actor=actor)
    refuse_unfit(card)
    refuse_unfit_steps(steps)
    call = ClaimCall.objects.create(
        number=next_number(ClaimCall, prefix=PREFIX, year=today.year),
        division_id=actor.jurisdiction,
        place=place_of(actor.jurisdiction).code,
        owner_id=actor.organisation_id or 0,
        made_by_id=actor.user_id,
        **asdict(card),
    )
    put_steps(call, steps)
    record(actor, "incentives.call.drafted", call)
    return call


@transaction.atomic
def revise_call(*, call_id: int, card: CallCard, actor: Actor) -> ClaimCall:
    """Change what a call says before it is issued (修改申领通知)."""
    call = locked_draft(call_id, actor=actor)
    refuse_foreign_line(card.line_id, actor=actor)
    refuse_unfit(card)
    for name, value in asdict(card).items():
        setattr(call, name, value)
    call.save(update_fields=list(asdict(card)))
    record(actor, "incentives.call.changed", call)
    return call


def locked_call(call_id: int, *, actor: Actor) -> ClaimCall:
    rows = ClaimCall.objects.select_related("owner")
    call = rows.select_for_update(of=("self",)).get(pk=call_id)
    require_lead(actor, call)
    return call


def locked_draft(call_id: int, *, actor: Actor) -> ClaimCall:
    """The call, not issued yet; an issued one is only extended or closed."""
    call = locked_call(call_id, actor=actor)
    if call.state != CallState.DRAFT:
        raise WrongState("通知已发布，不能修改内容和环节；可以延长受理或截止。")
    return call


def refuse_foreign_line(line_id: int, *, actor: Actor) -> None:
    """The money is of the department's own fund."""
    own: Any = BudgetLine.objects.filter(fund__owner_id=actor.organisation_id or 0)
    if not (lines_visible_to(actor) & own).filter(pk=line_id).exists():
        raise DomainError("请选择本部门主管资金的预算项目。", field="line")


def refuse_unfit(card: CallCard) -> None:
    """Periods the right way round, and a notice."""
    if card.covers_until <= card.covers_from:
        raise DomainError("补贴期间的终止日应晚于起始日。", field="covers_until")
    if card.closes_on is not None and card.closes_on < card.opens_on:
        raise DomainError("受理截止日不能早于开始日。", field="closes_on")
    if card.notice_days < 1:
        raise DomainError("公示期至少 1 个工作日。", field="notice_days")


def refuse_unfit_steps(steps: Sequence[StepCard]) -> None:
    """Each step can be done, and all stand in an order that works."""
    for step in steps:
        reason = reason_not_a_step(
            kind=step.kind, office=step.office_id, on_silence=step.on_silence,
            days=step.working_days,
        )  # fmt: skip
        if reason:
            raise DomainError(f"{step.title}：{reason}")
    places = [
        Placed(key=number, order=step.order, kind=step.kind, office=step.office_id)
        for number, step in enumerate(steps)
    ]
    if reason := reason_not_arranged(places):
        raise DomainError(reason)


def put_steps(call: ClaimCall, steps: Sequence[StepCard]) -> None:
    CallStep.objects.bulk_create([CallStep(call=call, **asdict(step)) for step in steps])


@transaction.atomic
def open_call(*, call_id: int, actor: Actor, now: datetime.datetime) -> ClaimCall:
    """Issue a call; the region's rule has to set an amount (发布申领通知).

    Whom the platform's facts entitle is told by a job of its own (``tasks/claims.py``).
    """
    call = locked_call(call_id, actor=actor)
    facts = opening_facts(call, on=now.date())
    call.state = life.target("open", state=CallState(call.state), **facts)
    call.opened_at = now
    call.save(update_fields=["state", "opened_at"])
    record(actor, "incentives.call.opened", call)
    publish(CallOpened(call_id=call.pk))
    return call


@transaction.atomic
def close_call(*, call_id: int, reason: str, actor: Actor, today: datetime.date) -> ClaimCall:
    """Take no more claims; those handed in go on (截止受理)."""
    call = locked_call(call_id, actor=actor)
    if not reason.strip():
        raise DomainError("请写明截止受理的原因。", field="reason")
    call.state = life.target("close", state=CallState(call.state))
    call.save(update_fields=["state"])
    record(actor, "incentives.call.closed", call, reason=reason)
    return call


@transaction.atomic
def extend_call(
    *, call_id: int, closes_on: datetime.date, reason: str, actor: Actor, today: datetime.date
) -> ClaimCall:
    """Take claims until a later day; a closed call opens again (延长受理)."""
    call = locked_call(call_id, actor=actor)
    if not reason.strip():
        raise DomainError("请写明延长受理的原因。", field="reason")
    if closes_on < today or (call.closes_on is not None and closes_on <= call.closes_on):
        raise DomainError("新的截止日应晚于今天和原截止日。", field="closes_on")
    if call.state == CallState.DRAFT:
        raise WrongState("通知还没有发布，请直接修改受理时间。")
    if call.state == CallState.OPEN and call.is_standing:
        raise WrongState("常年受理的通知不用延长；要停止受理，请截止。")
    if call.state == CallState.CLOSED:
        call.state = life.target("extend", state=CallState.CLOSED)
    before, call.closes_on = call.closes_on, closes_on
    call.save(update_fields=["state", "closes_on"])
    detail = {"before": str(before or ""), "after": str(closes_on)}
    record(actor, "incentives.call.extended", call, reason=reason, detail=detail)
    publish(CallOpened(call_id=call.pk))
    return call
