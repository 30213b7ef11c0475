"""Publish a decision into the reward ledger; correct and withdraw what was given."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.governance.incentives.choices.claims import ObjectionState
from silian.governance.incentives.choices.rewards import (
    CandidateStanding,
    EntryState,
    RewardState,
    UseOutcome,
)
from silian.governance.incentives.commands.reward_decisions import (
    Given,
    basis_of_amounts,
    locked_decision,
    moved,
)
from silian.governance.incentives.commands.reward_money import (
    change_promise,
    promise_rewards,
    take_back_promise,
)
from silian.governance.incentives.events.rewards import RewardMoved
from silian.governance.incentives.models.reward_decisions import (
    RewardCandidate,
    RewardDecision,
    RewardEntry,
)
from silian.governance.incentives.models.reward_results import ResultUse
from silian.governance.incentives.permissions.rewards import (
    entries_visible_to,
    own_units,
    require_proposer,
)
from silian.governance.incentives.workflow.reward_entry import reward_entry as entry_steps
from silian.governance.incentives.workflow.rewards import reward_decision as steps

BATCH = 500


@transaction.atomic
def publish_decision(*, decision_id: int, actor: Actor, today: datetime.date) -> RewardDecision:
    """Publish after the notice, write the ledger and note which results were used (公布)."""
    decision = locked_decision(decision_id=decision_id, actor=actor)
    require_proposer(actor, division=decision.division_id)
    decision.state = steps.target(
        "publish",
        state=RewardState(decision.state),
        notice_until=decision.notice_until,
        on=today,
        objections=decision.objections.filter(state=ObjectionState.OPEN).count(),
        chosen=decision.listed.filter(chosen=True).count(),
    )
    decision.published_on = today
    decision.save(update_fields=["state", "published_on"])
    if decision.lasts_until <= today:
        raise DomainError("激励期已过，不能再公布。请取消后重新办理。")
    entries = write_ledger(decision, listed=decision.listed.all(), today=today)
    promise_rewards(decision, entries=entries, on=today, actor=actor)
    return moved(decision, verb="published", actor=actor)


def write_ledger(
    decision: RewardDecision, *, listed: Iterable[RewardCandidate], today: datetime.date
) -> list[RewardEntry]:
    """One entry for each unit that was chosen, one note for each result that was looked at."""
    rows = list(listed)
    entries = RewardEntry.objects.bulk_create(
        [entry_of(decision, row, today=today) for row in rows if row.chosen], batch_size=BATCH
    )
    uses = {
        fact["result"]: row.chosen
        for row in rows
        if row.standing != CandidateStanding.EXCLUDED
        for fact in row.facts
        if "result" in fact
    }
    ResultUse.objects.bulk_create(
        [
            ResultUse(
                result_id=key,
                decision=decision,
                outcome=UseOutcome.GIVEN if chosen else UseOutcome.NOT_GIVEN,
                used_on=today,
            )
            for key, chosen in uses.items()
        ],
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    return entries


def entry_of(
    decision: RewardDecision, row: RewardCandidate, *, today: datetime.date
) -> RewardEntry:
    return RewardEntry(
        decision=decision,
        candidate=row,
        organisation_id=row.organisation_id,
        amount=row.amount,
        amount_basis=row.amount_basis,
        quantity=row.quantity,
        unit=row.unit,
        number=row.number,
        words=row.words or decision.get_measure_display(),
        given_on=today,
        ends_on=decision.lasts_until,
        is_demo=decision.is_demo,
    )


def locked_entry(*, entry_id: int, actor: Actor) -> RewardEntry:
    rows = entries_visible_to(actor).select_related("decision", "candidate")
    entry = rows.select_for_update(of=("self",)).get(pk=entry_id)
    require_proposer(actor, division=entry.decision.division_id)
    if entry.organisation_id in own_units(actor):
        raise DomainError("这条记录属于您所在单位，按回避要求不能办理。请由其他人员办理。")
    return entry


@transaction.atomic
def correct_entry(
    *,
    entry_id: int,
    given: Given,
    ends_on: datetime.date,
    reason: str,
    actor: Actor,
    today: datetime.date,
) -> RewardEntry:
    """Put another entry in the place of a wrong one; the former stays readable (更正)."""
    former = locked_entry(entry_id=entry_id, actor=actor)
    if not reason.strip():
        raise DomainError("请写明更正理由，对方会看到。", field="reason")
    if ends_on <= former.given_on:
        raise DomainError("激励期止应晚于给予日。", field="ends_on")
    ended(former, step="correct", reason=reason, today=today)
    entry = RewardEntry.objects.create(
        decision=former.decision,
        candidate=former.candidate,
        organisation_id=former.organisation_id,
        amount=given.amount or None,
        amount_basis=basis_after(former, given),
        quantity=given.quantity,
        unit=given.unit,
        number=given.number,
        words=given.words.strip() or former.words,
        given_on=former.given_on,
        ends_on=ends_on,
        replaces=former,
    )
    change_promise(former, entry, on=today, actor=actor)
    record(actor, "incentives.reward_entry.corrected", entry, reason=reason.strip()[:300])
    publish(RewardMoved(decision_id=former.decision_id))
    return entry


def basis_after(former: RewardEntry, given: Given) -> str:
    """The same amount keeps its basis; another one has that of the decision."""
    if not given.amount or given.amount == former.amount:
        return former.amount_basis if given.amount else ""
    return basis_of_amounts(former.decision, given)


@transaction.atomic
def withdraw_entry(
    *, entry_id: int, reason: str, actor: Actor, today: datetime.date
) -> RewardEntry:
    """Take a reward back with a reason; it stays in the ledger as withdrawn (撤回)."""
    entry = locked_entry(entry_id=entry_id, actor=actor)
    if not reason.strip():
        raise DomainError("请写明撤回理由，对方会看到。", field="reason")
    take_back_promise(entry, reason=reason.strip(), on=today, actor=actor)
    ended(entry, step="withdraw", reason=reason, today=today)
    record(actor, "incentives.reward_entry.withdrawn", entry, reason=entry.reason)
    publish(RewardMoved(decision_id=entry.decision_id))
    return entry


def ended(entry: RewardEntry, *, step: str, reason: str, today: datetime.date) -> None:
    entry.state = entry_steps.target(step, state=EntryState(entry.state))
    entry.reason, entry.ended_on = reason.strip()[:300], today
    entry.save(update_fields=["state", "reason", "ended_on"])
