"""Suggest demands from searches in vain; register or dismiss what was suggested."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.operations.exchange.choices import (
    DemandOrigin,
    DemandSuggestionState,
    UnmetDemandState,
)
from silian.operations.exchange.commands.search_tally import minor_groups
from silian.operations.exchange.models.demand_suggestion import DemandSuggestion
from silian.operations.exchange.models.unmet_demand import UnmetDemand
from silian.operations.exchange.permissions.negotiations import side_of
from silian.operations.exchange.permissions.search_analytics import (
    demand_suggestions_visible_to,
    may_decide_suggestions,
)
from silian.operations.exchange.queries.demand_suggestions import decided_since, found_now
from silian.operations.exchange.rules.demand_suggestion import QUIET_DAYS
from silian.operations.exchange.rules.search_tally import (
    MissedTerm,
    Question,
    missed_terms,
    occupations_asked,
    term_key,
)
from silian.operations.exchange.rules.unmet_demand import MissedSupply, reason_unfit
from silian.operations.exchange.workflow.demand_suggestion import demand_suggestion as steps

Key = tuple[str, str]
"""The key of a term and the division in which it was sought."""
COUNTED = ("kind", "side", "missed", "askers", "first_on", "last_on", "occupation_id")


@transaction.atomic
def suggest_demands(*, questions: Iterable[Question], now: datetime.datetime) -> int:
    """Suggest what enough askers sought in vain and still would (提出建议需求).

    A suggestion that waits is counted afresh; it ends by itself when the term is found now.
    """
    questions, today = list(questions), timezone.localdate(now)
    waiting = {key_of(row.term, row.division_id): row for row in open_suggestions()}
    terms = {key_of(one.term, one.division): one for one in missed_terms(questions)}
    decided = decided_since(now - datetime.timedelta(days=QUIET_DAYS))
    unfound = still_unfound(set(waiting) | set(terms) - decided, today=today)
    end_answered([row for key, row in waiting.items() if key not in unfound], now=now)
    fresh = {key: terms[key] for key in sorted(unfound & set(terms))}
    groups = minor_groups({one.term for one in fresh.values()}, asked=occupations_asked(questions))
    for key, one in fresh.items():
        write(one, row=waiting.get(key), occupation=groups.get(one.term), now=now)
    return len(set(fresh) - set(waiting))


def key_of(term: str, division: str) -> Key:
    return term_key(term), division


def still_unfound(keys: Iterable[Key], *, today: datetime.date) -> set[Key]:
    return {key for key in keys if not found_now(term=key[0], division=key[1], today=today)}


def open_suggestions() -> list[DemandSuggestion]:
    rows = DemandSuggestion.objects.select_for_update(of=("self",))
    return list(rows.filter(state=DemandSuggestionState.SUGGESTED).order_by("pk"))


def write(
    one: MissedTerm, *, row: DemandSuggestion | None, occupation: str | None,
    now: datetime.datetime,
) -> None:  # fmt: skip
    """Count a waiting suggestion afresh, or make one."""
    row = row or DemandSuggestion(term=one.term, division_id=one.division, suggested_at=now)
    row.kind, row.side, row.missed, row.askers = one.kind, one.side, one.missed, one.askers
    row.first_on, row.last_on, row.occupation_id = one.first_on, one.last_on, occupation
    row.save(update_fields=COUNTED if row.pk else None)


def end_answered(rows: Iterable[DemandSuggestion], *, now: datetime.datetime) -> None:
    for row in rows:
        row.state = steps.target("answer", state=DemandSuggestionState(row.state))
        row.decided_at = now
        row.save(update_fields=["state", "decided_at"])


def locked_suggestion(*, suggestion_id: int, actor: Actor) -> DemandSuggestion:
    if not may_decide_suggestions(actor):
        raise NotAllowed("建议需求由所在区划的审核员或牵头部门以本单位名义处理。")
    rows = demand_suggestions_visible_to(actor).select_for_update(of=("self",))
    return rows.get(pk=suggestion_id)


@transaction.atomic
def take_up_suggestion(
    *, suggestion_id: int, missed: MissedSupply, actor: Actor, now: datetime.datetime
) -> UnmetDemand:
    """Register what many sought in vain as an open demand of the region (登记为未满足需求).

    It is open at once: the counts verify that it is wanted, the official what is wanted.
    """
    suggestion = locked_suggestion(suggestion_id=suggestion_id, actor=actor)
    suggestion.state = steps.target("take_up", state=DemandSuggestionState(suggestion.state))
    if not actor.covers(missed.division):
        raise DomainError("所在区划须在您的管辖范围内，请重新选择。", field="division")
    unfit = reason_unfit(missed=missed, today=timezone.localdate(now))
    if unfit:
        raise DomainError(unfit.text, field=unfit.field)
    suggestion.demand = open_demand(suggestion=suggestion, missed=missed, actor=actor, now=now)
    suggestion.decided_at, suggestion.decided_by_id = now, actor.user_id
    suggestion.save(update_fields=["state", "demand", "decided_at", "decided_by"])
    record(actor, "exchange.demand_suggestion.taken_up", suggestion,
           detail={"demand": suggestion.demand.pk})  # fmt: skip
    record(actor, "exchange.unmet_demand.proposed", suggestion.demand)
    return suggestion.demand


def open_demand(
    *, suggestion: DemandSuggestion, missed: MissedSupply, actor: Actor, now: datetime.datetime
) -> UnmetDemand:
    return UnmetDemand.objects.create(
        organisation_id=side_of(actor),
        origin=DemandOrigin.SEARCHES,
        created_by_id=actor.user_id,
        kind=missed.kind,
        side=missed.side,
        title=missed.title.strip(),
        description=missed.description.strip(),
        quantity=missed.quantity,
        needed_by=missed.needed_by,
        division_id=missed.division,
        query=suggestion.term,
        filters=missed.filters,
        state=UnmetDemandState.OPEN,
        proposed_at=now,
        verify_due_at=now,
        verified_at=now,
        verified_by_id=actor.user_id,
        is_demo=suggestion.is_demo,
    )


@transaction.atomic
def dismiss_suggestion(
    *, suggestion_id: int, reason: str, actor: Actor, now: datetime.datetime
) -> DemandSuggestion:
    """Leave a suggestion aside with a reason (不采用建议需求)."""
    suggestion = locked_suggestion(suggestion_id=suggestion_id, actor=actor)
    suggestion.state = steps.target(
        "dismiss", state=DemandSuggestionState(suggestion.state), reason=reason
    )
    suggestion.reason, suggestion.decided_at = reason.strip()[:300], now
    suggestion.decided_by_id = actor.user_id
    suggestion.save(update_fields=["state", "reason", "decided_at", "decided_by"])
    record(actor, "exchange.demand_suggestion.dismissed", suggestion, reason=reason)
    return suggestion
