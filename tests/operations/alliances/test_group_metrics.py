"""Targets on groups move by themselves: measures of groups, members and opinions."""

from __future__ import annotations

import datetime
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone

from silian.casework.metrics.choices import PeriodKind
from silian.casework.metrics.commands.recounting import recount
from silian.casework.metrics.models.values import MetricValue
from silian.casework.metrics.registry import declared_metric
from silian.operations.alliances.choices.committees import Take
from silian.operations.alliances.commands.groups import (
    designate_group,
    dissolve_group,
    end_designation,
)
from silian.operations.alliances.commands.opinions import answer_opinion
from silian.registers.organisations.models import Organisation
from tests.operations.alliances import committee_stage
from tests.operations.alliances import group_stage as stage
from tests.world import CITY, World

RULEBOOKS = Path(__file__).resolve().parents[3] / "rulebooks"
BOUND = {"N01": "yunnan/qujing", "N27": "guizhou", "N32": "guizhou", "N39": "guizhou"}


def measured(code: str, *, kind: PeriodKind = PeriodKind.MONTH) -> Decimal | None:
    """The value of the city in the present period, counted anew."""
    metric = declared_metric(code)
    assert metric is not None
    since = stage.today() - datetime.timedelta(days=40)
    recount(metric=metric, since=since, now=timezone.now(), announce=False)
    rows = MetricValue.objects.filter(
        metric_code=code, division_id=CITY, period_kind=kind, superseded_at__isnull=True
    )
    last = rows.order_by("period_start").last()
    return last.value if last else None


@pytest.mark.parametrize("number", sorted(BOUND))
def test_the_targets_of_the_policies_name_measures_that_exist(number: str) -> None:
    book = tomllib.loads((RULEBOOKS / BOUND[number] / "targets.toml").read_text())
    code = next(row["metric"] for row in book["target"] if row["number"] == number)
    metric = declared_metric(code)
    assert metric is not None
    assert metric.unit == "个"


def test_a_demonstration_moves_the_target_and_its_end_moves_it_back(world: World) -> None:
    group, actor = stage.running(world), world.coordinator.actor
    assert measured("alliances.education_groups") == 0
    row = designate_group(
        group_id=group.pk, facts=stage.designation(), actor=actor, today=stage.today()
    )
    assert measured("alliances.education_groups") == 1
    assert measured("alliances.known_alliances") == 1
    end_designation(designation_id=row.pk, on=stage.today(), reason="复评", actor=actor)
    assert measured("alliances.known_alliances") == 0


def test_a_demonstration_of_the_city_is_not_known_in_the_province(world: World) -> None:
    group = stage.running(world)
    designate_group(
        group_id=group.pk,
        facts=stage.designation(level="city"),
        actor=world.coordinator.actor,
        today=stage.today(),
    )
    assert measured("alliances.education_groups") == 1
    assert measured("alliances.known_alliances") == 0


def test_a_dissolved_group_is_counted_no_more(world: World) -> None:
    group = stage.running(world)
    assert measured("alliances.groups") == 1
    assert measured("alliances.consortia_and_alliances") == 1
    dissolve_group(
        group_id=group.pk, reason="完成", on=stage.today(), actor=world.coordinator.actor
    )
    assert measured("alliances.groups") == 0


def test_small_firms_are_a_share_of_the_member_firms(world: World) -> None:
    group = stage.running(world)
    stage.member(group, stage.unit_of(world.rival))
    Organisation.objects.filter(pk=stage.unit_of(world.rival).pk).update(size="small")
    assert measured("alliances.small_member_share") == 50
    assert measured("alliances.member_units") == 2


def test_a_target_past_its_day_is_counted_until_it_is_reached(world: World) -> None:
    group = stage.running(world)
    target = stage.target(world, group, due_on=stage.today() - datetime.timedelta(days=2))
    assert measured("alliances.targets_overdue") == 1
    target.reached_on = stage.today()
    target.save(update_fields=["reached_on"])
    assert measured("alliances.targets_overdue") == 0


def test_answers_are_a_share_of_what_was_asked(world: World) -> None:
    opinion = committee_stage.issued(world)
    assert measured("alliances.committees") == 1
    assert measured("alliances.opinions", kind=PeriodKind.YEAR) == 1
    assert measured("alliances.opinions_answered", kind=PeriodKind.YEAR) == 0
    answer_opinion(
        answer_id=opinion.answers.get().pk,
        take=Take.ADOPTED,
        text="列入",
        actor=world.school.actor,
        today=stage.today(),
    )
    assert measured("alliances.opinions_answered", kind=PeriodKind.YEAR) == 100
