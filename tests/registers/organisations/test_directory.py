"""The public list: who is seen, how it is found, what it costs."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.registers.organisations import rules
from silian.registers.organisations.choices import OrganisationState
from silian.registers.organisations.permissions import organisations_visible_to
from silian.registers.organisations.queries.register import DirectoryChoice, facet_counts
from tests.world import COUNTY, OTHER_CITY, World, make_organisation

URL = reverse("organisations:directory")


def many(count: int) -> None:
    for number in range(count):
        name = f"示例企业{number:03}"
        make_organisation(name=name, kind="enterprise", name_pinyin=rules.pinyin_of(name))


def queries_of(world: World) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert world.rival.client.get(URL).status_code == 200
    return len(captured)


def test_the_list_costs_the_same_with_three_rows_and_with_thirty(world: World) -> None:
    world.rival.client.get(URL)
    many(3)
    few = queries_of(world)
    many(27)
    assert queries_of(world) == few


@pytest.mark.parametrize("state", ["registered", "submitted", "rejected"])
def test_what_is_not_verified_is_hidden_from_strangers(world: World, state: str) -> None:
    hidden = make_organisation(
        name="未核验企业", kind="enterprise", state=state, rejection_reason="x"
    )
    for name, seen in (("anonymous", False), ("rival", False), ("reviewer", True)):
        actor = world.people[name].actor
        assert organisations_visible_to(actor).filter(pk=hidden.pk).exists() is seen
    assert world.rival.client.get(hidden.get_absolute_url()).status_code == 404


def test_an_official_of_another_region_does_not_see_it_either(world: World) -> None:
    hidden = make_organisation(
        name="外市企业", kind="enterprise", state="submitted", division_id=OTHER_CITY
    )
    assert hidden not in organisations_visible_to(world.reviewer.actor)


def test_closed_organisations_stay_readable_with_what_became_of_them(world: World) -> None:
    firm = world.enterprise.organisation
    gone = make_organisation(
        name="旧企业",
        kind="enterprise",
        state=OrganisationState.MERGED,
        merged_into=firm,
        verified_at="2025-01-01T00:00+08:00",
    )
    page = world.rival.client.get(gone.get_absolute_url()).content.decode()
    assert "已并入" in page
    assert firm.name in page


def test_facets_count_under_the_other_conditions(world: World) -> None:
    counts = facet_counts(
        organisations_visible_to(Actor()), choice=DirectoryChoice(kinds=["enterprise"])
    )
    assert counts["kind"]["school"] == 1
    assert counts["division"] == {COUNTY: 2}


@pytest.mark.parametrize("query", ["示例企业", "slqy", "shiliqiye", "示例 企业001"])
def test_names_are_found_by_word_pinyin_and_initials(world: World, query: str) -> None:
    many(3)
    page = world.rival.client.get(URL, {"q": query}).content.decode()
    assert "示例企业001" in page
    assert "启衡" not in page


@pytest.mark.parametrize("query", ["\x00", "%", "'", "x" * 500, "🀄"])
def test_odd_words_find_nothing_and_break_nothing(world: World, query: str) -> None:
    assert (
        world.rival.client.get(URL, {"q": query, "division": "abc", "kind": "x"}).status_code == 200
    )


def test_an_upper_module_shows_something_on_the_page(world: World) -> None:
    socket = sockets.panels["organisation.detail"]
    before = list(socket._plugs)
    socket.plug(
        lambda actor, subject: sockets.Panel(
            template="organisations/_register_link.html", context={}
        )
    )
    try:
        page = world.rival.client.get(world.enterprise.organisation.get_absolute_url())
        assert "单位第一次使用" in page.content.decode()
    finally:
        socket._plugs[:] = before


def test_contact_data_are_not_public(world: World) -> None:
    firm = world.enterprise.organisation
    firm.contact_phone = "0870-5550123"
    firm.save()
    assert "0870-5550123" not in world.rival.client.get(firm.get_absolute_url()).content.decode()
    own = world.enterprise.client.get(reverse("organisations:profile")).content.decode()
    assert "0870-5550123" in own
