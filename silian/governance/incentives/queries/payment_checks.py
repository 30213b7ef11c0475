"""Every gate of a payment on a day: those of the rule and those of the money (拨付条件)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from silian.foundation.kernel.money import format_yuan
from silian.governance.incentives.choices.claims import (
    CLAIMS_HELD,
    ClaimState,
    GateOutcome,
    PaymentKind,
    PaymentStanding,
)
from silian.governance.incentives.choices.recovery import RecalculationState
from silian.governance.incentives.models import ClaimPayment, PaymentGate
from silian.governance.incentives.queries.claim_sums import sums_of
from silian.governance.incentives.queries.payment_gates import ONCE as PERSON_ONCE
from silian.governance.incentives.queries.payment_gates import GateDraft, gates_for
from silian.governance.incentives.rules.claims import is_override_valid

ZERO = Decimal(0)
WITHIN, ONCE, RECALCULATED, DUE = "money.within", "money.once", "money.recalculated", "money.due"
BOOKS = "《预算法》第十三条"
RECHECK = "平台拨付规则：事实变化先核算、后付款"


@dataclass(frozen=True, kw_only=True)
class MoneyGate:
    """A gate that the books put before a payment (资金条件)."""

    code: str
    title: str
    passed: bool
    value: str
    clause: str
    cure: str


def drafts_of(payment: ClaimPayment, *, on: datetime.date) -> list[PaymentGate]:
    """What each gate says of the payment on the day, not stored yet."""
    kind = PaymentKind(payment.kind)
    rows = [from_draft(payment, each) for each in gates_for(payment.claim, kind, on)]
    return rows + [from_money(payment, gate) for gate in money_gates(payment, on=on)]


def from_draft(payment: ClaimPayment, draft: GateDraft) -> PaymentGate:
    return PaymentGate(
        payment=payment,
        code=draft.code,
        title=draft.title[:120],
        outcome=draft.outcome,
        stops=draft.stops,
        value=draft.value[:200],
        item=draft.item,
        force=draft.force,
        clause=draft.clause[:160],
        rule_version=draft.rule_version,
        cure=draft.cure[:200],
    )


def from_money(payment: ClaimPayment, gate: MoneyGate) -> PaymentGate:
    return PaymentGate(
        payment=payment,
        code=gate.code,
        title=gate.title,
        outcome=GateOutcome.PASSED if gate.passed else GateOutcome.FAILED,
        stops=True,
        value=gate.value[:200],
        force="mandatory",
        clause=gate.clause,
        rule_version=payment.claim.rule_version,
        cure="" if gate.passed else gate.cure,
    )


def money_gates(payment: ClaimPayment, *, on: datetime.date) -> list[MoneyGate]:
    """Within what is promised, once only, no open difference, on its day."""
    return [within(payment), once(payment), recalculated(payment), due(payment, on=on)]


def within(payment: ClaimPayment) -> MoneyGate:
    """Never more than is promised to the claim and not paid."""
    sums, left = sums_of(payment.claim), payment.amount - payment.set_off
    free = sums.to_pay - sums.in_flight
    return MoneyGate(
        code=WITHIN,
        title="不超过已占用而未付的金额",
        passed=left <= free,
        value=f"本次 {format_yuan(left)} 元，可付 {format_yuan(free)} 元",
        clause=BOOKS,
        cure="请先办理退票退回占用，或重新核算。",
    )


def once(payment: ClaimPayment) -> MoneyGate:
    """The unit has no other live claim for the same matter, nor a payment of the kind."""
    claim = payment.claim
    others = (
        type(claim)
        .objects.filter(
            call_id=claim.call_id,
            organisation_id=claim.organisation_id,
            subject_type=claim.subject_type,
            subject_id=claim.subject_id,
            state__in=CLAIMS_HELD,
        )
        .exclude(pk=claim.pk)
    )
    live = claim.payments.filter(kind=payment.kind).exclude(pk=payment.pk)
    twice = (
        payment.kind != PaymentKind.SUPPLEMENT
        and live.exclude(standing=PaymentStanding.CANCELLED).exists()
    )
    found = others.count() + twice
    return MoneyGate(
        code=ONCE,
        title="同一事项没有重复拨付",
        passed=not found,
        value=f"重复 {found} 笔",
        clause=f"申领通知 {claim.call.number}：同一事项只补贴一次",
        cure="请撤回或取消重复的一笔。",
    )


def recalculated(payment: ClaimPayment) -> MoneyGate:
    """Facts that changed are settled before money goes out."""
    claim = payment.claim
    waiting = claim.recalculations.filter(state=RecalculationState.FOUND).exists()
    approved = claim.state == ClaimState.APPROVED
    return MoneyGate(
        code=RECALCULATED,
        title="申领已批准，没有待处理的核算差额",
        passed=approved and not waiting,
        value="有待处理的核算差额" if waiting else claim.get_state_display(),
        clause=RECHECK,
        cure="请先处理重新核算的差额。",
    )


def due(payment: ClaimPayment, *, on: datetime.date) -> MoneyGate:
    """The day on which it falls due has come; breaks of people move it."""
    day = payment.due_on
    return MoneyGate(
        code=DUE,
        title="已到应拨付日",
        passed=day is None or on >= day,
        value=f"应拨付日 {day}" if day else "没有应拨付日",
        clause=f"申领通知 {payment.claim.call.number}",
        cure="到应拨付日再安排；实习或培养中断的，应拨付日顺延。",
    )


def newest_gates(payment: ClaimPayment) -> list[PaymentGate]:
    """The gates of the last check (最近一次核对)."""
    rows = payment.gates.filter(check_round=payment.check_round)
    return list(rows.select_related("item", "overridden_by").order_by("pk"))


def blocking(gates: Iterable[PaymentGate], *, on: datetime.date) -> list[PaymentGate]:
    """Closed gates that nobody lets pass on the day; an override ends by itself (未放行)."""
    return [
        gate
        for gate in gates
        if gate.is_closed and not is_override_valid(until=gate.override_until, on=on)
    ]


def never_overridden(gate: PaymentGate) -> str:
    """Why a gate can be passed over by nobody; empty for others (不可放行)."""
    return NEVER.get(gate.code, "")


NEVER = {
    WITHIN: "付款不得超过已占用的指标（《预算法》第十三条）",
    ONCE: "同一事项不得重复拨付",
    PERSON_ONCE: "同一人同一时段不得重复补贴",
    RECALCULATED: "有待处理的差额时付款会多付或少付",
}
