"""Locking, unlocking, signing out and the second factor, by the security administrator."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.models import AuditEntry
from silian.registers.accounts.commands import accounts
from silian.registers.accounts.models import User
from tests.world import World

PASSWORD = "Blue-Harbour-27"


def lock(world: World, user: User, **values: Any) -> User:
    given = {"reason": "异常登录", "actor": world.security_admin.actor, "now": timezone.now()}
    return accounts.lock_account(user_id=user.pk, **{**given, **values})


def with_password(world: World, name: str = "student") -> User:
    user = world.people[name].user
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(user: User, password: str = PASSWORD) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": user.username, "password": password})
    return client


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("accounts:me")).status_code == 200


def test_signing_in_is_listed_and_can_be_ended_from_elsewhere(world: World) -> None:
    user = with_password(world)
    here, there = sign_in(user), sign_in(user)
    assert is_signed_in(here)
    assert is_signed_in(there)
    key = there.session.session_key
    other = UserSession.objects.get(session_key=key)
    here.post(reverse("accounts:session_end", args=[other.pk]))
    assert not is_signed_in(there)
    assert is_signed_in(here)


def test_nobody_ends_a_stranger_s_session(world: World) -> None:
    client = sign_in(with_password(world))
    session = UserSession.objects.get(session_key=client.session.session_key)
    world.rival.client.post(reverse("accounts:session_end", args=[session.pk]))
    assert is_signed_in(client)


def test_a_locked_person_is_out_at_once_and_stays_out(world: World) -> None:
    user = with_password(world)
    client = sign_in(user)
    lock(world, user)
    assert not is_signed_in(client)
    assert not is_signed_in(sign_in(user))
    entry = AuditEntry.objects.get(action="accounts.user.locked")
    assert entry.reason == "异常登录"


def test_an_unlocked_person_comes_in_again(world: World) -> None:
    user = with_password(world)
    lock(world, user)
    accounts.unlock_account(user_id=user.pk, reason="已核实", actor=world.security_admin.actor)
    assert is_signed_in(sign_in(user))


@pytest.mark.parametrize("name", ["system_admin", "audit_admin", "reviewer", "enterprise"])
def test_nobody_else_locks(world: World, name: str) -> None:
    with pytest.raises(NotAllowed):
        lock(world, world.student.user, actor=world.people[name].actor)


def test_a_lock_needs_a_reason_and_is_not_for_oneself(world: World) -> None:
    with pytest.raises(DomainError, match="写明原因"):
        lock(world, world.student.user, reason=" ")
    with pytest.raises(DomainError, match="自己"):
        lock(world, world.security_admin.user)
    lock(world, world.student.user)
    with pytest.raises(DomainError, match="已经锁定"):
        lock(world, world.student.user)


def test_the_database_refuses_a_lock_without_reason(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=world.student.user.pk).update(locked_at=timezone.now())


def test_signing_out_everywhere_needs_a_reason_too(world: World) -> None:
    user = with_password(world)
    client = sign_in(user)
    actor = world.security_admin.actor
    with pytest.raises(DomainError):
        accounts.end_sessions(user_id=user.pk, reason="", actor=actor)
    assert accounts.end_sessions(user_id=user.pk, reason="离职", actor=actor) == 1
    assert not is_signed_in(client)


def test_a_lost_second_factor_is_reset_by_another_person(world: World) -> None:
    user = world.reviewer.user
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    accounts.reset_second_factor(
        user_id=user.pk, reason="手机遗失，已当面核实", actor=world.security_admin.actor
    )
    assert not Authenticator.objects.filter(user=user).exists()
    with pytest.raises(DomainError, match="自己"):
        accounts.reset_second_factor(
            user_id=world.security_admin.user.pk, reason="x", actor=world.security_admin.actor
        )


def test_the_page_of_an_account_shows_roles_and_offers_steps(world: World) -> None:
    url = reverse("accounts:account", args=[world.student.user.pk])
    page = world.security_admin.client.get(url).content.decode()
    assert world.school.organisation.name in page
    assert "强制下线" in page
    assert "强制下线</summary>" not in world.audit_admin.client.get(url).content.decode()


def test_the_list_finds_the_locked(world: World) -> None:
    lock(world, world.student.user)
    page = world.audit_admin.client.get(reverse("accounts:account_list"), {"state": "locked"})
    assert [row.row.username for row in page.context["table"].body] == ["student"]
