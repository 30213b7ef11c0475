"""Reads: catalogues, organisations, listings, negotiations, demands, events, counts."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from silian.foundation.kernel.search import feed
from silian.operations.exchange.choices import ListingState, UnmetDemandState, Visibility
from silian.operations.exchange.models.unmet_demand import UnmetDemand
from tests.composition.portal.api.stage import Machine, machine_of
from tests.composition.portal.api.test_callers import told
from tests.operations.exchange.match_events.stage import announced, drafted
from tests.operations.exchange.negotiations.stage import agreed, make_listing, opened
from tests.world import CITY, COUNTY, OTHER_CITY, World


def ids(response: Any) -> list[int]:
    assert response.status_code == 200, response.content.decode()
    return [item["id"] for item in response.json()["items"]]


def test_a_catalogue_can_be_copied_page_by_page(world: World) -> None:
    machine, seen, cursor = Machine(), [], ""
    while True:
        page = machine.get("/catalogues/division/entries", {"limit": 2, "cursor": cursor}).json()
        seen += [item["key"] for item in page["items"]]
        cursor = page["next_cursor"]
        if not cursor:
            break
    assert seen == sorted(seen)
    assert {CITY, COUNTY, OTHER_CITY} <= set(seen)


def test_an_entry_is_found_by_name_and_by_key(world: World) -> None:
    found = Machine().get("/catalogues/division/entries", {"q": "曲靖"}).json()["items"]
    assert found[0]["code"] == OTHER_CITY
    entry = Machine().get(f"/catalogues/division/entries/{OTHER_CITY}").json()
    assert entry["full_name"] == "云南省 · 曲靖市"
    assert entry["changes"] == []
    told(Machine().get("/catalogues/division/entries/000000"), 404)
    told(Machine().get("/catalogues/weather/entries"), 422)


def test_the_directory_is_searched_and_read(world: World) -> None:
    machine = Machine()
    school = world.school.organisation.pk
    assert ids(machine.get("/organisations", {"kind": "school"})) == [school]
    assert ids(machine.get("/organisations", {"q": "启衡"})) == [world.enterprise.organisation.pk]
    assert ids(machine.get("/organisations", {"division": OTHER_CITY})) == []
    detail = machine.get(f"/organisations/{school}").json()
    assert detail["name"] == "青澜职业技术学院（演示）"
    assert "contact_phone" not in detail


def test_an_organisation_is_found_by_its_code(world: World) -> None:
    organisation = world.rival.organisation
    organisation.uscc = "91350100M000100Y43"
    organisation.save()
    found = Machine().get("/organisations/by-uscc/91350100m000100y43").json()
    assert found["id"] == organisation.pk
    told(Machine().get("/organisations/by-uscc/91350100M000100Y44"), 404)


def test_the_hall_is_filtered(world: World) -> None:
    intern = make_listing(by=world.enterprise)
    job = make_listing(
        by=world.rival, kind="job", title="工业机器人系统运维员，6 人", price_max=6500
    )
    feed.changed("listing", [intern.pk, job.pk])
    machine = Machine()
    assert ids(machine.get("/listings", {"kind": "job"})) == [job.pk]
    assert ids(machine.get("/listings", {"kind": ["job", "internship"]})) == [job.pk, intern.pk]
    assert ids(machine.get("/listings", {"q": "机器人"})) == [job.pk]
    assert ids(machine.get("/listings", {"q": "机器人", "sort": "relevance"})) == [job.pk]
    assert ids(machine.get("/listings", {"division": CITY})) == [job.pk, intern.pk]
    assert ids(machine.get("/listings", {"division": OTHER_CITY})) == []
    assert ids(machine.get("/listings", {"price_at_least": "6000"})) == [job.pk]
    assert ids(machine.get("/listings", {"published_since": "2026-03-16"})) == []
    assert ids(machine.get("/listings", {"side": "supply"})) == []


def test_pages_do_not_shift_when_something_new_is_published(world: World) -> None:
    made = [make_listing(by=world.enterprise).pk for _ in range(5)]
    first = Machine().get("/listings", {"limit": 2})
    make_listing(by=world.rival, published_at=timezone.now())
    second = Machine().get("/listings", {"limit": 2, "cursor": first.json()["next_cursor"]})
    third = Machine().get("/listings", {"limit": 2, "cursor": second.json()["next_cursor"]})
    assert ids(first) + ids(second) + ids(third) == made[::-1]
    assert third.json()["next_cursor"] is None


def test_a_cursor_of_another_list_is_refused(world: World) -> None:
    for _ in range(3):
        make_listing(by=world.enterprise)
    cursor = Machine().get("/listings", {"limit": 2}).json()["next_cursor"]
    for path in ("/events", "/organisations", "/catalogues/major/entries"):
        body = told(Machine().get(path, {"cursor": cursor}), 422)
        assert body["errors"][0]["field"] == "cursor"
    told(Machine().get("/listings", {"cursor": "W251bGwsMV0"}), 422)


def test_unknown_parameters_are_refused_by_name(world: World) -> None:
    body = told(Machine().get("/listings", {"divison": COUNTY}), 422)
    assert "divison" in body["detail"]
    assert "division" in body["detail"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"limit": 101}, "limit"),
        ({"kind": "weather"}, "kind"),
        ({"division": "53"}, "division"),
        ({"published_since": "昨天"}, "published_since"),
        ({"price_at_least": "1e9"}, "price_at_least"),
        ({"q": "a\x00b"}, "q"),
        ({"sort": "price"}, "sort"),
    ],
)
def test_a_senseless_value_is_refused_with_field_rule_and_cure(
    world: World, given: dict[str, Any], field: str
) -> None:
    (error, *_) = told(Machine().get("/listings", given), 422)["errors"]
    assert error["field"].split(".")[0] == field
    assert error["rule"]
    assert error["cure"].startswith("请")


def test_one_listing_is_read_with_decimal_strings(world: World) -> None:
    listing = make_listing(by=world.enterprise, price_min=3200, price_unit="元/月")
    body = Machine().get(f"/listings/{listing.pk}").json()
    assert (body["price_min"], body["price_max"]) == ("3200.00", None)
    assert body["division"] == COUNTY
    assert "external_id" not in body


def test_a_draft_is_seen_by_its_own_organisation_only(world: World) -> None:
    listing = make_listing(by=world.enterprise, state=ListingState.DRAFT, external_id="A-1")
    own, rival = machine_of(world.enterprise), machine_of(world.rival)
    assert ids(own.get("/listings/mine")) == [listing.pk]
    assert ids(own.get("/listings/mine", {"external_id": "A-1", "state": "draft"})) == [listing.pk]
    assert own.get(f"/listings/mine/{listing.pk}").json()["external_id"] == "A-1"
    assert ids(rival.get("/listings/mine")) == []
    told(rival.get(f"/listings/mine/{listing.pk}"), 404)
    told(rival.get(f"/listings/{listing.pk}"), 404)


def test_both_sides_read_their_negotiation_and_the_rival_does_not(world: World) -> None:
    deal = agreed(world)
    path = f"/negotiations/{deal.negotiation_id}"
    for side in (world.enterprise, world.school):
        body = machine_of(side).get(path).json()
        assert body["state"] == "agreed"
        assert body["deal"]["agreement_reference"] == "QL-2026-018"
    rival = machine_of(world.rival)
    told(rival.get(path), 404)
    assert ids(rival.get("/negotiations")) == []


def test_no_conversation_leaves_through_the_interface(world: World) -> None:
    negotiation = opened(world)
    text = machine_of(world.enterprise).get("/negotiations").content.decode()
    assert str(negotiation.pk) in text
    assert "40 名学生" not in text


def make_demand(world: World, **values: Any) -> UnmetDemand:
    now = timezone.now()
    facts = {
        "organisation": world.enterprise.organisation,
        "kind": "training_places",
        "side": "supply",
        "title": "五轴加工中心实训工位 20 个",
        "description": "9 月培训新员工。",
        "division_id": COUNTY,
        "state": UnmetDemandState.OPEN,
        "proposed_at": now,
        "verify_due_at": now,
        "verified_at": now,
    }
    return UnmetDemand.objects.create(**{**facts, **values})


def test_only_verified_demands_are_public(world: World) -> None:
    shown = make_demand(world)
    hidden = make_demand(world, state=UnmetDemandState.PROPOSED, verified_at=None)
    machine = Machine()
    assert ids(machine.get("/unmet-demands")) == [shown.pk]
    assert ids(machine.get("/unmet-demands", {"division": CITY})) == [shown.pk]
    assert ids(machine.get("/unmet-demands", {"division": OTHER_CITY})) == []
    assert machine.get(f"/unmet-demands/{shown.pk}").json()["offers"] == 0
    told(machine.get(f"/unmet-demands/{hidden.pk}"), 404)


def test_announced_events_are_public_and_drafts_are_not(world: World) -> None:
    shown, hidden = announced(world), drafted(world)
    machine = Machine()
    assert ids(machine.get("/events")) == [shown.pk]
    assert ids(machine.get("/events", {"theme": "research"})) == []
    assert ids(machine.get("/events", {"division": CITY, "starts_from": "2026-04-01"})) == [
        shown.pk
    ]
    told(machine.get(f"/events/{hidden.pk}"), 404)


def test_figures_count_what_everybody_may_read(world: World) -> None:
    make_listing(by=world.enterprise)
    make_listing(by=world.enterprise, visibility=Visibility.MEMBERS)
    for by, code in (("kind", "internship"), ("division", COUNTY), ("month", "2026-03")):
        body = Machine().get("/figures/listings", {"by": by}).json()
        (line,) = body["items"]
        assert (line["code"], line["demand"], line["supply"], line["capacity"]) == (code, 1, 0, 24)
        assert body["unit"] == "条"
    industry = Machine().get("/figures/listings", {"by": "industry"}).json()["items"]
    assert industry[0]["label"] == "未设定"


@pytest.mark.parametrize("path", ["/listings", "/listings/mine", "/negotiations", "/organisations"])
def test_a_list_costs_the_same_with_three_rows_and_with_thirty(world: World, path: str) -> None:
    machine = machine_of(world.enterprise)
    machine.get(path)  # the first use is noted

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert machine.get(path, {"limit": 100}).status_code == 200
        return len(captured)

    for _ in range(3):
        opened(world)
    few = cost()
    for _ in range(27):
        opened(world)
    assert cost() == few
