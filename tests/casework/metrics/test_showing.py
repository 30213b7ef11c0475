"""What a reader sees of a value: small numbers are hidden from the public, not from officials."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from silian.casework.metrics.choices import Hidden, PeriodKind
from silian.casework.metrics.models.values import MetricValue
from silian.casework.metrics.permissions.values import values_visible_to
from silian.casework.metrics.queries.showing import latest_shown, shown_values
from silian.casework.metrics.queries.values import latest_value, series, values_for
from silian.casework.metrics.registry import PUBLIC_ROWS, Metric, share
from silian.foundation.kernel.actors import Actor
from silian.foundation.reference.models import Division
from tests.casework.metrics.stage import (
    JANUARY,
    MONTH,
    NOW,
    YEAR,
    counted,
    declared,
    large_share,
    value_of,
    verifications,
    verified,
)
from tests.world import CITY, COUNTY, World

VISITOR = Actor()
SECOND, THIRD = "990105", "990106"
NUMBERS = {COUNTY: 3, SECOND: 7, THIRD: 12}


@pytest.fixture
def three_counties(world: World) -> None:
    for code in (SECOND, THIRD):
        Division.objects.create(
            code=code, name=code, level=3, parent_id=CITY, path=["990000", CITY, code]
        )
    for code, number in NUMBERS.items():
        for place in range(number):
            verified(f"{code}{place}", division=code, above_scale=place == 0)


def texts(metric: Metric, actor: Actor) -> dict[str, str]:
    """What the reader sees of each division's year."""
    rows = MetricValue.objects.current().filter(metric_code=metric.code, period_kind=YEAR)
    shown = shown_values(actor=actor, metrics={metric.code: metric}, values=rows)
    return {item.division: item.text for item in shown}


def test_the_public_reads_fewer_than_five_and_cannot_subtract(
    world: World, three_counties: None
) -> None:
    metric = verifications()
    counted(metric)
    found = texts(metric, VISITOR)
    assert found[COUNTY] == "少于5"
    assert found[SECOND] == "不公开", "else the city minus the others would tell"
    assert (found[THIRD], found[CITY]) == ("12", "22")


def test_officials_read_every_number_of_their_region(world: World, three_counties: None) -> None:
    metric = verifications()
    counted(metric)
    for role in ("leader", "supervisor", "coordinator", "reviewer"):
        found = texts(metric, world.people[role].actor)
        assert (found[COUNTY], found[SECOND]) == ("3", "7")
    assert texts(metric, world.enterprise.actor)[COUNTY] == "少于5"


def test_an_official_reads_other_regions_as_the_public(world: World, three_counties: None) -> None:
    metric = verifications()
    counted(metric)
    county_official = Actor(user_id=1, roles=frozenset({"reviewer"}), jurisdiction=SECOND)
    found = texts(metric, county_official)
    assert (found[COUNTY], found[SECOND]) == ("少于5", "7")


def test_where_rows_are_public_nothing_is_hidden(world: World, three_counties: None) -> None:
    metric = verifications(small_number=PUBLIC_ROWS)
    counted(metric)
    assert texts(metric, VISITOR)[COUNTY] == "3"


def test_a_share_of_few_cases_is_hidden_with_its_parts(world: World, three_counties: None) -> None:
    metric = large_share()
    counted(metric)
    rows = MetricValue.objects.current().filter(division_id=COUNTY, period_kind=YEAR)
    shown = shown_values(actor=VISITOR, metrics={metric.code: metric}, values=rows)[0]
    assert shown.hidden == Hidden.SMALL
    assert shown.share_words == ""
    assert shown.number is None
    assert texts(metric, VISITOR)[SECOND] == "14"


def test_words_stand_where_there_is_no_number(world: World) -> None:
    metric = large_share()
    unset = verifications(code="test.unset", needs_parameter="P08")
    uncounted = verifications()
    metrics = {item.code: item for item in (metric, unset, uncounted)}
    with declared(*metrics.values()):
        counted(metric)
        counted(unset)
        shown = latest_shown(
            actor=world.leader.actor, metrics=metrics, divisions=[CITY], on=NOW.date()
        )
    assert shown[metric.code, CITY].text == "本期无数据"
    assert shown[unset.code, CITY].text == "未设定"
    assert shown[uncounted.code, CITY].text == "尚未计算"


def test_periods_that_could_be_subtracted_are_not_public(
    world: World, three_counties: None
) -> None:
    guarded, open_one = verifications(), verifications(code="test.open", small_number=PUBLIC_ROWS)
    with declared(guarded, open_one):
        counted(guarded)
        counted(open_one)
        public = values_visible_to(VISITOR)
        kinds = set(public.filter(metric_code=guarded.code).values_list("period_kind", flat=True))
        assert kinds == {"year"}
        assert public.filter(metric_code=open_one.code, period_kind="month").exists()
        seen = values_visible_to(world.leader.actor)
        assert seen.filter(metric_code=guarded.code, period_kind="month").exists()


def test_a_metric_that_is_not_public_is_for_officials(world: World) -> None:
    metric = verifications(public=False)
    with declared(metric):
        counted(metric)
        assert not values_visible_to(VISITOR).filter(metric_code=metric.code).exists()
        assert values_visible_to(world.leader.actor).filter(metric_code=metric.code).exists()


def test_the_latest_value_is_that_of_the_day_or_before(world: World) -> None:
    metric = verifications()
    with declared(metric):
        counted(metric, since=datetime.date(2025, 1, 1))
        found = latest_value(code=metric.code, division=CITY, on=datetime.date(2026, 3, 18))
        assert found is not None
        assert found.period_start == JANUARY
        earlier = latest_value(code=metric.code, division=CITY, on=datetime.date(2025, 7, 1))
        assert earlier is not None
        assert earlier.period_start == datetime.date(2025, 1, 1)
        before = latest_value(code=metric.code, division=CITY, on=datetime.date(2020, 1, 1))
        assert before is None
        month = latest_value(code=metric.code, division=CITY, on=NOW.date(), kind=MONTH)
        assert month is not None
        assert month.period_start == datetime.date(2026, 3, 1)


def test_a_series_runs_from_old_to_new(world: World) -> None:
    metric = verifications()
    with declared(metric):
        counted(metric)
        months = series(
            code=metric.code, division=CITY, kind=MONTH, since=datetime.date(2026, 2, 10)
        )
        assert [row.period_start.month for row in months] == [2, 3]
    assert not series(code="no.such", division=CITY).exists()


def test_many_values_cost_as_many_queries_as_one(
    world: World, three_counties: None, django_assert_max_num_queries
) -> None:
    metrics = [verifications(code=f"test.m{place}") for place in range(12)]
    with declared(*metrics):
        for metric in metrics:
            counted(metric)
        codes = [metric.code for metric in metrics]
        with django_assert_max_num_queries(2):
            found = values_for(codes=codes, divisions=[CITY, *NUMBERS], on=NOW.date())
        assert len(found) == 12 * 4
        with django_assert_max_num_queries(8):
            latest_shown(
                actor=VISITOR,
                metrics={metric.code: metric for metric in metrics},
                divisions=[COUNTY],
                on=NOW.date(),
            )


def test_a_number_is_written_with_the_decimals_of_its_metric(world: World) -> None:
    metric = verifications(reduce=share(large_share().reduce.where), unit="%", decimals=1)  # type: ignore[arg-type]
    for place in range(6):
        verified(f"甲{place}", above_scale=place == 0)
    counted(metric)
    value = value_of(metric, kind=PeriodKind.YEAR)
    assert value.value == Decimal("16.6667")
    assert texts(metric, VISITOR)[CITY] == "16.7"
