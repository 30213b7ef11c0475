"""A project's page shows its financing needs and its land case, to who may see them."""

from __future__ import annotations

import pytest

from tests.governance.incentives.finance import stage
from tests.governance.incentives.land import stage as land
from tests.world import World

pytestmark = pytest.mark.django_db


def text(person: object, where: str) -> str:
    return str(person.client.get(where).content.decode())  # type: ignore[attr-defined]


def test_the_owner_finds_both_with_their_states(world: World) -> None:
    project = stage.project(world)
    where = project.get_absolute_url()
    page = text(world.enterprise, where)
    assert f"finance/needs/new/?project={project.pk}" in page
    assert "没有用地事项" in page
    new_land = f"/incentives/land/new/?project={project.pk}"
    assert new_land in page
    assert f'<option value="{project.pk}" selected>' in text(world.enterprise, new_land)
    need = stage.need(world, project_id=project.pk)
    land.office(world)
    case = land.case(world, project_id=project.pk)
    page = text(world.enterprise, where)
    for row in (need, case):
        assert row.get_absolute_url() in page
        assert row.get_state_display() in page


def test_an_official_sees_what_was_sent_out_and_no_draft(world: World) -> None:
    project = stage.project(world)
    draft = stage.draft_need(world, project_id=project.pk)
    page = text(world.coordinator, project.get_absolute_url())
    assert draft.get_absolute_url() not in page
    need = stage.need(world, project_id=project.pk)
    assert need.get_absolute_url() in text(world.coordinator, project.get_absolute_url())
