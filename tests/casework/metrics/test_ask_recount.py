"""A coordinator has a metric counted again now; the command line and the night do it too."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from silian.casework.metrics.commands.recount_asking import ask_recount
from silian.casework.metrics.models.values import MetricValue
from silian.casework.metrics.queries.catalogue import metric_named
from silian.casework.metrics.tasks import recount_every_metric
from silian.foundation.kernel.choices import JobState
from silian.foundation.kernel.errors import DomainError, NotAllowed
from tests.casework.metrics.stage import declared, defined, verifications, verified
from tests.world import CITY, COUNTY, World


def test_the_job_counts_the_metric_and_says_what_changed(
    world: World, run_jobs: Callable[[], None]
) -> None:
    metric = verifications()
    with declared(metric):
        job = ask_recount(metric=metric, actor=world.coordinator.actor)
        run_jobs()
    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert "有变化" in job.message
    assert MetricValue.objects.filter(metric_code=metric.code, division_id=CITY).exists()


@pytest.mark.parametrize("role", ["reviewer", "supervisor", "leader", "enterprise"])
def test_nobody_else_asks(world: World, role: str) -> None:
    with pytest.raises(NotAllowed, match="每晚自动重算"):
        ask_recount(metric=verifications(), actor=world.people[role].actor)


def test_a_reported_metric_has_no_rows_to_count(world: World) -> None:
    metric = metric_named(defined(world).code)
    assert metric is not None
    with pytest.raises(DomainError, match="部门填报"):
        ask_recount(metric=metric, actor=world.coordinator.actor)


def test_the_command_line_counts_one_metric_of_one_region(world: World) -> None:
    verified("甲")
    said = StringIO()
    call_command(
        "metrics",
        "recompute",
        code="organisations.enterprises",
        division=COUNTY,
        stdout=said,
    )
    assert "有变化" in said.getvalue()
    assert set(MetricValue.objects.values_list("metric_code", flat=True)) == {
        "organisations.enterprises"
    }


def test_unknown_codes_and_places_are_named(world: World) -> None:
    with pytest.raises(CommandError, match=r"no\.such"):
        call_command("metrics", "recompute", code="no.such")
    with pytest.raises(CommandError, match="110000"):
        call_command("metrics", "recompute", division="110000")


def test_every_metric_is_counted_at_night(world: World) -> None:
    metric = verifications()
    with declared(metric):
        recount_every_metric.func(timestamp=0)
    assert MetricValue.objects.filter(metric_code=metric.code).exists()
    assert MetricValue.objects.filter(metric_code="exchange.deals").exists()
