"""Classes and their members on a day; what other modules ask about a student."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from silian.registers.programmes.choices import MemberState
from silian.registers.programmes.models.classes import ClassMember, Cohort, SchoolClass

SEATED = (MemberState.STUDYING, MemberState.ON_LEAVE)


def classes_of_school(*, school_id: int, on: datetime.date) -> QuerySet[SchoolClass]:
    """Classes whose cohort is at the school on the day, newest cohort first (在校班级)."""
    return (
        SchoolClass.objects.filter(
            cohort__programme__school_id=school_id,
            cohort__starts_on__lte=on,
            cohort__ends_on__gt=on,
        )
        .select_related("cohort__programme__major", "head_teacher")
        .order_by("-cohort__year", "name", "pk")
    )


def members_of(*, school_class_ids: Iterable[int], on: datetime.date) -> QuerySet[ClassMember]:
    """Who sits in the classes on the day, by student number (班级学生)."""
    return (
        ClassMember.objects.in_force(on=on)
        .filter(school_class_id__in=school_class_ids, state__in=SEATED)
        .select_related("person", "school_class__cohort__programme__major")
        .order_by("school_class_id", "number", "pk")
    )


def class_of(*, person_id: int, on: datetime.date) -> ClassMember | None:
    """The seat of a student on the day, with class, cohort, programme and major (所在班级)."""
    return seats_of(person_ids=[person_id], on=on).get(person_id)


def seats_of(*, person_ids: Iterable[int], on: datetime.date) -> dict[int, ClassMember]:
    """The seats of many students at once, by person; one query."""
    rows = (
        ClassMember.objects.in_force(on=on)
        .filter(person_id__in=list(person_ids), state__in=SEATED)
        .select_related(
            "person", "school_class__cohort__programme__major", "school_class__head_teacher"
        )
        .order_by("starts_on", "pk")
    )
    return {row.person_id: row for row in rows}


def year_of_study(*, person_id: int, on: datetime.date) -> int | None:
    """In which year of study the student is on the day, 1 for the first (年级).

    Basis: 《职业学校学生实习管理规定》第十六条（一） asks for it.
    """
    seat = class_of(person_id=person_id, on=on)
    return None if seat is None else seat.school_class.cohort.year_of_study(on=on)


def years_of_study(*, person_ids: Iterable[int], on: datetime.date) -> dict[int, int]:
    """The years of study of many students at once, by person; one query."""
    seats = seats_of(person_ids=person_ids, on=on)
    return {key: seat.school_class.cohort.year_of_study(on=on) for key, seat in seats.items()}


def cohorts_at_school(*, on: datetime.date) -> QuerySet[Cohort]:
    """Cohorts that have begun and not yet graduated on the day (在校年级)."""
    return Cohort.objects.filter(starts_on__lte=on).filter(Q(ends_on__gt=on))
