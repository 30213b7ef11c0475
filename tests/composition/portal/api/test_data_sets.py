"""Shared data through the interface: catalogue, rows with a purpose, new editions."""

from __future__ import annotations

from typing import Any

from silian.operations.exchange.models.data_set import DataReading
from silian.registers.organisations.choices import Role
from tests.composition.portal.api.stage import Machine, machine_of
from tests.composition.portal.api.test_callers import told
from tests.operations.exchange.data_sets.stage import open_counts, roster
from tests.world import World, make_member

EDITION = {"as_of": "2026-03-01", "headings": ["专业", "人数"], "rows": [["护理", "1300"]]}


def titles(response: Any) -> list[str]:
    return [item["title"] for item in response.json()["items"]]


def test_visitors_see_what_is_shared_openly(world: World) -> None:
    shown, hidden = open_counts(world), roster(world)
    assert titles(Machine().get("/data-sets")) == ["在校生人数"]
    detail = Machine().get(f"/data-sets/{shown.pk}").json()
    assert [field["name"] for field in detail["fields"]] == ["专业", "人数"]
    told(Machine().get(f"/data-sets/{hidden.pk}"), 404)
    assert len(titles(machine_of(world.school).get("/data-sets"))) == 2


def test_rows_are_read_with_a_purpose_and_the_reading_is_kept(world: World) -> None:
    data_set = open_counts(world)
    path = f"/data-sets/{data_set.pk}/readings"
    body = machine_of(world.enterprise).post(path, {"purpose": "专业设置论证"}).json()
    assert (body["headings"], body["rows"]) == (["专业", "人数"], [["护理", "1200"]])
    assert DataReading.objects.get().purpose == "专业设置论证"
    told(machine_of(world.enterprise).post(path, {}), 422)


def test_conditional_rows_are_hidden_or_refused(world: World) -> None:
    path = f"/data-sets/{roster(world).pk}/readings"
    told(machine_of(world.rival).post(path, {"purpose": "招聘参考"}), 404)
    bureau = world.coordinator.organisation
    assert bureau is not None
    official = make_member(username="bureau_manager", organisation=bureau, role=Role.MANAGER)
    told(machine_of(official).post(path, {"purpose": "就业跟踪"}), 403)
    assert not DataReading.objects.exists()


def test_the_owner_delivers_an_edition_once(world: World) -> None:
    path = f"/data-sets/{open_counts(world).pk}/editions"
    school = machine_of(world.school)
    first = school.post(path, EDITION)
    assert (first.status_code, first.json()["number"]) == (201, 2)
    assert school.post(path, EDITION).json()["number"] == 2


def test_others_and_wrong_cells_are_refused(world: World) -> None:
    path = f"/data-sets/{open_counts(world).pk}/editions"
    told(machine_of(world.rival).post(path, EDITION), 403)
    told(machine_of(world.school, "data:read").post(path, EDITION), 403)
    wrong = machine_of(world.school).post(path, {**EDITION, "rows": [["护理", "很多"]]})
    body = told(wrong, 422)
    assert body["errors"][0]["field"] == "rows"
    assert "很多" in body["detail"]
    late = machine_of(world.school).post(path, {**EDITION, "as_of": "9999-12-31"})
    assert told(late, 422)["errors"][0]["field"] == "as_of"
