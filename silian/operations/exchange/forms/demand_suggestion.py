"""Registering what searches suggest, with the box of the usual demand."""

from __future__ import annotations

from typing import Any

from silian.operations.exchange.choices import Side
from silian.operations.exchange.forms.unmet_demand import UnmetDemandForm
from silian.operations.exchange.models.demand_suggestion import DemandSuggestion
from silian.operations.exchange.rules.demand_suggestion import drafted_description


class SuggestedDemandForm(UnmetDemandForm):
    """A suggestion as a demand; the official completes what the counts cannot say (登记为需求)."""

    @staticmethod
    def initial_of(suggestion: DemandSuggestion) -> dict[str, Any]:
        return {
            "kind": suggestion.kind,
            "side": suggestion.side or Side.SUPPLY,
            "title": suggestion.term,
            "description": drafted_description(
                term=suggestion.term,
                region=suggestion.division.name,
                askers=suggestion.askers,
                missed=suggestion.missed,
                first_on=suggestion.first_on,
                last_on=suggestion.last_on,
            ),
            "division": suggestion.division_id,
            "query": suggestion.term,
        }
