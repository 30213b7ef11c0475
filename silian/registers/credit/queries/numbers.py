"""The numbers of credit law in a region on a day; None is 未设定."""

from __future__ import annotations

import datetime

from silian.registers.policies.queries.parameters import parameter_value

MOST_YEARS = ("CR-04", "bad_record_years")
OBJECTION_DAYS = ("CR-06", "objection_own_days")
REPAIR_DAYS = ("CR-07", "repair_days")
FREE_REPORTS = ("CR-08", "free_reports_a_year")


def whole_number(what: tuple[str, str], *, division: str, on: datetime.date) -> int | None:
    """A whole number of the nearest level, or None where nobody set one."""
    row = parameter_value(code=what[0], name=what[1], division=division, on=on)
    return int(row.value) if row and row.value is not None else None
