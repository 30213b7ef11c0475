"""The command that fills the three seats of a new site."""

from __future__ import annotations

import getpass
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from silian.registers.accounts.models import User
from silian.registers.organisations.choices import ADMINISTRATOR_ROLES
from silian.registers.organisations.models import Membership
from tests.world import CITY, World, make_divisions

ARGUMENTS = {
    "operator": "青澜市大数据局（演示）",
    "division": CITY,
    "system_admin": "system-one:钱二",
    "security_admin": "security-one:赵一",
    "audit_admin": "audit-one:孙三",
}


@pytest.fixture(autouse=True)
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getpass", lambda prompt: "Blue-Harbour-27")


def test_a_new_site_gets_three_different_administrators(db: None) -> None:
    make_divisions()
    out = StringIO()
    call_command("first_administrators", stdout=out, **ARGUMENTS)
    rows = Membership.objects.filter(role__in=ADMINISTRATOR_ROLES)
    assert len({row.user_id for row in rows}) == 3
    assert all(row.user.second_factor_required for row in rows)
    assert "Blue-Harbour-27" not in out.getvalue()


def test_a_site_with_administrators_is_left_as_it_is(world: World) -> None:
    with pytest.raises(CommandError, match="已有管理员"):
        call_command("first_administrators", **ARGUMENTS)
    assert not User.objects.filter(username="system-one").exists()


def test_a_weak_password_is_refused(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    make_divisions()
    monkeypatch.setattr(getpass, "getpass", lambda prompt: "weak")
    with pytest.raises(CommandError, match="密码"):
        call_command("first_administrators", **ARGUMENTS)
