"""The working-day calendar of this site: the built-in one with the dates set by hand."""

from __future__ import annotations

import datetime
from calendar import Calendar
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.models import WorkingDayOverride
from silian.foundation.kernel.permissions import require_platform
from silian.foundation.kernel.working_days import Deadline, WorkingCalendar, deadline

SHORTEST_BASIS = 4


def site_calendar() -> WorkingCalendar:
    """The calendar with this site's overrides, in one query; hold it for a request, not longer."""
    rows = WorkingDayOverride.objects.values_list("date", "is_working")
    return WorkingCalendar(overrides=dict(rows))


def overrides_of(year: int) -> QuerySet[WorkingDayOverride]:
    return WorkingDayOverride.objects.filter(date__year=year).order_by("date")


def site_deadline(
    starts: datetime.datetime, *, working_days: int | None = None, days: int | None = None
) -> Deadline:
    """The deadline in this site's calendar and time zone, for the clocks of casework."""
    local = timezone.localtime(starts)
    return deadline(local, calendar=site_calendar(), working_days=working_days, days=days)


@transaction.atomic
def set_working_day(
    *, date: datetime.date, is_working: bool, basis: str, actor: Actor
) -> WorkingDayOverride:
    """Say that a date is a working day or a rest day whatever the package says (调整工作日)."""
    require_platform(actor)
    if len(basis.strip()) < SHORTEST_BASIS:
        raise DomainError("须写明依据，例如放假通知的名称和文号。", field="basis")
    override, _ = WorkingDayOverride.objects.update_or_create(
        date=date,
        defaults={
            "is_working": is_working,
            "basis": basis.strip(),
            "entered_by_name": actor.name[:60],
        },
    )
    record(actor, "kernel.working_day.set", override, reason=basis)
    return override


@transaction.atomic
def unset_working_day(*, override_id: int, actor: Actor) -> None:
    """Return a date to the built-in calendar (恢复默认)."""
    require_platform(actor)
    override = WorkingDayOverride.objects.select_for_update().get(pk=override_id)
    record(actor, "kernel.working_day.unset", override)
    override.delete()


@dataclass(frozen=True, kw_only=True)
class Day:
    """One date on the year's sheet: working or not, and whether set by hand."""

    date: datetime.date
    is_working: bool
    is_set: bool

    @property
    def is_unusual(self) -> bool:
        """Whether it differs from a plain week: a shifted working day or a holiday."""
        return self.is_working != (self.date.weekday() < 5)


@dataclass(frozen=True, kw_only=True)
class Month:
    number: int
    weeks: list[list[Day | None]]
    working_days: int


def year_sheet(year: int) -> list[Month]:
    """The twelve months of the year as the calendar sees them, weeks from Monday."""
    known = site_calendar()
    return [month_sheet(year, number, known) for number in range(1, 13)]


def month_sheet(year: int, number: int, known: WorkingCalendar) -> Month:
    weeks: list[list[Day | None]] = []
    for week in Calendar().monthdatescalendar(year, number):
        weeks.append([day_of(date, known) if date.month == number else None for date in week])
    working = sum(day.is_working for week in weeks for day in week if day)
    return Month(number=number, weeks=weeks, working_days=working)


def day_of(date: datetime.date, known: WorkingCalendar) -> Day:
    return Day(date=date, is_working=known.is_working(date), is_set=date in known.overrides)
