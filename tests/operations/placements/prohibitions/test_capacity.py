"""A host's places are counted over all schools, and two schools at once do not overfill them."""

from __future__ import annotations

import datetime
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction

from silian.operations.placements.choices.hosts import (
    Severity,
)
from silian.operations.placements.choices.internships import (
    InternshipState,
)
from silian.operations.placements.commands.capacity import lock_host
from silian.operations.placements.models import Host, Internship, InternshipPost
from silian.operations.placements.queries.capacity import room_of
from silian.operations.placements.rules.prohibitions.numbers_of_interns import peak
from silian.registers.organisations.choices import OrganisationKind
from tests.operations.placements import stage
from tests.world import World, make_organisation

SPRING = (datetime.date(2026, 3, 1), datetime.date(2026, 9, 1))
HUNAN = "430100"


def room(post: InternshipPost, **days: Any) -> Any:
    starts_on, ends_on = days.get("days", SPRING)
    return room_of(
        organisation_id=post.organisation_id, post_ids=[post.pk],
        starts_on=starts_on, ends_on=ends_on,
    )  # fmt: skip


@pytest.mark.django_db
def test_interns_of_two_schools_are_counted_together(world: World) -> None:
    post = stage.make_post(world)
    stage.make_internship(world, post=post)
    other = make_organisation(name="青澜工业职业学院（演示）", kind=OrganisationKind.SCHOOL)
    second = stage.make_internship(world, post=post, student=stage.make_student(world))
    Internship.objects.filter(pk=second.pk).update(school=other)
    assert room(post).interns == 2
    assert room(post).posts[post.pk].placed == 2


@pytest.mark.django_db
def test_days_that_do_not_meet_are_not_added_up(world: World) -> None:
    post = stage.make_post(world)
    stage.make_internship(world, post=post, ends_on=datetime.date(2026, 5, 1))
    stage.make_internship(
        world, post=post, student=stage.make_student(world), starts_on=datetime.date(2026, 5, 1)
    )
    assert room(post).interns == 1


@pytest.mark.django_db
def test_cancelled_internships_free_their_place(world: World) -> None:
    post = stage.make_post(world)
    stage.make_internship(world, post=post, state=InternshipState.CANCELLED)
    assert room(post).interns == 0


@pytest.mark.django_db
def test_headcount_is_a_hard_limit(world: World) -> None:
    post = stage.make_post(world, headcount=1)
    assert room(post).refusal(wanted={post.pk: 1}) is None
    stage.make_internship(world, post=post)
    assert "还可安排 0 人" in (room(post).refusal(wanted={post.pk: 1}) or "")


@pytest.mark.django_db
def test_too_many_interns_warn_and_are_refused_where_the_region_says_so(world: World) -> None:
    stage.make_host(world, staff=10)
    post = stage.make_post(world, staff_in_post=5)
    stage.make_internship(world, post=post)
    found = room(post).findings(wanted={post.pk: 1})
    assert [each.severity for each in found] == [Severity.WARN, Severity.WARN]
    assert "多 1 人" in found[0].sentence
    from silian.foundation.reference.models import Division

    Division.objects.create(code=HUNAN, name="长沙市", level=2, path=["430000", HUNAN])
    InternshipPost.objects.filter(pk=post.pk).update(division_id=HUNAN)
    found = room(post).findings(wanted={post.pk: 1})
    assert [each.severity for each in found] == [Severity.BLOCK, Severity.BLOCK]


@pytest.mark.django_db
def test_an_organisation_that_declared_nothing_is_told_to(world: World) -> None:
    post = stage.make_post(world)
    assert "没有申报在岗职工" in room(post).findings(wanted={post.pk: 1})[0].sentence


def test_the_peak_is_the_fullest_day() -> None:
    assert peak([(1, 5), (5, 9)]) == 1
    assert peak([(1, 6), (5, 9), (5, 6)]) == 3
    assert peak([]) == 0


@pytest.mark.django_db(transaction=True)
def test_two_schools_at_once_do_not_take_the_last_place_twice() -> None:
    """Twelve threads of two schools want the three places of one post; three get them.

    Every third thread asks nobody first: the data base holds the number too.
    """
    from tests.world import make_world

    world = make_world()
    post = stage.make_post(world, headcount=3)
    host = stage.make_host(world)
    other = make_organisation(name="青澜工业职业学院（演示）", kind=OrganisationKind.SCHOOL)
    second = Host.objects.create(school=other, organisation=host.organisation, is_demo=True)
    school_class = stage.make_class(world)
    plan = stage.make_plan(world, school_class=school_class, hosts=(host,))
    students = [stage.make_student(world, name=f"演示学生{n}") for n in range(12)]
    ready = Barrier(len(students))

    def place(number: int) -> bool:
        from_host = (host, second)[number % 2]
        ready.wait(timeout=20)
        try:
            with transaction.atomic():
                if number % 3:
                    lock_host(organisation_id=host.organisation_id)
                    if room(post).refusal(wanted={post.pk: 1}):
                        return False
                Internship.objects.create(
                    school=from_host.school, person=students[number], school_class=school_class,
                    plan=plan, host=from_host, organisation=host.organisation, post=post,
                    division_id=post.division_id, kind=plan.kind, starts_on=SPRING[0],
                    ends_on=SPRING[1], pay=post.pay,
                )  # fmt: skip
            return True
        except IntegrityError:
            return False
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=len(students)) as pool:
        placed = list(pool.map(place, range(len(students))))
    assert sum(placed) == 3
    assert Internship.objects.filter(post=post).count() == 3
