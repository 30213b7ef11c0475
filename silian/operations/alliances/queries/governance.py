"""The governance of schools: one school's checklist, and the overview of a region."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.models import StoredFile
from silian.operations.alliances.choices.governance import (
    AUTONOMY,
    COMMITTEES,
    REFORMS,
    GovernanceMatter,
    Organ,
    Progress,
)
from silian.operations.alliances.models.governance import (
    CharterVersion,
    GovernanceRecord,
    GovernanceSeat,
)
from silian.operations.alliances.permissions.keeping import of_unit, writes_for_school
from silian.operations.alliances.rules.governance import (
    Check,
    Composition,
    Told,
    checklist,
    composition_of,
    done_count,
)
from silian.registers.organisations.models import Organisation

WARNED_DAYS = 60  # a new term takes a nomination, a meeting and an approval
NOTHING = Told(
    charter_in_force=None,
    charter_has_file=False,
    seats={},
    met_on={},
    office=None,
    office_name="",
    matters={},
)


@dataclass(frozen=True, kw_only=True)
class SchoolGovernance:
    """A school with its checklist and the composition of its council (学校治理情况)."""

    school: Organisation
    record: GovernanceRecord | None
    checks: list[Check]
    council: Composition

    @property
    def done(self) -> int:
        return done_count(self.checks)

    @property
    def total(self) -> int:
        return len(self.checks)

    @property
    def charter(self) -> Check:
        return self.checks[0]

    @property
    def council_check(self) -> Check:
        return self.checks[1]

    @property
    def committees_done(self) -> int:
        return done_count(self.checks[2 : 2 + len(COMMITTEES)])

    @property
    def office(self) -> Check:
        return self.checks[2 + len(COMMITTEES)]

    @property
    def autonomy_done(self) -> int:
        return done_count(self.checks[-len(AUTONOMY) - len(REFORMS) : -len(REFORMS)])

    @property
    def reforms_done(self) -> int:
        return done_count(self.checks[-len(REFORMS) :])


def governance_of(schools: QuerySet[Organisation], *, on: datetime.date) -> list[SchoolGovernance]:
    """Every school judged; the same number of queries for few and many (治理总览)."""
    rows = list(schools.select_related("division"))
    records = GovernanceRecord.objects.filter(school__in=[row.pk for row in rows])
    seats = Prefetch("seats", GovernanceSeat.objects.in_force(on=on), "sitting")
    kept = {
        record.school_id: record
        for record in records.prefetch_related(seats, "charters", "meetings", "items")
    }
    proven = charters_with_text(kept.values())
    return [judged(row, kept.get(row.pk), proven=proven, on=on) for row in rows]


def charters_with_text(records: Iterable[GovernanceRecord]) -> set[int]:
    """The charters whose text was uploaded; one query."""
    keys = [str(row.pk) for record in records for row in record.charters.all()]
    label = CharterVersion._meta.label_lower
    files = StoredFile.objects.filter(object_type=label, object_id__in=keys)
    return {int(key) for key in files.values_list("object_id", flat=True)}


def judged(
    school: Organisation,
    record: GovernanceRecord | None,
    *,
    proven: set[int],
    on: datetime.date,
) -> SchoolGovernance:
    told = NOTHING if record is None else told_by(record, proven=proven, on=on)
    return SchoolGovernance(
        school=school,
        record=record,
        checks=checklist(told, on=on),
        council=composition_of(told.seats.get(Organ.COUNCIL, ())),
    )


def told_by(record: GovernanceRecord, *, proven: set[int], on: datetime.date) -> Told:
    """What the rows of a record say; ``sitting`` are the seats of the day."""
    charters = [row for row in record.charters.all() if row.in_force_on <= on]
    newest = max(charters, key=lambda row: (row.in_force_on, row.pk), default=None)
    seats: dict[Organ, list[str]] = defaultdict(list)
    for seat in record.sitting:  # type: ignore[attr-defined]
        seats[Organ(seat.organ)].append(seat.side)
    met_on: dict[Organ, datetime.date] = {}
    for meeting in record.meetings.all():
        organ = Organ(meeting.organ)
        met_on[organ] = max(met_on.get(organ, meeting.held_on), meeting.held_on)
    return Told(
        charter_in_force=newest.in_force_on if newest else None,
        charter_has_file=newest is not None and newest.pk in proven,
        seats=seats,
        met_on=met_on,
        office=record.office,
        office_name=record.office_name,
        matters={
            GovernanceMatter(row.matter): Progress(row.progress) for row in record.items.all()
        },
    )


def seats_running_out(actor: Actor, *, on: datetime.date) -> QuerySet[GovernanceSeat]:
    """Seats of the actor's own school whose term ends soon, the earliest first."""
    if not writes_for_school(actor):
        return GovernanceSeat.objects.none()
    until = on + datetime.timedelta(days=WARNED_DAYS)
    rows = GovernanceSeat.objects.in_force(on=on).filter(
        of_unit(actor, "record__school_id"), ends_on__lte=until
    )
    return rows.select_related("record").order_by("ends_on", "pk")
