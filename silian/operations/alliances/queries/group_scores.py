"""Weights in force, the activity score of a year, and the figures an assessment freezes."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum

from silian.foundation.reference.jurisdictions import resolve_longest, widening
from silian.operations.alliances.choices.contributions import ContributionState, Function
from silian.operations.alliances.choices.groups import MemberKind
from silian.operations.alliances.models.contributions import ActivityWeight, Contribution
from silian.operations.alliances.models.groups import AllianceGroup
from silian.operations.alliances.rules.contributions import Score, Weight, activity_score
from silian.operations.alliances.rules.groups import SmallShare, small_share

NATION = "000000"


def weights_in_force(*, division: str, on: datetime.date) -> dict[str, ActivityWeight]:
    """The weight of each function in a region on a day, from the nearest level that has one."""
    places = [place or NATION for place in widening(division)]
    rows = ActivityWeight.objects.filter(division_id__in=places, valid_from__lte=on)
    by_function: dict[str, dict[str, ActivityWeight]] = defaultdict(dict)
    for row in rows.select_related("division").order_by("valid_from", "pk"):
        by_function[row.function]["" if row.division_id == NATION else row.division_id] = row
    found = {name: resolve_longest(division, rows) for name, rows in by_function.items()}
    return {name: row for name, row in found.items() if row is not None}


def as_weights(rows: dict[str, ActivityWeight]) -> dict[str, Weight]:
    return {
        name: Weight(points=row.points, ceiling=row.ceiling, basis=row.basis)
        for name, row in rows.items()
    }


def last_day(year: int, *, today: datetime.date) -> datetime.date:
    """The day on which a year's weights are read: its end, or today while it runs."""
    return min(datetime.date(year, 12, 31), today)


def score_of(group: AllianceGroup, *, year: int, today: datetime.date) -> Score:
    """The group's activity score of a year, from what was confirmed (年度活跃度)."""
    rows = Contribution.objects.filter(group=group, on__year=year)
    confirmed = rows.filter(state=ContributionState.CONFIRMED).order_by()
    sums = dict(confirmed.values_list("function").annotate(Sum("quantity")))
    weights = weights_in_force(division=group.division_id, on=last_day(year, today=today))
    quantities = [(name, sums[name]) for name in Function.values if name in sums]
    return activity_score(quantities=quantities, weights=as_weights(weights))


@dataclass(frozen=True, kw_only=True)
class MemberScore:
    """What one member's confirmed contributions of a year are worth (成员得分)."""

    organisation_id: int
    name: str
    entries: int
    score: Score


def member_scores(group: AllianceGroup, *, year: int, today: datetime.date) -> list[MemberScore]:
    """Each contributor of a year with its own score, the most active first."""
    confirmed = Contribution.objects.filter(
        group=group, on__year=year, state=ContributionState.CONFIRMED
    )
    sums = confirmed.order_by().values_list("contributor_id", "contributor__name", "function")
    by_unit: dict[tuple[int, str], list[tuple[str, Decimal, int]]] = defaultdict(list)
    for unit, name, function, quantity, entries in sums.annotate(Sum("quantity"), Count("pk")):
        by_unit[unit, name].append((function, quantity, entries))
    on = last_day(year, today=today)
    weights = as_weights(weights_in_force(division=group.division_id, on=on))
    found = [
        MemberScore(
            organisation_id=unit,
            name=name,
            entries=sum(row[2] for row in rows),
            score=activity_score(quantities=[row[:2] for row in rows], weights=weights),
        )
        for (unit, name), rows in by_unit.items()
    ]
    return sorted(found, key=lambda row: (-(row.score.points or 0), -row.entries, row.name))


def share_of_small(group: AllianceGroup, *, on: datetime.date) -> SmallShare:
    """Small and medium firms among the member enterprises, the lead counted (中小微占比)."""
    members = group.members.all().on(on).filter(kind=MemberKind.ENTERPRISE)  # type: ignore[attr-defined]
    sizes = list(members.values_list("organisation__size", flat=True))
    if group.lead_kind == MemberKind.ENTERPRISE:
        sizes.append(group.lead.size)
    return small_share(sizes)


def figures_of(group: AllianceGroup, *, year: int, today: datetime.date) -> dict[str, Any]:
    """The figures of a year as they stand now, to be kept with an assessment (考核数据)."""
    on = last_day(year, today=today)
    score = score_of(group, year=year, today=today)
    small = share_of_small(group, on=on)
    rows = Contribution.objects.filter(group=group, on__year=year)
    states = rows.aggregate(
        confirmed=Count("pk", filter=Q(state=ContributionState.CONFIRMED)),
        refused=Count("pk", filter=Q(state=ContributionState.REFUSED)),
        waiting=Count("pk", filter=Q(state=ContributionState.RECORDED)),
    )
    due = group.targets.filter(due_on__year=year, dropped_on__isnull=True)
    return {
        "taken_on": today.isoformat(),
        "members": group.members.all().on(on).count() + 1,  # type: ignore[attr-defined]
        "small": small.small,
        "enterprises": small.enterprises,
        "contributions": states,
        "score": None if score.points is None else str(score.points),
        "unset": score.unset,
        "targets_due": due.count(),
        "targets_reached": due.filter(reached_on__isnull=False).count(),
        "lines": [
            {
                "function": line.function,
                "quantity": f"{line.quantity.normalize():f}",
                "points": None if line.points is None else str(line.points),
            }
            for line in score.lines
        ],
    }
