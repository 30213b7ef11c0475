"""Values are counted from the rows of the whole subtree, and counted again without harm."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import Case, QuerySet, Value, When
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from silian.casework.metrics import registry
from silian.casework.metrics.choices import PeriodKind
from silian.casework.metrics.events import MetricValueChanged
from silian.casework.metrics.models.values import MetricValue
from silian.casework.metrics.registry import Rows
from silian.foundation.reference.models import Division
from silian.registers.organisations.choices import OrganisationKind
from silian.registers.organisations.models import Organisation
from silian.registers.policies.models.parameters import Parameter
from tests.casework.metrics.stage import (
    JANUARY,
    MONTH,
    NOW,
    PROVINCE,
    YEAR,
    counted,
    large_share,
    moment,
    value_of,
    verifications,
    verified,
)
from tests.world import CITY, COUNTY, World

SECOND = "990105"


@pytest.fixture
def second_county(world: World) -> str:
    Division.objects.create(
        code=SECOND, name="澜东区", level=3, parent_id=CITY, path=[PROVINCE, CITY, SECOND]
    )
    return SECOND


def values(metric: registry.Metric, **where: object) -> dict[str, Decimal | None]:
    """The value of each division for the year."""
    rows = MetricValue.objects.current().filter(metric_code=metric.code, period_kind=YEAR, **where)
    return {row.division_id: row.value for row in rows}


def test_a_row_counts_once_in_its_county_its_city_and_its_province(
    world: World, second_county: str
) -> None:
    verified("甲")
    verified("乙", division=second_county)
    verified("市直", division=CITY)
    metric = verifications()
    counted(metric)
    assert values(metric) == {COUNTY: 1, second_county: 1, CITY: 3, PROVINCE: 3}


def test_a_sum_over_a_sum_weighs_rows_by_their_size(world: World, second_county: str) -> None:
    verified("甲")
    verified("乙", division=second_county)
    metric = verifications(reduce=registry.sum_share(of="large", over="staff"), rows=staffed)
    counted(metric)
    assert values(metric) == {COUNTY: 100, second_county: 0, CITY: 90, PROVINCE: 90}
    whole = value_of(metric, division=CITY)
    assert (whole.numerator, whole.denominator, whole.row_count) == (900, 1000, 2)


def staffed(scope: registry.Scope) -> QuerySet[Organisation]:
    """Two enterprises with their staff, the one of 甲 counted above the line."""
    staff = Case(When(name="甲", then=Value(900)), default=Value(100))
    rows = Organisation.objects.filter(name__in=("甲", "乙"))
    large = Case(When(name="甲", then=Value(900)), default=Value(0))
    return rows.annotate(staff=staff, large=large)


def test_other_cities_do_not_count(world: World) -> None:
    verified("外地", division="530300")
    metric = verifications()
    counted(metric)
    assert values(metric)[CITY] == 0
    assert "530300" not in values(metric), "nobody here is responsible for it"


counties = st.lists(st.tuples(st.sampled_from([COUNTY, SECOND, CITY]), st.booleans()), max_size=9)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=counties)
def test_a_count_of_a_whole_is_the_count_of_its_parts_and_its_own(
    world: World, second_county: str, rows: list[tuple[str, bool]]
) -> None:
    Organisation.objects.filter(name__startswith="行").delete()
    for place, (division, large) in enumerate(rows):
        verified(f"行{place}", division=division, above_scale=large)
    metric, share = verifications(), large_share()
    counted(metric)
    counted(share)
    found = values(metric)
    own = sum(division == CITY for division, _ in rows)
    assert found[CITY] == (found[COUNTY] or 0) + (found[second_county] or 0) + own == len(rows)
    city = value_of(share)
    large = sum(large for _, large in rows)
    assert (city.numerator, city.denominator) == (large, len(rows))
    expected = round(Decimal(100) * large / len(rows), 4) if rows else None
    assert city.value == expected


def test_a_share_of_a_region_is_not_the_mean_of_its_parts(world: World, second_county: str) -> None:
    verified("大", above_scale=True)
    for place in range(3):
        verified(f"小{place}", division=second_county)
    metric = large_share()
    counted(metric)
    found = values(metric)
    assert (found[COUNTY], found[second_county]) == (100, 0)
    assert found[CITY] == 25, "one of four, not the mean of 100 and 0"


def test_different_things_count_once_in_a_region(world: World, second_county: str) -> None:
    verified("甲", industry=world.industry)
    verified("乙", division=second_county, industry=world.industry)
    metric = verifications(code="test.industries", reduce=registry.distinct("industry"))
    counted(metric)
    assert values(metric)[CITY] == 1


def test_a_ratio_of_two_sets_of_rows(world: World) -> None:
    verified("甲")
    verified("乙")
    verified("校", kind=OrganisationKind.SCHOOL)
    schools = Rows(
        rows=lambda scope: Organisation.objects.filter(kind=OrganisationKind.SCHOOL),
        division="division",
        day="verified_at",
    )
    metric = verifications(code="test.ratio", reduce=registry.ratio(over=schools))
    counted(metric)
    assert value_of(metric).value == 2
    assert value_of(metric).denominator == 1


def test_sums_and_medians(world: World) -> None:
    for place in (1, 2, 6):
        verified(f"甲{place}", at=moment(2026, 2, place))
    total = verifications(
        code="test.total", reduce=registry.total("verified_at__day"), public=False
    )
    middle = verifications(code="test.median", reduce=registry.median("verified_at__day"))
    counted(total)
    counted(middle)
    assert value_of(total).value == 9
    assert value_of(middle).value == 2


@pytest.mark.parametrize(
    ("kind", "start", "expected"),
    [
        (PeriodKind.MONTH, datetime.date(2026, 1, 1), 1),
        (PeriodKind.QUARTER, datetime.date(2026, 1, 1), 2),
        (PeriodKind.YEAR, datetime.date(2026, 1, 1), 2),
        (PeriodKind.ACADEMIC_YEAR, datetime.date(2025, 9, 1), 3),
    ],
)
def test_a_row_counts_in_the_periods_that_hold_its_day(
    world: World, kind: PeriodKind, start: datetime.date, expected: int
) -> None:
    verified("去年", at=moment(2025, 9, 1))
    verified("一月", at=moment(2026, 1, 31))
    verified("三月", at=moment(2026, 3, 1))
    metric = verifications()
    counted(metric, since=datetime.date(2025, 9, 1))
    assert value_of(metric, kind=kind, start=start).value == expected


def test_the_day_is_that_of_the_site_not_of_greenwich(world: World) -> None:
    at = datetime.datetime(2026, 1, 31, 16, 30, tzinfo=datetime.UTC)  # 00:30 on 1 February here
    verified("夜", at=at)
    metric = verifications()
    counted(metric)
    assert value_of(metric, kind=MONTH, start=datetime.date(2026, 2, 1)).value == 1


def test_counting_again_changes_nothing(world: World) -> None:
    verified("甲")
    metric = verifications()
    first = counted(metric)
    later = NOW + datetime.timedelta(hours=1)
    again = counted(metric, now=later)
    assert first.changed == first.counted
    assert again.changed == 0
    assert value_of(metric).checked_at == later
    assert value_of(metric).computed_at == NOW


def test_a_running_period_is_put_right_in_place(world: World) -> None:
    metric = verifications()
    counted(metric)
    before = value_of(metric).pk
    verified("甲")
    counted(metric, now=NOW + datetime.timedelta(minutes=1))
    after = value_of(metric)
    assert (after.pk, after.value, after.supersedes) == (before, 1, None)


def test_a_period_that_was_over_keeps_what_was_told_of_it(world: World) -> None:
    metric = verifications()
    counted(metric)
    verified("补录", at=moment(2026, 1, 5))
    counted(metric, now=NOW + datetime.timedelta(days=1))
    now_holds = value_of(metric, kind=MONTH)
    assert now_holds.value == 1
    assert now_holds.supersedes is not None
    assert now_holds.supersedes.value == 0
    assert now_holds.supersedes.superseded_at is not None


def test_a_stock_tells_how_things_stood_at_the_end_of_each_month(world: World) -> None:
    verified("一月", at=moment(2026, 1, 20))
    verified("三月", at=moment(2026, 3, 2))
    verified("注销", at=moment(2026, 1, 5), ended_on=datetime.date(2026, 2, 10))
    metric = registry.declared_metric("organisations.enterprises")
    assert metric is not None
    counted(metric)
    months = [datetime.date(2026, month, 1) for month in (1, 2, 3)]
    found = [value_of(metric, kind=MONTH, start=start) for start in months]
    assert [row.value for row in found] == [2, 1, 2]
    assert [row.as_of.day for row in found] == [31, 28, 18]


def test_only_touched_divisions_and_those_above_are_counted(
    world: World, second_county: str
) -> None:
    metric = verifications()
    done = counted(metric, since=JANUARY, until=JANUARY, touched=[COUNTY])
    assert {row.division_id for row in MetricValue.objects.all()} == {COUNTY, CITY, PROVINCE}
    assert done.counted == 3 * 4


def test_without_the_needed_parameter_there_is_no_value(world: World) -> None:
    verified("甲")
    metric = verifications(needs_parameter="P08")
    counted(metric)
    assert not MetricValue.objects.exists()
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
    counted(metric)
    assert set(values(metric)) == {CITY, COUNTY}, "those above have not set it"


def test_both_ways_of_grouping_come_to_the_same(world: World, second_county: str) -> None:
    """Values with days among their periods are grouped area by area, others month by month."""
    for place, division in enumerate([COUNTY, COUNTY, second_county, CITY]):
        verified(f"甲{place}", division=division, above_scale=bool(place % 2))
    by_month = large_share(period_kinds=(MONTH, YEAR))
    by_area = large_share(period_kinds=(PeriodKind.DAY, MONTH, YEAR))
    counted(by_month, since=NOW.date())
    first = {(row.division_id, row.period_kind): row.value for row in MetricValue.objects.all()}
    MetricValue.objects.all().delete()
    counted(by_area, since=NOW.date())
    rows = MetricValue.objects.exclude(period_kind=PeriodKind.DAY)
    second = {(row.division_id, row.period_kind): row.value for row in rows}
    assert first == second
    assert first[CITY, YEAR] == 50


def told(monkeypatch: pytest.MonkeyPatch) -> list[MetricValueChanged]:
    found: list[MetricValueChanged] = []
    monkeypatch.setattr("silian.casework.metrics.commands.recounting.publish_each", found.extend)
    return found


def test_what_changed_is_told_with_the_value_before(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    metric = verifications()
    counted(metric)
    events = told(monkeypatch)
    verified("甲")
    counted(metric, now=NOW + datetime.timedelta(minutes=1))
    city = [event for event in events if event.division == CITY and event.period_kind == YEAR]
    assert [(event.previous, event.value_id) for event in city] == [(0, value_of(metric).pk)]


def test_first_values_of_the_past_are_not_news(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = told(monkeypatch)
    counted(verifications(period_kinds=(MONTH,), main_period=MONTH))
    assert {event.period_start.month for event in events} == {3}


def test_a_recount_tells_once_a_division(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    events = told(monkeypatch)
    counted(verifications())
    places = [event.division for event in events]
    assert len(places) == len(set(places)) > 1
    assert {event.period_kind for event in events} == {YEAR}


def queries_of(metric: registry.Metric) -> int:
    with CaptureQueriesContext(connection) as queries:
        counted(metric, announce=False)
    return len(queries)


def test_one_query_counts_every_division(world: World, second_county: str) -> None:
    metric = verifications(period_kinds=(YEAR,), main_period=YEAR)
    counted(metric)
    few = queries_of(metric)
    for place in range(30):
        code = f"9901{place + 30}"
        Division.objects.create(
            code=code, name=f"区{place}", level=3, parent_id=CITY, path=[PROVINCE, CITY, code]
        )
    counted(metric)
    assert value_of(metric, division="990135").value == 0
    assert queries_of(metric) == few
