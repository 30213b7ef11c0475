"""What becomes of a need: asked, answered, granted or refused, and the money that moved."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.site_calendar import site_deadline
from silian.governance.incentives.choices.finance import AnswerState, NeedState, ProductState
from silian.governance.incentives.events.finance import AnswerMoved, FinanceMoneyMoved
from silian.governance.incentives.models import (
    FinanceAnswer,
    FinanceProduct,
    FinanceRecord,
    FinancingNeed,
)
from silian.governance.incentives.permissions.finance import (
    answers_visible_to,
    is_applicant,
    is_provider,
    needs_kept_by,
    needs_visible_to,
    products_kept_by,
    require_applicant,
    require_provider,
)
from silian.governance.incentives.queries.needs import is_shown_to
from silian.governance.incentives.rules.investments import (
    fault_of_movement,
    reason_not_correctable,
)
from silian.governance.incentives.workflow.finance_deals import finance_answer as steps

ANSWER_WORKING_DAYS = 5  # the platform's promise: nobody who asked a bank waits a week for a word
DECISION_WORKING_DAYS = 20  # the platform's promise: the usual month of a bank's examination
NOTHING = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Grant:
    """What a provider agrees to (同意内容)."""

    amount: Decimal
    on: datetime.date
    rate: Decimal | None = None
    months: int | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Movement:
    """Money that moved on a day (发放)."""

    amount: Decimal
    on: datetime.date
    reference: str


@transaction.atomic
def ask_provider(
    *, need_id: int, product_id: int, message: str, actor: Actor, now: datetime.datetime
) -> FinanceAnswer:
    """Hand a need to the provider of a product, who answers within the clock (提交需求)."""
    require_applicant(actor)
    need = needs_kept_by(actor).select_for_update(of=("self",)).get(pk=need_id)
    today = timezone.localdate(now)
    product = FinanceProduct.objects.offered(on=today).filter(pk=product_id).first()  # type: ignore[attr-defined]
    if product is None:
        raise DomainError("这个产品现在不受理。请选目录里的其他产品。", field="product")
    if not is_shown_to(need, provider_id=product.provider_id, on=today):
        raise DomainError(
            "还没有授权这家机构查看需求。请先在展示授权里选上这家机构。", field="product"
        )
    return open_talks(need, product, actor=actor, now=now, message=message, by_owner=True)


@transaction.atomic
def show_interest(
    *, need_id: int, product_id: int, message: str, actor: Actor, now: datetime.datetime
) -> FinanceAnswer:
    """Answer a need that one was shown, with a product of one's own (答复有意向)."""
    require_provider(actor)
    today = timezone.localdate(now)
    rows = needs_visible_to(actor, on=today).select_for_update(of=("self",))
    need = rows.filter(pk=need_id).first()
    if need is None:
        raise NotAllowed("这项需求没有授权贵机构查看，或授权已撤回。")
    product = products_kept_by(actor).filter(pk=product_id, state=ProductState.PUBLISHED).first()
    if product is None:
        raise DomainError("请选贵机构已公布的产品。", field="product")
    return open_talks(need, product, actor=actor, now=now, message=message, by_owner=False)


def open_talks(
    need: FinancingNeed,
    product: FinanceProduct,
    *,
    actor: Actor,
    now: datetime.datetime,
    message: str,
    by_owner: bool,
) -> FinanceAnswer:
    if need.state != NeedState.OPEN:
        raise WrongState(f"需求当前为“{need.get_state_display()}”，不能开始对接。")
    over = [AnswerState.REFUSED, AnswerState.ENDED]
    if FinanceAnswer.objects.filter(need=need, product=product).exclude(state__in=over).exists():
        raise WrongState("这项需求和这个产品已经在对接。请在原来的对接里办理。")
    state = AnswerState.ASKED if by_owner else AnswerState.INTERESTED
    answer = FinanceAnswer.objects.create(
        need=need,
        product=product,
        provider_id=product.provider_id,
        edition=product.edition,
        by_owner=by_owner,
        state=state,
        message=message.strip()[:500],
        opened_at=now,
        due_at=clock_of(state, now=now),
        answered_at=None if by_owner else now,
    )
    verb = "asked" if by_owner else "interested"
    record(actor, f"incentives.answer.{verb}", answer)
    publish(AnswerMoved(answer_id=answer.pk, state=state))
    return answer


def clock_of(state: AnswerState, *, now: datetime.datetime) -> datetime.datetime | None:
    """When the provider's next word is due; nothing is due once it is given."""
    days = {
        AnswerState.ASKED: ANSWER_WORKING_DAYS,
        AnswerState.INTERESTED: DECISION_WORKING_DAYS,
        AnswerState.DILIGENCE: DECISION_WORKING_DAYS,
    }.get(state)
    return site_deadline(now, working_days=days).due_at if days else None


def locked_answer(*, answer_id: int, actor: Actor) -> FinanceAnswer:
    rows = answers_visible_to(actor).select_related("need", "product")
    return rows.select_for_update(of=("self",)).get(pk=answer_id)


def require_own_answer(actor: Actor, answer: FinanceAnswer) -> None:
    if not (is_provider(actor) and answer.provider_id == actor.organisation_id):
        raise NotAllowed("这一步由承办的金融机构办理。")


@transaction.atomic
def move_answer(
    *, answer_id: int, step: str, reason: str, actor: Actor, now: datetime.datetime
) -> FinanceAnswer:
    """Say that there is interest, that an examination begins, or that it is refused (答复)."""
    answer = locked_answer(answer_id=answer_id, actor=actor)
    require_own_answer(actor, answer)
    answer.state = steps.target(step, state=AnswerState(answer.state))
    if step == "refuse" and not reason.strip():
        raise DomainError("请写明不同意的理由，申请单位据此补齐条件。", field="reason")
    return keep_answer(answer, reason=reason, actor=actor, now=now)


def keep_answer(
    answer: FinanceAnswer, *, reason: str, actor: Actor, now: datetime.datetime
) -> FinanceAnswer:
    answer.reason = reason.strip()[:500] or answer.reason
    answer.answered_at = now
    answer.due_at = clock_of(AnswerState(answer.state), now=now)
    answer.save()
    verb = str(answer.state)
    record(actor, f"incentives.answer.{verb}", answer, reason=reason)
    publish(AnswerMoved(answer_id=answer.pk, state=answer.state))
    return answer


@transaction.atomic
def grant_answer(
    *, answer_id: int, grant: Grant, actor: Actor, now: datetime.datetime
) -> FinanceAnswer:
    """Record what was agreed: amount, rate, term, day (登记同意)."""
    answer = locked_answer(answer_id=answer_id, actor=actor)
    require_own_answer(actor, answer)
    refuse_movement(fault_of_movement(amount=grant.amount, on=grant.on, today=localday(now)))
    answer.state = steps.target("grant", state=AnswerState(answer.state))
    answer.granted, answer.granted_on = grant.amount, grant.on
    answer.rate, answer.months = grant.rate, grant.months
    return keep_answer(answer, reason=grant.reason, actor=actor, now=now)


@transaction.atomic
def end_answer(
    *, answer_id: int, reason: str, actor: Actor, now: datetime.datetime
) -> FinanceAnswer:
    """The owner breaks the talks off (终止对接)."""
    answer = locked_answer(answer_id=answer_id, actor=actor)
    if not (is_applicant(actor) and answer.need.owner_id == actor.organisation_id):
        raise NotAllowed("终止对接由申请单位办理。")
    if not reason.strip():
        raise DomainError("请写明终止原因。", field="reason")
    answer.state = steps.target("end", state=AnswerState(answer.state))
    return keep_answer(answer, reason=reason, actor=actor, now=now)


@transaction.atomic
def record_money(
    *, answer_id: int, movement: Movement, actor: Actor, now: datetime.datetime
) -> FinanceRecord:
    """Record money paid out, invested, issued or guaranteed (登记发放)."""
    answer = locked_answer(answer_id=answer_id, actor=actor)
    require_own_answer(actor, answer)
    if answer.state != AnswerState.GRANTED:
        raise WrongState("还没有登记同意。请先登记同意的金额，再登记发放。")
    row = add_record(answer, movement, actor=actor, now=now)
    record(actor, "incentives.answer.money_recorded", answer, detail={"record": row.pk})
    publish(FinanceMoneyMoved(answer_id=answer.pk))
    return row


def add_record(
    answer: FinanceAnswer,
    movement: Movement,
    *,
    actor: Actor,
    now: datetime.datetime,
    replaces: FinanceRecord | None = None,
) -> FinanceRecord:
    left = (answer.granted or NOTHING) - moved(answer)
    refuse_movement(
        fault_of_movement(amount=movement.amount, on=movement.on, today=localday(now), left=left)
    )
    valid = FinanceRecord.objects.valid().filter(answer=answer)  # type: ignore[attr-defined]
    if valid.filter(reference=movement.reference.strip()).exists():
        raise DomainError("这个合同或凭证号已登记过，请核对是否重复登记。", field="reference")
    return FinanceRecord.objects.create(
        answer=answer,
        kind=answer.product.record_kind,
        amount=movement.amount,
        on=movement.on,
        reference=movement.reference.strip(),
        entered_by_id=actor.user_id,
        entered_at=now,
        replaces=replaces,
    )


def moved(answer: FinanceAnswer) -> Decimal:
    """What was paid on an answer, corrections taken into account (已发放)."""
    rows = FinanceRecord.objects.valid().filter(answer=answer)  # type: ignore[attr-defined]
    total: Decimal = rows.aggregate(sum=Sum("amount", default=NOTHING))["sum"]
    return total


@transaction.atomic
def correct_record(
    *,
    record_id: int,
    movement: Movement | None,
    reason: str,
    actor: Actor,
    now: datetime.datetime,
) -> FinanceRecord:
    """Strike a record out with a reason, and enter the right one in its place (更正)."""
    found = FinanceRecord.objects.get(pk=record_id)
    answer = locked_answer(answer_id=found.answer_id, actor=actor)
    require_own_answer(actor, answer)
    found.refresh_from_db()
    if fault := reason_not_correctable(voided=found.voided_at is not None, reason=reason):
        raise DomainError(fault, field="reason")
    found.voided_at, found.void_reason = now, reason.strip()[:200]
    found.save(update_fields=["voided_at", "void_reason"])
    row = add_record(answer, movement, actor=actor, now=now, replaces=found) if movement else found
    detail = {"record": found.pk, "by": row.pk if movement else None}
    record(actor, "incentives.answer.money_corrected", answer, reason=reason, detail=detail)
    publish(FinanceMoneyMoved(answer_id=answer.pk))
    return row


def refuse_movement(fault: tuple[str, str] | None) -> None:
    if fault:
        raise DomainError(fault[1], field=fault[0])


def localday(now: datetime.datetime) -> datetime.date:
    return timezone.localdate(now)
