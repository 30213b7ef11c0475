"""Passwords, sessions and quiet hours, without a database."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silian.registers.accounts import rules
from silian.registers.accounts.choices import (
    DEFAULT_DELIVERY,
    AdministratorRole,
    NotificationKind,
)
from silian.registers.organisations.choices import ADMINISTRATOR_ROLES

ZONE = ZoneInfo("Asia/Shanghai")
NOON = datetime.datetime(2026, 3, 18, 12, 0, tzinfo=ZONE)
NIGHT, MORNING = datetime.time(22, 0), datetime.time(7, 30)


@pytest.mark.parametrize("password", ["lowercaseonly", "lower12345", "12345!!!!!"])
def test_two_kinds_of_characters_are_too_few(password: str) -> None:
    assert "至少 3 类" in (rules.reason_password_weak(password=password) or "")


@pytest.mark.parametrize("password", ["Blue-harbour", "Blue12345678", "blue-1234567"])
def test_three_kinds_are_enough(password: str) -> None:
    assert rules.reason_password_weak(password=password) is None


def test_the_login_name_is_no_part_of_a_password() -> None:
    assert rules.reason_password_weak(password="Linzhixing-27", username="linzhixing")


def test_half_an_hour_without_use_ends_a_session() -> None:
    seen = NOON - datetime.timedelta(minutes=29)
    assert not rules.session_has_ended(started=seen, seen=seen, now=NOON)
    assert rules.session_has_ended(
        started=seen, seen=seen, now=NOON + datetime.timedelta(minutes=1)
    )


def test_eight_hours_end_a_session_whatever_its_use() -> None:
    started = NOON - datetime.timedelta(hours=8)
    assert rules.session_has_ended(started=started, seen=NOON, now=NOON)


@pytest.mark.parametrize(
    ("at", "quiet"),
    [("21:59", False), ("22:00", True), ("00:00", True), ("07:29", True), ("07:30", False)],
)
def test_quiet_hours_may_pass_midnight(at: str, quiet: bool) -> None:
    moment = datetime.time.fromisoformat(at)
    assert rules.is_quiet(at=moment, quiet_from=NIGHT, quiet_to=MORNING) is quiet


def test_a_letter_of_the_night_leaves_in_the_morning() -> None:
    late = NOON.replace(hour=23)
    leaves = rules.email_time(now=late, quiet_from=NIGHT, quiet_to=MORNING)
    assert leaves == datetime.datetime(2026, 3, 19, 7, 30, tzinfo=ZONE)
    early = NOON.replace(hour=6)
    assert rules.email_time(now=early, quiet_from=NIGHT, quiet_to=MORNING).hour == 7
    assert rules.email_time(now=NOON, quiet_from=NIGHT, quiet_to=MORNING) == NOON


@given(st.times(), st.times(), st.times())
def test_no_letter_leaves_in_quiet_hours_or_waits_over_a_day(
    at: datetime.time, start: datetime.time, end: datetime.time
) -> None:
    start, end = start.replace(second=0, microsecond=0), end.replace(second=0, microsecond=0)
    now = datetime.datetime.combine(NOON.date(), at, tzinfo=ZONE)
    leaves = rules.email_time(now=now, quiet_from=start, quiet_to=end)
    assert not rules.is_quiet(at=leaves.time(), quiet_from=start, quiet_to=end)
    assert now <= leaves <= now + datetime.timedelta(days=1)


def test_the_digest_goes_once_a_day_from_its_hour() -> None:
    given = {"digest_hour": 12, "last_digest_on": None}
    assert rules.digest_is_due(now=NOON, **given)
    assert not rules.digest_is_due(now=NOON.replace(hour=11), **given)
    assert not rules.digest_is_due(now=NOON, digest_hour=12, last_digest_on=NOON.date())


def test_the_words_for_administrators_are_the_same_on_both_floors() -> None:
    assert set(AdministratorRole.values) == {role.value for role in ADMINISTRATOR_ROLES}


def test_every_kind_has_a_default_way() -> None:
    assert set(DEFAULT_DELIVERY) == set(NotificationKind)
