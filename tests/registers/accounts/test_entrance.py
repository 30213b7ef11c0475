"""The ways in: signing up, signing in, and trying out."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from silian.registers.accounts.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "Qinglan-2026-lian"


def page(name: str) -> str:
    return Client().get(reverse(name)).content.decode()


def test_signing_up_asks_for_the_name_and_keeps_it() -> None:
    answer = Client().post(
        reverse("account_signup"),
        {
            "name": "林知行",
            "username": "lin-zhixing",
            "password1": PASSWORD,
            "password2": PASSWORD,
        },
    )
    assert answer.status_code == 302
    assert User.objects.get(username="lin-zhixing").name == "林知行"


def test_signing_up_without_a_name_is_refused() -> None:
    values = {"username": "lin-zhixing", "password1": PASSWORD, "password2": PASSWORD}
    answer = Client().post(reverse("account_signup"), values)
    assert answer.status_code in (200, 422)
    assert not User.objects.filter(username="lin-zhixing").exists()


def test_the_login_page_promises_no_longer_than_a_session_holds() -> None:
    shown = page("account_login")
    assert "两周" not in shown
    assert 'name="remember"' not in shown


def test_a_demonstration_shows_its_way_in_beside_the_login(settings: Any) -> None:
    way = reverse("accounts:demo_login")
    settings.DEMO_MODE = True
    assert way in page("portal:home")
    assert way in page("account_login")
    settings.DEMO_MODE = False
    assert way not in page("portal:home")
    assert way not in page("account_login")
