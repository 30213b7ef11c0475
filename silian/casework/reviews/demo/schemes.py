"""All built-in schemes, published by the demonstration province, and one that its city writes."""

from __future__ import annotations

import datetime
import random
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from silian.casework.reviews.commands.schemes import (
    load_built_in_schemes,
    make_scheme,
    open_draft,
    publish_version,
    save_draft,
)
from silian.casework.reviews.models import Scheme
from silian.foundation.kernel.actors import Actor
from silian.foundation.reference.models import Division
from silian.registers.accounts.models import User
from silian.registers.organisations.choices import OrganisationKind, OrganisationState, Role
from silian.registers.organisations.models import Membership, Organisation
from silian.registers.organisations.queries import actor_for

PROVINCE, CITY = "990000", "990100"
DEPARTMENT = "澜江省发展和改革委员会（演示）"
WRITERS = (("demo-province-writer", "方砚秋"), ("demo-province-head", "顾知远"))
CITY_SCHEME = "市级产教融合实训基地"
CITY_STATIONS = "30"  # the city asks for fewer stations than the built-in scheme


@dataclass
class SchemeBuilder:
    """Makes the same schemes on every day."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0

    def build(self) -> int:
        """Load, publish, and leave the city a second version to check; how many schemes."""
        province = Division.objects.filter(pk=PROVINCE).first()
        if province is None:
            return 0
        department = self.department(province)
        writer, head = (self.official(*who, department=department) for who in WRITERS)
        schemes = load_built_in_schemes(owner=department, division=province, actor=writer)
        for scheme in schemes:
            publish_version(scheme_id=scheme.pk, actor=head, now=self.moment(days=430))
        self.city_scheme()
        return Scheme.objects.count()

    def moment(self, *, days: int) -> datetime.datetime:
        day = self.on - datetime.timedelta(days=days)
        return timezone.make_aware(datetime.datetime.combine(day, datetime.time(10)))

    def department(self, province: Division) -> Organisation:
        found, _ = Organisation.objects.get_or_create(
            name=DEPARTMENT,
            kind=OrganisationKind.GOVERNMENT,
            defaults={
                "division": province,
                "short_name": "省发展改革委",
                "state": OrganisationState.VERIFIED,
                "verified_at": self.moment(days=900),
                "is_demo": True,
            },
        )
        return found

    def official(self, username: str, name: str, *, department: Organisation) -> Actor:
        user, _ = User.objects.get_or_create(
            username=username, defaults={"name": name, "is_demo": True}
        )
        Membership.objects.get_or_create(
            user=user,
            organisation=department,
            role=Role.COORDINATOR,
            jurisdiction_id=PROVINCE,
            starts_on=self.on - datetime.timedelta(days=800),
        )
        return actor_for(user=user, on=self.on, organisation_id=department.pk)

    def city_scheme(self) -> None:
        """A scheme of the city: published, and revised by a colleague of the coordinator."""
        seat = (
            Membership.objects.in_force(on=self.on)
            .filter(role=Role.COORDINATOR, jurisdiction_id=CITY)
            .select_related("user", "organisation")
            .order_by("pk")
            .first()
        )
        if seat is None:
            return
        coordinator = actor_for(user=seat.user, on=self.on, organisation_id=seat.organisation_id)
        colleague = self.colleague(seat.organisation)
        scheme = make_scheme(title=CITY_SCHEME, built_in="training_base", actor=colleague)
        Scheme.objects.filter(pk=scheme.pk).update(is_demo=True)
        publish_version(scheme_id=scheme.pk, actor=coordinator, now=self.moment(days=300))
        draft = open_draft(scheme_id=scheme.pk, actor=colleague)
        save_draft(
            scheme_id=scheme.pk, definition=with_fewer_stations(draft.definition), actor=colleague
        )

    def colleague(self, department: Organisation) -> Actor:
        user, _ = User.objects.get_or_create(
            username="demo-city-writer", defaults={"name": "柳闻笛", "is_demo": True}
        )
        Membership.objects.get_or_create(
            user=user,
            organisation=department,
            role=Role.COORDINATOR,
            jurisdiction_id=CITY,
            starts_on=self.on - datetime.timedelta(days=600),
        )
        return actor_for(user=user, on=self.on, organisation_id=department.pk)


def with_fewer_stations(definition: dict[str, Any]) -> dict[str, Any]:
    changed = deepcopy(definition)
    for row in changed["parameters"]:
        if row["code"] == "stations":
            row["value"] = CITY_STATIONS
            row["basis"] = "本市实训基地建设意见（演示）"
    changed["procedure"]["notice_days"] = "5"
    return changed
