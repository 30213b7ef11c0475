"""Invitations, roles, leaving, and the last manager."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.core import mail
from django.urls import reverse

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.registers.accounts.commands.accounts import AccountFacts
from silian.registers.accounts.models import Notification, User
from silian.registers.organisations.choices import Role
from silian.registers.organisations.commands import joining, members
from silian.registers.organisations.models import Membership
from silian.registers.organisations.models.membership import Invitation
from tests.registers.organisations.cast import NOW, actor, join, person
from tests.world import TODAY, World

ACCOUNT = AccountFacts(
    name="新人", username="newcomer", password="Blue-Harbour-27", email="new@example.invalid"
)


def invite(world: World, **values: object) -> tuple[Invitation, str]:
    given = {"role": Role.AGENT, "email": "", "actor": world.enterprise.actor, "now": NOW, **values}
    return members.invite_member(organisation_id=world.enterprise.organisation.pk, **given)


def seat(username: str) -> Membership:
    return Membership.objects.filter(user__username=username).latest("pk")


def test_only_the_hash_of_an_invitation_is_kept(world: World) -> None:
    invitation, secret = invite(world)
    assert secret not in str(Invitation.objects.values().get(pk=invitation.pk))


def test_an_invited_person_becomes_a_member_once(world: World) -> None:
    _, secret = invite(world)
    first, second = person("first"), person("second")
    membership = members.accept_invitation(secret=secret, actor=actor(first), now=NOW, today=TODAY)
    assert membership.role == Role.AGENT
    assert membership.granted_by == world.enterprise.user
    with pytest.raises(DomainError, match="只能使用一次"):
        members.accept_invitation(secret=secret, actor=actor(second), now=NOW, today=TODAY)


def test_a_newcomer_gets_an_account_and_the_seat_together(world: World) -> None:
    _, secret = invite(world)
    membership, user = members.accept_invitation_with_account(
        secret=secret, account=ACCOUNT, actor=Actor(), now=NOW, today=TODAY
    )
    assert membership.user == user
    assert user.check_password(ACCOUNT.password)


def test_a_bad_link_opens_no_account_either(world: World) -> None:
    with pytest.raises(DomainError, match="不正确"):
        members.accept_invitation_with_account(
            secret="nonsense", account=ACCOUNT, actor=Actor(), now=NOW, today=TODAY
        )
    assert not User.objects.filter(username="newcomer").exists()


def test_an_old_invitation_is_refused(world: World) -> None:
    _, secret = invite(world)
    late = NOW + datetime.timedelta(days=14)
    with pytest.raises(DomainError, match="14 天"):
        members.accept_invitation(secret=secret, actor=actor(person("p")), now=late, today=TODAY)


def test_a_withdrawn_invitation_is_refused(world: World) -> None:
    invitation, secret = invite(world)
    members.withdraw_invitation(invitation_id=invitation.pk, actor=world.enterprise.actor)
    with pytest.raises(DomainError, match="撤回"):
        members.accept_invitation(secret=secret, actor=actor(person("p")), now=NOW, today=TODAY)


def test_a_used_invitation_is_not_withdrawn(world: World) -> None:
    invitation, secret = invite(world)
    members.accept_invitation(secret=secret, actor=actor(person("p")), now=NOW, today=TODAY)
    with pytest.raises(DomainError, match="已被接受"):
        members.withdraw_invitation(invitation_id=invitation.pk, actor=world.enterprise.actor)


@pytest.mark.parametrize("name", ["rival", "reviewer", "system_admin", "student"])
def test_strangers_invite_nobody(world: World, name: str) -> None:
    with pytest.raises(NotAllowed):
        invite(world, actor=world.people[name].actor)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN])
def test_official_roles_are_not_given_by_invitation(world: World, role: Role) -> None:
    with pytest.raises(DomainError, match="政务角色"):
        invite(world, role=role)


def test_a_firm_has_no_students(world: World) -> None:
    with pytest.raises(DomainError, match="院校"):
        invite(world, role=Role.STUDENT)


def test_the_same_seat_is_not_given_twice(world: World) -> None:
    user = join(world.enterprise.organisation, "agent", Role.AGENT)
    _, secret = invite(world)
    with pytest.raises(DomainError, match="无需重复"):
        members.accept_invitation(secret=secret, actor=actor(user), now=NOW, today=TODAY)


def test_the_link_is_sent_by_mail_and_shown_once(world: World) -> None:
    client = world.enterprise.client
    data = {"email": "colleague@example.invalid", "role": "agent"}
    response = client.post(reverse("organisations:invite"), data, follow=True)
    link = response.context["link"]
    assert link in mail.outbox[0].body
    assert mail.outbox[0].to == ["colleague@example.invalid"]
    again = client.get(reverse("organisations:member_list"))
    assert link not in again.content.decode()


def test_a_changed_role_keeps_the_old_one_in_the_record(world: World) -> None:
    join(world.enterprise.organisation, "agent", Role.AGENT)
    old = seat("agent")
    new = members.change_role(
        membership_id=old.pk, role=Role.READER, actor=world.enterprise.actor, today=TODAY
    )
    old.refresh_from_db()
    assert (old.ends_on, old.role) == (TODAY, Role.AGENT)
    assert (new.starts_on, new.role) == (TODAY, Role.READER)


def test_a_member_s_end_takes_effect_today(world: World) -> None:
    user = join(world.enterprise.organisation, "agent", Role.AGENT)
    members.end_membership(
        membership_id=seat("agent").pk, reason="调离", actor=world.enterprise.actor, today=TODAY
    )
    assert actor(user).organisation_id is None
    with pytest.raises(DomainError, match="已经结束"):
        members.end_membership(
            membership_id=seat("agent").pk, reason="", actor=world.enterprise.actor, today=TODAY
        )


def test_an_official_seat_is_not_ended_by_a_manager(world: World) -> None:
    bureau = world.reviewer.organisation
    chief = actor(join(bureau, "chief", Role.MANAGER))
    with pytest.raises(DomainError, match="系统管理员提出"):
        members.end_membership(
            membership_id=seat("reviewer").pk, reason="", actor=chief, today=TODAY
        )


def test_one_leaves_one_s_own_seat_only(world: World) -> None:
    user = join(world.enterprise.organisation, "agent", Role.AGENT)
    with pytest.raises(NotAllowed):
        members.leave_organisation(
            membership_id=seat("agent").pk, actor=world.enterprise.actor, today=TODAY
        )
    members.leave_organisation(membership_id=seat("agent").pk, actor=actor(user), today=TODAY)
    assert seat("agent").ends_on == TODAY


def test_the_last_manager_cannot_leave_change_or_be_ended(world: World) -> None:
    own, manager = seat("enterprise"), world.enterprise.actor
    steps: list[Callable[[], object]] = [
        lambda: members.leave_organisation(membership_id=own.pk, actor=manager, today=TODAY),
        lambda: members.change_role(
            membership_id=own.pk, role=Role.AGENT, actor=manager, today=TODAY
        ),
        lambda: members.end_membership(membership_id=own.pk, reason="", actor=manager, today=TODAY),
    ]
    for step in steps:
        with pytest.raises(DomainError, match="最后一名单位管理员"):
            step()


def test_with_a_second_manager_the_first_may_leave(world: World) -> None:
    join(world.enterprise.organisation, "second", Role.MANAGER)
    members.leave_organisation(
        membership_id=seat("enterprise").pk, actor=world.enterprise.actor, today=TODAY
    )
    assert seat("enterprise").ends_on == TODAY


def test_a_locked_manager_does_not_count_as_one_left(world: World) -> None:
    join(world.enterprise.organisation, "second", Role.MANAGER, is_active=False)
    with pytest.raises(DomainError, match="最后一名"):
        members.leave_organisation(
            membership_id=seat("enterprise").pk, actor=world.enterprise.actor, today=TODAY
        )


def test_asking_to_join_reaches_the_managers(world: World) -> None:
    newcomer = person("newcomer", email="new@example.invalid")
    joining.ask_to_join(
        organisation_id=world.enterprise.organisation.pk,
        note="人事部",
        invite_url="/x/",
        actor=actor(newcomer),
        today=TODAY,
    )
    told = Notification.objects.get()
    assert told.user == world.enterprise.user
    assert "new@example.invalid" in told.detail


def test_asking_to_join_needs_an_address_to_answer(world: World) -> None:
    with pytest.raises(DomainError, match="邮箱"):
        joining.ask_to_join(
            organisation_id=world.enterprise.organisation.pk,
            note="",
            invite_url="/x/",
            actor=actor(person("newcomer")),
            today=TODAY,
        )


def test_a_person_with_two_organisations_switches_between_them(world: World) -> None:
    user = world.enterprise.user
    Membership.objects.create(
        user=user, organisation=world.rival.organisation, role=Role.READER, starts_on=TODAY
    )
    client = world.enterprise.client
    response = client.post(
        reverse("organisations:switch"), {"organisation": world.rival.organisation.pk}
    )
    assert response.status_code == 302
    page = client.get(reverse("organisations:mine"))
    assert page.context["actor"].organisation_id == world.rival.organisation.pk


def test_nobody_switches_to_a_stranger_s_organisation(world: World) -> None:
    with pytest.raises(NotAllowed):
        joining.switch_organisation(
            organisation_id=world.rival.organisation.pk, actor=world.enterprise.actor, today=TODAY
        )


def test_the_switch_does_not_lead_to_another_site(world: World) -> None:
    response = world.enterprise.client.post(
        reverse("organisations:switch"),
        {"organisation": world.enterprise.organisation.pk, "next": "https://evil.invalid/"},
    )
    assert response["Location"] == reverse("organisations:mine")
