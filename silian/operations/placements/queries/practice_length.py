"""Practice of applied undergraduates over all stays, cohort by cohort (N62)."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from silian.foundation.kernel.actors import Actor
from silian.operations.placements.queries.term_length import (
    PracticeTime,
    practice_days,
    required_days,
)
from silian.registers.programmes.models import ClassMember, Cohort
from silian.registers.programmes.permissions.programmes import programmes_watched_by


@dataclass(kw_only=True)
class CohortLength:
    """One cohort against the days asked (年级实习时间)."""

    cohort: Cohort
    required: int | None
    times: list[PracticeTime] = field(default_factory=list)

    @property
    def pk(self) -> int:
        return self.cohort.pk

    @property
    def students(self) -> int:
        return len(self.times)

    @property
    def met(self) -> int | None:
        """How many have practised long enough; None while the place sets no length."""
        return None if self.required is None else sum(time.missing == 0 for time in self.times)

    @property
    def short(self) -> int | None:
        return None if self.met is None else self.students - self.met

    @property
    def average(self) -> int:
        return round(sum(time.days for time in self.times) / self.students) if self.times else 0


def applied_cohorts(actor: Actor, *, on: datetime.date) -> QuerySet[Cohort]:
    """The cohorts at school of applied undergraduate programmes that the actor answers for."""
    return (
        Cohort.objects.filter(
            programme__in=programmes_watched_by(actor),
            programme__is_applied_undergraduate=True,
            starts_on__lte=on,
            ends_on__gt=on,
        )
        .select_related("programme__school")
        .order_by("programme__school__name", "programme__name", "year")
    )


def members_of(cohorts: Sequence[Cohort]) -> QuerySet[ClassMember]:
    return ClassMember.objects.filter(
        school_class__cohort__in=[cohort.pk for cohort in cohorts], ends_on=None
    )


def cohort_lengths(*, cohorts: Sequence[Cohort], on: datetime.date) -> list[CohortLength]:
    """Every cohort with the days of its students; the queries do not grow with students."""
    places = {cohort.programme.division_id for cohort in cohorts}
    required = {place: required_days(division=place, on=on) for place in places}
    people: dict[int, list[int]] = defaultdict(list)
    pairs = members_of(cohorts).values_list("school_class__cohort_id", "person_id")
    for cohort_id, person_id in pairs:
        people[cohort_id].append(person_id)
    days = practice_days(person_ids=[pk for each in people.values() for pk in each], on=on)
    return [
        CohortLength(
            cohort=cohort,
            required=(asked := required[cohort.programme.division_id]),
            times=[PracticeTime(days=days.get(pk, 0), required=asked) for pk in people[cohort.pk]],
        )
        for cohort in cohorts
    ]
