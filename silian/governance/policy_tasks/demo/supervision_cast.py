"""Who acts in the demonstration of supervision, lists and cases."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile

from silian.foundation.kernel.actors import Actor
from silian.governance.policy_tasks.permissions.supervision_scope import ACTING_ROLES
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Membership
from silian.registers.organisations.queries import actor_for
from silian.registers.policies.models import PolicyBody

CITY = "990100"
SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
DAY = datetime.timedelta(days=1)


@dataclass
class Cast:
    """The officials of the city, its responsible bodies, and who answers for each."""

    on: datetime.date

    def ready(self) -> bool:
        """Whether the city has its officials and bodies; without them there is nothing to show."""
        return bool(self.bodies) and User.objects.filter(username="demo-supervisor").exists()

    @property
    def bodies(self) -> list[PolicyBody]:
        """The bodies of the city that a registered department with members stands for."""
        rows = PolicyBody.objects.filter(
            division_id=CITY,
            is_generic=False,
            successor__isnull=True,
            organisation__memberships__role__in=ACTING_ROLES,
        )
        return list(rows.select_related("organisation").distinct().order_by("pk"))

    def seat(self, name: str) -> Actor:
        return actor_for(user=User.objects.get(username=f"demo-{name}"), on=self.on)

    def tried_department(self) -> PolicyBody | None:
        """The body whose seat visitors of the demonstration may take."""
        return next(
            (
                body
                for body in self.bodies
                if body.organisation is not None
                and body.organisation.memberships.filter(user__username="demo-department").exists()
            ),
            None,
        )

    def clerk_of(self, organisation_id: int) -> Actor:
        """A member who acts for the organisation."""
        found = (
            Membership.objects.in_force(on=self.on)
            .filter(organisation_id=organisation_id, role__in=ACTING_ROLES)
            .select_related("user")
            .order_by("pk")
            .first()
        )
        if found is None:
            raise ValueError(f"organisation {organisation_id} has nobody who acts for it")
        return actor_for(user=found.user, on=self.on, organisation_id=organisation_id)

    def clerk(self, body: PolicyBody) -> Actor:
        if body.organisation_id is None:
            raise ValueError(f"{body} has no organisation")
        return self.clerk_of(body.organisation_id)

    def moment(self, days_ago: float) -> datetime.datetime:
        """An hour of the working day, so many days before the day."""
        day = self.on - int(days_ago) * DAY
        return datetime.datetime.combine(day, datetime.time(10, 20), tzinfo=SHANGHAI)


def paper(name: str, text: str) -> SimpleUploadedFile:
    """A short text that stands for a document (演示材料)."""
    return SimpleUploadedFile(f"{name}.txt", f"演示材料\n{text}\n".encode(), "text/plain")
