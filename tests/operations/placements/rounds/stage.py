"""Rounds as tests set them up: a second-year class, two hosts, posts, a plan."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from silian.operations.placements.choices.rounds import (
    PriorityBasis,
)
from silian.operations.placements.commands import round_solving, rounds
from silian.operations.placements.models import (
    InternshipPlan,
    InternshipPost,
    Round,
    RoundPost,
    RoundRun,
    RoundStudent,
    Wish,
)
from silian.operations.placements.rules.rounds import RoundPlan, ScoreLine
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.people.models import Person
from tests.operations.placements.stage import (
    NOW,
    make_class,
    make_host,
    make_plan,
    make_post,
    make_student,
)
from tests.world import World, make_member, make_organisation

STARTS, ENDS = datetime.date(2026, 7, 1), datetime.date(2026, 12, 31)
DAY = datetime.timedelta(days=1)
CLOSED = NOW + 8 * DAY
RANKED = NOW + 11 * DAY


def make_second_year_plan(world: World, **values: Any) -> InternshipPlan:
    """A plan of the class of 2024 for the second half of the year, with both hosts."""
    school_class = make_class(world, name="数控 2401", year=2024)
    hosts = make_host(world), make_host(world, organisation=world.rival.organisation)
    facts = {"title": "2024 级数控岗位实习方案", "starts_on": STARTS, "ends_on": ENDS}
    return make_plan(world, school_class=school_class, hosts=hosts, **{**facts, **values})


def round_plan(plan: InternshipPlan, **values: Any) -> RoundPlan:
    facts: dict[str, Any] = {
        "title": "2024 级数控岗位实习志愿",
        "kind": plan.kind,
        "plan_ids": (plan.pk,),
        "starts_on": STARTS,
        "ends_on": ENDS,
        "wishes_open_at": NOW - DAY,
        "wishes_close_at": NOW + 7 * DAY,
        "ranking_closes_at": NOW + 10 * DAY,
        "most_wishes": 3,
        "basis": PriorityBasis.SCORE,
        "host_weight": 0,
        "score_name": "前三学期平均成绩",
        "group_order": ("county", "minor"),
    }
    return RoundPlan(**{**facts, **values})


def make_posts(world: World) -> list[InternshipPost]:
    """Two posts at the enterprise and one at the rival."""
    rival = world.rival.organisation
    return [
        make_post(world, title="数控操作"),
        make_post(world, title="质量检测"),
        make_post(world, organisation=rival, title="装配"),
    ]


def make_round(
    world: World, *, students: int = 4, places: tuple[int, ...] = (1, 1, 2), **values: Any
) -> Round:
    """A draft with students scored 90, 89, … and three posts."""
    plan = make_second_year_plan(world)
    school_class = make_class(world, name="数控 2401", year=2024)
    for number in range(students):
        make_student(world, school_class=school_class, name=f"演示学生{number:03d}")
    placement_round = rounds.create_round(
        actor=world.school.actor, plan=round_plan(plan, **values), now=NOW
    )
    lines = [
        ScoreLine(number=student.number, score=Decimal(90 - place))
        for place, student in enumerate(students_of(placement_round))
    ]
    rounds.set_scores(round_id=placement_round.pk, actor=world.school.actor, lines=lines)
    posts = make_posts(world)
    rounds.set_posts(
        round_id=placement_round.pk,
        actor=world.school.actor,
        places={post.pk: count for post, count in zip(posts, places, strict=True)},
    )
    return placement_round


def students_of(placement_round: Round) -> list[RoundStudent]:
    return list(placement_round.students.order_by("number"))


def posts_of(placement_round: Round) -> list[RoundPost]:
    return list(placement_round.posts.order_by("pk"))


def opened(world: World, placement_round: Round) -> Round:
    return rounds.open_wishes(round_id=placement_round.pk, actor=world.school.actor, now=NOW)


def wish(student: RoundStudent, *posts: RoundPost) -> None:
    """Wishes as handed in before the deadline."""
    Wish.objects.bulk_create(
        Wish(student=student, round_post=post, rank=rank)
        for rank, post in enumerate(posts, start=1)
    )


def closed(world: World, placement_round: Round) -> Round:
    return rounds.close_wishes(round_id=placement_round.pk, actor=world.school.actor, now=CLOSED)


def solved(world: World, placement_round: Round, **values: Any) -> RoundRun:
    """A run, computed at once instead of by the queue."""
    run = round_solving.start_run(round_id=placement_round.pk, actor=world.school.actor, **values)
    return round_solving.finish_run(run_id=run.pk)


def wished_round(world: World, **values: Any) -> Round:
    """Four students who all want the first post, then the second, then the third; closed."""
    placement_round = opened(world, make_round(world, **values))
    posts = posts_of(placement_round)
    for student in students_of(placement_round):
        wish(student, *posts)
    return closed(world, placement_round)


def seat_own_student(world: World, placement_round: Round) -> RoundStudent:
    """The world's student sits in the round as its last student."""
    student = students_of(placement_round)[-1]
    Person.objects.filter(pk=student.person_id).update(user=world.student.user)
    return RoundStudent.objects.get(pk=student.pk)


def as_twin(world: World) -> World:
    """The same world, seen from a second school with the same hosts."""
    if "twin" not in world.people:
        school = make_organisation(name="云汀职业学院（演示）", kind=OrganisationKind.SCHOOL)
        world.people["twin"] = make_member(username="twin", organisation=school, role=Role.MANAGER)
    people = {**world.people, "school": world.people["twin"]}
    return World(people=people, industry=world.industry)


def twin_round(world: World, first: Round) -> Round:
    """A round of the second school for the first post of another school's round."""
    twin = as_twin(world)
    post = posts_of(first)[0].post
    host = make_host(twin, organisation=post.organisation)
    school_class = make_class(twin, name="数控 2401", year=2024)
    plan = make_plan(twin, school_class=school_class, hosts=(host,), starts_on=STARTS, ends_on=ENDS)
    make_student(twin, school_class=school_class, name="演示学生乙")
    made = rounds.create_round(actor=twin.school.actor, plan=round_plan(plan), now=NOW)
    lines = [ScoreLine(number=item.number, score=Decimal(80)) for item in students_of(made)]
    rounds.set_scores(round_id=made.pk, actor=twin.school.actor, lines=lines)
    rounds.set_posts(round_id=made.pk, actor=twin.school.actor, places={post.pk: 1})
    opened(twin, made)
    wish(students_of(made)[0], posts_of(made)[0])
    return closed(twin, made)
