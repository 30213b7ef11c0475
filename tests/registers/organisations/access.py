"""Who gets what from the addresses of the organisation register."""

from __future__ import annotations

from itertools import count
from typing import Any

from silian.registers.organisations.choices import Role
from silian.registers.organisations.commands.members import invite_member
from silian.registers.organisations.models import Membership, Organisation
from silian.registers.organisations.models.document import OrganisationDocument
from silian.registers.organisations.models.organisation import Renaming
from silian.registers.organisations.models.proposal import RoleProposal
from silian.registers.organisations.models.token import ApiToken
from tests.access import HIDDEN, LOGIN, OK, Row, only, public, signed_in
from tests.registers.organisations.cast import NOW, join
from tests.world import COUNTY, ROLES, STARTED, TODAY, World

MANAGERS = ("enterprise", "rival", "school")
VERIFIERS = ("reviewer", "coordinator")
ADMINISTRATORS = ("system_admin", "security_admin", "audit_admin")
DONE, INVALID, CONFLICT = 302, 422, 409


def enterprise(world: World) -> Organisation:
    organisation = world.enterprise.organisation
    assert organisation is not None
    return organisation


numbers = count()


def fresh(prefix: str) -> str:
    return f"{prefix}{next(numbers)}"


def waiting(world: World) -> dict[str, Any]:
    organisation = Organisation.objects.create(
        name=fresh("待核验"), kind="enterprise", division_id=COUNTY, state="submitted"
    )
    return {"organisation_id": organisation.pk, "name": "verify"}


def renaming(world: World) -> dict[str, Any]:
    Renaming.objects.filter(organisation=enterprise(world)).delete()
    row = Renaming.objects.create(
        organisation=enterprise(world),
        new_name=fresh("启衡新名"),
        changed_on=TODAY,
        due_on=TODAY,
        requested_by=world.enterprise.user,
    )
    return {"renaming_id": row.pk, "name": "confirm"}


def document(world: World) -> dict[str, Any]:
    row = OrganisationDocument.objects.create(
        organisation=enterprise(world), kind="other", uploaded_by=world.enterprise.user
    )
    return {"document_id": row.pk}


def colleague(world: World) -> dict[str, Any]:
    user = join(enterprise(world), fresh("colleague"), Role.AGENT)
    return {"membership_id": Membership.objects.get(user=user).pk}


def own_seat(world: World) -> dict[str, Any]:
    return {"membership_id": Membership.objects.get(user=world.enterprise.user).pk}


def delegation(world: World) -> dict[str, Any]:
    user = join(enterprise(world), fresh("deputy"), Role.READER)
    row = Membership.objects.create(
        user=user,
        organisation=enterprise(world),
        role=Role.MANAGER,
        starts_on=STARTED,
        ends_on=TODAY.replace(year=2090),
        delegated_from_id=own_seat(world)["membership_id"],
    )
    return {"membership_id": row.pk}


def invitation(world: World) -> dict[str, Any]:
    row, _ = invite_member(
        organisation_id=enterprise(world).pk,
        role=Role.AGENT,
        email="",
        actor=world.enterprise.actor,
        now=NOW,
    )
    return {"invitation_id": row.pk}


def token(world: World) -> dict[str, Any]:
    row = ApiToken.objects.create(
        organisation=enterprise(world),
        name="同步",
        secret_hash=fresh("hash"),
        scopes=["listings:read"],
        created_by=world.enterprise.user,
        expires_at=NOW,
    )
    return {"token_id": row.pk}


def reviewer_seat(world: World) -> dict[str, Any]:
    return {"membership_id": Membership.objects.get(user=world.reviewer.user).pk}


def proposal(world: World) -> dict[str, Any]:
    user = join(world.reviewer.organisation, fresh("candidate"), Role.READER)
    row = RoleProposal.objects.create(
        kind="grant",
        user=user,
        organisation=world.reviewer.organisation,
        role=Role.REVIEWER,
        jurisdiction_id=COUNTY,
        reason="任命",
        proposed_by=world.system_admin.user,
    )
    return {"proposal_id": row.pk, "name": "confirm"}


def one(world: World) -> dict[str, Any]:
    return {"organisation_id": enterprise(world).pk}


def post(*roles: str, **given: Any) -> Row:
    return only(*roles, status=DONE, method="post", otherwise=HIDDEN, **given)


def everybody(status: int, **given: Any) -> Row:
    return Row(statuses=dict.fromkeys(ROLES, status), **given)


removal = {**dict.fromkeys(ROLES, HIDDEN), "anonymous": LOGIN, "enterprise": CONFLICT}
ACCESS = {
    "organisations:directory": public(),
    "organisations:detail": public(kwargs=one),
    "organisations:join": signed_in(kwargs=one),
    "organisations:register": public(),
    "organisations:register_manager": everybody(DONE),
    "organisations:invitation": everybody(HIDDEN, kwargs=lambda world: {"secret": "unknown"}),
    "organisations:mine": signed_in(),
    "organisations:profile": signed_in(),
    "organisations:history": signed_in(),
    "organisations:documents": signed_in(),
    "organisations:member_list": signed_in(),
    "organisations:delegate": signed_in(),
    "organisations:switch": only(
        "enterprise",
        status=DONE,
        method="post",
        data=lambda world: {"organisation": enterprise(world).pk},
    ),
    "organisations:profile_edit": only(*MANAGERS),
    "organisations:identity_edit": only(*MANAGERS),
    "organisations:service_edit": only(*MANAGERS),
    "organisations:rename": only(*MANAGERS),
    "organisations:invite": only(*MANAGERS),
    "organisations:tokens": only(*MANAGERS),
    "organisations:token_create": only(*MANAGERS),
    "organisations:document_add": only(*MANAGERS, status=INVALID, method="post"),
    "organisations:document_remove": Row(
        statuses={**removal, **dict.fromkeys(VERIFIERS, 403)}, method="post", kwargs=document
    ),
    "organisations:submit": only(*MANAGERS, status=CONFLICT, method="post"),
    "organisations:member": only("enterprise", otherwise=HIDDEN, kwargs=own_seat),
    "organisations:member_role": post(
        "enterprise", kwargs=colleague, data=lambda world: {"role": "reader"}
    ),
    "organisations:member_end": post("enterprise", kwargs=colleague),
    "organisations:invitation_withdraw": post("enterprise", kwargs=invitation),
    "organisations:leave": only(
        "enterprise", status=CONFLICT, otherwise=HIDDEN, method="post", kwargs=own_seat
    ),
    "organisations:delegation_end": post("enterprise", kwargs=delegation),
    "organisations:token_revoke": post("enterprise", kwargs=token),
    "organisations:queue": only(*VERIFIERS),
    "organisations:supervised": only(*VERIFIERS),
    "organisations:verification": only(*VERIFIERS, otherwise=HIDDEN, kwargs=one),
    "organisations:merge": only(
        *VERIFIERS, status=INVALID, otherwise=HIDDEN, method="post", kwargs=one
    ),
    "organisations:step": post(*VERIFIERS, kwargs=waiting),
    "organisations:rename_decide": post(*VERIFIERS, kwargs=renaming),
    "organisations:roles": only(*ADMINISTRATORS),
    "organisations:proposals": only(*ADMINISTRATORS),
    "organisations:propose": only("system_admin"),
    "organisations:role_end": only("system_admin", status=OK, kwargs=reviewer_seat),
    "organisations:decide": only("security_admin", status=DONE, method="post", kwargs=proposal),
}
