"""Programmes as other modules and pages ask for them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db.models import QuerySet

from silian.foundation.reference.models import Major
from silian.registers.programmes.choices import ProgrammeStage
from silian.registers.programmes.models.programmes import Programme
from silian.registers.programmes.queries.classes import class_of, seats_of

TEACHING_STAGES = (ProgrammeStage.RUNNING, ProgrammeStage.PAUSED)


def major_of(*, person_id: int, on: datetime.date) -> Major | None:
    """What the student studies on the day (所学专业)."""
    seat = class_of(person_id=person_id, on=on)
    return None if seat is None else seat.school_class.cohort.programme.major


def majors_of(*, person_ids: Iterable[int], on: datetime.date) -> dict[int, Major]:
    """What many students study, by person; one query."""
    seats = seats_of(person_ids=person_ids, on=on)
    return {key: seat.school_class.cohort.programme.major for key, seat in seats.items()}


def programmes_of_school(*, school_id: int) -> QuerySet[Programme]:
    """The programmes of a school that still teach, by name (在办专业)."""
    return (
        Programme.objects.filter(school_id=school_id, stage__in=TEACHING_STAGES)
        .select_related("major", "school")
        .order_by("name", "pk")
    )
