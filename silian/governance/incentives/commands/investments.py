"""Hand a project or result to a fund, answer it, and record the money of each round."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.site_calendar import site_deadline
from silian.governance.incentives.choices.finance import (
    FundState,
    Investor,
    PitchKind,
    PitchState,
)
from silian.governance.incentives.events.finance import InvestmentMoved, PitchMoved
from silian.governance.incentives.models import FundPitch, IndustryFund, InvestmentRecord
from silian.governance.incentives.permissions.funds import (
    owns_pitch,
    pitches_visible_to,
    require_pitcher,
    require_runner,
)
from silian.governance.incentives.queries.needs import own_project
from silian.governance.incentives.rules.investments import (
    fault_of_movement,
    reason_not_correctable,
)
from silian.governance.incentives.workflow.funds import fund_pitch as steps

PITCH_WORKING_DAYS = 15  # the platform's promise: a fund's committee meets at least every 3 weeks


@dataclass(frozen=True, kw_only=True)
class PitchText:
    """What is handed to a fund (投递内容)."""

    kind: str
    title: str
    stage: str
    summary: str
    wanted: Decimal
    project_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Payment:
    """One payment of a round (出资)."""

    investor: str
    amount: Decimal
    on: datetime.date
    round: str
    reference: str
    investor_name: str = ""


@transaction.atomic
def submit_pitch(
    *, fund_id: int, text: PitchText, actor: Actor, now: datetime.datetime
) -> FundPitch:
    """Hand a project or result to a fund, which answers within the clock (投递)."""
    require_pitcher(actor)
    fund = IndustryFund.objects.select_for_update(of=("self",)).get(pk=fund_id)
    if fund.state != FundState.OPEN:
        raise WrongState("这只基金现在不接受投递。请选目录里的其他基金。")
    if text.wanted <= 0:
        raise DomainError("拟融资金额应大于 0。", field="wanted")
    refuse_without_project(text, owner_id=actor.organisation_id or 0)
    refuse_pitched(fund, text, owner_id=actor.organisation_id or 0)
    pitch = FundPitch.objects.create(
        fund=fund,
        owner_id=actor.organisation_id or 0,
        project_id=text.project_id,
        kind=text.kind,
        title=text.title.strip(),
        stage=text.stage,
        summary=text.summary.strip(),
        wanted=text.wanted,
        submitted_at=now,
        due_at=site_deadline(now, working_days=PITCH_WORKING_DAYS).due_at,
    )
    tell(pitch, "submitted", actor=actor)
    return pitch


def refuse_without_project(text: PitchText, *, owner_id: int) -> None:
    if text.project_id is None:
        if text.kind == PitchKind.PROJECT:
            raise DomainError("投递项目要关联工程项目；还没有登记的，先登记项目。", field="project")
        return
    if own_project(project_id=text.project_id, owner_id=owner_id) is None:
        raise DomainError("没有这个项目，或不是贵单位的在推进项目。", field="project")


def refuse_pitched(fund: IndustryFund, text: PitchText, *, owner_id: int) -> None:
    over = [PitchState.DECLINED, PitchState.WITHDRAWN]
    rows = FundPitch.objects.filter(fund=fund, owner_id=owner_id, title=text.title.strip())
    if rows.exclude(state__in=over).exists():
        raise DomainError("这项内容已投递给这只基金。请在原来的投递里办理。", field="title")


def tell(pitch: FundPitch, verb: str, *, actor: Actor, reason: str = "") -> None:
    record(actor, f"incentives.pitch.{verb}", pitch, reason=reason)
    publish(PitchMoved(pitch_id=pitch.pk, state=pitch.state))


def locked_pitch(*, pitch_id: int, actor: Actor) -> FundPitch:
    rows = pitches_visible_to(actor).select_related("fund")
    return rows.select_for_update(of=("self",)).get(pk=pitch_id)


@transaction.atomic
def invite_to_roadshow(
    *,
    pitch_id: int,
    at: datetime.datetime,
    place: str,
    actor: Actor,
    now: datetime.datetime,
) -> FundPitch:
    """Fix when and where the owner presents (约定路演)."""
    pitch = locked_pitch(pitch_id=pitch_id, actor=actor)
    require_runner(actor, pitch)
    if at <= now:
        raise DomainError("路演时间应晚于现在。", field="at")
    pitch.state = steps.target("roadshow", state=PitchState(pitch.state))
    pitch.roadshow_at, pitch.roadshow_place = at, place.strip()[:120]
    pitch.due_at = site_deadline(at, working_days=PITCH_WORKING_DAYS).due_at
    pitch.save(update_fields=["state", "roadshow_at", "roadshow_place", "due_at"])
    tell(pitch, "roadshow", actor=actor)
    return pitch


@transaction.atomic
def answer_pitch(
    *, pitch_id: int, accepts: bool, reason: str, actor: Actor, now: datetime.datetime
) -> FundPitch:
    """Say whether the fund invests, and why (答复投递)."""
    pitch = locked_pitch(pitch_id=pitch_id, actor=actor)
    require_runner(actor, pitch)
    if not reason.strip():
        raise DomainError("请写明答复理由，投递单位据此改进。", field="reason")
    step = "accept" if accepts else "decline"
    pitch.state = steps.target(step, state=PitchState(pitch.state))
    return keep_answer(pitch, reason=reason, actor=actor, now=now)


@transaction.atomic
def withdraw_pitch(
    *, pitch_id: int, reason: str, actor: Actor, now: datetime.datetime
) -> FundPitch:
    """The owner takes back what it handed in (撤回投递)."""
    pitch = locked_pitch(pitch_id=pitch_id, actor=actor)
    if not owns_pitch(actor, pitch):
        raise NotAllowed("撤回由投递单位办理。")
    if not reason.strip():
        raise DomainError("请写明撤回原因。", field="reason")
    pitch.state = steps.target("withdraw", state=PitchState(pitch.state))
    return keep_answer(pitch, reason=reason, actor=actor, now=now)


def keep_answer(
    pitch: FundPitch, *, reason: str, actor: Actor, now: datetime.datetime
) -> FundPitch:
    pitch.reason, pitch.answered_at = reason.strip()[:500], now
    pitch.save(update_fields=["state", "reason", "answered_at"])
    tell(pitch, str(pitch.state), actor=actor, reason=reason)
    return pitch


@transaction.atomic
def record_investment(
    *, pitch_id: int, payment: Payment, actor: Actor, now: datetime.datetime
) -> InvestmentRecord:
    """Record a payment of a round, by the fund or by social capital (登记投资)."""
    pitch = locked_pitch(pitch_id=pitch_id, actor=actor)
    require_runner(actor, pitch)
    if pitch.state != PitchState.ACCEPTED:
        raise WrongState("还没有同意投资。请先答复同意，再登记投资。")
    row = add_payment(pitch, payment, actor=actor, now=now)
    record(actor, "incentives.investment.recorded", pitch, detail={"record": row.pk})
    publish(InvestmentMoved(pitch_id=pitch.pk))
    return row


def add_payment(
    pitch: FundPitch,
    payment: Payment,
    *,
    actor: Actor,
    now: datetime.datetime,
    replaces: InvestmentRecord | None = None,
) -> InvestmentRecord:
    today = timezone.localdate(now)
    if fault := fault_of_movement(amount=payment.amount, on=payment.on, today=today):
        raise DomainError(fault[1], field=fault[0])
    is_fund = payment.investor == Investor.FUND
    name = pitch.fund.name if is_fund else payment.investor_name.strip()
    if not name:
        raise DomainError("社会资本要写明出资单位。", field="investor_name")
    valid = InvestmentRecord.objects.valid().filter(pitch=pitch, investor_name=name)  # type: ignore[attr-defined]
    if valid.filter(reference=payment.reference.strip()).exists():
        raise DomainError("这个协议或凭证号已登记过，请核对是否重复登记。", field="reference")
    return InvestmentRecord.objects.create(
        pitch=pitch,
        investor=payment.investor,
        investor_name=name,
        amount=payment.amount,
        on=payment.on,
        round=payment.round.strip(),
        reference=payment.reference.strip(),
        entered_by_id=actor.user_id,
        entered_at=now,
        replaces=replaces,
    )


@transaction.atomic
def correct_investment(
    *,
    record_id: int,
    payment: Payment | None,
    reason: str,
    actor: Actor,
    now: datetime.datetime,
) -> InvestmentRecord:
    """Strike a record out with a reason, and enter the right one in its place (更正)."""
    found = InvestmentRecord.objects.get(pk=record_id)
    pitch = locked_pitch(pitch_id=found.pitch_id, actor=actor)
    require_runner(actor, pitch)
    found.refresh_from_db()
    if fault := reason_not_correctable(voided=found.voided_at is not None, reason=reason):
        raise DomainError(fault, field="reason")
    found.voided_at, found.void_reason = now, reason.strip()[:200]
    found.save(update_fields=["voided_at", "void_reason"])
    row = found
    if payment:
        row = add_payment(pitch, payment, actor=actor, now=now, replaces=found)
    detail = {"record": found.pk, "by": row.pk if payment else None}
    record(actor, "incentives.investment.corrected", pitch, reason=reason, detail=detail)
    publish(InvestmentMoved(pitch_id=pitch.pk))
    return row
