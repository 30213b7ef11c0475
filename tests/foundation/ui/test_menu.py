"""The side menu: headings fold and remember, and all numbers cost one question."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.foundation.ui.counting import counted_together
from silian.foundation.ui.frame import Frame
from silian.foundation.ui.menu import (
    FOLDED_COOKIE,
    SHORT_MENU,
    MenuSection,
    remembered_folds,
    section_key,
)
from tests.world import World

pytestmark = pytest.mark.django_db
GUIDE = "/ui/style-guide/"
READERS = ("coordinator", "leader", "reviewer", "supervisor", "security_admin", "audit_admin")


@pytest.fixture
def navigation(monkeypatch: pytest.MonkeyPatch) -> sockets.Socket[sockets.NavigationItem]:
    socket: sockets.Socket[sockets.NavigationItem] = sockets.Socket()
    monkeypatch.setattr(sockets, "navigation", socket)
    return socket


def item(section: str, url_name: str = "account_login", count: Any = None) -> Any:
    return sockets.NavigationItem(
        section=section,
        label="样例",
        url_name=url_name,
        icon="house",
        visible=lambda actor: True,
        count=count,
    )


def sections(path: str = "/", folded: str = "") -> dict[str, MenuSection]:
    request = RequestFactory().get(path)
    request.COOKIES[FOLDED_COOKIE] = folded
    return {each.name: each for each in Frame(request=request, actor=Actor()).sections}


def long_menu(navigation: sockets.Socket[sockets.NavigationItem]) -> None:
    for section in ("甲", "乙"):
        for _ in range(SHORT_MENU):
            navigation.plug(item(section, count=lambda actor: 1))
    navigation.plug(item("丙", "ui:style_guide"))


def test_a_short_menu_is_open(navigation: sockets.Socket[sockets.NavigationItem]) -> None:
    navigation.plug(item("甲"))
    assert sections()["甲"].is_open


def test_a_long_menu_opens_only_where_the_reader_is(
    navigation: sockets.Socket[sockets.NavigationItem],
) -> None:
    long_menu(navigation)
    assert [each.is_open for each in sections(GUIDE).values()] == [False, False, True]


def test_a_folded_heading_still_shows_its_work(
    navigation: sockets.Socket[sockets.NavigationItem],
) -> None:
    long_menu(navigation)
    assert sections()["甲"].waiting == SHORT_MENU


def test_what_was_opened_and_folded_by_hand_is_remembered(
    navigation: sockets.Socket[sockets.NavigationItem],
) -> None:
    long_menu(navigation)
    folded = f"{section_key('甲')}:1.{section_key('丙')}:0"
    found = sections(folded=folded)
    assert (found["甲"].is_open, found["乙"].is_open, found["丙"].is_open) == (True, False, False)
    assert sections(GUIDE, folded)["丙"].is_open  # the reader stands in it


@pytest.mark.parametrize("text", ["", ".", "x", "0a:2", ":::", "a:1:0"])
def test_a_spoilt_memory_is_forgotten(text: str) -> None:
    assert remembered_folds(text) == {}


def people(count: int) -> Any:
    model = get_user_model()
    model.objects.bulk_create(model(username=f"menu-{place}") for place in range(count))
    return model.objects.filter(username__startswith="menu-")


def test_all_numbers_are_one_question() -> None:
    rows = people(5)
    answers = [
        rows,
        rows.order_by("-username"),
        rows[:2],
        rows.none(),
        rows.filter(pk__in=[]),
        3,
        [rows, rows.filter(username="menu-1"), 4],
        [],
    ]
    with CaptureQueriesContext(connection) as queries:
        assert counted_together(answers) == [5, 5, 2, 0, 0, 3, 10, 0]
    assert len(queries) == 1


def test_numbers_known_before_ask_nothing() -> None:
    with CaptureQueriesContext(connection) as queries:
        assert counted_together([1, [2, 3]]) == [1, 5]
        assert counted_together([]) == []
    assert len(queries) == 0


def test_the_numbers_of_a_whole_menu_are_one_question(
    navigation: sockets.Socket[sockets.NavigationItem],
) -> None:
    rows = people(3)
    for _ in range(20):
        navigation.plug(item("甲", count=lambda actor: rows))
    with CaptureQueriesContext(connection) as queries:
        assert sections()["甲"].waiting == 60
    assert len(queries) == 1


def test_the_menu_of_every_seat_is_drawn_with_headings_that_fold(world: World) -> None:
    for name in ("coordinator", "leader", "enterprise", "school", "student"):
        html = world.people[name].client.get(reverse("kernel:job_list")).content.decode()
        assert html.count('<details class="sl-side-fold"') % 2 == 0  # the side and the phone
        assert html.count("sl-side-fold") >= 2, name


def test_the_frame_of_a_coordinator_costs_few_questions(world: World) -> None:
    url = reverse("kernel:job_list")
    world.coordinator.client.get(url)
    with CaptureQueriesContext(connection) as queries:
        Frame(request=RequestFactory().get(url), actor=world.coordinator.actor).sections  # noqa: B018
    assert len(queries) <= 25


def test_the_day_of_every_seat_opens(world: World) -> None:
    """Numbers of the menu are lists now: nobody may print one where a number is meant."""
    for name in (*READERS, "enterprise", "school", "student", "mentor", "system_admin"):
        if name in world.people:
            assert world.people[name].client.get("/today/", follow=True).status_code == 200, name
