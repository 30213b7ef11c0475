"""Official roles: two persons, three separate administrators."""

from __future__ import annotations

import datetime
from itertools import permutations

import pytest
from django.db import IntegrityError, transaction

from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.registers.organisations.choices import (
    ADMINISTRATOR_ROLES,
    ProposalState,
    Role,
)
from silian.registers.organisations.commands import official_roles
from silian.registers.organisations.models import Membership
from silian.registers.organisations.models.proposal import RoleProposal
from tests.registers.organisations.cast import join, person
from tests.world import CITY, COUNTY, OTHER_CITY, TODAY, World, make_member

ADMINISTRATORS = sorted(ADMINISTRATOR_ROLES)


def propose(world: World, **values: object) -> RoleProposal:
    given = {
        "user_id": world.expert.user.pk,
        "organisation_id": world.reviewer.organisation.pk,
        "role": Role.REVIEWER,
        "jurisdiction": COUNTY,
        "reason": "任命",
        "actor": world.system_admin.actor,
        "today": TODAY,
    }
    return official_roles.propose_role(**{**given, **values})


def confirm(world: World, proposal: RoleProposal) -> RoleProposal:
    return official_roles.confirm_role(
        proposal_id=proposal.pk, actor=world.security_admin.actor, today=TODAY
    )


def test_a_proposal_alone_changes_nothing(world: World) -> None:
    propose(world)
    assert world.expert.actor.roles == {Role.EXPERT}


def test_a_confirmed_proposal_gives_the_role_its_scope_and_a_second_factor(world: World) -> None:
    proposal = confirm(world, propose(world))
    assert proposal.state == ProposalState.CONFIRMED
    assert proposal.membership is not None
    assert proposal.membership.jurisdiction_id == COUNTY
    world.expert.user.refresh_from_db()
    assert world.expert.user.second_factor_required
    assert world.expert.actor.jurisdiction == COUNTY


def test_only_the_system_administrator_proposes(world: World) -> None:
    for name in ("security_admin", "audit_admin", "reviewer", "coordinator", "enterprise"):
        with pytest.raises(NotAllowed):
            propose(world, actor=world.people[name].actor)


def test_only_the_security_administrator_confirms(world: World) -> None:
    proposal = propose(world)
    for name in ("system_admin", "audit_admin", "reviewer", "coordinator", "enterprise"):
        with pytest.raises(NotAllowed):
            official_roles.confirm_role(
                proposal_id=proposal.pk, actor=world.people[name].actor, today=TODAY
            )


def test_the_person_concerned_does_not_confirm(world: World) -> None:
    proposal = propose(
        world,
        user_id=world.security_admin.user.pk,
        role=Role.COORDINATOR,
        jurisdiction=CITY,
    )
    with pytest.raises(NotAllowed, match="当事人"):
        confirm(world, proposal)


def test_nobody_proposes_for_themselves(world: World) -> None:
    with pytest.raises(NotAllowed, match="自己"):
        propose(world, user_id=world.system_admin.user.pk)


def test_the_database_refuses_one_person_as_both(world: World) -> None:
    proposal = propose(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleProposal.objects.filter(pk=proposal.pk).update(
            state="confirmed", decided_by=world.system_admin.user
        )


def test_a_refusal_needs_a_reason_and_changes_nothing(world: World) -> None:
    proposal = propose(world)
    security = world.security_admin.actor
    with pytest.raises(DomainError, match="写明原因"):
        official_roles.refuse_role(proposal_id=proposal.pk, reason="", actor=security)
    official_roles.refuse_role(proposal_id=proposal.pk, reason="材料不全", actor=security)
    assert world.expert.actor.roles == {Role.EXPERT}
    with pytest.raises(DomainError, match="未同意"):
        confirm(world, proposal)


def test_the_same_change_is_not_proposed_twice(world: World) -> None:
    propose(world)
    with pytest.raises(DomainError, match="等复核"):
        propose(world)


def test_a_reviewer_s_scope_lies_in_the_department_s_division(world: World) -> None:
    with pytest.raises(DomainError, match="行政区划之内"):
        propose(world, jurisdiction=OTHER_CITY)
    with pytest.raises(DomainError, match="管辖范围"):
        propose(world, jurisdiction="")


def test_a_firm_has_no_reviewers(world: World) -> None:
    with pytest.raises(DomainError, match="政府部门"):
        propose(world, organisation_id=world.enterprise.organisation.pk)


@pytest.mark.parametrize(("held", "wanted"), list(permutations(ADMINISTRATORS, 2)))
def test_commands_refuse_two_administrator_roles_in_one_hand(
    world: World, held: Role, wanted: Role
) -> None:
    operator = world.system_admin.organisation
    second = make_member(username="second", organisation=operator, role=held)
    with pytest.raises(DomainError, match="同一人兼任"):
        propose(
            world,
            user_id=second.user.pk,
            organisation_id=operator.pk,
            role=wanted,
            jurisdiction="",
        )


@pytest.mark.parametrize(("held", "wanted"), list(permutations(ADMINISTRATORS, 2)))
def test_the_database_refuses_two_administrator_roles_in_one_hand(
    world: World, held: Role, wanted: Role
) -> None:
    operator = world.system_admin.organisation
    user = join(operator, "second", held)
    other = world.reviewer.organisation
    with pytest.raises(IntegrityError, match="membership_one_administrator_role"):
        with transaction.atomic():
            Membership.objects.create(user=user, organisation=other, role=wanted, starts_on=TODAY)


def test_the_database_lets_one_administrator_role_follow_another_in_time(world: World) -> None:
    operator = world.system_admin.organisation
    user = person("turner")
    past = TODAY - datetime.timedelta(days=100)
    Membership.objects.create(
        user=user, organisation=operator, role=Role.AUDIT_ADMIN, starts_on=past, ends_on=TODAY
    )
    Membership.objects.create(
        user=user, organisation=operator, role=Role.SECURITY_ADMIN, starts_on=TODAY
    )
    assert user.memberships.count() == 2


def test_the_database_sees_a_role_changed_by_update_too(world: World) -> None:
    operator = world.system_admin.organisation
    user = join(operator, "both", Role.AUDIT_ADMIN)
    row = Membership.objects.create(
        user=user, organisation=operator, role=Role.READER, starts_on=TODAY
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(pk=row.pk).update(role=Role.SYSTEM_ADMIN)


def test_a_clash_that_arises_while_waiting_is_refused_at_confirmation(world: World) -> None:
    operator = world.system_admin.organisation
    user = join(operator, "candidate", Role.READER)
    proposal = propose(
        world,
        user_id=user.pk,
        organisation_id=operator.pk,
        role=Role.AUDIT_ADMIN,
        jurisdiction="",
    )
    Membership.objects.create(
        user=user, organisation=operator, role=Role.SYSTEM_ADMIN, starts_on=TODAY
    )
    with pytest.raises(DomainError, match="同一人兼任"):
        confirm(world, proposal)


def test_a_role_is_taken_back_by_two_persons_too(world: World) -> None:
    seat = Membership.objects.get(user=world.reviewer.user)
    world.reviewer.user.second_factor_required = True
    world.reviewer.user.save()
    proposal = official_roles.propose_role_end(
        membership_id=seat.pk, reason="调离", actor=world.system_admin.actor, today=TODAY
    )
    assert Role.REVIEWER in world.reviewer.actor.roles
    confirm(world, proposal)
    assert world.reviewer.actor.roles == set()
    world.reviewer.user.refresh_from_db()
    assert not world.reviewer.user.second_factor_required


def test_the_last_administrator_of_a_kind_stays(world: World) -> None:
    seat = Membership.objects.get(user=world.audit_admin.user)
    with pytest.raises(DomainError, match="最后一名审计管理员"):
        official_roles.propose_role_end(
            membership_id=seat.pk, reason="调离", actor=world.system_admin.actor, today=TODAY
        )


def test_the_first_three_are_appointed_on_the_server_and_once_only(world: World) -> None:
    operator = world.system_admin.organisation
    users = {role: person(f"first-{role}").pk for role in ADMINISTRATORS}
    appoint = official_roles.appoint_first_administrators
    with pytest.raises(DomainError, match="已有管理员"):
        appoint(organisation_id=operator.pk, user_ids=users, actor=system_actor(), today=TODAY)
    Membership.objects.filter(role__in=ADMINISTRATORS).delete()
    with pytest.raises(NotAllowed):
        appoint(
            organisation_id=operator.pk,
            user_ids=users,
            actor=world.enterprise.actor,
            today=TODAY,
        )
    with pytest.raises(DomainError, match="3 个不同的人"):
        appoint(
            organisation_id=operator.pk,
            user_ids=dict.fromkeys(ADMINISTRATORS, world.enterprise.user.pk),
            actor=system_actor(),
            today=TODAY,
        )
    appoint(organisation_id=operator.pk, user_ids=users, actor=system_actor(), today=TODAY)
    assert Membership.objects.filter(role__in=ADMINISTRATORS).count() == 3
