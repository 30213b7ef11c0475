"""The standing cast of the tests: one city, its organisations, and a person in each role."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from django.utils.crypto import get_random_string

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
NEVER = datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC)  # tests set their own clocks
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
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


@dataclass(frozen=True, kw_only=True)
class Cast:
    """What stands in the database: user, organisation and session key by the name of the role."""

    people: dict[str, tuple[User, Organisation, str]]
    industry: Industry


def make_divisions() -> None:
    paths: dict[str, list[str]] = {}
    for code, (_, parent) in DIVISIONS.items():
        paths[code] = [code] if parent is None else [*paths[parent], code]
    Division.objects.bulk_create(
        [
            Division(
                code=code, name=name, parent_id=parent, level=len(paths[code]), path=paths[code]
            )
            for code, (name, parent) in DIVISIONS.items()
        ],
        ignore_conflicts=True,
    )


def make_industry() -> Industry:
    industry, _ = Industry.objects.get_or_create(
        code="34", defaults={"name": "通用设备制造业", "section": "C", "level": 2, "path": ["34"]}
    )
    return industry


def organisation_of(*, name: str, kind: OrganisationKind, **values: Any) -> Organisation:
    """An organisation, verified unless told otherwise, not saved yet."""
    facts: dict[str, Any] = {
        "division_id": COUNTY,
        "state": OrganisationState.VERIFIED,
        "is_demo": True,
    }
    return Organisation(name=name, kind=kind, **{**facts, **values})


def make_organisation(*, name: str, kind: OrganisationKind, **values: Any) -> Organisation:
    """An organisation, verified unless told otherwise."""
    organisation = organisation_of(name=name, kind=kind, **values)
    organisation.save(force_insert=True)
    return organisation


def make_member(*, username: str, organisation: Organisation, role: Role, **values: Any) -> Person:
    """A signed-in member holding ``role``."""
    user = User.objects.create(username=username, name=values.pop("name", username))
    Membership.objects.create(
        user=user, organisation=organisation, role=role, starts_on=STARTED, **values
    )
    person = Person(user=user, organisation=organisation)
    sign_in([person])
    return person


def sign_in(people: Sequence[Person]) -> None:
    """Give each client a session as signing in leaves it, all in one statement."""
    signed_in = [person for person in people if person.user]
    keys = sessions_of([person.user for person in signed_in if person.user])
    for person, key in zip(signed_in, keys, strict=True):
        person.client.cookies[settings.SESSION_COOKIE_NAME] = key


def sessions_of(users: Sequence[User]) -> list[str]:
    """The keys of new sessions.

    A test's cast signs in thousands of times in a run; ``force_login`` asks ten queries each.
    """
    store = SessionStore()
    sessions = [
        Session(
            session_key=get_random_string(32, VALID_KEY_CHARS),
            session_data=store.encode(
                {
                    SESSION_KEY: str(user.pk),
                    BACKEND_SESSION_KEY: BACKEND,
                    HASH_SESSION_KEY: user.get_session_auth_hash(),
                }
            ),
            expire_date=NEVER,
        )
        for user in users
    ]
    Session.objects.bulk_create(sessions)
    return [session.session_key for session in sessions]


def make_world() -> World:
    """Build the cast; needs a database."""
    return world_of(make_cast())


def world_of(cast: Cast) -> World:
    """The people of the cast, each with a client of their own."""
    people = {
        name: Person(user=user, organisation=organisation)
        for name, (user, organisation, _) in cast.people.items()
    }
    for name, (_, _, session_key) in cast.people.items():
        people[name].client.cookies[settings.SESSION_COOKIE_NAME] = session_key
    people["anonymous"] = Person(user=None, organisation=None)
    return World(people=people, industry=cast.industry)


def make_cast() -> Cast:
    """Write the cast to the database."""
    make_divisions()
    kinds = OrganisationKind
    enterprise = organisation_of(name="启衡精密制造（演示）", kind=kinds.ENTERPRISE)
    rival = organisation_of(name="澜动新能源（演示）", kind=kinds.ENTERPRISE)
    school = organisation_of(name="青澜职业技术学院（演示）", kind=kinds.SCHOOL)
    bureau = organisation_of(name="青澜市教育局（演示）", kind=kinds.GOVERNMENT, division_id=CITY)
    office = organisation_of(
        name="青澜市人民政府办公室（演示）", kind=kinds.GOVERNMENT, division_id=CITY
    )
    operator = organisation_of(
        name="青澜市平台运营中心（演示）", kind=kinds.GOVERNMENT, division_id=CITY
    )
    Organisation.objects.bulk_create([enterprise, rival, school, bureau, office, operator])
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
    users = {name: User(username=name, name=name, last_login=timezone.now()) for name in seats}
    User.objects.bulk_create(users.values())
    Membership.objects.bulk_create(
        Membership(
            user=users[name],
            organisation=organisation,
            role=role,
            jurisdiction_id=jurisdiction,
            starts_on=STARTED,
        )
        for name, (organisation, role, jurisdiction) in seats.items()
    )
    keys = sessions_of(list(users.values()))
    return Cast(
        people={
            name: (users[name], organisation, key)
            for (name, (organisation, _, _)), key in zip(seats.items(), keys, strict=True)
        },
        industry=make_industry(),
    )
