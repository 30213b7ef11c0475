"""The demonstration city has something to show in search analytics."""

from __future__ import annotations

import random

from silian.operations.exchange.demo.searches import MISSING, SearchBuilder
from silian.operations.exchange.models.demand_suggestion import DemandSuggestion
from silian.operations.exchange.models.search_log import SearchTally
from tests.operations.exchange.negotiations.stage import NOW
from tests.world import World, make_organisation


def test_the_demonstration_suggests_what_nobody_offers_and_hides_what_few_ask(
    world: World,
) -> None:
    for place in range(12):
        make_organisation(name=f"青澜样本{place}厂（演示）", kind="enterprise")
    SearchBuilder(rng=random.Random(1), on=NOW.date(), scale=0.3).build()
    suggested = set(DemandSuggestion.objects.values_list("term", flat=True))
    assert suggested & {words for words, *_ in MISSING}
    assert DemandSuggestion.objects.filter(is_demo=False).count() == 0
    assert SearchTally.objects.filter(term="").exists()
