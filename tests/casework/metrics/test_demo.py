"""The demonstration city has series, reported metrics and an objection to look at."""

from __future__ import annotations

import random

from silian.casework.metrics.demo.series import REPORTED, SeriesBuilder
from silian.casework.metrics.models.definitions import MetricDefinition
from silian.casework.metrics.models.disputes import ValueDispute
from silian.casework.metrics.models.values import MetricValue
from tests.world import CITY, TODAY, World


def build() -> int:
    return SeriesBuilder(rng=random.Random(7), on=TODAY).build()


def test_two_years_of_series_stand_for_the_city_and_its_counties(world: World) -> None:
    made = build()
    months = MetricValue.objects.filter(
        metric_code="exchange.listings", division_id=CITY, period_kind="month"
    )
    assert months.count() == 24
    assert made == MetricValue.objects.count()
    assert ValueDispute.objects.get().organisation == world.supervisor.organisation


def test_the_same_seed_reports_the_same_numbers(world: World) -> None:
    build()
    first = list(MetricValue.objects.filter(origin="manual").values_list("value", flat=True))
    MetricDefinition.objects.all().delete()
    ValueDispute.objects.all().delete()
    MetricValue.objects.all().delete()
    build()
    again = list(MetricValue.objects.filter(origin="manual").values_list("value", flat=True))
    assert sorted(first) == sorted(again)  # type: ignore[type-var]
    assert MetricDefinition.objects.filter(is_demo=True).count() == len(REPORTED)
