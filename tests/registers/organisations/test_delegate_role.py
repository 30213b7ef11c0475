"""Acting for a colleague until a day."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.models import AuditEntry
from silian.registers.accounts.models import User
from silian.registers.organisations.choices import Role
from silian.registers.organisations.commands.delegation import delegate_role, end_delegation
from silian.registers.organisations.commands.joining import switch_organisation
from silian.registers.organisations.commands.members import finish
from silian.registers.organisations.models import Membership
from silian.registers.organisations.queries import actor_for
from tests.registers.organisations.cast import actor, join, person
from tests.world import CITY, TODAY, World

UNTIL = TODAY + datetime.timedelta(days=30)


def own(world: World) -> Membership:
    return Membership.objects.get(user=world.enterprise.user)


def delegated(world: World, deputy: User) -> Membership:
    return delegate_role(
        membership_id=own(world).pk,
        to_user_id=deputy.pk,
        ends_on=UNTIL,
        actor=world.enterprise.actor,
        today=TODAY,
    )


def deputy_of(world: World) -> User:
    return join(world.enterprise.organisation, "deputy", Role.READER, name="李四")


def test_the_deputy_acts_in_the_role_and_is_named_so(world: World) -> None:
    deputy = deputy_of(world)
    delegated(world, deputy)
    acting = actor(deputy)
    assert acting.roles == {Role.READER, Role.MANAGER}
    assert acting.name == "李四（代enterprise）"


def test_the_audit_trail_names_the_deputy_as_deputy(world: World) -> None:
    deputy = deputy_of(world)
    delegated(world, deputy)
    switch_organisation(
        organisation_id=world.enterprise.organisation.pk, actor=actor(deputy), today=TODAY
    )
    assert AuditEntry.objects.latest("pk").actor_name == "李四（代enterprise）"


def test_the_delegation_ends_by_itself(world: World) -> None:
    deputy = deputy_of(world)
    delegated(world, deputy)
    assert Role.MANAGER not in actor_for(user=deputy, on=UNTIL).roles
    assert Role.MANAGER in actor_for(user=deputy, on=UNTIL - datetime.timedelta(days=1)).roles


def test_either_side_ends_it_before(world: World) -> None:
    deputy = deputy_of(world)
    row = delegated(world, deputy)
    with pytest.raises(NotAllowed):
        end_delegation(membership_id=row.pk, actor=world.rival.actor, today=TODAY)
    end_delegation(membership_id=row.pk, actor=actor(deputy), today=TODAY)
    assert Role.MANAGER not in actor(deputy).roles


def test_it_ends_with_the_giver_s_own_seat(world: World) -> None:
    deputy = deputy_of(world)
    delegated(world, deputy)
    finish(membership=own(world), today=TODAY)
    assert Role.MANAGER not in actor(deputy).roles


def test_a_stranger_cannot_be_the_deputy(world: World) -> None:
    with pytest.raises(DomainError, match="本单位的成员"):
        delegated(world, person("stranger"))


def test_one_delegates_one_s_own_role_only(world: World) -> None:
    deputy = deputy_of(world)
    with pytest.raises(NotAllowed):
        delegate_role(
            membership_id=own(world).pk,
            to_user_id=deputy.pk,
            ends_on=UNTIL,
            actor=world.rival.actor,
            today=TODAY,
        )


def test_a_delegated_role_is_not_passed_on(world: World) -> None:
    deputy, third = deputy_of(world), join(world.enterprise.organisation, "third", Role.READER)
    row = delegated(world, deputy)
    with pytest.raises(DomainError, match="不能再委托"):
        delegate_role(
            membership_id=row.pk,
            to_user_id=third.pk,
            ends_on=UNTIL,
            actor=actor(deputy),
            today=TODAY,
        )


def test_an_official_role_goes_only_to_an_official(world: World) -> None:
    clerk = join(world.reviewer.organisation, "clerk", Role.READER)
    reviewer = Membership.objects.get(user=world.reviewer.user)
    given = {"membership_id": reviewer.pk, "ends_on": UNTIL, "actor": world.reviewer.actor}
    with pytest.raises(DomainError, match="政务角色"):
        delegate_role(to_user_id=clerk.pk, today=TODAY, **given)
    row = delegate_role(to_user_id=world.coordinator.user.pk, today=TODAY, **given)
    assert row.jurisdiction_id == CITY
    world.coordinator.user.refresh_from_db()
    assert world.coordinator.user.second_factor_required


def test_the_database_refuses_a_delegation_without_end(world: World) -> None:
    deputy = deputy_of(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            user=deputy,
            organisation=world.enterprise.organisation,
            role=Role.MANAGER,
            starts_on=TODAY,
            delegated_from=own(world),
        )
