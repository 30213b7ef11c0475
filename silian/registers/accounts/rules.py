"""Decisions about passwords, sessions and the hours of notifications."""

from __future__ import annotations

import datetime

IDLE_MINUTES = 30
SESSION_HOURS = 8
PASSWORD_DAYS = 180
CHARACTER_CLASSES = 3


def reason_password_weak(*, password: str, username: str = "") -> str | None:
    """Why this password may not be used, or None (口令复杂度).

    Basis: GB/T 22239-2019 8.1.4.1 身份鉴别: complexity is required.
    """
    classes = [
        any(character.islower() for character in password),
        any(character.isupper() for character in password),
        any(character.isdigit() for character in password),
        any(not character.isalnum() for character in password),
    ]
    if sum(classes) < CHARACTER_CLASSES:
        return "密码须包含小写字母、大写字母、数字、符号中的至少 3 类。"
    if username and username.lower() in password.lower():
        return "密码不能包含登录名。"
    return None


def password_is_old(*, changed_at: datetime.datetime, now: datetime.datetime) -> bool:
    """Whether an official's password must be renewed (口令定期更换).

    Basis: GB/T 22239-2019 8.1.4.1. The number of days is this platform's operating choice.
    """
    return now - changed_at >= datetime.timedelta(days=PASSWORD_DAYS)


def session_has_ended(
    *, started: datetime.datetime, seen: datetime.datetime, now: datetime.datetime
) -> bool:
    """Whether a session is over: idle too long, or too old whatever its use (会话超时).

    Basis: GB/T 22239-2019 8.1.4.1: 登录连接超时自动退出.
    """
    idle = now - seen >= datetime.timedelta(minutes=IDLE_MINUTES)
    old = now - started >= datetime.timedelta(hours=SESSION_HOURS)
    return idle or old


def is_quiet(*, at: datetime.time, quiet_from: datetime.time, quiet_to: datetime.time) -> bool:
    """Whether the hour is one in which a person wants no e-mail (免打扰)."""
    if quiet_from <= quiet_to:
        return quiet_from <= at < quiet_to
    return at >= quiet_from or at < quiet_to


def email_time(
    *, now: datetime.datetime, quiet_from: datetime.time, quiet_to: datetime.time
) -> datetime.datetime:
    """When an e-mail may leave: now, or at the end of the quiet hours. Times are local."""
    if not is_quiet(at=now.time(), quiet_from=quiet_from, quiet_to=quiet_to):
        return now
    end = now.replace(hour=quiet_to.hour, minute=quiet_to.minute, second=0, microsecond=0)
    return end if end > now else end + datetime.timedelta(days=1)


def digest_is_due(
    *, now: datetime.datetime, digest_hour: int, last_digest_on: datetime.date | None
) -> bool:
    """Whether today's digest should be sent by now. ``now`` is local."""
    return now.hour >= digest_hour and (last_digest_on is None or last_digest_on < now.date())


def reason_not_said(*, reason: str) -> str | None:
    """An act against an account needs a reason on record."""
    return None if reason.strip() else "请写明原因，它会写入审计记录。"
