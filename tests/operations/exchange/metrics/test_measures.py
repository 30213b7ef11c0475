"""The measures of the exchange count the rows that the exchange itself writes."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from silian.casework.metrics.commands.recounting import recount
from silian.casework.metrics.models.values import MetricValue
from silian.casework.metrics.queries.values import latest_value
from silian.casework.metrics.registry import declared_metric, declared_metrics
from silian.foundation.kernel.events import publish
from silian.operations.exchange.choices import EventState, Side
from silian.operations.exchange.commands.recommendation_feedback import (
    note_agreement,
    note_contact,
    note_shown,
)
from silian.operations.exchange.events import ListingPublished
from silian.operations.exchange.models.deal import Deal
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.match_event import MatchEvent
from silian.operations.exchange.models.negotiation import Negotiation
from silian.registers.organisations.models import Organisation
from silian.registers.policies.models.parameters import Parameter
from tests.operations.exchange.negotiations.stage import (
    NOW,
    agreed,
    later,
    make_listing,
    opened,
    talking,
)
from tests.world import CITY, COUNTY, World

TODAY = NOW.date()


def measured(code: str, *, division: str = CITY, **where: Any) -> MetricValue:
    """The latest value after counting again."""
    metric = declared_metric(code)
    assert metric is not None
    recount(metric=metric, since=datetime.date(2025, 9, 1), now=later(days=1))
    found = latest_value(code=code, division=division, on=TODAY, **where)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("exchange.listings", 2),
        ("exchange.demands", 1),
        ("exchange.supplies", 1),
        ("exchange.open_listings", 2),
        ("exchange.internship_posts", 24),
        ("exchange.training_places", 20),
        ("exchange.research_needs", 0),
    ],
)
def test_listings_are_counted_by_what_they_offer(world: World, code: str, expected: int) -> None:
    make_listing(by=world.enterprise)
    make_listing(
        by=world.school, kind="training_places", side=Side.SUPPLY, capacity=20, title="实训工位"
    )
    make_listing(by=world.rival, state="draft", published_at=None, first_published_at=None)
    assert measured(code).value == expected
    assert measured(code, division=COUNTY).value == expected


def test_a_closed_listing_was_open_until_it_closed(world: World) -> None:
    listing = make_listing(by=world.enterprise, first_published_at=later(days=-60))
    Listing.objects.filter(pk=listing.pk).update(closed_at=later(days=-1))
    assert measured("exchange.open_listings").value == 0
    february = latest_value(
        code="exchange.open_listings", division=CITY, on=datetime.date(2026, 2, 10)
    )
    assert february is not None
    assert february.value == 1


def test_rates_divide_what_came_of_listings_by_all_of_them(world: World) -> None:
    agreed(world)
    make_listing(by=world.enterprise, title="没有应答的岗位")
    answers, deals = measured("exchange.answer_rate"), measured("exchange.match_rate")
    assert (answers.value, answers.numerator, answers.denominator) == (50, 1, 2)
    assert deals.value == 50


def test_the_response_rate_counts_what_was_due(world: World) -> None:
    talking(world)
    opened(world, listing=make_listing(by=world.rival))  # not yet due, so not counted
    found = measured("exchange.response_rate")
    assert (found.numerator, found.denominator) == (1, 1)


def test_the_first_response_is_told_in_days(world: World) -> None:
    negotiation = talking(world)
    Negotiation.objects.filter(pk=negotiation.pk).update(answered_at=later(days=1, hours=12))
    assert measured("exchange.first_response_days").value == Decimal("1.5000")


def test_deals_count_on_the_day_they_were_signed(world: World) -> None:
    deal = agreed(world)
    Deal.objects.filter(pk=deal.pk).update(agreed_on=datetime.date(2025, 12, 31))
    assert measured("exchange.deals").value == 0
    past = latest_value(code="exchange.deals", division=CITY, on=datetime.date(2025, 12, 31))
    assert past is not None
    assert past.value == 1


def test_only_held_events_count(world: World) -> None:
    facts: dict[str, Any] = {
        "title": "春季对接会",
        "organiser": world.reviewer.organisation,
        "theme": "general",
        "division_id": CITY,
        "venue": "会展中心",
        "starts_at": later(days=-5),
        "ends_at": later(days=-5, hours=3),
        "signup_closes_at": later(days=-6),
        "capacity": 20,
        "tables": 4,
        "slot_minutes": 20,
    }
    MatchEvent.objects.create(**facts, state=EventState.HELD, held_at=later(days=-5))
    MatchEvent.objects.create(**facts, state=EventState.CANCELLED, reason="场地原因")
    assert measured("exchange.match_events").value == 1
    assert measured("exchange.match_events", division=COUNTY).value == 0


def test_cooperation_of_large_enterprises_waits_for_its_parameter(world: World) -> None:
    agreed(world)
    Organisation.objects.filter(kind="enterprise").update(
        above_scale=True, industry=world.industry, verified_at=later(days=-30)
    )
    code = "exchange.large_enterprises_cooperating"
    metric = declared_metric(code)
    assert metric is not None
    recount(metric=metric, since=TODAY, now=later(days=1))
    assert latest_value(code=code, division=CITY, on=TODAY) is None
    Parameter.objects.create(
        division_id=CITY,
        code="P08",
        name="above_scale",
        title="规模以上的标准",
        value=2000,
        unit="万元",
        force="mandatory",
        source="测试",
        valid_from=datetime.date(2020, 1, 1),
    )
    found = measured(code)
    assert (found.numerator, found.denominator) == (1, 2)


@pytest.mark.parametrize("code", sorted(declared_metrics()))
def test_every_measure_can_be_counted_and_its_rows_opened(world: World, code: str) -> None:
    """Each declared query runs, and each drill gives rows of the same table."""
    from silian.casework.metrics.queries.drilling import rows_behind

    agreed(world)
    metric = declared_metrics()[code]
    done = recount(metric=metric, since=TODAY, now=later(days=1))
    if metric.needs_parameter:
        assert done.counted == 0
        return
    value = latest_value(code=code, division=CITY, on=TODAY)
    assert value is not None
    behind = rows_behind(metric, value, actor=world.coordinator.actor)
    assert behind is None or behind.seen + behind.unseen == value.row_count
    if behind and metric.drill:
        assert len(list(behind.rows[:3])) == min(behind.seen, 3)


def test_a_published_listing_moves_the_numbers_by_itself(
    world: World, run_jobs: Callable[[], None]
) -> None:
    """Within one run of the queue: event, mark, recount."""
    listing = make_listing(by=world.enterprise, first_published_at=timezone.now())
    publish(ListingPublished(listing_id=listing.pk))
    run_jobs()
    for code in ("exchange.listings", "exchange.open_listings"):
        found = latest_value(code=code, division=COUNTY)
        assert found is not None
        assert found.value == 1


def test_a_deal_moves_the_rate_of_the_period_in_which_its_listing_appeared(
    world: World, run_jobs: Callable[[], None]
) -> None:
    agreed(world)
    run_jobs()
    found = MetricValue.objects.current().of(
        code="exchange.match_rate", division=CITY, kind="month"
    )
    assert [(row.period_start, row.value) for row in found] == [(datetime.date(2026, 3, 1), 100)]


def test_recommendations_count_what_was_shown_and_what_it_led_to(world: World) -> None:
    deal = agreed(world)
    seen = make_listing(by=world.enterprise, title="看过没有应答的岗位")
    shown = [(None, deal.listing_id), (None, seen.pk)]
    note_shown(pairs=shown, actor=world.school.actor, now=later(days=-1))
    note_contact(negotiation_id=deal.negotiation_id)
    note_agreement(deal_id=deal.pk)
    assert measured("exchange.recommendations_shown").value == 2
    answers = measured("exchange.recommendation_answer_rate")
    assert (answers.numerator, answers.denominator) == (1, 2)
    assert measured("exchange.recommendation_deal_rate").value == 50
