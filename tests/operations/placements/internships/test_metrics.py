"""How internships are counted."""

from __future__ import annotations

import datetime

import pytest
from django.db.models import F

from silian.casework.metrics.registry import Scope
from silian.foundation.kernel.periods import Period
from silian.operations.placements.choices.internships import (
    ConsentGiver,
    ConsentState,
    InternshipKind,
)
from silian.operations.placements.metrics import internships
from silian.operations.placements.metrics.internships import (
    applied_students,
    in_post_on,
    lawful_on,
    matched_on,
)
from silian.operations.placements.queries.term_length import PracticeTime, practice_days
from tests.operations.placements import stage
from tests.world import CITY, TODAY, World

pytestmark = pytest.mark.django_db


def scope(day: datetime.date = TODAY) -> Scope:
    return Scope(period=Period(day, day + datetime.timedelta(days=1)), as_of=day, division=CITY)


def test_who_works_on_the_day_is_counted_also_later(world: World) -> None:
    stage.in_post(world)
    stage.make_internship(world)
    assert in_post_on(scope()).count() == 1
    assert in_post_on(scope(stage.ENDS)).count() == 0
    assert in_post_on(scope(stage.STARTS - datetime.timedelta(days=1))).count() == 0


def test_without_a_guardians_consent_it_is_not_lawful(world: World) -> None:
    internship = stage.in_post(world)
    [row] = lawful_on(scope())
    assert row.has_agreement
    assert row.guardian_agrees
    internship.consents.filter(giver=ConsentGiver.GUARDIAN).update(state=ConsentState.REFUSED)
    [row] = lawful_on(scope())
    assert not row.guardian_agrees


def test_a_post_of_another_major_class_is_no_match(world: World) -> None:
    internship = stage.in_post(world)
    assert matched_on(scope()).filter(is_matched=True).count() == 1
    internship.post.major_classes = ["52"]
    internship.post.save(update_fields=["major_classes"])
    assert matched_on(scope()).filter(is_matched=True).count() == 0


def test_without_a_set_academic_year_nobody_is_measured(world: World) -> None:
    assert applied_students(scope()).count() == 0
    assert PracticeTime(days=200, required=None).missing is None


def test_with_a_set_year_students_are_measured(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    internship = stage.in_post(world)
    cohort = internship.school_class.cohort
    cohort.programme.is_applied_undergraduate = True
    cohort.programme.save(update_fields=["is_applied_undergraduate"])
    shares = []
    for days in (150, 300):
        monkeypatch.setattr(internships, "required_days", lambda days=days, **_: days)
        rows = applied_students(scope())
        shares.append(rows.filter(practised__gte=F("wanted")).count())
    assert shares == [1, 0]


def test_days_of_all_stays_are_added(world: World) -> None:
    student = stage.make_student(world)
    school_class = student.class_memberships.get().school_class
    first = stage.make_plan(
        world,
        school_class=school_class,
        kind=InternshipKind.TERM,
        starts_on=datetime.date(2026, 1, 5),
        ends_on=datetime.date(2026, 2, 4),
    )
    stage.make_internship(
        world,
        student=student,
        plan=first,
        state="finished",
        starts_on=first.starts_on,
        ends_on=first.ends_on,
    )
    stage.in_post(world, student=student, starts_on=stage.STARTS, ends_on=stage.ENDS)
    assert practice_days(person_ids=[student.pk], on=TODAY) == {student.pk: 30 + 184}
