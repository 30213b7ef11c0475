"""Suspension, merger and the end of an organisation."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.search import feed
from silian.registers.organisations import workflow
from silian.registers.organisations.choices import OFFICIAL_ROLES, OrganisationState, Role
from silian.registers.organisations.commands.registration import locked
from silian.registers.organisations.events import (
    OrganisationClosed,
    OrganisationResumed,
    OrganisationsMerged,
    OrganisationSuspended,
)
from silian.registers.organisations.models.membership import Invitation, Membership
from silian.registers.organisations.models.organisation import Organisation
from silian.registers.organisations.models.token import ApiToken
from silian.registers.organisations.permissions import may_manage, require_verifier
from silian.registers.organisations.queries.search_documents import SUBJECT


@transaction.atomic
def suspend_organisation(*, organisation_id: int, reason: str, actor: Actor) -> Organisation:
    """Stop an organisation from publishing and answering until it is cured (暂停).

    The effect: it is no longer verified for any module; what is agreed stays in force.
    """
    organisation = locked(organisation_id)
    require_verifier(actor, organisation)
    organisation.state = workflow.organisation.target(
        "suspend", state=OrganisationState(organisation.state), reason=reason
    )
    organisation.suspended_at = timezone.now()
    organisation.suspension_reason = reason.strip()
    organisation.save(update_fields=["state", "suspended_at", "suspension_reason"])
    feed.changed(SUBJECT, [organisation.pk])
    record(actor, "organisations.organisation.suspended", organisation, reason=reason)
    publish(OrganisationSuspended(organisation_id=organisation.pk))
    return organisation


@transaction.atomic
def resume_organisation(*, organisation_id: int, reason: str, actor: Actor) -> Organisation:
    """Let a suspended organisation act again (恢复)."""
    organisation = locked(organisation_id)
    require_verifier(actor, organisation)
    organisation.state = workflow.organisation.target(
        "resume", state=OrganisationState(organisation.state), reason=reason
    )
    organisation.suspended_at, organisation.suspension_reason = None, ""
    organisation.save(update_fields=["state", "suspended_at", "suspension_reason"])
    feed.changed(SUBJECT, [organisation.pk])
    record(actor, "organisations.organisation.resumed", organisation, reason=reason)
    publish(OrganisationResumed(organisation_id=organisation.pk, resumed_at=timezone.now()))
    return organisation


@transaction.atomic
def close_organisation(
    *, organisation_id: int, reason: str, actor: Actor, today: datetime.date
) -> Organisation:
    """Strike an organisation off; its members and tokens end with it (注销)."""
    organisation = locked(organisation_id)
    if not may_manage(actor, organisation):
        require_verifier(actor, organisation)
    organisation.state = workflow.organisation.target(
        "close", state=OrganisationState(organisation.state), reason=reason
    )
    write_end(organisation=organisation, reason=reason, today=today)
    end_access(organisation=organisation, today=today)
    record(actor, "organisations.organisation.closed", organisation, reason=reason)
    publish(OrganisationClosed(organisation_id=organisation.pk, closed_on=today))
    return organisation


@transaction.atomic
def merge_organisations(
    *, absorbed_id: int, heir_id: int, reason: str, actor: Actor, today: datetime.date
) -> Organisation:
    """Let one organisation go up in another; members follow to the heir (并入).

    Managers of the absorbed arrive as agents: the heir's own managers stay in charge.
    """
    absorbed, heir = both_locked(absorbed_id=absorbed_id, heir_id=heir_id)
    require_verifier(actor, absorbed)
    refuse_unfit_heir(absorbed=absorbed, heir=heir)
    absorbed.state = workflow.organisation.target(
        "merge", state=OrganisationState(absorbed.state), reason=reason
    )
    absorbed.merged_into = heir
    write_end(organisation=absorbed, reason=reason, today=today, also=("merged_into",))
    move_members(absorbed=absorbed, heir=heir, actor=actor, today=today)
    end_access(organisation=absorbed, today=today)
    record(
        actor,
        "organisations.organisation.merged",
        absorbed,
        reason=reason,
        detail={"heir": heir.pk, "heir_name": heir.name},
    )
    publish(OrganisationsMerged(organisation_id=absorbed.pk, heir_id=heir.pk, merged_on=today))
    return absorbed


def both_locked(*, absorbed_id: int, heir_id: int) -> tuple[Organisation, Organisation]:
    """Both rows, locked in the order of their keys so that two mergers cannot block each other."""
    if absorbed_id == heir_id:
        raise DomainError("单位不能并入自身，请选择承接单位。", field="heir")
    rows = (
        Organisation.objects.select_for_update(of=("self",))
        .filter(pk__in=(absorbed_id, heir_id))
        .order_by("pk")
    )
    by_id = {row.pk: row for row in rows}
    return by_id[absorbed_id], by_id[heir_id]


def refuse_unfit_heir(*, absorbed: Organisation, heir: Organisation) -> None:
    if heir.state != OrganisationState.VERIFIED:
        raise DomainError(
            f"承接单位“{heir.name}”当前为“{heir.get_state_display()}”，只能并入已核验的单位。",
            field="heir",
        )
    if heir.kind != absorbed.kind:
        raise DomainError(
            f"“{absorbed.name}”与“{heir.name}”类别不同，不能合并。请先核对单位类别。",
            field="heir",
        )


def write_end(
    *, organisation: Organisation, reason: str, today: datetime.date, also: tuple[str, ...] = ()
) -> None:
    organisation.ended_on, organisation.ending_reason = today, reason.strip()
    organisation.suspended_at, organisation.suspension_reason = None, ""
    organisation.save(
        update_fields=[
            "state",
            "ended_on",
            "ending_reason",
            "suspended_at",
            "suspension_reason",
            *also,
        ]
    )
    feed.changed(SUBJECT, [organisation.pk])


def move_members(
    *, absorbed: Organisation, heir: Organisation, actor: Actor, today: datetime.date
) -> None:
    """Give each member of the absorbed the same seat at the heir; official roles do not move."""
    present = Membership.objects.in_force(on=today)
    seats = {(row.user_id, row.role) for row in present.filter(organisation=heir)}
    coming = present.filter(organisation=absorbed, delegated_from__isnull=True)
    wanted = {
        (row.user_id, Role.AGENT if row.role == Role.MANAGER else Role(row.role))
        for row in coming.exclude(role__in=sorted(OFFICIAL_ROLES))
    }
    Membership.objects.bulk_create(
        Membership(
            user_id=user_id,
            organisation=heir,
            role=role,
            starts_on=today,
            granted_by_id=actor.user_id,
        )
        for user_id, role in sorted(wanted - seats)
    )


def end_access(*, organisation: Organisation, today: datetime.date) -> None:
    """End memberships, open invitations and tokens of an organisation that is no more."""
    now = timezone.now()
    Membership.objects.in_force(on=today).filter(organisation=organisation).update(ends_on=today)
    Invitation.objects.filter(
        organisation=organisation, accepted_at__isnull=True, withdrawn_at__isnull=True
    ).update(withdrawn_at=now)
    ApiToken.objects.filter(organisation=organisation, revoked_at__isnull=True).update(
        revoked_at=now
    )
