"""How a batch stands: where its dossiers are, days per stage, what is late, who passed."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from silian.casework.reviews.choices.deciding import ObjectionState
from silian.casework.reviews.choices.dossiers import (
    ENDED_DOSSIER_STATES,
    DossierState,
)
from silian.casework.reviews.models import (
    Appeal,
    Campaign,
    Dossier,
    Objection,
    Passage,
)
from silian.casework.reviews.queries.clocks import late_dossiers, late_opinions
from silian.casework.reviews.queries.judging import campaign_agreement
from silian.casework.reviews.rules.agreement import Agreement
from silian.casework.reviews.rules.overview import Duration, Rate, duration_of
from silian.foundation.kernel.site_calendar import site_calendar
from silian.registers.organisations.choices import OrganisationSize

UNKNOWN_SIZE = "未登记规模"
NOT_COUNTED = (DossierState.DRAFT, DossierState.WITHDRAWN)


@dataclass(frozen=True, kw_only=True)
class Overdue:
    """One kind of clock that ran out (逾期)."""

    label: str
    count: int
    name: str


@dataclass(frozen=True, kw_only=True)
class Overview:
    """The figures of a batch on one day (批次概览)."""

    states: list[tuple[DossierState, int]]
    durations: list[Duration]
    overdue: list[Overdue]
    by_size: list[Rate]
    by_division: list[Rate]
    agreement: Agreement

    @property
    def sent(self) -> int:
        return sum(count for state, count in self.states if state not in NOT_COUNTED)

    @property
    def under_way(self) -> int:
        skipped = {*ENDED_DOSSIER_STATES, DossierState.DRAFT}
        return sum(count for state, count in self.states if state not in skipped)

    @property
    def recognised(self) -> int:
        return dict(self.states).get(DossierState.RECOGNISED, 0)

    @property
    def has_results(self) -> bool:
        """Whether a pass rate means anything yet: somebody passed, or nobody is under way."""
        return self.recognised > 0 or (self.sent > 0 and not self.under_way)

    @property
    def late(self) -> int:
        return sum(row.count for row in self.overdue)


def overview_of(campaign: Campaign, *, on: datetime.date) -> Overview:
    """All figures of a batch in a constant number of queries."""
    return Overview(
        states=state_counts(campaign),
        durations=durations_of(campaign),
        overdue=overdue_of(campaign, on=on),
        by_size=rates_by_size(campaign),
        by_division=rates_by_division(campaign),
        agreement=campaign_agreement(campaign),
    )


def state_counts(campaign: Campaign) -> list[tuple[DossierState, int]]:
    rows = Dossier.objects.filter(campaign=campaign).values("state").annotate(count=Count("pk"))
    found = {row["state"]: row["count"] for row in rows.order_by()}
    return [(state, found[state]) for state in DossierState if state in found]


def durations_of(campaign: Campaign) -> list[Duration]:
    """Working days per stage over the stays that ended, in the order of the stages."""
    calendar = site_calendar()
    known: dict[tuple[datetime.date, datetime.date], int] = {}
    days: dict[str, list[int]] = defaultdict(list)
    late: Counter[str] = Counter()
    limited: Counter[str] = Counter()
    rows = Passage.objects.filter(dossier__campaign=campaign).exclude(state=DossierState.DRAFT)
    for state, entered, left, due_on in rows.values_list(
        "state", "entered_at", "left_at", "due_on"
    ):
        span = timezone.localdate(entered), timezone.localdate(left)
        if span not in known:
            known[span] = calendar.between(*span)
        days[state].append(known[span])
        if due_on is not None:
            limited[state] += 1
            late[state] += span[1] > due_on
    return [
        duration_of(state, days=days[state], late=late[state], limited=limited[state])
        for state in DossierState
        if state in days
    ]


def overdue_of(campaign: Campaign, *, on: datetime.date) -> list[Overdue]:
    opinions = late_opinions(on=on).filter(dossier__campaign=campaign)
    objections = Objection.objects.filter(
        dossier__campaign=campaign, state=ObjectionState.RAISED, due_on__lt=on
    )
    appeals = Appeal.objects.filter(
        decision__dossier__campaign=campaign, state=ObjectionState.RAISED, due_on__lt=on
    )
    found = (
        ("环节超期", late_dossiers(on=on).filter(campaign=campaign).count(), "dossiers"),
        ("部门意见超期", opinions.count(), "opinions"),
        ("异议答复超期", objections.count(), "objections"),
        ("申诉答复超期", appeals.count(), "appeals"),
    )
    return [Overdue(label=label, count=count, name=name) for label, count, name in found]


def judged(campaign: Campaign) -> QuerySet[Dossier]:
    rows = Dossier.objects.filter(campaign=campaign, submitted_at__isnull=False)
    return rows.exclude(state=DossierState.WITHDRAWN)


def counted(rows: QuerySet[Dossier], *, by: str) -> list[tuple[str, int, int]]:
    passed = Count("pk", filter=Q(state=DossierState.RECOGNISED))
    groups = rows.order_by().values(by).annotate(passed=passed, total=Count("pk"))
    return [(row[by], row["passed"], row["total"]) for row in groups.order_by(by)]


def rates_by_size(campaign: Campaign) -> list[Rate]:
    """How many of each size were recognised (按规模)."""
    labels = dict(OrganisationSize.choices)
    return [
        Rate(label=labels.get(size, UNKNOWN_SIZE), passed=passed, total=total)
        for size, passed, total in counted(judged(campaign), by="size")
    ]


def rates_by_division(campaign: Campaign) -> list[Rate]:
    """How many of each county were recognised (按地区)."""
    return [
        Rate(label=name, passed=passed, total=total)
        for name, passed, total in counted(judged(campaign), by="division__name")
    ]
