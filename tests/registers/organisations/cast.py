"""Facts and people that the tests of the organisation register share."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from silian.foundation.kernel.actors import Actor
from silian.registers.accounts.models import User
from silian.registers.organisations.choices import DocumentKind, OrganisationState, Role
from silian.registers.organisations.commands.documents import add_document
from silian.registers.organisations.commands.registration import (
    OrganisationFacts,
    register_organisation,
    submit_organisation,
)
from silian.registers.organisations.models import Membership, Organisation
from silian.registers.organisations.queries import actor_for
from tests.world import COUNTY, TODAY, World

GOOD_CODE = "91350100M000100Y43"
OTHER_CODE = "91110108551385082Q"
NOW = datetime.datetime(2026, 3, 18, 9, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def paper(name: str = "执照.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


def facts(**values: Any) -> OrganisationFacts:
    given: dict[str, Any] = {
        "kind": "enterprise",
        "name": "澜江新材料有限公司（演示）",
        "division_code": COUNTY,
        "uscc": GOOD_CODE,
    }
    return OrganisationFacts(**{**given, **values})


def person(username: str, **values: Any) -> User:
    return User.objects.create(username=username, name=values.pop("name", username), **values)


def actor(user: User, organisation: Organisation | None = None) -> Actor:
    return actor_for(user=user, on=TODAY, organisation_id=organisation.pk if organisation else None)


def registered(world: World, **values: Any) -> tuple[Organisation, Actor]:
    """An organisation just registered, and its first manager."""
    user = person(values.pop("manager", "first-manager"))
    organisation = register_organisation(
        facts=facts(**values), manager_id=user.pk, actor=Actor(), today=TODAY
    )
    return organisation, actor(user)


def submitted(world: World, **values: Any) -> tuple[Organisation, Actor]:
    """An organisation that waits for verification."""
    organisation, manager = registered(world, **values)
    for kind in (DocumentKind.LICENCE, DocumentKind.MANDATE):
        add_document(organisation_id=organisation.pk, kind=kind, upload=paper(), actor=manager)
    organisation = submit_organisation(organisation_id=organisation.pk, actor=manager, today=TODAY)
    return organisation, manager


def join(organisation: Organisation, username: str, role: Role, **values: Any) -> User:
    """A new person who holds ``role``."""
    user = person(username, **values)
    Membership.objects.create(user=user, organisation=organisation, role=role, starts_on=TODAY)
    return user


def state_of(organisation: Organisation) -> OrganisationState:
    organisation.refresh_from_db()
    return OrganisationState(organisation.state)
