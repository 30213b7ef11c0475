"""Passwords, lockout, second factor, session limits, single sign-on, demonstration."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth.hashers import identify_hasher, make_password
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import DomainError
from silian.registers.accounts.commands.accounts import (
    AccountFacts,
    create_account,
    unlock_account,
)
from silian.registers.accounts.commands.sessions import SEEN, STARTED
from silian.registers.accounts.models import User
from tests.world import World

PASSWORD = "Blue-Harbour-27"
LOGIN = reverse("account_login")


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    cache.clear()


def account(world: World, name: str, **values: Any) -> User:
    user = world.people[name].user
    user.set_password(PASSWORD)
    for key, value in values.items():
        setattr(user, key, value)
    user.save()
    return user


def signed_in(username: str, password: str = PASSWORD) -> Client:
    client = Client()
    client.post(LOGIN, {"login": username, "password": password})
    return client


def test_passwords_are_kept_with_argon2(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert identify_hasher(make_password(PASSWORD)).algorithm == "argon2"


@pytest.mark.parametrize("password", ["short", "alllowercase", "1234567890", "Password12"])
def test_weak_passwords_open_no_account(world: World, password: str) -> None:
    facts = AccountFacts(name="新人", username="newcomer", password=password)
    with pytest.raises(DomainError) as refusal:
        create_account(account=facts, actor=Actor())
    assert refusal.value.field == "password"
    assert not User.objects.filter(username="newcomer").exists()


def test_names_and_addresses_are_taken_whatever_their_case(world: World) -> None:
    account(world, "student", email="a@example.invalid")
    for field, value in (("username", "STUDENT"), ("email", "A@example.invalid")):
        facts = AccountFacts(
            **{"name": "新人", "username": "newcomer", "password": PASSWORD, field: value}
        )
        with pytest.raises(DomainError) as refusal:
            create_account(account=facts, actor=Actor())
        assert refusal.value.field == field


def test_the_policy_holds_when_a_password_is_changed(world: World) -> None:
    account(world, "student")
    client = signed_in("student")
    url = reverse("account_change_password")
    data = {"oldpassword": PASSWORD, "password1": "alllowercase", "password2": "alllowercase"}
    page = client.post(url, data)
    assert "至少 3 类" in page.content.decode()
    before = User.objects.get(username="student").password_changed_at
    data |= {"password1": "Green-Harbour-28", "password2": "Green-Harbour-28"}
    assert client.post(url, data).status_code == 302
    assert User.objects.get(username="student").password_changed_at > before


def test_five_failures_lock_the_login_with_a_page_that_says_when(
    world: World, settings: Settings
) -> None:
    settings.AXES_ENABLED = True
    account(world, "student")
    client = Client()
    for _ in range(5):
        response = client.post(LOGIN, {"login": "student", "password": "wrong"})
    assert response.status_code == 429
    assert "15 分钟" in response.content.decode()
    response = client.post(LOGIN, {"login": "student", "password": PASSWORD})
    assert response.status_code == 429, "the right password does not help while locked"
    unlock_account(
        user_id=world.student.user.pk, reason="本人来电", actor=world.security_admin.actor
    )
    cache.clear()
    assert client.post(LOGIN, {"login": "student", "password": PASSWORD}).status_code == 302


def test_an_official_reaches_nothing_before_the_second_factor(world: World) -> None:
    account(world, "reviewer", second_factor_required=True)
    client = signed_in("reviewer")
    for name in ("accounts:me", "accounts:inbox", "organisations:queue", "organisations:directory"):
        assert client.get(reverse(name))["Location"] == reverse("mfa_activate_totp")
    assert client.get(reverse("mfa_activate_totp")).status_code in (200, 302)


def test_others_need_no_second_factor(world: World) -> None:
    account(world, "enterprise")
    assert signed_in("enterprise").get(reverse("accounts:me")).status_code == 200


def with_totp(user: User) -> str:
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def test_with_totp_the_password_alone_opens_nothing(world: World) -> None:
    secret = with_totp(account(world, "reviewer", second_factor_required=True))
    client = signed_in("reviewer")
    assert client.get(reverse("accounts:me")).status_code == 302
    counter = next(iter(yield_hotp_counters_from_time()))
    code = f"{hotp_value(secret, counter):06d}"
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert client.get(reverse("accounts:me")).status_code == 200


def test_a_recovery_code_opens_once(world: World) -> None:
    user = account(world, "reviewer", second_factor_required=True)
    with_totp(user)
    row = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
    code = RecoveryCodes(row).get_unused_codes()[0]
    for opens in (True, False):
        client = signed_in("reviewer")
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert (client.get(reverse("accounts:me")).status_code == 200) is opens


def test_an_official_s_old_password_must_be_renewed_first(world: World) -> None:
    user = account(world, "reviewer", second_factor_required=True)
    with_totp(user)
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(reverse("accounts:me")).status_code == 200
    User.objects.filter(pk=user.pk).update(
        password_changed_at=timezone.now() - datetime.timedelta(days=180)
    )
    assert client.get(reverse("accounts:me"))["Location"] == reverse("account_change_password")


@pytest.mark.parametrize(
    ("key", "ago", "stays"),
    [
        (SEEN, datetime.timedelta(minutes=29), True),
        (SEEN, datetime.timedelta(minutes=31), False),
        (STARTED, datetime.timedelta(hours=7, minutes=59), True),
        (STARTED, datetime.timedelta(hours=8, minutes=1), False),
    ],
)
def test_a_session_ends_by_idleness_and_by_age(
    world: World, key: str, ago: datetime.timedelta, stays: bool
) -> None:
    account(world, "student")
    client = signed_in("student")
    client.get(reverse("accounts:me"))
    session = client.session
    session[key] = (timezone.now() - ago).isoformat()
    session.save()
    assert (client.get(reverse("accounts:me")).status_code == 200) is stays


def test_single_sign_on_is_hidden_until_it_is_set_up(world: World, settings: Settings) -> None:
    assert "政务统一身份认证" not in Client().get(LOGIN).content.decode()
    app = {
        "provider_id": "government",
        "name": "政务统一身份认证",
        "client_id": "silian",
        "secret": "not-a-secret",
        "settings": {"server_url": "https://id.example.invalid"},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    assert "政务统一身份认证" in Client().get(LOGIN).content.decode()


def test_the_settings_page_shows_no_secret(world: World, settings: Settings) -> None:
    page = world.system_admin.client.get(reverse("accounts:settings")).content.decode()
    assert settings.SECRET_KEY not in page
    assert (
        settings.DATABASES["default"]["PASSWORD"] not in page
        or not (settings.DATABASES["default"]["PASSWORD"])
    )


class TestDemonstration:
    """One-click sign-in, which does not exist outside demo mode."""

    url = reverse("accounts:demo_login")

    def person(self, **values: Any) -> User:
        given = {"username": "demo-enterprise", "name": "林知行", "is_demo": True, **values}
        return User.objects.create(**given)

    def test_one_click_signs_in(self, world: World, settings: Settings) -> None:
        settings.DEMO_MODE = True
        user = self.person()
        client = Client()
        assert "林知行" in client.get(self.url).content.decode()
        client.post(self.url, {"seat": "enterprise"})
        assert client.get(reverse("accounts:me")).context["account"] == user

    def test_looking_signs_nobody_in(self, world: World, settings: Settings) -> None:
        settings.DEMO_MODE = True
        self.person()
        client = Client()
        client.get(self.url, {"seat": "enterprise"})
        assert client.get(reverse("accounts:me")).status_code == 302

    def test_outside_demo_mode_there_is_no_such_page(
        self, world: World, settings: Settings
    ) -> None:
        settings.DEMO_MODE = False
        self.person()
        client = Client()
        assert client.get(self.url).status_code == 404
        assert client.post(self.url, {"seat": "enterprise"}).status_code == 404
        assert client.get(reverse("accounts:me")).status_code == 302

    def test_a_real_account_of_that_name_is_not_opened(
        self, world: World, settings: Settings
    ) -> None:
        settings.DEMO_MODE = True
        self.person(is_demo=False)
        assert Client().post(self.url, {"seat": "enterprise"}).status_code == 404

    def test_the_second_factor_is_waived_in_demo_mode_only(
        self, world: World, settings: Settings
    ) -> None:
        user = self.person(second_factor_required=True)
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        settings.DEMO_MODE = True
        assert client.get(reverse("accounts:me")).status_code == 200
        settings.DEMO_MODE = False
        assert client.get(reverse("accounts:me")).status_code == 302
