"""Placing students at posts."""

from __future__ import annotations

import dataclasses
import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.models import AuditEntry
from silian.operations.placements.choices.hosts import (
    Hazard,
)
from silian.operations.placements.choices.internships import (
    InternshipState,
)
from silian.operations.placements.commands.arranging import (
    Arranged,
    Refused,
    arrange_internship,
    arrange_many,
)
from silian.operations.placements.models import Internship
from silian.operations.placements.rules.arranging import Arranging
from silian.registers.people.models import Person
from tests.operations.placements import stage
from tests.world import TODAY, World

pytestmark = pytest.mark.django_db


def a_wish(world: World, *, student: Person | None = None, **values: Any) -> Arranging:
    school_class = stage.make_class(world)
    host = stage.make_host(world)
    facts: dict[str, Any] = {
        "person_id": (student or stage.make_student(world, school_class=school_class)).pk,
        "plan_id": stage.make_plan(world, school_class=school_class, hosts=(host,)).pk,
        "host_id": host.pk,
        "post_id": stage.make_post(world).pk,
        "starts_on": stage.STARTS,
        "ends_on": stage.ENDS,
        "teacher_id": stage.teacher_person(world).pk,
    }
    return Arranging(**{**facts, **values})


def arranged(world: World, wish: Arranging) -> Arranged | Refused:
    [answer] = arrange_many(actor=world.school.actor, wishes=[wish], on=TODAY)
    return answer


def refusal(world: World, wish: Arranging) -> str:
    answer = arranged(world, wish)
    assert isinstance(answer, Refused)
    assert not Internship.objects.filter(person_id=wish.person_id).exists()
    return answer.sentence


def test_a_lawful_wish_becomes_a_planned_internship(world: World) -> None:
    wish = a_wish(world)
    made = arrange_internship(
        actor=world.school.actor,
        person_id=wish.person_id,
        plan_id=wish.plan_id,
        host_id=wish.host_id,
        post_id=wish.post_id,
        starts_on=wish.starts_on,
        ends_on=wish.ends_on,
    )
    assert made.state == InternshipState.PLANNED
    assert (made.school_id, made.pay) == (world.school.organisation.pk, made.post.pay)
    assert made.mentor_id == made.post.mentor_id
    assert AuditEntry.objects.filter(action="placements.internship.arranged").count() == 1


def test_only_a_clerk_of_a_school_arranges(world: World) -> None:
    with pytest.raises(NotAllowed):
        arrange_many(actor=world.enterprise.actor, wishes=[a_wish(world)], on=TODAY)


def test_another_school_cannot_place_our_student(world: World) -> None:
    other = stage.make_other_school(world)
    wish = a_wish(world)
    [answer] = arrange_many(actor=other.actor, wishes=[wish], on=TODAY)
    assert isinstance(answer, Refused)
    assert "不在本校班级" in answer.sentence


def test_a_student_under_sixteen_is_refused_with_the_article(world: World) -> None:
    child = stage.make_student(world, born_on=datetime.date(2010, 3, 2))
    assert "IN-18b" in refusal(world, a_wish(world, student=child))


def test_a_minor_is_refused_a_dangerous_post(world: World) -> None:
    minor = stage.make_student(world, born_on=datetime.date(2009, 1, 1))
    post = stage.make_post(world, hazards=[Hazard.HEAVY_LIFTING])
    assert "IN-18c" in refusal(world, a_wish(world, student=minor, post_id=post.pk))


def test_a_night_shift_is_refused(world: World) -> None:
    post = stage.make_post(world, shift_starts=datetime.time(22), shift_ends=datetime.time(6))
    assert "IN-19" in refusal(world, a_wish(world, post_id=post.pk))


def test_a_warning_needs_a_reason_and_the_reason_is_kept(world: World) -> None:
    wish = a_wish(world, post_id=stage.make_post(world, pay=2_000).pk)
    assert "请写明理由" in refusal(world, wish)
    answer = arranged(world, dataclasses.replace(wish, warning_reason="试用期三个月内补足"))
    assert isinstance(answer, Arranged)
    [kept] = answer.internship.accepted_warnings.all()
    assert (kept.code, kept.reason) == ("IN-20", "试用期三个月内补足")


def test_a_second_internship_on_the_same_days_is_refused(world: World) -> None:
    wish = a_wish(world)
    assert isinstance(arranged(world, wish), Arranged)
    answer = arranged(world, wish)
    assert isinstance(answer, Refused)
    assert "已有其他实习安排" in answer.sentence


def test_the_same_student_twice_in_one_batch_is_placed_once(world: World) -> None:
    wish = a_wish(world)
    answers = arrange_many(actor=world.school.actor, wishes=[wish, wish], on=TODAY)
    assert [type(answer) for answer in answers] == [Arranged, Refused]


def test_a_post_is_never_overfilled_within_one_batch(world: World) -> None:
    post = stage.make_post(world, headcount=2)
    first = a_wish(world, post_id=post.pk)
    wishes = [first] + [
        dataclasses.replace(first, person_id=stage.make_student(world).pk) for _ in range(2)
    ]
    answers = arrange_many(actor=world.school.actor, wishes=wishes, on=TODAY)
    assert [type(answer) for answer in answers] == [Arranged, Arranged, Refused]


def test_a_host_outside_the_published_list_is_refused(world: World) -> None:
    wish = a_wish(world)
    stage.make_host(world).inspections.all().delete()
    assert "IN-04" in refusal(world, wish)


def test_days_outside_the_post_are_refused(world: World) -> None:
    post = stage.make_post(world, ends_on=datetime.date(2026, 6, 1))
    assert "可安排" in refusal(world, a_wish(world, post_id=post.pk))


def test_a_refused_single_arrangement_raises_on_the_field(world: World) -> None:
    wish = a_wish(world)
    with pytest.raises(DomainError) as refused:
        arrange_internship(
            actor=world.school.actor,
            person_id=wish.person_id,
            plan_id=wish.plan_id,
            host_id=wish.host_id,
            post_id=wish.post_id,
            starts_on=stage.ENDS,
            ends_on=stage.STARTS,
        )
    assert refused.value.field == "ends_on"


def test_queries_do_not_grow_with_the_students(world: World) -> None:
    first = a_wish(world)
    counts = []
    for number in (3, 30):
        wishes = [
            dataclasses.replace(first, person_id=stage.make_student(world).pk)
            for _ in range(number)
        ]
        with CaptureQueriesContext(connection) as seen:
            answers = arrange_many(actor=world.school.actor, wishes=wishes, on=TODAY)
        assert all(isinstance(answer, Arranged) for answer in answers)
        counts.append(len(seen))
    assert counts[0] == counts[1]
