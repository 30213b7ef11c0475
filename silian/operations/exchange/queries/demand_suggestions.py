"""What searches suggest, and whether it still cannot be found."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db.models import Max, QuerySet
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.operations.exchange.choices import DemandSuggestionState
from silian.operations.exchange.models.demand_suggestion import DemandSuggestion
from silian.operations.exchange.permissions.search_analytics import demand_suggestions_visible_to
from silian.operations.exchange.queries.search import hall_result, request_for

VISITOR = Actor()


def waiting_suggestions(actor: Actor) -> QuerySet[DemandSuggestion]:
    """The suggestions that wait for a decision in the official's region, most missed first."""
    rows = demand_suggestions_visible_to(actor).select_related("division", "occupation")
    return rows.filter(state=DemandSuggestionState.SUGGESTED).order_by("-missed", "pk")


def recently_decided(*, terms: Iterable[str]) -> dict[tuple[str, str], datetime.date]:
    """When these terms were last taken up or dismissed, by term and division."""
    rows = (
        DemandSuggestion.objects.filter(
            term__in=list(terms),
            state__in=(DemandSuggestionState.TAKEN_UP, DemandSuggestionState.DISMISSED),
        )
        .values_list("term", "division_id")
        .annotate(last=Max("decided_at"))
    )
    return {(term, division): timezone.localdate(last) for term, division, last in rows}


def found_now(*, term: str, division: str, today: datetime.date) -> bool:
    """Whether everybody finds something for the term in this region today."""
    request = request_for(actor=VISITOR, today=today, text=term, divisions=(division,))
    return hall_result(actor=VISITOR, request=request).total > 0
