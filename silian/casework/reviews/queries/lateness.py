"""Objections and appeals whose days to answer are over (逾期未答复)."""

from __future__ import annotations

import datetime

from django.db.models import Q, QuerySet

from silian.casework.reviews.choices.deciding import ObjectionState
from silian.casework.reviews.models import Appeal, Objection
from silian.foundation.kernel.working_days import WorkingCalendar

Dispute = Objection | Appeal  # both run on the same clock


def is_over(*, on: datetime.date) -> Q:
    """Not answered although the last day is over; an open limit is never over (未设定)."""
    return Q(state=ObjectionState.RAISED, due_on__lt=on)


def late_objections(*, on: datetime.date) -> QuerySet[Objection]:
    rows = Objection.objects.filter(is_over(on=on)).order_by("due_on", "pk")
    return rows.select_related("dossier__campaign")


def late_appeals(*, on: datetime.date) -> QuerySet[Appeal]:
    rows = Appeal.objects.filter(is_over(on=on)).order_by("due_on", "pk")
    return rows.select_related("decision__dossier__campaign")


def working_days_late(
    due_on: datetime.date | None, *, on: datetime.date, calendar: WorkingCalendar
) -> int:
    """How many working days have gone by since the last day (逾期工作日)."""
    return calendar.between(due_on, on) if due_on and due_on < on else 0


def late_words(row: Dispute, *, on: datetime.date, calendar: WorkingCalendar) -> str:
    """How late an answer is, in words; empty while there is time or when it is answered."""
    if row.state != ObjectionState.RAISED or row.due_on is None or row.due_on >= on:
        return ""
    return f"逾期 {working_days_late(row.due_on, on=on, calendar=calendar)} 个工作日"
