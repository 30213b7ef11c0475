"""Recompute the money of every reward from the rows of the ledger (奖励资金核验)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from silian.casework.ledgers.models.payments import Commitment
from silian.casework.ledgers.queries.checking import Difference
from silian.governance.incentives.choices.rewards import EntryState, RewardState
from silian.governance.incentives.models import RewardCandidate, RewardEntry, RewardRecovery
from silian.governance.incentives.queries.claim_sums import receivables_for
from silian.governance.incentives.queries.reward_sums import (
    REWARD,
    REWARD_RECOVERY,
    sums_of_rewards,
)

ZERO = Decimal(0)


def reward_differences() -> list[Difference]:
    """Everything in which rewards and ledger disagree; empty when all is well."""
    return [*wrong_rewards(), *early_rewards(), *wrong_reward_recoveries()]


def rewards_with_money() -> list[RewardCandidate]:
    """Units that were decided money, or that the ledger knows of."""
    rows = RewardEntry.objects.filter(amount__isnull=False, decision__line__isnull=False)
    keys = set(rows.values_list("candidate_id", flat=True))
    known = Commitment.objects.filter(subject_type=REWARD).values_list("subject_id", flat=True)
    keys |= {int(key) for key in known}
    return list(RewardCandidate.objects.filter(pk__in=keys).select_related("decision"))


def wrong_rewards() -> Iterator[Difference]:
    """decided = paid - recovered + outstanding, and never more on the way than promised."""
    rows = rewards_with_money()
    sums = sums_of_rewards([row.pk for row in rows])
    for row in rows:
        each = sums[row.pk]
        computed = each.paid - each.recovered + each.to_pay - each.to_recover
        if each.entitled != computed:
            what = f"奖励“{row.decision}”{row.subject_name}的核定金额"
            yield Difference(what=what, booked=each.entitled, computed=computed)
        if each.paid + each.in_flight > each.promised:
            what = f"奖励“{row.decision}”{row.subject_name}已付和途中"
            yield Difference(what=what, booked=each.paid + each.in_flight, computed=each.promised)


def early_rewards() -> Iterator[Difference]:
    """No money is promised to a unit of a list that is not published, nor to one without entry."""
    given = RewardEntry.objects.filter(decision__state=RewardState.GIVEN)
    known = {str(key) for key in given.values_list("candidate_id", flat=True)}
    for source in Commitment.objects.filter(subject_type=REWARD).order_by("pk"):
        if source.subject_id not in known and source.amount != source.released:
            what = f"未公布的奖励 {source.subject_id} 的占用"
            yield Difference(what=what, booked=source.amount - source.released, computed=ZERO)


def wrong_reward_recoveries() -> Iterator[Difference]:
    """A decided recovery owes what was told, and its reward is withdrawn."""
    rows = RewardRecovery.objects.filter(receivable__isnull=False).select_related("entry")
    for row in rows.order_by("pk"):
        owed = sum((each.amount for each in receivables_for(REWARD_RECOVERY, [row.pk])), ZERO)
        if owed != row.amount or row.entry.state != EntryState.WITHDRAWN:
            yield Difference(what=f"奖励收回 {row.pk}", booked=owed, computed=row.amount)
