"""How a host keeps its duties toward interns, counted from rows (实习单位履责)."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.utils import timezone

from silian.operations.placements.choices.internships import (
    PRESENT_STATES,
    InternshipState,
)
from silian.operations.placements.choices.pay import (
    IncidentSeverity,
)
from silian.operations.placements.models import Incident, Internship
from silian.operations.placements.models.pay import PayRecord
from silian.operations.placements.queries.complaints import ComplaintCounts, counts_by_subject
from silian.operations.placements.queries.rights import checks_of

ZERO = Decimal(0)
WORKED = frozenset(
    {
        InternshipState.IN_POST,
        InternshipState.INTERRUPTED,
        InternshipState.FINISHED,
        InternshipState.ENDED_EARLY,
        InternshipState.ASSESSED,
    }
)


@dataclass(frozen=True, kw_only=True)
class Conduct:
    """What a year of one host adds up to; facts for rating and annual assessment.

    ``rights`` counts, for each of the five rights, those of the ``in_post`` that keep it.
    Complaints are whole here: who shows them to others uses ``complaints.shown``.
    """

    organisation_id: int
    students: int
    in_post: int
    months_due: int
    months_on_time: int
    months_in_full: int
    due: Decimal
    paid: Decimal
    alarms: int
    incidents: int
    grave_incidents: int
    ended_early: int
    rights: dict[str, int]
    complaints: ComplaintCounts

    @property
    def on_time_share(self) -> Decimal | None:
        """Months paid in full by their day, in percent; None where nothing was due."""
        if not self.months_due:
            return None
        return Decimal(100 * self.months_on_time) / self.months_due


def of(*, organisation_id: int, year: int, on: datetime.date | None = None) -> Conduct:
    """The conduct of one host in a calendar year (S23, IN-31)."""
    return of_many(organisation_ids=[organisation_id], year=year, on=on)[organisation_id]


def of_many(
    *, organisation_ids: Collection[int], year: int, on: datetime.date | None = None
) -> dict[int, Conduct]:
    """The conduct of several hosts, in a constant number of queries."""
    today = on or timezone.localdate()
    keys = sorted(set(organisation_ids))
    starts, ends = datetime.date(year, 1, 1), datetime.date(year + 1, 1, 1)
    worked = Internship.objects.filter(
        organisation__in=keys, state__in=sorted(WORKED), starts_on__lt=ends, ends_on__gt=starts
    )
    stays = list(worked.values_list("pk", "organisation_id", "person_id", "state"))
    pay = pay_counts(keys, starts=starts, ends=ends, on=today)
    incidents = incident_counts(keys, starts=starts, ends=ends)
    complaints = counts_by_subject(
        organisation_ids=keys, starts=midnight(starts), ends=midnight(ends)
    )
    kept = rights_kept(stays, on=today)
    return {
        key: Conduct(
            organisation_id=key,
            in_post=sum(host == key and state in PRESENT_STATES for _, host, _, state in stays),
            students=len({person for _, host, person, _ in stays if host == key}),
            ended_early=sum(
                host == key and state == InternshipState.ENDED_EARLY for _, host, _, state in stays
            ),
            rights=kept.get(key, {}),
            complaints=complaints.get(key, ComplaintCounts()),
            incidents=incidents.get(key, (0, 0))[0],
            grave_incidents=incidents.get(key, (0, 0))[1],
            **pay.get(key, NO_PAY),
        )
        for key in keys
    }


NO_PAY: dict[str, Any] = {
    "months_due": 0,
    "months_on_time": 0,
    "months_in_full": 0,
    "due": ZERO,
    "paid": ZERO,
    "alarms": 0,
}


def pay_counts(
    keys: Collection[int], *, starts: datetime.date, ends: datetime.date, on: datetime.date
) -> dict[int, dict[str, Any]]:
    full = Q(paid_amount__gte=F("due_amount"))
    rows = (
        PayRecord.objects.filter(
            internship__organisation__in=keys, due_on__gte=starts, due_on__lt=min(ends, on)
        )
        .order_by()
        .values("internship__organisation")
        .annotate(
            months_due=Count("pk"),
            months_on_time=Count("pk", filter=full & Q(paid_on__lte=F("due_on"))),
            months_in_full=Count("pk", filter=full),
            due=Sum("due_amount"),
            paid=Sum("paid_amount"),
        )
    )
    open_alarms = dict(
        PayRecord.objects.filter(
            internship__organisation__in=keys, alarms__closed_at__isnull=True, alarms__isnull=False
        )
        .order_by()
        .values_list("internship__organisation")
        .annotate(Count("alarms"))
    )
    names = ("months_due", "months_on_time", "months_in_full", "due", "paid")
    return {
        row["internship__organisation"]: {
            **{name: value for name, value in row.items() if name in names},
            "alarms": open_alarms.get(row["internship__organisation"], 0),
        }
        for row in rows
    }


def incident_counts(
    keys: Collection[int], *, starts: datetime.date, ends: datetime.date
) -> dict[int, tuple[int, int]]:
    rows = (
        Incident.objects.filter(
            internship__organisation__in=keys,
            happened_at__gte=midnight(starts),
            happened_at__lt=midnight(ends),
        )
        .order_by()
        .values("internship__organisation")
        .annotate(every=Count("pk"), grave=Count("pk", filter=~Q(severity=IncidentSeverity.MINOR)))
        .values_list("internship__organisation", "every", "grave")
    )
    return {host: (every, grave) for host, every, grave in rows}


def rights_kept(
    stays: list[tuple[int, int, int, str]], *, on: datetime.date
) -> dict[int, dict[str, int]]:
    """For each host and right, how many of those in post keep it (met, or nothing due yet)."""
    found: dict[int, dict[str, int]] = {}
    present = [stay for stay in stays if stay[3] in PRESENT_STATES]
    checked = checks_of(internship_ids=[pk for pk, *_ in present], on=on)
    for pk, host, _, _ in present:
        for check in checked.get(pk, []):
            counts = found.setdefault(host, {})
            counts[check.code] = counts.get(check.code, 0) + (check.met is not False)
    return found


def midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
