"""A member lets another act for them until a day."""

from __future__ import annotations

import datetime

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.registers.organisations import rules
from silian.registers.organisations.choices import OFFICIAL_ROLES
from silian.registers.organisations.commands.members import locked_membership
from silian.registers.organisations.commands.official_roles import refresh_second_factor
from silian.registers.organisations.events import MembershipEnded, MembershipStarted
from silian.registers.organisations.models.membership import Membership


@transaction.atomic
def delegate_role(
    *,
    membership_id: int,
    to_user_id: int,
    ends_on: datetime.date,
    actor: Actor,
    today: datetime.date,
) -> Membership:
    """Let a colleague act in one's own role until ``ends_on`` (委托代办).

    Whoever acts so is named 代 wherever they act, in the audit trail too.
    """
    own = locked_membership(membership_id)
    if own.user_id != actor.user_id:
        raise NotAllowed("只能委托自己的角色。")
    if not own.is_in_force(on=today):
        raise DomainError("这个身份已经结束，不能再委托。")
    colleague = refuse_unfit_delegate(own=own, to_user_id=to_user_id, today=today)
    reason = rules.reason_not_delegable(
        role=own.role,
        is_delegated=own.delegated_from_id is not None,
        ends_on=ends_on,
        today=today,
        delegate_roles=colleague,
    )
    if reason:
        raise DomainError(reason, field="ends_on" if "日" in reason else None)
    return start_delegation(
        own=own, to_user_id=to_user_id, ends_on=ends_on, actor=actor, today=today
    )


def refuse_unfit_delegate(*, own: Membership, to_user_id: int, today: datetime.date) -> set[str]:
    """The roles that the delegate holds in person in the same organisation."""
    if to_user_id == own.user_id:
        raise DomainError("不能委托给自己，请选择一名同事。", field="to_user")
    present = Membership.objects.in_force(on=today).filter(
        user_id=to_user_id, organisation_id=own.organisation_id
    )
    roles = set(present.filter(delegated_from__isnull=True).values_list("role", flat=True))
    if not roles:
        raise DomainError("只能委托给本单位的成员，请先邀请其加入。", field="to_user")
    if own.role in roles or present.filter(delegated_from=own).exists():
        raise DomainError("对方已经有这个角色，无需委托。", field="to_user")
    return roles


def start_delegation(
    *,
    own: Membership,
    to_user_id: int,
    ends_on: datetime.date,
    actor: Actor,
    today: datetime.date,
) -> Membership:
    delegation = Membership.objects.create(
        user_id=to_user_id,
        organisation=own.organisation,
        role=own.role,
        jurisdiction_id=own.jurisdiction_id,
        starts_on=today,
        ends_on=min(ends_on, own.ends_on) if own.ends_on else ends_on,
        granted_by_id=actor.user_id,
        delegated_from=own,
    )
    if own.role in OFFICIAL_ROLES:
        refresh_second_factor(user_id=to_user_id, actor=actor, today=today)
    record(actor, "organisations.delegation.started", delegation)
    publish(
        MembershipStarted(
            membership_id=delegation.pk,
            organisation_id=own.organisation_id,
            user_id=to_user_id,
        )
    )
    return delegation


@transaction.atomic
def end_delegation(*, membership_id: int, actor: Actor, today: datetime.date) -> Membership:
    """End a delegation before its day, by either side (收回委托)."""
    delegation = locked_membership(membership_id)
    giver = delegation.delegated_from
    if giver is None or actor.user_id not in (delegation.user_id, giver.user_id):
        raise NotAllowed("只有委托人和受托人可以结束委托。")
    if not delegation.is_in_force(on=today):
        raise DomainError("这项委托已经结束。")
    delegation.ends_on = today
    delegation.save(update_fields=["ends_on"])
    record(actor, "organisations.delegation.ended", delegation)
    publish(
        MembershipEnded(
            membership_id=delegation.pk,
            organisation_id=delegation.organisation_id,
            user_id=delegation.user_id,
        )
    )
    return delegation
