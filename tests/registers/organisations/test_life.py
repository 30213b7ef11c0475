"""Suspension, resumption, closing and merging."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.registers.accounts.models import Notification
from silian.registers.organisations.choices import OrganisationState, Role
from silian.registers.organisations.commands import life
from silian.registers.organisations.models import Membership, Organisation
from silian.registers.organisations.models.token import ApiToken
from silian.registers.organisations.queries.register import heir_of
from tests.registers.organisations.cast import NOW, join, state_of
from tests.world import CITY, TODAY, World, make_organisation


def firm(world: World) -> Organisation:
    organisation = world.enterprise.organisation
    assert organisation is not None
    return organisation


def suspend(world: World, reason: str = "信息不实") -> Organisation:
    return life.suspend_organisation(
        organisation_id=firm(world).pk, reason=reason, actor=world.reviewer.actor
    )


def merge(world: World, *, heir: Organisation, actor: str = "reviewer") -> Organisation:
    return life.merge_organisations(
        absorbed_id=firm(world).pk,
        heir_id=heir.pk,
        reason="吸收合并公告",
        actor=world.people[actor].actor,
        today=TODAY,
    )


def test_a_suspended_organisation_is_verified_no_more(
    world: World, run_jobs: Callable[[], None]
) -> None:
    suspend(world)
    run_jobs()
    assert state_of(firm(world)) == OrganisationState.SUSPENDED
    assert not world.enterprise.actor.organisation_verified
    assert "信息不实" in Notification.objects.get(user=world.enterprise.user).detail


def test_a_suspension_needs_a_reason(world: World) -> None:
    with pytest.raises(DomainError, match="写明原因"):
        suspend(world, reason="  ")


def test_a_resumed_organisation_acts_again(world: World) -> None:
    suspend(world)
    life.resume_organisation(
        organisation_id=firm(world).pk, reason="已整改", actor=world.reviewer.actor
    )
    assert world.enterprise.actor.organisation_verified
    assert Organisation.objects.get(pk=firm(world).pk).suspension_reason == ""


def test_what_is_not_suspended_is_not_resumed(world: World) -> None:
    with pytest.raises(WrongState):
        life.resume_organisation(
            organisation_id=firm(world).pk, reason="x", actor=world.reviewer.actor
        )


@pytest.mark.parametrize("name", ["enterprise", "rival", "expert", "security_admin"])
def test_only_the_region_s_officials_suspend(world: World, name: str) -> None:
    with pytest.raises(NotAllowed):
        life.suspend_organisation(
            organisation_id=firm(world).pk, reason="x", actor=world.people[name].actor
        )


def test_closing_ends_members_invitations_and_tokens(world: World) -> None:
    ApiToken.objects.create(
        organisation=firm(world),
        name="同步",
        secret_hash="0" * 64,
        scopes=["listings:read"],
        created_by=world.enterprise.user,
        expires_at=NOW.replace(year=2090),
    )
    life.close_organisation(
        organisation_id=firm(world).pk,
        reason="注销登记",
        actor=world.enterprise.actor,
        today=TODAY,
    )
    assert state_of(firm(world)) == OrganisationState.CLOSED
    assert not Membership.objects.in_force(on=TODAY).filter(organisation=firm(world)).exists()
    assert not ApiToken.objects.filter(revoked_at__isnull=True).exists()


def test_a_closed_organisation_stays_closed(world: World) -> None:
    given = {"organisation_id": firm(world).pk, "reason": "注销", "today": TODAY}
    life.close_organisation(actor=world.reviewer.actor, **given)
    with pytest.raises(WrongState, match="已注销"):
        life.close_organisation(actor=world.reviewer.actor, **given)


def test_a_rival_does_not_close_it(world: World) -> None:
    with pytest.raises(NotAllowed):
        life.close_organisation(
            organisation_id=firm(world).pk, reason="x", actor=world.rival.actor, today=TODAY
        )


def test_members_follow_to_the_heir_and_managers_come_as_agents(world: World) -> None:
    agent = join(firm(world), "agent", Role.AGENT)
    merge(world, heir=world.rival.organisation)
    present = Membership.objects.in_force(on=TODAY).filter(organisation=world.rival.organisation)
    seats = set(present.values_list("user__username", "role"))
    assert seats == {("rival", "manager"), ("enterprise", "agent"), (agent.username, "agent")}
    assert state_of(firm(world)) == OrganisationState.MERGED
    assert world.enterprise.actor.organisation_id == world.rival.organisation.pk


def test_the_members_are_told_of_the_merger(world: World, run_jobs: Callable[[], None]) -> None:
    merge(world, heir=world.rival.organisation)
    run_jobs()
    told = Notification.objects.get(user=world.enterprise.user)
    assert "已并入" in told.title


def test_later_references_follow_a_chain_of_heirs(world: World) -> None:
    last = make_organisation(name="最终承接公司（演示）", kind="enterprise")
    merge(world, heir=world.rival.organisation)
    life.merge_organisations(
        absorbed_id=world.rival.organisation.pk,
        heir_id=last.pk,
        reason="再次合并",
        actor=world.reviewer.actor,
        today=TODAY,
    )
    assert heir_of(Organisation.objects.get(pk=firm(world).pk)) == last
    assert heir_of(last) == last


def test_an_organisation_is_not_its_own_heir(world: World) -> None:
    with pytest.raises(DomainError, match="自身"):
        merge(world, heir=firm(world))


def test_the_heir_is_verified_and_of_the_same_kind(world: World) -> None:
    with pytest.raises(DomainError, match="类别不同"):
        merge(world, heir=world.school.organisation)
    waiting = make_organisation(name="待核验", kind="enterprise", state="submitted")
    with pytest.raises(DomainError, match="已核验"):
        merge(world, heir=waiting)


def test_the_organisations_themselves_do_not_merge(world: World) -> None:
    with pytest.raises(NotAllowed):
        merge(world, heir=world.rival.organisation, actor="rival")


def test_the_database_refuses_a_merger_without_heir(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=firm(world).pk).update(state="merged")


def test_the_database_refuses_a_suspension_without_reason(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=firm(world).pk).update(state="suspended")


def test_officials_do_not_act_on_their_own_bureau(world: World) -> None:
    bureau = world.reviewer.organisation
    assert bureau.division_id == CITY
    with pytest.raises(NotAllowed, match="本单位"):
        life.suspend_organisation(organisation_id=bureau.pk, reason="x", actor=world.reviewer.actor)
