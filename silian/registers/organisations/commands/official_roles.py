"""Official roles: proposed by the system administrator, decided by the security administrator."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.registers.accounts.commands.accounts import require_second_factor
from silian.registers.organisations import rules, workflow
from silian.registers.organisations.choices import (
    ADMINISTRATOR_ROLES,
    OFFICIAL_ROLES,
    ProposalKind,
    ProposalState,
    Role,
)
from silian.registers.organisations.commands.members import (
    finish,
    locked_membership,
    refuse_ended,
    start_membership,
)
from silian.registers.organisations.commands.registration import locked
from silian.registers.organisations.events import RoleProposed
from silian.registers.organisations.models.membership import Membership
from silian.registers.organisations.models.proposal import RoleProposal
from silian.registers.organisations.permissions import require_confirmer, require_proposer

CLASH = "系统、安全、审计管理员不得由同一人兼任。请另选他人。"


@transaction.atomic
def propose_role(
    *,
    user_id: int,
    organisation_id: int,
    role: str,
    jurisdiction: str,
    reason: str,
    actor: Actor,
    today: datetime.date,
) -> RoleProposal:
    """Propose that a person hold an official role (提出授予政务角色)."""
    require_proposer(actor)
    organisation = locked(organisation_id)
    refuse_ended(organisation)
    refuse_own(user_id=user_id, actor=actor)
    sentence = (
        rules.reason_role_unfit(role=role, kind=organisation.kind)
        or rules.reason_jurisdiction_unfit(
            role=role, jurisdiction=jurisdiction, home=organisation.division_id
        )
        or clash_of(user_id=user_id, role=role, today=today)
        or rules.reason_not_said(reason=reason)
    )
    if sentence:
        raise DomainError(sentence, field="role")
    refuse_held(user_id=user_id, organisation_id=organisation_id, role=role, today=today)
    return propose(
        kind=ProposalKind.GRANT,
        user_id=user_id,
        organisation_id=organisation_id,
        role=role,
        jurisdiction_id=jurisdiction or None,
        reason=reason.strip(),
        proposed_by_id=actor.user_id,
        actor=actor,
    )


@transaction.atomic
def propose_role_end(
    *, membership_id: int, reason: str, actor: Actor, today: datetime.date
) -> RoleProposal:
    """Propose that a person give up an official role (提出收回政务角色)."""
    require_proposer(actor)
    membership = locked_membership(membership_id)
    refuse_own(user_id=membership.user_id, actor=actor)
    sentence = rules.reason_not_said(reason=reason)
    if sentence:
        raise DomainError(sentence, field="reason")
    if membership.role not in OFFICIAL_ROLES or not membership.is_in_force(on=today):
        raise DomainError("这不是在任的政务角色，普通角色由单位管理员结束。")
    refuse_last_administrator(membership=membership, today=today)
    return propose(
        kind=ProposalKind.END,
        user_id=membership.user_id,
        organisation_id=membership.organisation_id,
        role=membership.role,
        jurisdiction_id=membership.jurisdiction_id,
        membership=membership,
        reason=reason.strip(),
        proposed_by_id=actor.user_id,
        actor=actor,
    )


def propose(*, actor: Actor, **values: object) -> RoleProposal:
    try:
        with transaction.atomic():
            proposal = RoleProposal.objects.create(**values)
    except IntegrityError:
        raise DomainError("这个人的同一角色已有变更在等复核，请先等待复核结果。") from None
    record(actor, "organisations.role.proposed", proposal, reason=proposal.reason)
    publish(RoleProposed(proposal_id=proposal.pk))
    return proposal


@transaction.atomic
def confirm_role(*, proposal_id: int, actor: Actor, today: datetime.date) -> RoleProposal:
    """Put a proposed change in force, as the second person (复核同意)."""
    proposal = locked_proposal(proposal_id)
    require_second_person(proposal=proposal, actor=actor)
    proposal.state = workflow.proposal.target("confirm", state=ProposalState(proposal.state))
    if proposal.kind == ProposalKind.GRANT:
        grant(proposal=proposal, today=today)
    else:
        take_back(proposal=proposal, today=today)
    decide(proposal=proposal, actor=actor)
    refresh_second_factor(user_id=proposal.user_id, actor=actor, today=today)
    record(actor, "organisations.role.confirmed", proposal)
    return proposal


@transaction.atomic
def refuse_role(*, proposal_id: int, reason: str, actor: Actor) -> RoleProposal:
    """Leave the roles as they are and say why (复核不同意)."""
    proposal = locked_proposal(proposal_id)
    require_second_person(proposal=proposal, actor=actor)
    proposal.state = workflow.proposal.target(
        "refuse", state=ProposalState(proposal.state), reason=reason
    )
    proposal.refusal_reason = reason.strip()
    decide(proposal=proposal, actor=actor)
    record(actor, "organisations.role.refused", proposal, reason=reason)
    return proposal


def grant(*, proposal: RoleProposal, today: datetime.date) -> None:
    sentence = clash_of(user_id=proposal.user_id, role=proposal.role, today=today)
    if sentence:
        raise DomainError(sentence)
    try:
        with transaction.atomic():
            membership = start_membership(
                user_id=proposal.user_id,
                organisation=proposal.organisation,
                role=proposal.role,
                granted_by_id=proposal.proposed_by_id,
                today=today,
            )
    except IntegrityError:
        raise DomainError(CLASH) from None
    membership.jurisdiction_id = proposal.jurisdiction_id
    membership.save(update_fields=["jurisdiction"])
    proposal.membership = membership
    proposal.save(update_fields=["membership"])


def take_back(*, proposal: RoleProposal, today: datetime.date) -> None:
    membership = locked_membership(proposal.membership_id or 0)
    refuse_last_administrator(membership=membership, today=today)
    finish(membership=membership, today=today)


def decide(*, proposal: RoleProposal, actor: Actor) -> None:
    proposal.decided_by_id, proposal.decided_at = actor.user_id, timezone.now()
    proposal.save(update_fields=["state", "decided_by", "decided_at", "refusal_reason"])


def locked_proposal(proposal_id: int) -> RoleProposal:
    return (
        RoleProposal.objects.select_for_update(of=("self",))
        .select_related("organisation", "user")
        .get(pk=proposal_id)
    )


def require_second_person(*, proposal: RoleProposal, actor: Actor) -> None:
    """The one who decides is neither the proposer nor the person concerned (双人复核)."""
    require_confirmer(actor)
    if actor.user_id in (proposal.proposed_by_id, proposal.user_id):
        raise NotAllowed("提出人和当事人不能复核自己的事项，请由另一名安全管理员办理。")


def refuse_own(*, user_id: int, actor: Actor) -> None:
    if user_id == actor.user_id:
        raise NotAllowed("不能为自己提出角色变更，请由另一名系统管理员提出。")


def refuse_held(*, user_id: int, organisation_id: int, role: str, today: datetime.date) -> None:
    held = Membership.objects.in_force(on=today).filter(
        user_id=user_id, organisation_id=organisation_id, role=role, delegated_from__isnull=True
    )
    if held.exists():
        raise DomainError(f"此人已是该单位的“{Role(role).label}”，无需再提。", field="role")


def clash_of(*, user_id: int, role: str, today: datetime.date) -> str | None:
    held = Membership.objects.in_force(on=today).filter(user_id=user_id)
    return rules.reason_administrators_clash(held=held.values_list("role", flat=True), wanted=role)


def refuse_last_administrator(*, membership: Membership, today: datetime.date) -> None:
    """Each of the three administrators stays filled."""
    if membership.role not in ADMINISTRATOR_ROLES:
        return
    others = Membership.objects.in_force(on=today).filter(
        role=membership.role, user__is_active=True
    )
    if not others.exclude(pk=membership.pk).exists():
        raise DomainError(
            f"这是最后一名{membership.get_role_display()}，请先授予接任者，再收回此人的角色。"
        )


def refresh_second_factor(*, user_id: int, actor: Actor, today: datetime.date) -> None:
    """A second factor is required as long as an official role is held (两步验证)."""
    official = Membership.objects.in_force(on=today).filter(
        user_id=user_id, role__in=sorted(OFFICIAL_ROLES)
    )
    require_second_factor(user_id=user_id, required=official.exists(), actor=actor)


@transaction.atomic
def appoint_first_administrators(
    *, organisation_id: int, user_ids: Mapping[Role, int], actor: Actor, today: datetime.date
) -> None:
    """Fill the three seats of a new site; possible only while all three are empty (首任三员)."""
    if not actor.is_system:
        raise NotAllowed("首任管理员只能在服务器上由部署人员设定。")
    organisation = locked(organisation_id)
    if set(user_ids) != ADMINISTRATOR_ROLES or len(set(user_ids.values())) != len(user_ids):
        raise DomainError("首任系统、安全、审计管理员须为 3 个不同的人。")
    taken = Membership.objects.in_force(on=today).filter(role__in=sorted(ADMINISTRATOR_ROLES))
    if taken.exists():
        raise DomainError("本平台已有管理员，后续变更须由系统管理员提出、安全管理员复核。")
    for role, user_id in sorted(user_ids.items()):
        membership = start_membership(
            user_id=user_id, organisation=organisation, role=role, granted_by_id=None, today=today
        )
        refresh_second_factor(user_id=user_id, actor=actor, today=today)
        record(actor, "organisations.role.first_appointed", membership)
