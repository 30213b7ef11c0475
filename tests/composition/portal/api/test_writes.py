"""Writes: drafts, changes, publishing, withdrawing, in bulk, and each refusal."""

from __future__ import annotations

from typing import Any

import pytest

from silian.operations.exchange.choices import ListingSource, ListingState
from silian.operations.exchange.models.listing import Listing
from tests.composition.portal.api.stage import Machine, listing_body, machine_of
from tests.composition.portal.api.test_callers import told
from tests.operations.exchange.negotiations.stage import make_listing
from tests.world import World


@pytest.fixture
def machine(world: World) -> Machine:
    return machine_of(world.enterprise)


def fields(response: Any, status: int = 422) -> dict[str, dict[str, str]]:
    return {error["field"]: error for error in told(response, status)["errors"]}


def test_from_draft_to_withdrawn(world: World, machine: Machine) -> None:
    made = machine.post("/listings", listing_body(external_id="HR-7"))
    assert made.status_code == 201, made.content.decode()
    body = made.json()
    assert (body["state"], body["source"], body["external_id"]) == ("draft", "api", "HR-7")
    path = f"/listings/{body['id']}"
    assert machine.post(f"{path}/publish").json()["state"] == "published"
    changed = machine.put(path, listing_body(capacity=30))
    assert (changed.json()["capacity"], changed.json()["state"]) == (30, "published")
    assert machine.post(f"{path}/confirm").status_code == 200
    ended = machine.post(f"{path}/withdraw", {"reason": "已招满"}).json()
    assert (ended["state"], ended["close_reason"]) == ("withdrawn", "已招满")
    again = machine.post(f"{path}/withdraw", {"reason": "已招满"})
    assert told(again, 409)["detail"]


def test_a_draft_may_be_incomplete_but_is_not_published(machine: Machine) -> None:
    body = {"kind": "internship", "side": "demand", "title": "数控车工实习"}
    made = machine.post("/listings", body)
    assert made.status_code == 201, made.content.decode()
    refused = fields(machine.post(f"/listings/{made.json()['id']}/publish"))
    assert "capacity" in refused
    assert all(error["cure"] for error in refused.values())


def test_what_a_check_finds_is_told_with_its_words(machine: Machine) -> None:
    made = machine.post("/listings", listing_body(description="限男性，28 岁以下，押金 500 元。"))
    response = machine.post(f"/listings/{made.json()['id']}/publish")
    refused = told(response, 422)
    assert any("男" in error["rule"] for error in refused["errors"])
    asked = machine.post(f"/listings/{made.json()['id']}/publish", {"ask_review": True})
    assert asked.json()["state"] == "in_review"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "weather"}, "kind"),
        ({"side": "supply"}, "side"),
        ({"title": "   "}, "title"),
        ({"title": "长" * 81}, "title"),
        ({"title": "a\x00b"}, "title"),
        ({"division": "000000"}, "division"),
        ({"occupation": "9-99-99-99"}, "occupation"),
        ({"industry": "ZZ"}, "industry"),
        ({"majors": ["999999"]}, "majors"),
        ({"capacity": 0}, "capacity"),
        ({"capacity": 2**31}, "capacity"),
        ({"price_min": "1e400"}, "price_min"),
        ({"price_min": 3400}, "price_min"),
        ({"price_min": "9.00", "price_max": "8.00"}, "price_max"),
        ({"starts_on": "2026-09-01", "ends_on": "2026-09-01"}, "ends_on"),
        ({"starts_on": "明天"}, "starts_on"),
        ({"details": {"nonsense": "x"}}, "details.nonsense"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_wrong_field_is_refused_and_nothing_is_written(
    machine: Machine, values: dict[str, Any], field: str
) -> None:
    refused = fields(machine.post("/listings", listing_body(**values)))
    assert field in refused
    assert refused[field]["rule"]
    assert refused[field]["cure"].startswith("请")
    assert not Listing.objects.exists()


def test_every_wrong_field_is_told_at_once(machine: Machine) -> None:
    body = listing_body(division="000000", price_min="9.00", price_max="8.00", majors=["1"])
    assert set(fields(machine.post("/listings", body))) == {"division", "price_max", "majors"}


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"x"', "[" * 5000, '{"title": "\\ud800"}'])
def test_a_body_that_is_no_listing_is_refused(machine: Machine, text: str) -> None:
    response = machine.client.post(
        "/api/v1/listings", text, content_type="application/json", headers=machine.headers()
    )
    assert response.status_code in (400, 422)
    told(response, response.status_code)


def test_the_listing_of_a_rival_is_not_there(world: World) -> None:
    listing = make_listing(by=world.enterprise)
    rival = machine_of(world.rival)
    path = f"/listings/{listing.pk}"
    told(rival.put(path, listing_body()), 404)
    for step, body in (("publish", {}), ("confirm", {}), ("withdraw", {"reason": "不再需要"})):
        told(rival.post(f"{path}/{step}", body), 404)
    listing.refresh_from_db()
    assert listing.state == ListingState.PUBLISHED


def test_the_kind_of_a_listing_does_not_change(world: World, machine: Machine) -> None:
    made = machine.post("/listings", listing_body()).json()
    body = listing_body(kind="job", details={}, price_unit="元/月")
    assert "kind" in fields(machine.put(f"/listings/{made['id']}", body))


def test_the_same_key_writes_once(machine: Machine) -> None:
    first = machine.post("/listings", listing_body(), Idempotency_Key="k-1")
    again = machine.post("/listings", listing_body(), Idempotency_Key="k-1")
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert Listing.objects.count() == 1
    other = machine.post("/listings", listing_body(capacity=3), Idempotency_Key="k-1")
    assert "已用于另一请求" in told(other, 409)["detail"]
    told(machine.post("/listings", listing_body(), Idempotency_Key="k" * 81), 422)


def test_a_number_of_the_own_system_is_used_once(machine: Machine) -> None:
    assert machine.post("/listings", listing_body(external_id="A")).status_code == 201
    assert "external_id" in fields(machine.post("/listings", listing_body(external_id="A")))


def row(number: str, **values: Any) -> dict[str, Any]:
    return listing_body(external_id=number, **values)


def test_a_bulk_creates_updates_and_leaves_alone(machine: Machine) -> None:
    first = machine.post("/listings/bulk", {"rows": [row("A"), row("B")], "publish": True}).json()
    assert (first["created"], first["published"]) == (2, 2)
    rows = [row("A"), row("B", capacity=9), row("C")]
    second = machine.post("/listings/bulk", {"rows": rows}).json()
    assert [line["status"] for line in second["rows"]] == ["unchanged", "updated", "created"]
    assert Listing.objects.get(external_id="B").capacity == 9
    assert set(Listing.objects.values_list("source", flat=True)) == {ListingSource.API}


def test_a_bad_row_is_told_and_the_good_ones_are_written(machine: Machine) -> None:
    rows = [row("A"), row("B", majors=["1"]), row("A"), row("D", description="只招男性")]
    body = machine.post("/listings/bulk", {"rows": rows, "publish": True}).json()
    assert [line["status"] for line in body["rows"]] == ["created", "refused", "refused", "created"]
    assert body["rows"][1]["errors"][0]["field"] == "majors"
    assert body["rows"][2]["errors"][0]["field"] == "external_id"
    assert (body["rows"][3]["state"], bool(body["rows"][3]["errors"])) == ("draft", True)
    assert Listing.objects.count() == 2


def test_all_or_nothing_writes_nothing_half(machine: Machine) -> None:
    rows = [row("A"), row("B", majors=["1"])]
    response = machine.post("/listings/bulk", {"rows": rows, "all_or_nothing": True})
    assert "rows.1.majors" in fields(response)
    assert not Listing.objects.exists()


def test_a_bulk_does_not_touch_the_rows_of_a_rival(world: World, machine: Machine) -> None:
    theirs = make_listing(by=world.rival, external_id="A")
    assert machine.post("/listings/bulk", {"rows": [row("A")]}).json()["created"] == 1
    theirs.refresh_from_db()
    assert theirs.title == "数控多轴操作调整工实习 24 人"


def test_a_bulk_is_bounded(machine: Machine) -> None:
    rows = [row(str(number)) for number in range(501)]
    assert "rows" in fields(machine.post("/listings/bulk", {"rows": rows}))
    assert "rows" in fields(machine.post("/listings/bulk", {"rows": []}))


def test_a_wrong_field_of_a_row_is_told_with_its_place(machine: Machine) -> None:
    response = machine.post("/listings/bulk", {"rows": [row("A"), row("B", capacity="many")]})
    assert "rows.1.capacity" in fields(response)


def test_no_name_or_kind_may_hold_what_the_database_cannot_keep(machine: Machine) -> None:
    named = machine.post("/listings/bulk", {"rows": [row("A", details={"薪\0资": "1"})]})
    assert any("details" in field for field in fields(named))
    kind = machine.post("/listings/bulk", {"rows": [row("A", kind="jo\0b")]})
    assert "rows.0.kind" in fields(kind)
