"""No path puts a student where age, sex or the clock forbid it: not even direct SQL."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from silian.casework.agreements.choices import AgreementState
from silian.casework.agreements.models import Agreement
from silian.operations.placements.choices.internships import (
    InternshipKind,
    InternshipState,
)
from silian.operations.placements.gateways.legal_limits import limits_of
from silian.operations.placements.models import Internship, InternshipPost, PostPeriod
from silian.operations.placements.rules.prohibitions.students import GRADES
from silian.registers.people.choices import Sex
from silian.registers.people.models import Person
from tests.operations.placements import stage
from tests.world import TODAY, World

pytestmark = pytest.mark.django_db
CHILD, MINOR = datetime.date(2011, 1, 1), datetime.date(2009, 6, 1)
NOW_COLUMN = "now()"


@contextmanager
def refused(constraint: str) -> Iterator[None]:
    """The statement fails, and the data base says by which constraint."""
    with pytest.raises(IntegrityError) as failure, transaction.atomic():
        yield
    assert failure.value.__cause__.diag.constraint_name == constraint


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def copied(internship: Internship, **changes: Any) -> None:
    """Insert a copy of a row by SQL, with some columns changed, months after the original."""
    columns = [field.column for field in Internship._meta.concrete_fields if not field.primary_key]
    values = {column: getattr(internship, column) for column in columns}
    later = {"starts_on": datetime.date(2027, 1, 1), "ends_on": datetime.date(2027, 6, 1)}
    values |= {**later, **changes}
    names, marks = ", ".join(columns), ", ".join(["%s"] * len(columns))
    sql(f"INSERT INTO placements_internship ({names}) VALUES ({marks})", *values.values())


def test_a_child_under_sixteen_cannot_be_inserted(world: World) -> None:
    internship = stage.make_internship(world)
    child = stage.make_person(name="演示儿童", born_on=CHILD, sex=Sex.MALE)
    with refused("internship_fits"):
        copied(internship, person_id=child.pk, starts_on=datetime.date(2026, 12, 31))
    copied(internship, person_id=child.pk, starts_on=datetime.date(2027, 1, 1))


def test_watching_is_open_to_younger_students(world: World) -> None:
    internship = stage.make_internship(world)
    child = stage.make_person(name="演示儿童", born_on=datetime.date(2013, 1, 1), sex=Sex.MALE)
    copied(internship, person_id=child.pk, kind=InternshipKind.OBSERVATION)


@pytest.mark.parametrize("hazard", ["dust", "toxic", "height", "heavy_lifting"])
def test_a_minor_cannot_be_inserted_at_a_forbidden_post(world: World, hazard: str) -> None:
    internship = stage.make_internship(world)
    post = stage.make_post(world, hazards=[hazard])
    minor = stage.make_person(name="演示少年", born_on=datetime.date(2010, 6, 1), sex=Sex.MALE)
    with refused("internship_fits"):
        copied(internship, person_id=minor.pk, post_id=post.pk)
    copied(internship, person_id=minor.pk)


def test_a_woman_cannot_be_updated_to_a_forbidden_post(world: World) -> None:
    woman = stage.make_student(world, sex=Sex.FEMALE)
    internship = stage.make_internship(world, student=woman)
    heavy = stage.make_post(world, lift_kg=Decimal("25.5"))
    with refused("internship_fits"):
        sql("UPDATE placements_internship SET post_id = %s WHERE id = %s", heavy.pk, internship.pk)
    often = stage.make_post(world, lift_kg=Decimal(21), lifts_per_hour=6)
    with refused("internship_fits"):
        sql("UPDATE placements_internship SET post_id = %s WHERE id = %s", often.pk, internship.pk)


def test_nobody_is_put_at_labour_too_heavy(world: World) -> None:
    internship = stage.make_internship(world)
    heavy = stage.make_post(world, intensity=3)
    with refused("internship_fits"):
        Internship.objects.filter(pk=internship.pk).update(post=heavy)


def test_an_earlier_start_cannot_make_the_student_too_young(world: World) -> None:
    minor = stage.make_student(world, born_on=datetime.date(2010, 3, 1))
    internship = stage.make_internship(world, student=minor)
    with refused("internship_fits"):
        Internship.objects.filter(pk=internship.pk).update(starts_on=datetime.date(2026, 2, 28))


def test_a_cancelled_row_cannot_come_back_to_life_unlawfully(world: World) -> None:
    minor = stage.make_student(world, born_on=MINOR)
    dusty = stage.make_post(world, hazards=["dust"])
    gone = stage.make_internship(world, student=minor, post=dusty, state=InternshipState.CANCELLED)
    with refused("internship_fits"):
        Internship.objects.filter(pk=gone.pk).update(state=InternshipState.PLANNED)


@pytest.mark.parametrize(
    "facts", [{"hazards": ["dust"]}, {"lift_kg": Decimal(26)}, {"intensity": 3}]
)
def test_a_post_cannot_become_forbidden_under_those_who_are_there(
    world: World, facts: dict[str, Any]
) -> None:
    minor = stage.make_student(world, born_on=MINOR)
    internship = stage.make_internship(world, student=minor)
    with refused("internship_fits"):
        InternshipPost.objects.filter(pk=internship.post_id).update(**facts)
    Internship.objects.filter(pk=internship.pk).update(
        state=InternshipState.CANCELLED, end_reason="学生升学"
    )
    InternshipPost.objects.filter(pk=internship.post_id).update(**facts)


def test_a_person_cannot_become_a_minor_or_a_woman_where_that_is_forbidden(world: World) -> None:
    post = stage.make_post(world, hazards=["dust"], lift_kg=Decimal(26))
    internship = stage.make_internship(world, post=post)
    with refused("internship_fits"):
        Person.objects.filter(pk=internship.person_id).update(born_on=MINOR)
    with refused("internship_fits"):
        sql("UPDATE people_person SET sex = 'female' WHERE id = %s", internship.person_id)
    with refused("internship_fits"):
        sql("UPDATE people_person SET born_on = NULL WHERE id = %s", internship.person_id)


def test_a_student_who_came_of_age_may_move_to_a_post_for_adults(world: World) -> None:
    grown = stage.make_student(world, born_on=datetime.date(2008, 3, 10))
    internship = stage.in_post(world, student=grown)
    dusty = stage.make_post(world, hazards=["dust"])
    PostPeriod.objects.filter(internship=internship).update(ends_on=TODAY)
    PostPeriod.objects.create(internship=internship, post=dusty, starts_on=TODAY)
    Internship.objects.filter(pk=internship.pk).update(post=dusty)


def test_a_start_cannot_be_dated_back(world: World) -> None:
    internship = stage.make_internship(world, state=InternshipState.PREPARING, is_demo=False)
    stage.make_agreement_row(internship)
    rows = Internship.objects.filter(pk=internship.pk)
    yesterday = TODAY - datetime.timedelta(days=1)
    with refused("internship_not_back_dated"):
        rows.update(state=InternshipState.IN_POST, started_on=yesterday)
    with refused("internship_not_back_dated"):
        rows.update(state=InternshipState.IN_POST)
    rows.update(state=InternshipState.IN_POST, started_on=TODAY)
    with refused("internship_not_back_dated"):
        rows.update(started_on=yesterday)
    with refused("internship_not_back_dated"):
        copied(
            internship, state="in_post", started_on=datetime.date(2026, 2, 1),
            starts_on=datetime.date(2025, 9, 1), ends_on=datetime.date(2026, 2, 20),
        )  # fmt: skip


def committed() -> None:
    """Check now what the data base checks when a transaction ends."""
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql("SET CONSTRAINTS ALL DEFERRED")


START = "UPDATE placements_internship SET state = 'in_post', started_on = %s WHERE id = %s"


def test_nobody_is_in_post_without_an_agreement_in_force_for_all_days(world: World) -> None:
    internship = stage.make_internship(world, state=InternshipState.PREPARING, is_demo=False)
    with refused("internship_start_is_signed"):
        sql(START, TODAY, internship.pk)
        committed()
    agreement = stage.make_agreement_row(internship)
    rows = Agreement.objects.filter(pk=agreement.pk)
    early = internship.ends_on - datetime.timedelta(days=1)
    for lacking in ({"state": AgreementState.SUSPENDED}, {"ends_on": early}):
        kept = {name: getattr(agreement, name) for name in lacking}
        rows.update(**lacking)
        with refused("internship_start_is_signed"):
            sql(START, TODAY, internship.pk)
            committed()
        rows.update(**kept)
    sql(START, TODAY, internship.pk)
    committed()


def test_watching_asks_no_agreement(world: World) -> None:
    internship = stage.make_internship(world, state=InternshipState.PREPARING, is_demo=False)
    Internship.objects.filter(pk=internship.pk).update(kind=InternshipKind.OBSERVATION)
    sql(START, TODAY, internship.pk)
    committed()


def test_a_full_post_takes_nobody_on_a_taken_day(world: World) -> None:
    post = stage.make_post(world, headcount=2)
    days = [(datetime.date(2026, month, 1), datetime.date(2026, month + 2, 1)) for month in (3, 5)]
    for starts_on, ends_on in days:
        stage.make_internship(
            world, post=post, student=stage.make_student(world), starts_on=starts_on,
            ends_on=ends_on,
        )  # fmt: skip
    half = {"starts_on": days[0][0], "ends_on": days[1][1], "post_id": post.pk}
    other = stage.make_internship(world, student=stage.make_student(world, name="演示学生乙"))
    copied(other, person_id=stage.make_student(world, name="演示学生丙").pk, **half)
    late = stage.make_student(world, name="演示学生丁").pk
    with refused("internship_finds_room"):
        copied(other, person_id=late, **half)
    with refused("internship_finds_room"):
        sql("UPDATE placements_internship SET post_id = %s WHERE id = %s", post.pk, other.pk)
    copied(other, person_id=late, **{**half, "state": "cancelled", "end_reason": "学生升学"})
    with refused("internship_finds_room"):
        sql("UPDATE placements_internship SET state = 'planned' WHERE person_id = %s", late)
    with refused("internship_finds_room"):
        sql("UPDATE placements_internshippost SET headcount = 1 WHERE id = %s", post.pk)


BOUNDS = ("least_age", "adult_age", "lift_times", "lift_kg_repeated", "lift_kg_single")


@pytest.mark.parametrize("day", [TODAY, datetime.date(2022, 1, 1), datetime.date(2035, 1, 1)])
def test_the_bounds_in_the_data_base_are_those_of_the_rulebook(day: datetime.date) -> None:
    limits = limits_of(division="000000", on=day)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, number FROM placements_bounds(%s)", [day])
        held = dict(cursor.fetchall())
        cursor.execute("SELECT placements_minors_hazards(), placements_women_hazards()")
        minors, women = cursor.fetchone()
    expected = {name: limits.value(name) for name in BOUNDS}
    expected["heaviest_labour"] = GRADES[limits.of("heaviest_labour").text]
    assert held == expected
    assert set(minors) == set(limits.keys("minors_hazards"))
    assert set(women) == set(limits.keys("women_hazards"))
