"""Who acts in the demonstration of projects, school projects and approvals."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from silian.registers.accounts.models import User
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Membership, Organisation

CITY = "990100"
MARK = "（演示）"
SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
DAY = datetime.timedelta(days=1)


@dataclass
class Cast:
    """The organisations of the city and a person who acts for each."""

    on: datetime.date

    def __post_init__(self) -> None:
        rows = Organisation.objects.filter(
            state=OrganisationState.VERIFIED, division__code__startswith="9901"
        ).select_related("division")
        self.by_name = {row.name.removesuffix(MARK): row for row in rows}
        members = Membership.objects.filter(organisation__in=rows).order_by("-pk")
        self.people = dict(members.values_list("organisation_id", "user_id"))

    def ready(self) -> bool:
        """Whether the city has its leading department and its seat."""
        found = User.objects.filter(username="demo-coordinator").exists()
        return found and "青澜市发展和改革委员会" in self.by_name

    def organisation(self, name: str) -> Organisation:
        return self.by_name[name]

    def schools(self) -> list[Organisation]:
        return self.of_kind(OrganisationKind.SCHOOL)

    def enterprises(self) -> list[Organisation]:
        return self.of_kind(OrganisationKind.ENTERPRISE)

    def of_kind(self, kind: OrganisationKind) -> list[Organisation]:
        found = [row for row in self.by_name.values() if row.kind == kind]
        return sorted(found, key=lambda row: row.pk)

    def user_of(self, organisation: Organisation) -> int:
        return self.people[organisation.pk]

    def coordinator(self) -> User:
        return User.objects.get(username="demo-coordinator")

    def day(self, days_ago: float) -> datetime.date:
        return self.on - int(days_ago) * DAY

    def moment(self, days_ago: float, *, hour: int = 10) -> datetime.datetime:
        """An hour of the day, so many days before the day."""
        clock = datetime.time(hour, 20)
        return datetime.datetime.combine(self.day(days_ago), clock, tzinfo=SHANGHAI)
