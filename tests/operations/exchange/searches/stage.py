"""Searches of many askers, noted as the hall notes them."""

from __future__ import annotations

import datetime
from typing import Any

from silian.foundation.kernel.actors import Actor
from silian.operations.exchange.commands.demand_suggestion import suggest_demands
from silian.operations.exchange.commands.search_log import note_search
from silian.operations.exchange.commands.search_tally import tally_searches
from silian.operations.exchange.models.demand_suggestion import DemandSuggestion
from tests.operations.exchange.negotiations.stage import later
from tests.world import COUNTY

TERM = "叶轮五轴精修工位"


def visitors(number: int) -> list[Actor]:
    return [Actor(address=f"192.0.2.{place}") for place in range(1, number + 1)]


def search(actor: Actor, words: str = TERM, *, total: int = 0, **filters: str) -> None:
    chosen: dict[str, Any] = {"division": COUNTY, **filters}
    asked = {name: (value,) for name, value in chosen.items() if value}
    note_search(actor=actor, words=words, filters=asked, total=total)


def searched_by(number: int, words: str = TERM, *, total: int = 0, **filters: str) -> None:
    for visitor in visitors(number):
        search(visitor, words, total=total, **filters)


def counted() -> int:
    """What the night job does; how many suggestions it made."""
    now: datetime.datetime = later(hours=6)
    return suggest_demands(questions=tally_searches(today=now.date()), now=now)


def suggested(**filters: str) -> DemandSuggestion:
    """A term that six visitors of the county sought in vain."""
    searched_by(6, **filters)
    counted()
    return DemandSuggestion.objects.get()
