"""How long students of applied undergraduate programmes are to practise (N62)."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import DurationField, F, Sum
from django.db.models.expressions import ExpressionWrapper

from silian.operations.placements.choices.internships import (
    InternshipState,
)
from silian.operations.placements.models import Internship
from silian.operations.placements.queries.many import these
from silian.registers.policies.queries.parameters import parameter_value

YEARS_CODE, YEAR_NAME = "N62", "academic_year_months"
MONTH_NUMBER = "P18"
DAYS_A_MONTH = 365.25 / 12
COUNTED = (
    InternshipState.IN_POST,
    InternshipState.INTERRUPTED,
    InternshipState.FINISHED,
    InternshipState.ENDED_EARLY,
    InternshipState.ASSESSED,
)


def required_days(*, division: str, on: datetime.date) -> int | None:
    """The days of practice that the place asks of each student; None when it sets none (未设定).

    The number of years is law; the months of an academic year must be set, never guessed.
    """
    years = parameter_value(code=YEARS_CODE, division=division, on=on)
    months = parameter_value(code=MONTH_NUMBER, name=YEAR_NAME, division=division, on=on)
    if years is None or months is None or years.value is None or months.value is None:
        return None
    return math.ceil(float(years.value) * float(months.value) * DAYS_A_MONTH)


@dataclass(frozen=True, kw_only=True)
class PracticeTime:
    """The days of one student over all stays, against what is asked (实习时间累计)."""

    days: int
    required: int | None

    @property
    def missing(self) -> int | None:
        """How many days are still to come; None while nothing is asked."""
        return None if self.required is None else max(self.required - self.days, 0)


def practice_days(*, person_ids: Iterable[int], on: datetime.date) -> dict[int, int]:
    """The days of all stays of each student up to the day; one query (累计实习天数)."""
    length = ExpressionWrapper(F("ends_on") - F("starts_on"), output_field=DurationField())
    rows = (
        Internship.objects.filter(
            person_id__in=these(person_ids), state__in=COUNTED, starts_on__lte=on
        )
        .order_by()
        .values("person_id")
        .annotate(days=Sum(length))
    )
    return {row["person_id"]: row["days"].days for row in rows}


def practice_time(*, person_id: int, division: str, on: datetime.date) -> PracticeTime:
    """One student's practice against the rule of the place (应用型本科实习时间)."""
    days = practice_days(person_ids=[person_id], on=on).get(person_id, 0)
    return PracticeTime(days=days, required=required_days(division=division, on=on))
