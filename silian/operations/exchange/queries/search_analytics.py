"""What was sought and what was not found, by region, occupation and time (检索统计)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Min, QuerySet, Sum
from django.db.models.functions import TruncMonth, TruncWeek

from silian.foundation.reference.models import Division, Occupation
from silian.operations.exchange.models.search_log import SearchTally

DAYS = {"30": "近 30 天", "90": "近 90 天", "365": "近 12 个月"}
USUAL_DAYS = "30"
MOST_TERMS = 300  # beyond these a term was sought a handful of times
SPLITS = {"missed": "没有找到的", "all": "全部检索词"}


@dataclass(frozen=True, kw_only=True)
class SoughtTerm:
    """A term in a region: how often it was sought, and how often in vain."""

    term: str
    division: str
    division_name: str
    occupation_name: str
    searches: int
    missed: int

    @property
    def missed_percent(self) -> int:
        return round(100 * self.missed / self.searches) if self.searches else 0


@dataclass(frozen=True, kw_only=True)
class Sought:
    """All searches of a choice of regions and days."""

    searches: int
    missed: int
    untold: int
    """Searches for terms that too few sought to be told."""

    @property
    def missed_percent(self) -> int | None:
        return round(100 * self.missed / self.searches) if self.searches else None


def since(days: str, *, today: datetime.date) -> datetime.date:
    """The first day of a period that the page offers."""
    return today - datetime.timedelta(days=int(days if days in DAYS else USUAL_DAYS))


def narrowed(
    rows: QuerySet[SearchTally], *, since: datetime.date, divisions: list[str], groups: list[str]
) -> QuerySet[SearchTally]:
    """The counts of a period, of regions with all below them, of occupations."""
    rows = rows.filter(day__gte=since)
    if divisions:
        rows = rows.filter(division_id__in=divisions)
    if groups:
        rows = rows.filter(occupation_id__in=groups)
    return rows


def sought(rows: QuerySet[SearchTally]) -> Sought:
    sums = rows.aggregate(searches_sum=Sum("searches"), missed_sum=Sum("missed"))
    untold = rows.filter(term="").aggregate(number=Sum("searches"))["number"]
    return Sought(
        searches=sums["searches_sum"] or 0, missed=sums["missed_sum"] or 0, untold=untold or 0
    )


def sought_terms(rows: QuerySet[SearchTally], *, missed_only: bool) -> list[SoughtTerm]:
    """Terms by region, most missed first, or most sought first."""
    grouped = (
        rows.exclude(term="")
        .values("term", "division_id", "division__name")
        .annotate(
            occupation_name=Min("occupation__name"),
            searches_sum=Sum("searches"),
            missed_sum=Sum("missed"),
        )
    )
    if missed_only:
        grouped = grouped.filter(missed_sum__gt=0)
    order = "-missed_sum" if missed_only else "-searches_sum"
    return [term_from(row) for row in grouped.order_by(order, "term", "division_id")[:MOST_TERMS]]


def term_from(row: Mapping[str, Any]) -> SoughtTerm:
    return SoughtTerm(
        term=row["term"],
        division=row["division_id"],
        division_name=row["division__name"],
        occupation_name=row["occupation_name"] or "",
        searches=row["searches_sum"],
        missed=row["missed_sum"],
    )


def counts_by(rows: QuerySet[SearchTally], *, column: str) -> dict[str, int]:
    """Searches in vain by the values of a column."""
    grouped = rows.order_by().values_list(column).annotate(number=Sum("missed"))
    return {str(value): number for value, number in grouped if value and number}


def division_choices(counts: Mapping[str, int]) -> list[tuple[str, str]]:
    rows = Division.objects.filter(pk__in=list(counts)).values_list("pk", "name")
    return sorted(rows, key=lambda pair: -counts[pair[0]])


def occupation_choices(counts: Mapping[str, int]) -> list[tuple[str, str]]:
    rows = Occupation.objects.filter(pk__in=list(counts)).values_list("pk", "name")
    return sorted(rows, key=lambda pair: -counts[pair[0]])


def over_time(rows: QuerySet[SearchTally], *, days: str) -> list[tuple[str, int, int]]:
    """Searches and searches in vain, week by week, or month by month of a year."""
    by_month = days == "365"
    step = TruncMonth("day") if by_month else TruncWeek("day")
    grouped = (
        rows.order_by()
        .annotate(step=step)
        .values_list("step")
        .annotate(searches_sum=Sum("searches"), missed_sum=Sum("missed"))
    )
    shape = "%Y-%m" if by_month else "%m-%d 周"
    return [(f"{day:{shape}}", sought, missed) for day, sought, missed in grouped.order_by("step")]
