"""The cockpit: its sentence, its lights, its numbers, who opens it and at what price."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.casework.metrics.choices import PeriodKind
from silian.casework.metrics.models.values import MetricValue
from silian.casework.publications.choices import EditionState
from silian.composition.reports.choices import Span, Standing
from silian.composition.reports.queries.changes import since_of
from silian.composition.reports.queries.cockpit import Cockpit, cockpit_of
from silian.foundation.reference.models import Division
from silian.governance.policy_tasks.models.targets import LightChange
from tests.casework.publications.editions import make_edition
from tests.composition.reports.stage import (
    DEALS,
    ENTERPRISES,
    busy_city,
    days,
    make_target,
    make_task,
    make_value,
    today,
)
from tests.world import CITY, COUNTY, OTHER_CITY, World

pytestmark = pytest.mark.django_db
ADDRESS = reverse("reports:cockpit", kwargs={"division": CITY})


def text(world: World, address: str = ADDRESS, who: str = "leader") -> str:
    return world.people[who].client.get(address).content.decode()


def read(world: World, division: str = CITY) -> Cockpit:
    place, on = Division.objects.get(pk=division), today()
    since = since_of(Span.MONTH, on=on)
    return cockpit_of(division=place, on=on, since=since, actor=world.leader.actor)


def test_the_first_sentence_is_made_of_the_data(world: World) -> None:
    busy_city()
    page = text(world)
    assert "4 项目标：1 项按期，1 项滞后，" in page
    assert "<b>1 项逾期</b>" in page
    assert "公共实训基地二期选址</a>，21 天。" in page
    assert "4 项任务：办结 1，按期推进 1，临期 1，逾期 1" in page


def test_the_lights_add_up_to_the_targets(world: World) -> None:
    busy_city()
    cockpit = read(world)
    assert sum(tally.count for tally in cockpit.tallies) == cockpit.target_count == 4


def test_a_repeated_target_is_shown_and_not_counted(world: World) -> None:
    first = make_target(title="入驻企业", low=20)
    make_target(title="入驻企业", low=20, repeats=first, number="N39")
    cockpit = read(world)
    assert (cockpit.target_count, len(cockpit.lines)) == (1, 2)
    assert "不重复计数" in text(world)


def test_a_soft_rule_has_a_gap_and_is_never_late(world: World) -> None:
    make_value(code=ENTERPRISES, value=5)
    make_target(
        title="鼓励类", low=9, metric_code=ENTERPRISES, force="encouraged", deadline_on=days(-5)
    )
    counts = read(world).counts
    assert (counts[Standing.GAP], counts[Standing.OVERDUE]) == (1, 0)


def test_a_light_is_never_told_by_colour_alone(world: World) -> None:
    busy_city()
    page = text(world)
    for label in ("已达成", "滞后", "逾期", "暂无指标"):
        assert f'aria-label="{label}"' in page


def test_each_number_opens_to_its_rows_and_a_missing_one_says_so(world: World) -> None:
    busy_city()
    page = text(world)
    value = MetricValue.objects.get(metric_code=DEALS, period_kind="year")
    assert f'href="{value.get_absolute_url()}"' in page
    assert "尚无数值" in page
    assert world.leader.client.get(value.get_absolute_url()).status_code == 200


def test_a_number_without_a_metric_reads_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("silian.composition.reports.queries.numbers.metrics_named", lambda _: {})
    numbers = {number.text for number in read(world).numbers}
    assert numbers == {"暂无指标"}


def test_the_month_tells_what_changed(world: World) -> None:
    busy_city()
    target = make_target(title="产教联合体", low=1)
    LightChange.objects.create(
        target=target, before="on_track", after="overdue", changed_on=today(), reason="期限已过"
    )
    make_edition(world, state=EditionState.PUBLISHED, on=today())
    titles = [change.title for change in read(world).changes]
    assert "产教联合体转为逾期" in titles
    assert "办结：编制紧缺职业目录" in titles
    assert any(title.startswith("成交本月 +11") for title in titles)


def test_supervisors_send_orders_and_leaders_only_read(world: World) -> None:
    busy_city()
    order = reverse("policy_tasks:supervision_new")
    assert f"{order}?task=" in text(world, who="supervisor")
    assert f"{order}?task=" in text(world, who="coordinator")
    assert order not in text(world, who="leader")


def test_a_city_sees_its_counties_side_by_side_and_does_not_sum_them(world: World) -> None:
    make_value(code=ENTERPRISES, value=3, division=COUNTY)
    make_target(title="入驻企业", low=2, metric_code=ENTERPRISES, division=COUNTY)
    make_task(title="县里的任务", due_in=-4, division=COUNTY)
    cockpit = read(world)
    assert (cockpit.target_count, cockpit.position.total) == (0, 0)
    region = next(region for region in cockpit.regions if region.code == COUNTY)
    assert (region.targets, region.on_time, region.overdue) == (1, 1, 1)
    assert "3" in [cell.text for cell in region.cells]


def test_another_city_is_hidden(world: World) -> None:
    address = reverse("reports:cockpit", kwargs={"division": OTHER_CITY})
    assert world.leader.client.get(address).status_code == 404


def test_a_leader_lands_on_the_cockpit(world: World) -> None:
    page = world.leader.client.get(reverse("portal:today"), follow=True)
    assert page.redirect_chain[-1][0] == ADDRESS


def test_an_empty_region_says_what_to_do(world: World) -> None:
    page = text(world)
    assert "还没有目标" in page
    assert "还没有下达任务" in page


def test_the_cockpit_asks_the_same_with_four_targets_and_with_a_hundred(world: World) -> None:
    busy_city()
    text(world)
    with CaptureQueriesContext(connection) as few:
        text(world)
    for _ in range(24):
        make_target(title="再一个", low=30, metric_code=ENTERPRISES)
        make_target(title="县里的", low=30, metric_code=ENTERPRISES, division=COUNTY)
        make_task(title="再一件", due_in=-2)
    with CaptureQueriesContext(connection) as many:
        text(world)
    assert len(many) == len(few)


def test_a_day_gone_by_counts_only_the_months_until_then(world: World) -> None:
    on = today()
    if on.month == 1:
        pytest.skip("the year has no month before this one")
    last = on.replace(day=1) - datetime.timedelta(days=1)
    make_value(code=DEALS, value=30, kind=PeriodKind.YEAR)
    make_value(code=DEALS, value=11)
    make_value(code=DEALS, value=19, on=last)
    place = Division.objects.get(pk=CITY)
    then = cockpit_of(division=place, on=last, since=last, actor=world.leader.actor)
    deals = next(number for number in then.numbers if number.code == DEALS)
    assert (deals.text, deals.as_of) == ("19", str(last))
