"""Yearly filings of city consortia: what is due, what is late, who is to be removed."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.operations.alliances.choices.duties import DutyKind, DutyState
from silian.operations.alliances.choices.groups import GroupKind, GroupState
from silian.operations.alliances.gateways.rulebook import duty_days
from silian.operations.alliances.models.consortia import ConsortiumReport
from silian.operations.alliances.models.groups import AllianceGroup
from silian.operations.alliances.permissions.groups import (
    STAFF,
    groups_joined_by,
    is_coordinator,
    is_official,
)
from silian.operations.alliances.rules.duties import (
    DutyDays,
    Filed,
    removal_due,
    year_is_finished,
)

AHEAD = datetime.timedelta(days=60)  # a filing is shown to the lead two months before its day


@dataclass(frozen=True, kw_only=True)
class Duty:
    """One filing of one year of a consortium, filed or not (年度报送事项)."""

    group: AllianceGroup
    kind: DutyKind
    year: int
    due_on: datetime.date | None
    report: ConsortiumReport | None
    today: datetime.date
    days: DutyDays

    @property
    def basis(self) -> str:
        return self.days.basis

    @property
    def is_open(self) -> bool:
        return self.report is None or self.report.state == DutyState.RETURNED

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due_on is not None and self.due_on < self.today

    @property
    def due_at(self) -> datetime.datetime | None:
        """The midnight that ends the last day."""
        if self.due_on is None:
            return None
        after = datetime.datetime.combine(self.due_on + datetime.timedelta(days=1), datetime.time())
        return timezone.make_aware(after)

    @property
    def words(self) -> tuple[str, str]:
        """How the filing stands, and its light."""
        if self.report is not None and self.report.state != DutyState.RETURNED:
            late = "（逾期报送）" if self.report.was_late else ""
            return self.report.get_state_display() + late, self.report.tone
        if self.due_on is None:
            return "期限未设定", "unset"
        if self.is_late:
            return f"逾期 {(self.today - self.due_on).days} 天", "late"
        if self.report is not None:
            return "退回补充", "watch"
        near = self.due_on - self.today <= AHEAD
        return ("待报送", "watch") if near else ("未到期", "open")

    @property
    def label(self) -> str:
        return self.words[0]

    @property
    def tone(self) -> str:
        return self.words[1]


def consortia(rows: QuerySet[AllianceGroup]) -> QuerySet[AllianceGroup]:
    """City consortia that file: running or paused."""
    return rows.filter(
        kind=GroupKind.CITY_CONSORTIUM,
        state__in=(GroupState.RUNNING, GroupState.SUSPENDED),
        started_on__isnull=False,
    )


def duties_of(group: AllianceGroup, *, today: datetime.date) -> list[Duty]:
    """Every filing from the first whole year to the present one, latest first (年度报送)."""
    return duties_of_each([group], today=today)[group.pk]


def duties_of_each(
    groups: Iterable[AllianceGroup], *, today: datetime.date
) -> dict[int, list[Duty]]:
    """The filings of several consortia; the rows are read at once."""
    found = list(groups)
    reports = {
        (row.group_id, row.year, row.kind): row
        for row in ConsortiumReport.objects.filter(group__in=found)
    }
    days = {code: duty_days(division=code, on=today) for code in {g.division_id for g in found}}
    duties: dict[int, list[Duty]] = defaultdict(list)
    for group in found:
        for year in range(today.year, first_year(group) - 1, -1):
            duties[group.pk] += [
                Duty(
                    group=group,
                    kind=kind,
                    year=year,
                    due_on=days[group.division_id].due_on(kind=kind, year=year),
                    report=reports.get((group.pk, year, kind)),
                    today=today,
                    days=days[group.division_id],
                )
                for kind in (DutyKind.SELF_ASSESSMENT, DutyKind.PLAN)
            ]
    return {group.pk: duties[group.pk] for group in found}


def first_year(group: AllianceGroup) -> int:
    """The first whole year after a consortium began: filings are due from then on."""
    began = group.started_on or group.founded_on
    return began.year if (began.month, began.day) == (1, 1) else began.year + 1


def finished_years(duties: Iterable[Duty], *, today: datetime.date) -> dict[int, bool | None]:
    """Year by year whether a consortium did what it owed; None while undecided."""
    by_year: dict[int, list[Duty]] = defaultdict(list)
    for duty in duties:
        by_year[duty.year].append(duty)
    return {
        year: year_is_finished(
            [filed_of(duty.report) for duty in rows if duty.report is not None],
            year=year,
            days=rows[0].days,
            today=today,
        )
        for year, rows in by_year.items()
    }


def filed_of(report: ConsortiumReport) -> Filed:
    return Filed(
        kind=report.kind,
        accepted=report.state == DutyState.ACCEPTED,
        is_finished=report.is_finished,
    )


def years_asking_for_removal(duties: list[Duty], *, today: datetime.date) -> tuple[int, int] | None:
    """The unfinished years because of which removal is to be proposed, or None."""
    if not duties:
        return None
    return removal_due(finished_years(duties, today=today), days=duties[0].days)


def filings_owed(actor: Actor, *, today: datetime.date) -> list[Duty]:
    """Filings that the actor's unit owes now: late ones and those due within two months."""
    if not actor.has_role(*STAFF) or actor.organisation_id is None:
        return []
    led = consortia(AllianceGroup.objects.filter(lead_id=actor.organisation_id))
    return [
        duty
        for duties in duties_of_each(led, today=today).values()
        for duty in duties
        if duty.is_open and duty.due_on is not None and duty.due_on - today <= AHEAD
    ]


def late_filings(actor: Actor, *, today: datetime.date) -> list[Duty]:
    """Filings overdue in the official's region, the longest waiting first (逾期清单)."""
    if not is_official(actor):
        return []
    rows = consortia(groups_joined_by(actor)).select_related("lead", "division")
    late = [
        duty
        for duties in duties_of_each(rows, today=today).values()
        for duty in duties
        if duty.is_late
    ]
    return sorted(late, key=lambda duty: (duty.due_on or today, duty.group.pk))


def reports_to_check(actor: Actor) -> QuerySet[ConsortiumReport]:
    """Filings that wait for the coordinator's answer."""
    if not is_coordinator(actor):
        return ConsortiumReport.objects.none()
    rows = ConsortiumReport.objects.filter(group__in=groups_joined_by(actor), state=DutyState.FILED)
    return rows.select_related("group").order_by("filed_on", "pk")


def removals_to_propose(
    actor: Actor, *, today: datetime.date
) -> list[tuple[AllianceGroup, tuple[int, int]]]:
    """Consortia whose unfinished years ask for a proposal that nobody has made yet."""
    if not is_coordinator(actor):
        return []
    rows = list(consortia(groups_joined_by(actor)).prefetch_related("removals"))
    duties = duties_of_each(rows, today=today)
    found = []
    for group in rows:
        years = years_asking_for_removal(duties[group.pk], today=today)
        dealt = [row.last_year for row in group.removals.all()]
        if years is not None and not any(last >= years[1] for last in dealt):
            found.append((group, years))
    return found
