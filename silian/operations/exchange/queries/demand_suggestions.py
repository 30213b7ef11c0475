"""What searches suggest, and whether it still cannot be found."""

from __future__ import annotations

import datetime

from django.db.models import QuerySet

from silian.foundation.kernel.actors import Actor
from silian.operations.exchange.choices import DemandSuggestionState
from silian.operations.exchange.models.demand_suggestion import DemandSuggestion
from silian.operations.exchange.permissions.search_analytics import demand_suggestions_visible_to
from silian.operations.exchange.queries.search import hall_result, request_for
from silian.operations.exchange.rules.search_tally import term_key

VISITOR = Actor()


def waiting_suggestions(actor: Actor) -> QuerySet[DemandSuggestion]:
    """The suggestions that wait for a decision in the official's region, most missed first."""
    rows = demand_suggestions_visible_to(actor).select_related("division", "occupation")
    return rows.filter(state=DemandSuggestionState.SUGGESTED).order_by("-missed", "pk")


def decided_since(moment: datetime.datetime) -> set[tuple[str, str]]:
    """The terms that were taken up or dismissed since then, by key and division."""
    rows = DemandSuggestion.objects.filter(
        decided_at__gt=moment,
        state__in=(DemandSuggestionState.TAKEN_UP, DemandSuggestionState.DISMISSED),
    ).values_list("term", "division_id")
    return {(term_key(term), division) for term, division in rows}


def found_now(*, term: str, division: str, today: datetime.date) -> bool:
    """Whether everybody finds something for the term in this region today."""
    request = request_for(actor=VISITOR, today=today, text=term, divisions=(division,))
    return hall_result(actor=VISITOR, request=request).total > 0
