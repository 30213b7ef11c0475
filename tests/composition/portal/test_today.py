"""The first page of the workbench: what each seat finds there, and what it does not."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from silian.composition.portal.queries.home import due_soon
from silian.foundation.ui.sockets import Todo
from tests.operations.exchange.listings.stage import NOW, published
from tests.world import Person, World

pytestmark = pytest.mark.django_db


def page(person: Person, name: str = "portal:today") -> str:
    return person.client.get(reverse(name)).content.decode()


def test_a_student_sees_the_newest_posts_of_the_city(world: World) -> None:
    listing = published(world)
    shown = page(world.student)
    assert "本市最新实习和就业岗位" in shown
    assert listing.get_absolute_url() in shown


def test_a_student_is_not_led_to_pages_that_are_closed_to_students(world: World) -> None:
    shown = page(world.student)
    for name in ("organisations:member_list", "organisations:profile"):
        assert f'href="{reverse(name)}"' not in shown
    assert reverse("exchange:listing_choose_kind") not in shown
    assert reverse("exchange:listing_choose_kind") not in page(world.student, "exchange:hall")


def test_an_enterprise_keeps_its_matches_and_its_way_to_publish(world: World) -> None:
    shown = page(world.enterprise)
    assert "<h2>为您匹配</h2>" in shown
    assert reverse("exchange:listing_choose_kind") in shown
    assert "本市最新" not in shown


@pytest.mark.parametrize("seat", ["coordinator", "reviewer"])
def test_officials_see_the_figures_of_their_region(world: World, seat: str) -> None:
    published(world)
    shown = page(world.people[seat])
    for label in ("辖区在线供需", "收到应答的供需", "登记协议", "待核验单位"):
        assert label in shown
    assert "<h2>为您匹配</h2>" not in shown


@pytest.mark.parametrize(
    ("seat", "own", "of_others"),
    [
        ("system_admin", ("失败任务", "政务角色", "账号"), ("今日审计记录", "辖区在线供需")),
        ("security_admin", ("待复核角色变更", "账号"), ("今日审计记录", "失败任务")),
        ("audit_admin", ("今日审计记录", "近 7 天审计记录"), ("失败任务", "辖区在线供需")),
    ],
)
def test_administrators_see_their_own_figures(
    world: World, seat: str, own: tuple[str, ...], of_others: tuple[str, ...]
) -> None:
    shown = page(world.people[seat])
    assert all(label in shown for label in own)
    assert not any(label in shown for label in of_others)


def test_the_menu_goes_from_today_over_business_to_administration(world: World) -> None:
    shown = page(world.coordinator)
    places = [shown.index(words) for words in ("用人与合作", ">单位<", ">监管<")]
    assert places == sorted(places)
    assert ">供需对接<" not in shown


def test_only_roles_that_can_be_delegated_are_offered_to_delegate(world: World) -> None:
    way = reverse("organisations:delegate")
    assert way in page(world.enterprise, "organisations:mine")
    assert way not in page(world.student, "organisations:mine")


def test_what_ends_at_the_close_of_the_third_day_is_due_soon() -> None:
    def due(*, day: int, hour: int = 0) -> Todo:
        at = datetime.datetime(2026, 3, day, hour, tzinfo=timezone.get_default_timezone())
        return Todo(title="确认", detail="", url="/", action="确认", due_at=at)

    todos = [due(day=17), due(day=20), due(day=22), due(day=22, hour=1)]
    assert due_soon(todos, now=NOW) == 2


def test_the_hall_offers_to_answer_only_to_those_who_may(world: World) -> None:
    answer = f"{published(world).get_absolute_url()}#answer"
    assert answer in page(world.school, "exchange:hall")
    assert answer in page(world.anonymous, "exchange:hall")
    assert answer not in page(world.student, "exchange:hall")
