"""An event marks what it makes wrong; a job counts it again soon after."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from procrastinate.contrib.django.models import ProcrastinateJob

from silian.casework.metrics.commands.staleness import (
    RECOUNT_TASK,
    mark_stale,
    recount_stale,
)
from silian.casework.metrics.models.stale import StaleMark
from silian.casework.metrics.models.values import MetricValue
from silian.casework.metrics.queries.values import latest_value
from silian.casework.metrics.registry import Touch
from silian.registers.organisations.commands.life import suspend_organisation
from silian.registers.organisations.events import OrganisationVerified
from tests.casework.metrics.stage import NOW, declared, moment, value_of, verifications, verified
from tests.world import CITY, COUNTY, World

EVENT = OrganisationVerified(organisation_id=1)


def touching(*touches: Touch):  # type: ignore[no-untyped-def]
    return verifications(stale_on={OrganisationVerified: lambda event: touches})


def test_what_an_event_touches_is_counted_again(world: World) -> None:
    metric = touching(Touch(division=COUNTY, day=NOW.date()))
    verified("甲")
    with declared(metric):
        mark_stale(event=EVENT, now=NOW)
        assert not MetricValue.objects.filter(metric_code=metric.code).exists()
        recount_stale(now=NOW)
    assert value_of(metric).value == 1
    assert not StaleMark.objects.filter(metric_code=metric.code).exists()


def test_the_same_change_is_marked_once_and_the_job_waits_once(world: World) -> None:
    days = (datetime.date(2026, 3, 2), datetime.date(2026, 3, 18))
    with declared(touching(*(Touch(division=COUNTY, day=day) for day in days))):
        mark_stale(event=EVENT, now=NOW)
        mark_stale(event=EVENT, now=NOW)
    assert StaleMark.objects.filter(metric_code="test.verifications").count() == 1
    assert ProcrastinateJob.objects.filter(task_name=RECOUNT_TASK, status="todo").count() == 1


def test_only_the_touched_months_are_counted_again(world: World) -> None:
    metric = touching(Touch(division=COUNTY, day=datetime.date(2026, 1, 9)))
    verified("甲", at=moment(2026, 1, 9))
    with declared(metric):
        mark_stale(event=EVENT, now=NOW)
        recount_stale(now=NOW)
    months = MetricValue.objects.filter(metric_code=metric.code, period_kind="month")
    assert {row.period_start for row in months} == {datetime.date(2026, 1, 1)}


def test_a_touch_without_a_place_counts_every_division(world: World) -> None:
    metric = touching(Touch(division="", day=NOW.date()))
    with declared(metric):
        mark_stale(event=EVENT, now=NOW)
        recount_stale(now=NOW)
    assert MetricValue.objects.filter(metric_code=metric.code, division_id=CITY).exists()


def test_an_event_that_touches_nothing_queues_nothing(world: World) -> None:
    with declared(touching()):
        mark_stale(event=EVENT, now=NOW)
    assert not StaleMark.objects.filter(metric_code="test.verifications").exists()


def test_marks_of_a_metric_that_is_gone_are_dropped(world: World) -> None:
    StaleMark.objects.create(
        metric_code="gone.metric", touched=COUNTY, since=NOW.date(), marked_at=NOW
    )
    assert recount_stale(now=NOW) == []
    assert not StaleMark.objects.exists()


def test_a_suspended_enterprise_leaves_the_count_by_itself(
    world: World, run_jobs: Callable[[], None]
) -> None:
    code = "organisations.enterprises"
    enterprise = verified("将暂停", at=moment(2026, 1, 5))
    mark_stale(event=OrganisationVerified(organisation_id=enterprise.pk), now=NOW)
    run_jobs()
    before = latest_value(code=code, division=CITY)
    assert before is not None
    assert before.value is not None
    suspend_organisation(
        organisation_id=enterprise.pk,
        reason="证照过期，待补正材料",
        actor=world.reviewer.actor,
    )
    run_jobs()
    after = latest_value(code=code, division=CITY)
    assert after is not None
    assert after.value == before.value - 1
