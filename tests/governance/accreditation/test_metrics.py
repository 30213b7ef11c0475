"""What targets read: projects, money, schools, approvals, as they stood on a day."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from silian_engines.policy_rules.jurisdictions import load_jurisdiction

from silian.casework.metrics.commands.recounting import recount
from silian.casework.metrics.queries.catalogue import metric_named
from silian.casework.metrics.queries.values import latest_value
from silian.governance.accreditation.choices.projects import ProjectStage
from silian.governance.accreditation.commands.projects import show_total
from silian.governance.accreditation.models.projects import IntegrationProject
from silian.governance.accreditation.models.schools import SchoolProject
from tests.governance.accreditation import stage
from tests.world import CITY, COUNTY, World

CODES = ("funds_published", "funds_central_budget")
PLACES = {
    "N30": "520000",
    "N35": "520000",
    "N42": "520000",
    "N15": "500154",
    "N17": "500154",
    "N53": "411200",
}


def value(code: str, division: str = CITY) -> Decimal | None:
    metric = metric_named(f"accreditation.{code}")
    assert metric is not None
    recount(metric=metric, since=datetime.date(2026, 1, 1), now=stage.NOW, announce=False)
    found = latest_value(code=metric.code, division=division, on=stage.TODAY)
    return found.value if found else None


@pytest.mark.parametrize("number", sorted(PLACES))
def test_the_targets_of_the_policies_name_metrics_that_exist(number: str) -> None:
    book = load_jurisdiction(code=PLACES[number])
    (target,) = [row for row in book.targets if row.number == number]
    assert target.metric is not None
    metric = metric_named(target.metric)
    assert metric is not None
    assert metric.unit == target.unit


def test_only_first_class_training_projects_in_use_count_for_the_target(world: World) -> None:
    base = {
        "library_level": "national", "library_number": "1", "library_on": stage.TODAY,
        "stage": "in_use", "built_on": stage.TODAY,
    }  # fmt: skip
    cases = [
        ("甲", "practice_base", True), ("乙", "training_base", True), ("丙", "park", True),
        ("丁", "practice_base", False), ("戊", "practice_base", None),
    ]  # fmt: skip
    for name, kind, judged in cases:
        project = stage.idea(world, name=name, kind=kind)
        IntegrationProject.objects.filter(pk=project.pk).update(first_class=judged, **base)
    assert value("integration_projects") == 2
    assert value("projects_built", COUNTY) == 5
    assert value("projects_of_practice_base") == 3


def test_stages_count_as_they_stood(world: World) -> None:
    stage.idea(world, name="谋划中")
    stage.agreed(world, stage.proposed(world, stage.idea(world, name="储备了")))
    assert value("projects_in_reserve") == 1
    assert value("projects_in_library") == 0


def test_funds_obtained_leave_out_local_money_and_struck_out_entries(world: World) -> None:
    project = stage.idea(world)
    stage.funded(world, project, amount=Decimal("7.25"))
    stage.funded(world, project, source="local", amount=Decimal("100.00"))
    gone = stage.funded(world, project, amount=Decimal("50.00"))
    gone.voided_at, gone.void_reason = stage.NOW, "登记错误"
    gone.save()
    assert value("funds_obtained") == Decimal("7.25")


def test_schools_count_once_they_are_reached(world: World) -> None:
    stage.school_project(world, kind="applied_university")
    project = stage.school_project(world, kind="five_year")
    SchoolProject.objects.filter(pk=project.pk).update(
        state="achieved", achieved_on=stage.TODAY, document="批复"
    )
    assert value("higher_vocational_sites") == 1
    assert value("applied_universities") == 0
    assert value("schools_upgraded") == 1


def test_money_is_summed_by_source(world: World) -> None:
    stage.funded(world, stage.idea(world))
    assert value("funds_central_budget") == Decimal("5000000.00")
    assert not value("funds_award")


def test_only_money_of_published_projects_is_told_to_everybody(world: World) -> None:
    project = stage.at(world, ProjectStage.CONSTRUCTION)
    stage.funded(world, project)
    assert not value("funds_published")
    show_total(project_id=project.pk, shown=True, actor=world.coordinator.actor)
    assert value("funds_published") == value("funds_obtained")
    published, inside = (metric_named(f"accreditation.{code}") for code in CODES)
    assert published is not None
    assert inside is not None
    assert (published.public, inside.public) == (True, False)
