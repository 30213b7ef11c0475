"""Members: invited, accepted, given another role, ended."""

from __future__ import annotations

import datetime
import hashlib
import secrets
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.registers.accounts.commands.accounts import AccountFacts, create_account
from silian.registers.accounts.models import User
from silian.registers.accounts.permissions import signed_in_id
from silian.registers.organisations import rules
from silian.registers.organisations.choices import OFFICIAL_ROLES, Role
from silian.registers.organisations.commands.registration import locked
from silian.registers.organisations.events import MembershipEnded, MembershipStarted
from silian.registers.organisations.models.membership import Invitation, Membership
from silian.registers.organisations.models.organisation import Organisation
from silian.registers.organisations.permissions import require_manager

INVITATION_DAYS = 14
MOST_OPEN_INVITATIONS = 200  # a school invites a year's teachers at once, a mistake stays small


def secret_hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def invite_member(
    *, organisation_id: int, role: str, email: str, actor: Actor, now: datetime.datetime
) -> tuple[Invitation, str]:
    """Invite one person; the secret of the link is returned once and never kept (邀请成员)."""
    organisation = locked(organisation_id)
    require_manager(actor, organisation)
    refuse_ungrantable(organisation=organisation, role=role, actor=actor)
    open_ones = organisation.invitations.filter(
        accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now
    ).count()
    if open_ones >= MOST_OPEN_INVITATIONS:
        raise DomainError(f"还有 {open_ones} 份邀请没有答复，请先撤回用不到的再邀请。")
    secret = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        organisation=organisation,
        role=role,
        email=email.strip().lower(),
        secret_hash=secret_hash(secret),
        invited_by_id=signed_in_id(actor),
        expires_at=now + datetime.timedelta(days=INVITATION_DAYS),
    )
    record(actor, "organisations.invitation.made", invitation, detail={"role": role})
    return invitation, secret


@transaction.atomic
def withdraw_invitation(*, invitation_id: int, actor: Actor) -> None:
    """Take back an invitation that nobody has used (撤回邀请)."""
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation_id)
    require_manager(actor, invitation.organisation)
    if invitation.accepted_at:
        raise DomainError("这份邀请已被接受，请到成员名单中结束其身份。")
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    record(actor, "organisations.invitation.withdrawn", invitation)


@transaction.atomic
def accept_invitation(
    *, secret: str, actor: Actor, now: datetime.datetime, today: datetime.date
) -> Membership:
    """Become a member by a link that works once (接受邀请)."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .filter(secret_hash=secret_hash(secret))
        .first()
    )
    if invitation is None:
        raise DomainError("邀请链接不正确，请向邀请您的单位重新索取。")
    refuse_used(invitation=invitation, now=now)
    organisation = locked(invitation.organisation_id)
    refuse_ended(organisation)
    membership = start_membership(
        user_id=signed_in_id(actor),
        organisation=organisation,
        role=invitation.role,
        granted_by_id=invitation.invited_by_id,
        today=today,
    )
    invitation.accepted_at, invitation.accepted_by_id = now, actor.user_id
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    record(actor, "organisations.membership.accepted", membership)
    return membership


@transaction.atomic
def accept_invitation_with_account(
    *,
    secret: str,
    account: AccountFacts,
    actor: Actor,
    now: datetime.datetime,
    today: datetime.date,
) -> tuple[Membership, User]:
    """Open an account and become a member by one link, both or neither."""
    user = create_account(account=account, actor=actor)
    newcomer = replace(actor, user_id=user.pk, name=user.name)
    membership = accept_invitation(secret=secret, actor=newcomer, now=now, today=today)
    return membership, user


def refuse_used(*, invitation: Invitation, now: datetime.datetime) -> None:
    again = "请向邀请您的单位重新索取。"
    if invitation.accepted_at:
        raise DomainError(f"邀请链接只能使用一次，这一份已被使用。{again}")
    if invitation.withdrawn_at:
        raise DomainError(f"这份邀请已被撤回。{again}")
    if invitation.expires_at <= now:
        raise DomainError(f"邀请已过期，有效期为 {INVITATION_DAYS} 天。{again}")


def refuse_ended(organisation: Organisation) -> None:
    if organisation.is_ended:
        raise DomainError(f"“{organisation.name}”{organisation.get_state_display()}，不能再加入。")


def start_membership(
    *,
    user_id: int,
    organisation: Organisation,
    role: str,
    granted_by_id: int | None,
    today: datetime.date,
) -> Membership:
    held = Membership.objects.in_force(on=today).filter(user_id=user_id, organisation=organisation)
    if held.filter(role=role, delegated_from__isnull=True).exists():
        raise DomainError(f"您在“{organisation.name}”已是“{Role(role).label}”，无需重复加入。")
    membership = Membership.objects.create(
        user_id=user_id,
        organisation=organisation,
        role=role,
        starts_on=today,
        granted_by_id=granted_by_id,
    )
    publish(
        MembershipStarted(
            membership_id=membership.pk, organisation_id=organisation.pk, user_id=user_id
        )
    )
    return membership


@transaction.atomic
def change_role(*, membership_id: int, role: str, actor: Actor, today: datetime.date) -> Membership:
    """Give a member another role from today; the old one stays in the record (调整角色)."""
    membership = locked_membership(membership_id)
    organisation = locked(membership.organisation_id)
    require_manager(actor, organisation)
    refuse_official(membership)
    refuse_ungrantable(organisation=organisation, role=role, actor=actor)
    if membership.role == role:
        return membership
    refuse_last_manager(membership=membership, today=today)
    finish(membership=membership, today=today)
    changed = start_membership(
        user_id=membership.user_id,
        organisation=organisation,
        role=role,
        granted_by_id=actor.user_id,
        today=today,
    )
    record(
        actor,
        "organisations.membership.role_changed",
        changed,
        detail={"from": membership.role, "to": role},
    )
    return changed


@transaction.atomic
def end_membership(
    *, membership_id: int, reason: str, actor: Actor, today: datetime.date
) -> Membership:
    """End a member's role (结束成员身份)."""
    membership = locked_membership(membership_id)
    organisation = locked(membership.organisation_id)
    require_manager(actor, organisation)
    refuse_official(membership)
    refuse_last_manager(membership=membership, today=today)
    finish(membership=membership, today=today)
    record(actor, "organisations.membership.ended", membership, reason=reason)
    return membership


@transaction.atomic
def leave_organisation(*, membership_id: int, actor: Actor, today: datetime.date) -> Membership:
    """Give up one's own role (退出单位)."""
    membership = locked_membership(membership_id)
    locked(membership.organisation_id)
    if membership.user_id != actor.user_id:
        raise NotAllowed("只能退出自己的身份，他人的身份由单位管理员结束。")
    refuse_official(membership)
    refuse_last_manager(membership=membership, today=today)
    finish(membership=membership, today=today)
    record(actor, "organisations.membership.left", membership)
    return membership


def locked_membership(membership_id: int) -> Membership:
    """The membership, locked after its organisation: everybody locks in this order."""
    locked(Membership.objects.values_list("organisation_id", flat=True).get(pk=membership_id))
    return (
        Membership.objects.select_for_update(of=("self",))
        .select_related("organisation", "user")
        .get(pk=membership_id)
    )


def refuse_ungrantable(*, organisation: Organisation, role: str, actor: Actor) -> None:
    refuse_ended(organisation)
    reason = rules.reason_not_grantable(role=role, roles=actor.roles, kind=organisation.kind)
    if reason:
        raise DomainError(reason, field="role")


def refuse_official(membership: Membership) -> None:
    if membership.role in OFFICIAL_ROLES and membership.delegated_from_id is None:
        raise DomainError(
            f"“{membership.get_role_display()}”是政务角色，须由系统管理员提出、安全管理员复核后收回。"
        )


def refuse_last_manager(*, membership: Membership, today: datetime.date) -> None:
    """An organisation is never left without a manager of its own."""
    if membership.role != Role.MANAGER or membership.delegated_from_id:
        return
    others = (
        Membership.objects.in_force(on=today)
        .filter(
            organisation_id=membership.organisation_id,
            role=Role.MANAGER,
            delegated_from__isnull=True,
            user__is_active=True,
        )
        .exclude(pk=membership.pk)
    )
    if not others.exists():
        raise DomainError(
            "这是贵单位最后一名单位管理员，不能退出或改任。请先让另一名成员成为单位管理员。"
        )


def finish(*, membership: Membership, today: datetime.date) -> None:
    """End a membership today, and with it what was delegated from it."""
    if not membership.is_in_force(on=today):
        raise DomainError("这个身份已经结束，无需再次办理。")
    membership.ends_on = today
    membership.save(update_fields=["ends_on"])
    Membership.objects.in_force(on=today).filter(delegated_from=membership).update(ends_on=today)
    publish(
        MembershipEnded(
            membership_id=membership.pk,
            organisation_id=membership.organisation_id,
            user_id=membership.user_id,
        )
    )
