"""The demonstration of supervision, lists and cases, in a small city (演示数据)."""

from __future__ import annotations

import random

import pytest

from silian.governance.policy_tasks.choices import CaseState, FindingState, ListState
from silian.governance.policy_tasks.demo.cases import CaseBuilder
from silian.governance.policy_tasks.demo.lists import ListBuilder
from silian.governance.policy_tasks.demo.supervision import SupervisionBuilder
from silian.governance.policy_tasks.models.cases import Adoption, ExperienceCase
from silian.governance.policy_tasks.models.lists import ListItem
from silian.governance.policy_tasks.models.supervision import SupervisionRound
from silian.governance.policy_tasks.models.supervision_findings import SupervisionFinding
from silian.governance.policy_tasks.models.supervision_scores import ScoreSheet
from silian.registers.accounts.models import User
from silian.registers.organisations.choices import OrganisationKind, Role
from tests.governance.policy_tasks.supervision.stage import (
    TODAY,
    body_of,
    make_task,
    other_department,
)
from tests.world import World, make_member, make_organisation


@pytest.fixture
def city(world: World) -> World:
    """The seats, two departments, three schools and six tasks."""
    for seat in ("supervisor", "coordinator"):
        User.objects.filter(username=seat).update(username=f"demo-{seat}")
    body_of(world.coordinator)
    body_of(other_department(), name="市财政局")
    for number in range(2):
        school = make_organisation(name=f"第{number}学校（演示）", kind=OrganisationKind.SCHOOL)
        make_member(username=f"school-{number}", organisation=school, role=Role.MANAGER)
    for number in range(6):
        make_task(world, number=str(number))
    return world


def test_orders_stand_in_every_state_and_a_sheet_is_fixed(city: World) -> None:
    assert SupervisionBuilder(rng=random.Random(1), on=TODAY).build() >= 12
    assert set(SupervisionFinding.objects.values_list("state", flat=True)) == set(FindingState)
    assert SupervisionFinding.objects.filter(is_demo=False).count() == 0
    assert SupervisionRound.objects.count() == 2
    assert ScoreSheet.objects.get().rows.exists()


def test_items_are_of_every_age_and_closed_by_another(city: World) -> None:
    assert ListBuilder(rng=random.Random(1), on=TODAY).build() == 23
    kinds = list(ListItem.objects.values_list("kind", flat=True))
    assert (kinds.count("problem"), kinds.count("policy")) == (14, 9)
    states = set(ListItem.objects.values_list("state", flat=True))
    assert states == {ListState.OPEN, ListState.CLAIMED, ListState.CLOSED}


def test_cases_are_published_and_adopted(city: World) -> None:
    assert CaseBuilder(rng=random.Random(1), on=TODAY).build() == 8
    assert ExperienceCase.objects.filter(state=CaseState.PUBLISHED).count() == 6
    assert Adoption.objects.exists()


def test_without_officials_nothing_is_built(world: World) -> None:
    for builder in (SupervisionBuilder, ListBuilder, CaseBuilder):
        assert builder(rng=random.Random(1), on=TODAY).build() == 0
