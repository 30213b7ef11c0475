"""The standing cast of the tests: one city, its organisations, and a person in each role."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from silian.foundation.kernel.actors import Actor
from silian.foundation.reference.models import Division, Industry
from silian.registers.accounts.models import User
from silian.registers.organisations.choices import OrganisationKind, OrganisationState, Role
from silian.registers.organisations.models import Membership, Organisation
from silian.registers.organisations.queries import actor_for

TODAY = datetime.date(2026, 3, 18)
STARTED = datetime.date(2024, 1, 1)
CITY = "990100"
COUNTY = "990104"
OTHER_CITY = "530300"
DIVISIONS = {
    "990000": ("澜江省（演示）", None),
    CITY: ("青澜市", "990000"),
    COUNTY: ("高新区", CITY),
    "530000": ("云南省", None),
    OTHER_CITY: ("曲靖市", "530000"),
}
ROLES = (
    "anonymous",
    "enterprise",
    "rival",
    "school",
    "reviewer",
    "coordinator",
    "supervisor",
    "leader",
    "teacher",
    "student",
    "expert",
    "system_admin",
    "security_admin",
    "audit_admin",
)


@dataclass
class Person:
    """One member of the cast, signed in."""

    user: User | None
    organisation: Organisation | None
    client: Client = field(default_factory=Client)

    @property
    def actor(self) -> Actor:
        return actor_for(user=self.user, on=TODAY) if self.user else Actor()


@dataclass
class World:
    """Everybody, by the name of their role."""

    people: dict[str, Person]
    industry: Industry

    def __getattr__(self, name: str) -> Person:
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None


def make_divisions() -> None:
    for code, (name, parent) in DIVISIONS.items():
        path = [code] if parent is None else [*Division.objects.get(pk=parent).path, code]
        Division.objects.get_or_create(
            code=code,
            defaults={"name": name, "parent_id": parent, "level": len(path), "path": path},
        )


def make_industry() -> Industry:
    industry, _ = Industry.objects.get_or_create(
        code="34", defaults={"name": "通用设备制造业", "section": "C", "level": 2, "path": ["34"]}
    )
    return industry


def make_organisation(*, name: str, kind: OrganisationKind, **values: Any) -> Organisation:
    """An organisation, verified unless told otherwise."""
    facts: dict[str, Any] = {
        "division_id": COUNTY,
        "state": OrganisationState.VERIFIED,
        "is_demo": True,
    }
    return Organisation.objects.create(name=name, kind=kind, **{**facts, **values})


def make_member(*, username: str, organisation: Organisation, role: Role, **values: Any) -> Person:
    """A signed-in member holding ``role``."""
    user = User.objects.create(username=username, name=values.pop("name", username))
    Membership.objects.create(
        user=user, organisation=organisation, role=role, starts_on=STARTED, **values
    )
    person = Person(user=user, organisation=organisation)
    person.client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return person


def make_world() -> World:
    """Build the cast; needs a database."""
    make_divisions()
    kinds = OrganisationKind
    enterprise = make_organisation(name="启衡精密制造（演示）", kind=kinds.ENTERPRISE)
    rival = make_organisation(name="澜动新能源（演示）", kind=kinds.ENTERPRISE)
    school = make_organisation(name="青澜职业技术学院（演示）", kind=kinds.SCHOOL)
    bureau = make_organisation(name="青澜市教育局（演示）", kind=kinds.GOVERNMENT, division_id=CITY)
    office = make_organisation(
        name="青澜市人民政府办公室（演示）", kind=kinds.GOVERNMENT, division_id=CITY
    )
    operator = make_organisation(
        name="青澜市平台运营中心（演示）", kind=kinds.GOVERNMENT, division_id=CITY
    )
    seats = {
        "enterprise": (enterprise, Role.MANAGER, None),
        "rival": (rival, Role.MANAGER, None),
        "school": (school, Role.MANAGER, None),
        "reviewer": (bureau, Role.REVIEWER, CITY),
        "coordinator": (bureau, Role.COORDINATOR, CITY),
        "supervisor": (office, Role.SUPERVISOR, CITY),
        "leader": (office, Role.LEADER, CITY),
        "teacher": (school, Role.TEACHER, None),
        "student": (school, Role.STUDENT, None),
        "expert": (bureau, Role.EXPERT, None),
        "system_admin": (operator, Role.SYSTEM_ADMIN, CITY),
        "security_admin": (operator, Role.SECURITY_ADMIN, CITY),
        "audit_admin": (operator, Role.AUDIT_ADMIN, CITY),
    }
    people = {
        name: make_member(
            username=name, organisation=organisation, role=role, jurisdiction_id=jurisdiction
        )
        for name, (organisation, role, jurisdiction) in seats.items()
    }
    people["anonymous"] = Person(user=None, organisation=None)
    return World(people=people, industry=make_industry())
