"""Who works where on a day: for registrations, promotions and awards."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db.models import QuerySet

from silian.registers.organisations.choices import OrganisationKind
from silian.registers.organisations.models import Organisation
from silian.registers.people.choices import AffiliationKind
from silian.registers.people.models import Affiliation, Person

AT_WORK = (AffiliationKind.EMPLOYEE, AffiliationKind.APPRENTICE, AffiliationKind.MENTOR)


def at_work(*, on: datetime.date) -> QuerySet[Affiliation]:
    """Who is employed by an enterprise on the day (在职职工)."""
    return Affiliation.objects.in_force(on=on).filter(
        kind__in=AT_WORK,
        organisation__kind=OrganisationKind.ENTERPRISE,
        person__erased_at__isnull=True,
    )


def workers_of(*, organisation_id: int, on: datetime.date) -> QuerySet[Person]:
    """The workers of an enterprise on the day (本单位职工)."""
    mine = at_work(on=on).filter(organisation_id=organisation_id)
    return Person.objects.filter(pk__in=mine.values("person_id")).order_by("name", "pk")


def employer_of(*, person_id: int, on: datetime.date) -> Organisation | None:
    """Where somebody works on the day, the latest first (当日所在单位)."""
    rows = at_work(on=on).filter(person_id=person_id).select_related("organisation")
    found = rows.order_by("-starts_on", "-pk").first()
    return found.organisation if found else None


class Employments:
    """Where each of many people works on any day; one query (就业经历)."""

    def __init__(self, people: Iterable[int]) -> None:
        rows = Affiliation.objects.filter(
            person_id__in=list(people),
            kind__in=AT_WORK,
            organisation__kind=OrganisationKind.ENTERPRISE,
        ).select_related("organisation__division")
        self.rows: dict[int, list[Affiliation]] = {}
        for row in rows.order_by("starts_on", "pk"):
            self.rows.setdefault(row.person_id, []).append(row)

    def employer(self, person_id: int, *, on: datetime.date) -> Organisation | None:
        """The latest employer that lasts on the day."""
        held = [
            row.organisation
            for row in self.rows.get(person_id, [])
            if row.starts_on <= on and (row.ends_on is None or row.ends_on > on)
        ]
        return held[-1] if held else None
