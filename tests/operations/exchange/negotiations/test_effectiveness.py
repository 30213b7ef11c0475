"""The account of effect counts cohorts of listings, and every number opens to its rows."""

from __future__ import annotations

import datetime

from django.core.cache import cache
from django.urls import reverse

from silian.operations.exchange.permissions.negotiations import listings_counted_for
from silian.operations.exchange.queries.negotiation_effect import (
    Period,
    effect_by_kind,
    effect_by_month,
    effect_by_region,
    effect_total,
    listings_of_stage,
    published_in,
    responses_total,
)
from silian.operations.exchange.queries.negotiation_public import period_of
from tests.operations.exchange.negotiations.stage import (
    NOW,
    agreed,
    later,
    make_listing,
    talking,
)
from tests.world import OTHER_CITY, World

MARCH = Period(starts_on=datetime.date(2026, 3, 1), ends_on=datetime.date(2026, 4, 1))


def staged(world: World) -> None:
    """Four listings: one agreed, one talked about, one unanswered, one in another city."""
    agreed(world)
    talking(world, listing=make_listing(by=world.enterprise, title="装配工实习 10 人"))
    make_listing(by=world.rival, title="电池装配实习 6 人")
    make_listing(by=world.rival, division_id=OTHER_CITY)


def test_an_officials_account_covers_the_region_and_nothing_else(world: World) -> None:
    staged(world)
    rows = published_in(listings_counted_for(world.coordinator.actor), period=MARCH)
    total = effect_total(rows)
    assert (total.published, total.answered, total.intended, total.agreed) == (3, 2, 1, 1)
    assert total.median_days == 3.0
    assert (total.answered_percent, total.agreed_percent) == (67, 33)


def test_lines_add_up_to_the_total(world: World) -> None:
    staged(world)
    rows = published_in(listings_counted_for(world.coordinator.actor), period=MARCH)
    for lines in (effect_by_kind(rows), effect_by_region(rows), effect_by_month(rows)):
        assert sum(line.published for line in lines) == 3
        assert sum(line.agreed for line in lines) == 1


def test_the_rows_behind_a_number_are_as_many_as_it_says(world: World) -> None:
    staged(world)
    rows = published_in(listings_counted_for(world.coordinator.actor), period=MARCH)
    counts = [
        listings_of_stage(rows, stage=stage).count()
        for stage in ("published", "answered", "intended", "agreed")
    ]
    assert counts == [3, 2, 1, 1]


def test_the_time_to_answer_is_counted_in_working_minutes(world: World) -> None:
    staged(world)
    rows = listings_counted_for(world.coordinator.actor)
    answers = responses_total(rows, period=MARCH, now=later(days=1))
    assert (answers["received"], answers["answered"], answers["median_minutes"]) == (2, 2, 60)


def test_a_member_of_an_enterprise_counts_nothing(world: World) -> None:
    staged(world)
    assert not listings_counted_for(world.enterprise.actor).exists()


def test_the_public_page_shows_figures_without_rows(world: World) -> None:
    cache.clear()
    staged(world)
    html = world.anonymous.client.get(reverse("exchange:effectiveness")).content.decode()
    assert "收到应答的供需" in html
    assert reverse("exchange:effectiveness_rows") not in html
    assert "启衡精密制造" not in html


def test_the_officials_page_links_each_number_to_its_rows(world: World) -> None:
    staged(world)
    html = world.coordinator.client.get(reverse("exchange:effectiveness")).content.decode()
    url = reverse("exchange:effectiveness_rows")
    assert f"{url}?stage=agreed" in html
    rows = world.coordinator.client.get(f"{url}?stage=agreed").content.decode()
    assert "数控多轴操作调整工实习" in rows
    assert "电池装配实习" not in rows


def test_a_period_of_months_ends_today(world: World) -> None:
    period = period_of(months="3", today=NOW.date())
    assert (period.starts_on, period.last_day) == (datetime.date(2026, 1, 1), NOW.date())
    assert period_of(months="x", today=NOW.date()).starts_on == datetime.date(2025, 4, 1)
