"""Projects with other regions and countries: years to report, statistics, forums."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, DateField, F, Func, Prefetch, Q, QuerySet, Sum, Value

from silian.foundation.kernel.actors import Actor
from silian.operations.alliances.choices.cooperation import (
    ACTIVE_STAGES,
    PUBLIC_STAGES,
    CooperationScope,
)
from silian.operations.alliances.models.cooperation import (
    CooperationProject,
    CooperationYear,
    Forum,
    TalentIntroduction,
)
from silian.operations.alliances.permissions.keeping import of_unit, within
from silian.operations.alliances.rules.cooperation import (
    ForumYear,
    continuity,
    report_due_on,
    years_to_report,
)

PEOPLE_OUT = Sum(F("students_out") + F("teachers_out"), default=0)
PEOPLE_IN = Sum(F("students_in") + F("experts_in"), default=0)


def projects_for_list(rows: QuerySet[CooperationProject]) -> QuerySet[CooperationProject]:
    """With the unit, and the people exchanged over all years."""
    out = Sum(F("years__students_out") + F("years__teachers_out"))
    back = Sum(F("years__students_in") + F("years__experts_in"))
    return rows.select_related("organisation", "division").annotate(out_count=out, in_count=back)


@dataclass(frozen=True, kw_only=True)
class MissingYear:
    """A year of a project that nobody has reported (待报年度)."""

    project: CooperationProject
    year: int

    @property
    def due_on(self) -> datetime.date:
        return report_due_on(self.year)


def missing_years(
    projects: Iterable[CooperationProject], *, today: datetime.date
) -> list[MissingYear]:
    """What is still to report, the earliest due first; the projects carry their years."""
    found = []
    for project in projects:
        if project.starts_on is None:
            continue
        reported = {row.year for row in project.years.all()}
        years = years_to_report(starts_on=project.starts_on, ended_on=project.ended_on, today=today)
        found += [MissingYear(project=project, year=year) for year in years if year not in reported]
    return sorted(found, key=lambda row: (row.year, row.project.pk))


def own_missing_years(actor: Actor, *, today: datetime.date) -> list[MissingYear]:
    """The years that the actor's own unit has to report."""
    rows = CooperationProject.objects.filter(
        of_unit(actor, "organisation_id"), starts_on__isnull=False
    )
    return missing_years(rows.prefetch_related("years"), today=today)


def late_years(actor: Actor, *, today: datetime.date) -> int:
    """How many years of the region's projects are past their day (逾期未报)."""
    rows = CooperationProject.objects.filter(within(actor), starts_on__isnull=False)
    missing = missing_years(rows.prefetch_related("years"), today=today)
    return sum(row.due_on < today for row in missing)


@dataclass(frozen=True, kw_only=True)
class ScopeLine:
    """One scope of cooperation in numbers (按合作范围统计)."""

    label: str
    projects: int
    active: int
    people_out: int
    people_in: int


def scope_lines(rows: QuerySet[CooperationProject]) -> list[ScopeLine]:
    """Projects and people by scope; two queries."""
    plain = rows.order_by()
    counted = plain.values("scope").annotate(
        projects=Count("pk"), active=Count("pk", filter=Q(stage__in=sorted(ACTIVE_STAGES)))
    )
    numbers = {row["scope"]: (row["projects"], row["active"]) for row in counted}
    years = CooperationYear.objects.filter(project__in=plain.values("pk")).order_by()
    summed = years.values_list("project__scope").annotate(out=PEOPLE_OUT, back=PEOPLE_IN)
    people = {scope: (out, back) for scope, out, back in summed}
    return [
        ScopeLine(
            label=scope.label,
            projects=numbers.get(scope.value, (0, 0))[0],
            active=numbers.get(scope.value, (0, 0))[1],
            people_out=people.get(scope.value, (0, 0))[0],
            people_in=people.get(scope.value, (0, 0))[1],
        )
        for scope in CooperationScope
    ]


def people_by_year(rows: QuerySet[CooperationProject]) -> list[tuple[int, int, int]]:
    """Year, people sent, people received, the oldest year first (分年度交流人数)."""
    years = CooperationYear.objects.filter(project__in=rows.order_by().values("pk")).order_by()
    summed = years.values_list("year").annotate(out=PEOPLE_OUT, back=PEOPLE_IN)
    return [(year, out, back) for year, out, back in summed.order_by("year")]


def public_projects() -> QuerySet[CooperationProject]:
    """The projects that everybody sees, for statistics that add up for every reader."""
    return CooperationProject.objects.filter(
        stage__in=sorted(PUBLIC_STAGES), starts_on__isnull=False
    )


def talent_total() -> int:
    """How many people of high standing were brought in, all years (引进人数)."""
    return TalentIntroduction.objects.aggregate(total=Sum("people"))["total"] or 0


@dataclass(frozen=True, kw_only=True)
class ForumStanding:
    """A forum and each of its years (论坛连续性)."""

    forum: Forum
    years: list[ForumYear]

    @property
    def held(self) -> int:
        return sum(row.held_on is not None for row in self.years)

    @property
    def missing(self) -> int:
        return sum(row.tone == "watch" for row in self.years)


def forum_standings(forums: QuerySet[Forum], *, today: datetime.date) -> list[ForumStanding]:
    """Every forum with its years; two queries."""
    rows = forums.select_related("organisation", "division").prefetch_related(Prefetch("sessions"))
    return [forum_standing(forum, today=today) for forum in rows]


def forum_standing(forum: Forum, *, today: datetime.date) -> ForumStanding:
    sessions = list(forum.sessions.all())
    years = continuity(
        first_year=forum.first_year,
        ended_year=forum.ended_year,
        held={row.year: row.held_on for row in sessions if row.held_on},
        reasons={row.year: row.reason for row in sessions if not row.held_on},
        today=today,
    )
    return ForumStanding(forum=forum, years=years)


def people_counted(rows: QuerySet[CooperationYear]) -> QuerySet[CooperationYear]:
    """Years with the people of both directions, and the last day of the year they tell of."""
    last = Func(F("year"), Value(12), Value(31), function="make_date", output_field=DateField())
    people = F("students_out") + F("teachers_out") + F("students_in") + F("experts_in")
    return rows.annotate(people_total=people, ends_on=last)
