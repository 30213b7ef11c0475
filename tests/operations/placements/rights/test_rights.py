"""The student's page, the checklist of many, and the conduct of hosts."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.operations.placements.choices.hosts import (
    PostState,
)
from silian.operations.placements.queries import conduct
from silian.operations.placements.queries.rights import checks_of
from tests.operations.placements import stage as placements
from tests.operations.placements.complaints import stage as complaints
from tests.operations.placements.pay import stage as pay
from tests.operations.placements.rights import stage
from tests.world import TODAY, World

pytestmark = pytest.mark.django_db


def met(world: World) -> dict[str, bool | None]:
    internship = stage.intern(world)
    found = checks_of(internship_ids=[internship.pk], on=TODAY)[internship.pk]
    return {check.code: check.met for check in found}


def test_the_checklist_follows_the_papers_and_the_pay(world: World) -> None:
    internship = stage.intern(world)
    assert met(world) == {
        "contract": False,
        "pay": None,
        "insurance": False,
        "safety": False,
        "hours": True,
    }
    placements.with_papers(world, internship)
    pay.month(internship)
    assert met(world) == {
        "contract": True,
        "pay": False,
        "insurance": True,
        "safety": True,
        "hours": True,
    }


def test_a_post_with_night_shifts_breaks_the_right_to_rest(world: World) -> None:
    post = stage.intern(world).post
    type(post).objects.filter(pk=post.pk).update(has_overtime=True, state=PostState.OPEN)
    assert met(world)["hours"] is False


def test_checks_of_many_cost_the_same(world: World) -> None:
    keys = [
        pay.intern(world, student=placements.make_student(world, name=f"演示学生{n}")).pk
        for n in range(6)
    ]
    costs = []
    for count in (2, 6):
        with CaptureQueriesContext(connection) as found:
            checks_of(internship_ids=keys[:count], on=TODAY)
        costs.append(len(found))
    assert costs[0] == costs[1]


def test_the_page_says_what_is_owed_to_whom_and_what_is_forbidden(world: World) -> None:
    internship = placements.with_papers(world, stage.intern(world))
    pay.account(world, internship)
    pay.month(internship)
    page = world.student.client.get(reverse("placements:rights")).content.decode()
    for words in ("**** 0021", "3,200", "不能让您加班", "我要投诉", "12333"):
        assert words in page
    assert pay.NUMBER not in page


def test_a_student_without_an_internship_is_told_the_way_to_complain(world: World) -> None:
    page = world.student.client.get(reverse("placements:rights"))
    assert "匿名投诉" in page.content.decode()


def test_another_students_internship_is_not_found(world: World) -> None:
    other = pay.intern(world, student=placements.make_student(world, name="演示学生乙"))
    address = f"{reverse('placements:rights')}?internship={other.pk}"
    assert world.student.client.get(address).status_code == 404


def test_the_conduct_of_a_host_is_counted_from_rows(world: World) -> None:
    internship = placements.with_papers(world, stage.intern(world))
    pay.account(world, internship)
    pay.paid(world, pay.month(internship), amount=3200)
    stage.incident(world)
    complaints.filed(world)
    found = conduct.of(organisation_id=internship.organisation_id, year=2026, on=TODAY)
    assert (found.students, found.in_post) == (1, 1)
    assert (found.months_due, found.months_on_time, found.on_time_share) == (1, 1, 100)
    assert (found.incidents, found.grave_incidents) == (1, 1)
    assert found.complaints.filed == 1
    assert found.complaints.shown["filed"] == "少于 3"
    assert found.rights["contract"] == 1


def test_small_numbers_of_complaints_are_not_told_on_the_page(world: World) -> None:
    stage.intern(world)
    complaints.filed(world)
    page = world.reviewer.client.get(reverse("placements:rights_by_host")).content.decode()
    assert "少于 3" in page
