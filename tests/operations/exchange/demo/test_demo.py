from __future__ import annotations

import datetime
import random

import pytest
from django.core.management import call_command
from django.db import transaction

from silian.operations.exchange.choices import ListingState
from silian.operations.exchange.demo.makers import MAKERS
from silian.operations.exchange.demo.trades import TRADES
from silian.operations.exchange.kinds import kind_of
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.negotiation import Negotiation
from silian.operations.exchange.rules.listing_content import ListingContent, faults_of
from silian.registers.organisations.models import Organisation
from tests.world import TODAY


@pytest.mark.parametrize("code", sorted(MAKERS))
def test_a_demonstration_listing_fills_its_kinds_form(code: str) -> None:
    kind = kind_of(code)
    rng = random.Random(1)
    for trade in TRADES:
        for side in sorted(kind.sides):
            made = MAKERS[code](rng, trade, side, TODAY)
            content = ListingContent(
                kind=code, side=side, division_id="990104", occupation_id=trade.occupation, **made
            )
            assert faults_of(content, kind=kind) == []


def facts() -> list[tuple[object, ...]]:
    rows = Listing.objects.order_by("pk").values_list("title", "state", "price_min", "published_at")
    names = Organisation.objects.order_by("pk").values_list("name", "uscc", "state")
    return [*rows, *names]


def built_city() -> list[tuple[object, ...]]:
    """What a small city holds; nothing of it is kept."""
    with transaction.atomic():
        call_command("demo", scale=0.05, on=datetime.date(2026, 3, 18))
        found = facts()
        assert Negotiation.objects.count() > 20
        assert Listing.objects.filter(state=ListingState.PUBLISHED).exists()
        assert all(Organisation.objects.values_list("is_demo", flat=True))
        transaction.set_rollback(True)
    return found


@pytest.mark.slow
def test_the_same_seed_and_day_make_the_same_city(db: None, catalogues: None) -> None:
    first, second = built_city(), built_city()
    assert len(first) > 100
    assert first == second
