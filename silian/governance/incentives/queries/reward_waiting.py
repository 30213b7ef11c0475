"""What of rewards waits for whom: objections, accounts, payments, recoveries; and look-ups."""

from __future__ import annotations

import datetime

from django.db.models import F, Q, QuerySet

from silian.casework.ledgers.models.payments import Commitment
from silian.casework.reviews.queries.objections import digest_of_code
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.check_codes import tidy_code
from silian.governance.incentives.choices.claims import ObjectionState
from silian.governance.incentives.choices.recovery import RecoveryState
from silian.governance.incentives.choices.rewards import EntryState, RewardState
from silian.governance.incentives.models import (
    RewardAccount,
    RewardCandidate,
    RewardDecision,
    RewardEntry,
    RewardObjection,
    RewardRecovery,
)
from silian.governance.incentives.models.reward_money import OPEN_STATES
from silian.governance.incentives.permissions.reward_money import (
    handles_objections,
    objections_visible_to,
    recoveries_visible_to,
    took_part,
)
from silian.governance.incentives.permissions.rewards import (
    answers_for_unit,
    decides_rewards,
    entries_visible_to,
    of_own_unit,
    proposes_rewards,
)
from silian.governance.incentives.queries.reward_sums import REWARD


def objection_of_code(code: str) -> RewardObjection | None:
    """The objection whose receipt has this code (凭查询码)."""
    if not tidy_code(code):
        return None
    rows = RewardObjection.objects.select_related("decision")
    return rows.filter(code=digest_of_code(code)).first()


def objections_to_answer(actor: Actor) -> QuerySet[RewardObjection]:
    """Open objections that the actor took, or may take (待核查异议)."""
    if not handles_objections(actor):
        return RewardObjection.objects.none()
    mine = Q(taken_by=actor.user_id or 0) | Q(taken_by__isnull=True)
    rows = objections_visible_to(actor).filter(mine, state=ObjectionState.OPEN)
    return rows.exclude(took_part(actor)).select_related("decision").order_by("due_on", "pk")


def with_money(rows: QuerySet[RewardEntry]) -> QuerySet[RewardEntry]:
    """Valid entries that are paid out of a line (有资金的奖励)."""
    found = rows.filter(state=EntryState.VALID, amount__gt=0, decision__line__isnull=False)
    return found.select_related("decision", "organisation", "candidate")


def accounts_to_name(actor: Actor) -> QuerySet[RewardEntry]:
    """Rewards of the own unit that wait for its account (待填收款账户)."""
    if not answers_for_unit(actor):
        return RewardEntry.objects.none()
    rows = with_money(RewardEntry.objects.filter(of_own_unit(actor)))
    return rows.filter(candidate__account__isnull=True).order_by("pk")


def decisions_to_pay(actor: Actor) -> QuerySet[RewardDecision]:
    """Decisions of the own office with money that is promised, unordered, and has an account."""
    if not proposes_rewards(actor):
        return RewardDecision.objects.none()
    promised = Commitment.objects.filter(
        subject_type=REWARD, amount__gt=F("released") + F("ordered")
    )
    keys = [int(key) for key in promised.values_list("subject_id", flat=True)]
    named = RewardAccount.objects.filter(candidate__in=keys).values("candidate")
    entries = with_money(entries_visible_to(actor)).filter(candidate__in=named)
    rows = RewardDecision.objects.filter(
        pk__in=entries.values("decision"), office_id=actor.organisation_id or 0,
        state=RewardState.GIVEN,
    )  # fmt: skip
    return rows.order_by("pk")


def recoveries_to_do(actor: Actor, *, on: datetime.date) -> QuerySet[RewardRecovery]:
    """Recoveries to answer for the unit, and to decide for an official who did not notice them."""
    wanted = Q(pk__in=[])
    if answers_for_unit(actor):
        own = Q(entry__organisation=actor.organisation_id or 0)
        wanted |= own & Q(state=RecoveryState.NOTICED, reply_until__gte=on)
    if decides_rewards(actor):
        heard = Q(state=RecoveryState.REPLIED) | Q(state=RecoveryState.NOTICED, reply_until__lt=on)
        wanted |= heard & ~Q(noticed_by=actor.user_id or 0)
    rows = recoveries_visible_to(actor).filter(wanted, state__in=OPEN_STATES)
    return rows.select_related("entry__organisation", "entry__decision").order_by("pk")


def pending_for(actor: Actor) -> QuerySet[RewardCandidate]:
    """Lists under way on which the own unit stands (办理中的激励)."""
    rows = RewardCandidate.objects.filter(
        of_own_unit(actor), chosen=True,
        decision__state__in=(RewardState.PROPOSED, RewardState.NOTICE),
    )  # fmt: skip
    return rows.select_related("decision__office").order_by("-decision__proposed_at", "pk")
