"""What rewards came to in the ledger: decided, promised, paid, owed, recovered (奖励资金)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal

from django.db.models import QuerySet, Sum
from django.urls import reverse

from silian.casework.ledgers.choices import PaymentState
from silian.casework.ledgers.models.funds import BudgetLine
from silian.casework.ledgers.models.payments import Commitment, FundPayment
from silian.casework.ledgers.permissions import funds_visible_to, lines_visible_to
from silian.foundation.kernel.actors import Actor
from silian.governance.incentives.choices.rewards import (
    REWARD_MONEY_TONES,
    EntryState,
    RewardMoneyStanding,
)
from silian.governance.incentives.models import (
    RewardAccount,
    RewardCandidate,
    RewardDecision,
    RewardEntry,
    RewardRecovery,
)
from silian.governance.incentives.queries.claim_sums import (
    ClaimSums,
    commitments_for,
    debts_for,
    spending_on,
)
from silian.governance.incentives.rules.reward_money import standing_of_money

ZERO = Decimal(0)
REWARD, REWARD_RECOVERY = "incentives.reward", "incentives.reward_recovery"


@dataclass(frozen=True, kw_only=True)
class RewardMoney:
    """The money of one unit on one decision (奖励资金).

    ``decided = paid - recovered + outstanding``; a withdrawn reward has nothing decided.
    """

    candidate: RewardCandidate
    entry: RewardEntry
    sums: ClaimSums
    standing: RewardMoneyStanding

    @property
    def tone(self) -> str:
        return REWARD_MONEY_TONES[self.standing]

    @property
    def to_order(self) -> Decimal:
        """What is promised and in no payment yet (待安排)."""
        return self.sums.to_pay - self.sums.in_flight


def sums_of_rewards(keys: Iterable[int]) -> dict[int, ClaimSums]:
    """The sums of many candidates, by their keys, in four queries."""
    wanted = list(keys)
    decided: dict[int, Decimal] = defaultdict(lambda: ZERO)
    valid = RewardEntry.objects.filter(candidate__in=wanted, state=EntryState.VALID)
    rows = valid.filter(amount__isnull=False, decision__line__isnull=False)
    for key, amount in rows.values_list("candidate_id", "amount"):
        decided[key] += amount or ZERO
    spent = spending_on(REWARD, wanted)
    pairs = RewardRecovery.objects.filter(entry__candidate__in=wanted)
    owed, back = debts_for(REWARD_RECOVERY, dict(pairs.values_list("pk", "entry__candidate_id")))
    return {
        key: ClaimSums(entitled=decided[key], owed=owed[key], recovered=back[key], **spent[key])
        for key in wanted
    }


def sums_of_reward(candidate_id: int) -> ClaimSums:
    return sums_of_rewards([candidate_id])[candidate_id]


def promises_of(candidate_id: int) -> QuerySet[Commitment]:
    """What the ledger promised to one unit, the newest first (指标占用)."""
    return commitments_for(REWARD, [str(candidate_id)]).order_by("-pk")


def payments_of(candidate_id: int) -> QuerySet[FundPayment]:
    """What was ordered for one unit, in order (资金支付)."""
    rows = FundPayment.objects.filter(commitment__in=promises_of(candidate_id))
    return rows.select_related("batch").order_by("pk")


def money_of_entries(entries: Iterable[RewardEntry]) -> list[RewardMoney]:
    """Where the money of each entry's unit stands; those without money are left out."""
    rows = {row.candidate_id: row for row in entries}
    sums = sums_of_rewards(rows)
    named = set(
        RewardAccount.objects.filter(candidate__in=rows).values_list("candidate", flat=True)
    )
    back = FundPayment.objects.filter(
        commitment__subject_type=REWARD, state=PaymentState.FAILED,
        commitment__subject_id__in=[str(key) for key in rows],
    )  # fmt: skip
    failed = {int(key) for key in back.values_list("commitment__subject_id", flat=True)}
    return [
        RewardMoney(
            candidate=entry.candidate,
            entry=entry,
            sums=sums[key],
            standing=standing_of_money(
                entitled=sums[key].entitled,
                paid=sums[key].paid - sums[key].owed,
                in_flight=sums[key].in_flight,
                to_recover=sums[key].to_recover,
                failed=key in failed,
                has_account=key in named,
            ),
        )
        for key, entry in rows.items()
        if sums[key].entitled or sums[key].promised
    ]


def money_of_decision(decision: RewardDecision) -> list[RewardMoney]:
    """The money of each unit of a published decision, as listed (资金状态)."""
    entries = decision.entries.select_related("candidate", "organisation")
    return money_of_entries(entries.order_by("candidate__order", "pk"))


def total_of(rows: Sequence[RewardMoney]) -> ClaimSums:
    """The sums of all units together."""
    names = [each.name for each in fields(ClaimSums)]
    return ClaimSums(
        **{name: sum((getattr(row.sums, name) for row in rows), ZERO) for name in names}
    )


def lines_for(actor: Actor, *, year: int) -> QuerySet[BudgetLine]:
    """This year's lines of the actor's own department (资金来源)."""
    rows = lines_visible_to(actor).filter(fund__owner_id=actor.organisation_id or 0)
    return rows.filter(fiscal_year__gte=year).order_by("fund__code", "code")


def chosen_total(decision: RewardDecision) -> Decimal:
    """What the list comes to (合计金额)."""
    found = decision.listed.filter(chosen=True).aggregate(total=Sum("amount"))["total"]
    return found or ZERO


def ledger_url(candidate_id: int, actor: Actor) -> str:
    """The commitment in the ledger, for those who read it there."""
    source = promises_of(candidate_id).select_related("line").first()
    if source is None or not funds_visible_to(actor).filter(pk=source.line.fund_id).exists():
        return ""
    return reverse("ledgers:commitment_detail", kwargs={"commitment_id": source.pk})
