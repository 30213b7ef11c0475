"""Let a reward of money become money: named source, promise, account, order, change."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction

from silian.casework.ledgers.choices import PaymentState
from silian.casework.ledgers.commands.booking import Subject
from silian.casework.ledgers.commands.commitments import commit, release
from silian.casework.ledgers.commands.payments import (
    Payee,
    cancel_payment,
    pay,
    refuse_unpayable,
)
from silian.casework.ledgers.models.payments import FundPayment
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.encryption import encrypted
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.money import format_yuan
from silian.governance.incentives.choices.rewards import (
    EntryState,
    RestrictionMeasure,
    RewardState,
)
from silian.governance.incentives.commands.claim_orders import MOST_ORDERED, Ordered
from silian.governance.incentives.commands.reward_decisions import (
    locked_decision,
    refuse_unless_draft,
)
from silian.governance.incentives.events.rewards import RewardMoneyMoved
from silian.governance.incentives.models import (
    Restriction,
    RewardAccount,
    RewardCandidate,
    RewardDecision,
    RewardEntry,
)
from silian.governance.incentives.models.reward_money import OPEN_STATES
from silian.governance.incentives.permissions.reward_money import (
    require_payee,
    require_payer,
)
from silian.governance.incentives.permissions.rewards import (
    entries_visible_to,
    own_units,
    require_proposer,
)
from silian.governance.incentives.queries.reward_sums import (
    REWARD,
    lines_for,
    payments_of,
    promises_of,
    sums_of_reward,
)
from silian.governance.incentives.rules.reward_money import (
    reason_not_orderable,
    reason_not_withdrawable,
)

ZERO = Decimal(0)
ON_ITS_WAY = (PaymentState.READY, PaymentState.BATCHED, PaymentState.SENT, PaymentState.CONFIRMED)


@transaction.atomic
def fund_decision(
    *,
    decision_id: int,
    line_id: int,
    document: str,
    clause: str,
    actor: Actor,
    today: datetime.date,
) -> RewardDecision:
    """Name the budget line and the document and clause of the amounts (写明资金来源和金额依据)."""
    decision = locked_decision(decision_id=decision_id, actor=actor)
    require_proposer(actor, division=decision.division_id)
    require_payer(actor, decision)
    refuse_unless_draft(decision)
    line = lines_for(actor, year=today.year).filter(pk=line_id).first()
    if line is None:
        raise DomainError("请选择贵单位主管的本年度预算项目。", field="line")
    if not (document.strip() and clause.strip()):
        raise DomainError("请写明金额依据的文件和条款。没有依据的金额不能列入。", field="clause")
    decision.line = line
    decision.amount_document, decision.amount_clause = document.strip(), clause.strip()
    decision.save(update_fields=["line", "amount_document", "amount_clause"])
    priced = decision.listed.filter(amount__isnull=False)
    priced.update(amount_basis=decision.amount_basis)
    record(actor, "incentives.reward.funded", decision, reason=decision.amount_basis)
    return decision


def subject_of(entry: RewardEntry) -> Subject:
    label = f"{entry.decision.title}：{entry.candidate.subject_name}"
    return Subject(type=REWARD, id=str(entry.candidate_id), label=label)


def locked_money(candidate_id: int) -> RewardCandidate:
    """The unit's row, locked: whoever moves its money waits here."""
    rows = RewardCandidate.objects.select_related("decision__office", "decision__line")
    return rows.select_for_update(of=("self",)).get(pk=candidate_id)


def promise_rewards(
    decision: RewardDecision, *, entries: Iterable[RewardEntry], on: datetime.date, actor: Actor
) -> None:
    """Commit the money of a list that is published; refused as a whole when it is not there."""
    for entry in entries:
        if entry.amount is None:
            continue
        if decision.line_id is None:
            raise DomainError("名单写有金额而没有资金来源，不能公布。请退回补写。")
        require_payer(actor, decision)
        promise(entry, amount=entry.amount, on=on, actor=actor)


def promise(entry: RewardEntry, *, amount: Decimal, on: datetime.date, actor: Actor) -> None:
    """Promise money of the decision's line; once for each entry of the ledger (占用指标)."""
    commit(
        line_id=entry.decision.line_id or 0,
        amount=amount,
        subject=subject_of(entry),
        key=f"reward-{entry.candidate_id}-{entry.pk}",
        on=on,
        actor=actor,
    )


@transaction.atomic
def state_account(
    *, entry_id: int, bank_name: str, account_number: str, actor: Actor, now: datetime.datetime
) -> RewardEntry:
    """Say where the unit is paid; the number is kept encrypted (填写收款账户)."""
    entry = entries_visible_to(actor).select_related("candidate").get(pk=entry_id)
    require_payee(actor, entry)
    candidate = locked_money(entry.candidate_id)
    refuse_without_money(entry)
    number = "".join(account_number.split()).replace("-", "")
    if not bank_name.strip():
        raise DomainError("请填写开户行。", field="bank_name")
    refuse_unpayable(
        Payee(name=entry.organisation.name, bank=bank_name, account=number),
    )
    RewardAccount.objects.update_or_create(
        candidate=candidate,
        defaults={
            "bank_name": bank_name.strip(), "account_cipher": encrypted(number),
            "account_tail": number[-4:], "stated_by_id": actor.user_id, "stated_at": now,
        },
    )  # fmt: skip
    record(actor, "incentives.reward.account_stated", entry)
    publish(RewardMoneyMoved(candidate_id=candidate.pk))
    return entry


def refuse_without_money(entry: RewardEntry) -> None:
    if entry.amount is None or entry.decision.line_id is None or entry.state != EntryState.VALID:
        raise DomainError("这条记录没有待付的金额，不用填写账户。")


@transaction.atomic
def order_reward(*, entry_id: int, on: datetime.date, actor: Actor) -> FundPayment:
    """Order what is promised to a unit and in no payment yet (安排支付).

    Run again after a crash or by two at once it finds the payment that is there.
    """
    seen = entries_visible_to(actor).select_related("decision__office").get(pk=entry_id)
    require_payer(actor, seen.decision)
    if seen.organisation_id in own_units(actor):
        raise DomainError("这笔奖励属于您所在单位，按回避要求不能办理。请由其他人员办理。")
    candidate = locked_money(seen.candidate_id)
    entry = RewardEntry.objects.select_related("decision", "candidate", "organisation").get(
        pk=entry_id
    )
    refuse_unorderable(entry, on=on)
    made = [
        order_source(entry, candidate.account, source.pk, source.remaining, actor=actor)
        for source in promises_of(candidate.pk)
        if source.remaining
    ]
    if not made:
        return ordered_before(candidate)
    record(
        actor, "incentives.reward.ordered", entry,
        detail={"amount": str(sum((row.amount for row in made), ZERO))},
    )  # fmt: skip
    publish(RewardMoneyMoved(candidate_id=candidate.pk))
    return made[0]


def order_source(
    entry: RewardEntry, account: RewardAccount, source_id: int, amount: Decimal, *, actor: Actor
) -> FundPayment:
    """One payment out of one promise; its number follows those that came to nothing."""
    attempt = FundPayment.objects.filter(commitment_id=source_id).count() + 1
    return pay(
        commitment_id=source_id,
        amount=amount,
        payee=Payee(
            name=entry.organisation.name, bank=account.bank_name, account=account.number
        ),
        subject=subject_of(entry),
        key=f"reward-{entry.candidate_id}-{source_id}-{attempt}",
        actor=actor,
    )  # fmt: skip


def ordered_before(candidate: RewardCandidate) -> FundPayment:
    before = payments_of(candidate.pk).filter(state__in=ON_ITS_WAY).last()
    if before is None:
        raise DomainError("没有待安排的金额。退票的，请记账单位先在资金台账退回占用。")
    return before


def refuse_unorderable(entry: RewardEntry, *, on: datetime.date) -> None:
    withheld = Restriction.objects.in_force(on=on).filter(  # type: ignore[attr-defined]
        organisation=entry.organisation_id, measure=RestrictionMeasure.SUBSIDY_WITHHELD
    )
    basis = withheld.values_list("document", "clause").first()
    reason = reason_not_orderable(
        valid=entry.state == EntryState.VALID and entry.decision.state == RewardState.GIVEN,
        has_account=RewardAccount.objects.filter(candidate=entry.candidate_id).exists(),
        recovering=entry.recoveries.filter(state__in=OPEN_STATES).exists(),
        withheld=" ".join(basis) if basis else "",
    )
    if reason:
        raise DomainError(reason)


def order_rewards(*, decision_id: int, on: datetime.date, actor: Actor) -> Ordered:
    """Order each unit of a decision in a transaction of its own; run again, it goes on."""
    result = Ordered()
    rows = entries_visible_to(actor).filter(
        decision=decision_id, state=EntryState.VALID, amount__isnull=False
    )
    for entry in rows.select_related("candidate").order_by("candidate__order"):
        if result.ordered == MOST_ORDERED or not to_order(entry.candidate_id):
            continue
        try:
            order_reward(entry_id=entry.pk, on=on, actor=actor)
        except DomainError as refusal:
            result.refused.append(f"{entry.candidate.subject_name}：{refusal.sentence}")
        else:
            result.ordered += 1
    return result


def to_order(candidate_id: int) -> Decimal:
    sums = sums_of_reward(candidate_id)
    return sums.to_pay - sums.in_flight


def change_promise(
    former: RewardEntry, entry: RewardEntry, *, on: datetime.date, actor: Actor
) -> None:
    """Follow a correction of the amount: promise more, or give back what is not ordered (更正)."""
    change = (entry.amount or ZERO) - (former.amount or ZERO)
    if not change:
        return
    if entry.decision.line_id is None:
        raise DomainError("这个事项没有资金来源，不能更正金额。", field="amount")
    require_payer(actor, entry.decision)
    locked_money(entry.candidate_id)
    if former.recoveries.filter(state__in=OPEN_STATES).exists():
        raise DomainError("这笔奖励正在办理收回，办结以前不能更正金额。", field="amount")
    if change > 0:
        promise(entry, amount=change, on=on, actor=actor)
    else:
        give_back(entry, amount=-change, reason="更正奖励金额", on=on, actor=actor)
    publish(RewardMoneyMoved(candidate_id=entry.candidate_id))


def give_back(
    entry: RewardEntry, *, amount: Decimal, reason: str, on: datetime.date, actor: Actor
) -> None:
    """Release promised money that is in no payment, the newest promise first (释放占用)."""
    left = amount
    for source in promises_of(entry.candidate_id):
        part = min(left, source.remaining)
        if part > 0:
            release(commitment_id=source.pk, amount=part, reason=reason, on=on, actor=actor)
            left -= part
    if left:
        raise DomainError(
            f"有 {format_yuan(left)} 元已安排支付或已付，不能减少。"
            "未送银行的请先在资金台账撤销支付，已付的请告知拟收回。",
            field="amount",
        )


def take_back_promise(entry: RewardEntry, *, reason: str, on: datetime.date, actor: Actor) -> None:
    """Let a reward that is withdrawn keep nothing: orders cancelled, promises released (撤回).

    What the bank has, or has paid, does not come back by this.
    """
    if entry.amount is None or entry.decision.line_id is None:
        return
    require_payer(actor, entry.decision)
    locked_money(entry.candidate_id)
    for row in payments_of(entry.candidate_id).filter(state=PaymentState.READY):
        cancel_payment(payment_id=row.pk, actor=actor)
    sums = sums_of_reward(entry.candidate_id)
    refusal = reason_not_withdrawable(paid=sums.paid - sums.owed, in_flight=sums.in_flight)
    if refusal:
        raise DomainError(refusal)
    give_back(entry, amount=sums.to_pay, reason=reason, on=on, actor=actor)
    publish(RewardMoneyMoved(candidate_id=entry.candidate_id))
