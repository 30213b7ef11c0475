"""When an expert may not judge an applicant: employment, joint projects, declared ties (回避)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Tie:
    """A joint project or other tie of two organisations (合作关系); ``until`` None still lasts."""

    organisation_id: int
    what: str
    until: datetime.date | None = None


@dataclass(frozen=True, kw_only=True)
class Employment:
    """Where an expert works or worked (任职)."""

    organisation_id: int
    ended_on: datetime.date | None = None


def years_before(on: datetime.date, years: int) -> datetime.date:
    """The same day some years ago; 29 February becomes 28 February."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return on.replace(year=on.year - years, day=28)


def lasts(until: datetime.date | None, *, since: datetime.date) -> bool:
    """Whether something that ended on a day (exclusive) reaches into the period that counts."""
    return until is None or until > since


def conflicts(
    *,
    applicant_id: int,
    employments: Iterable[Employment],
    declared: Iterable[Tie],
    projects: Iterable[Tie],
    since: datetime.date,
) -> list[str]:
    """Why an expert may not judge the applicant; empty when nothing is known (利害关系).

    ``declared`` are the expert's own ties. ``projects`` are the applicant's joint projects: they
    count when the expert works for the other side now.
    """
    jobs = list(employments)
    found = [
        "现任职于申报单位" if job.ended_on is None else "曾在回避期内任职于申报单位"
        for job in jobs
        if job.organisation_id == applicant_id and lasts(job.ended_on, since=since)
    ]
    found += [
        f"本人申明：{tie.what}"
        for tie in declared
        if tie.organisation_id == applicant_id and lasts(tie.until, since=since)
    ]
    present = {job.organisation_id for job in jobs if job.ended_on is None}
    found += [
        f"所在单位与申报单位有合作：{tie.what}"
        for tie in projects
        if tie.organisation_id in present and lasts(tie.until, since=since)
    ]
    return list(dict.fromkeys(found))
