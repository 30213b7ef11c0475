"""Writes on accounts: create, change, lock, sign out."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.utils import reset as forget_failed_logins
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.registers.accounts import rules
from silian.registers.accounts.events import AccountLocked, AccountUnlocked
from silian.registers.accounts.models import User
from silian.registers.accounts.permissions import require_security, signed_in_id


@dataclass(frozen=True, kw_only=True)
class AccountFacts:
    """What somebody says of themselves to get an account (注册信息)."""

    name: str
    username: str
    password: str
    email: str = ""
    phone: str = ""


@transaction.atomic
def create_account(*, account: AccountFacts, actor: Actor) -> User:
    """Open an account for one person (注册账号)."""
    user = User(
        name=account.name.strip(),
        username=account.username.strip(),
        email=account.email.strip().lower(),
        phone=account.phone.strip(),
    )
    refuse_taken(user=user)
    refuse_weak(password=account.password, user=user)
    user.set_password(account.password)
    user.save()
    record(actor, "accounts.user.created", user)
    return user


def refuse_taken(*, user: User) -> None:
    others = User.objects.exclude(pk=user.pk)
    if others.filter(username__iexact=user.username).exists():
        raise DomainError(
            f"登录名“{user.username}”已被使用，请换一个；如果是您本人，请直接登录。",
            field="username",
        )
    if user.email and others.filter(email__iexact=user.email).exists():
        raise DomainError(
            "这个邮箱已用于另一个账号，请直接登录，或用“忘记密码”找回。", field="email"
        )


def refuse_weak(*, password: str, user: User) -> None:
    reason = rules.reason_password_weak(password=password, username=user.username)
    if reason:
        raise DomainError(reason, field="password")
    try:
        validate_password(password, user)
    except ValidationError as refusal:
        raise DomainError("".join(refusal.messages), field="password")


@transaction.atomic
def change_account(*, name: str, email: str, phone: str, actor: Actor) -> User:
    """Change one's own name and ways of contact (修改个人资料)."""
    user = User.objects.select_for_update().get(pk=signed_in_id(actor))
    before = {"name": user.name, "email": user.email, "phone": user.phone}
    user.name, user.email, user.phone = name.strip(), email.strip().lower(), phone.strip()
    refuse_taken(user=user)
    user.save(update_fields=["name", "email", "phone"])
    changed = sorted(key for key, value in before.items() if getattr(user, key) != value)
    record(actor, "accounts.user.changed", user, detail={"fields": changed})
    return user


@transaction.atomic
def lock_account(*, user_id: int, reason: str, actor: Actor, now: datetime.datetime) -> User:
    """Keep an account from signing in and end its sessions (锁定账号)."""
    require_security(actor)
    user = User.objects.select_for_update().get(pk=user_id)
    if user.pk == actor.user_id:
        raise DomainError("不能锁定自己的账号，请由另一名安全管理员办理。")
    if user.is_locked:
        raise DomainError("这个账号已经锁定，无需再次办理。")
    refuse_unreasoned(reason)
    user.locked_at, user.lock_reason, user.is_active = now, reason.strip(), False
    user.save(update_fields=["locked_at", "lock_reason", "is_active"])
    ended = end_all_sessions(user=user)
    record(actor, "accounts.user.locked", user, reason=reason, detail={"sessions": ended})
    publish(AccountLocked(user_id=user.pk))
    return user


@transaction.atomic
def unlock_account(*, user_id: int, reason: str, actor: Actor) -> User:
    """Let a locked account sign in again, and forget its failed tries (解锁账号)."""
    require_security(actor)
    user = User.objects.select_for_update().get(pk=user_id)
    refuse_unreasoned(reason)
    user.locked_at, user.lock_reason, user.is_active = None, "", True
    user.save(update_fields=["locked_at", "lock_reason", "is_active"])
    names = {user.username, user.email} - {""}
    forgotten = sum(forget_failed_logins(username=name) for name in sorted(names))
    record(actor, "accounts.user.unlocked", user, reason=reason, detail={"tries": forgotten})
    publish(AccountUnlocked(user_id=user.pk))
    return user


@transaction.atomic
def end_sessions(*, user_id: int, reason: str, actor: Actor) -> int:
    """Sign a person out everywhere; says how many sessions ended (强制下线)."""
    require_security(actor)
    refuse_unreasoned(reason)
    user = User.objects.get(pk=user_id)
    ended = end_all_sessions(user=user)
    record(actor, "accounts.user.signed_out", user, reason=reason, detail={"sessions": ended})
    return ended


@transaction.atomic
def end_own_session(*, session_id: int, actor: Actor) -> None:
    """Sign oneself out on another device (退出其他设备)."""
    session = UserSession.objects.get(pk=session_id, user_id=actor.user_id)
    session.end()
    record(actor, "accounts.session.ended", detail={"address": session.ip})


@transaction.atomic
def reset_second_factor(*, user_id: int, reason: str, actor: Actor) -> User:
    """Take away a lost second factor, so that a new one can be set up (重置两步验证)."""
    require_security(actor)
    refuse_unreasoned(reason)
    user = User.objects.select_for_update().get(pk=user_id)
    if user.pk == actor.user_id:
        raise DomainError("不能重置自己的两步验证，请由另一名安全管理员办理。")
    Authenticator.objects.filter(user=user).delete()
    end_all_sessions(user=user)
    record(actor, "accounts.user.second_factor_reset", user, reason=reason)
    return user


@transaction.atomic
def require_second_factor(*, user_id: int, required: bool, actor: Actor) -> None:
    """Set whether an account needs a second factor; follows from its roles (须两步验证)."""
    user = User.objects.select_for_update().get(pk=user_id)
    if user.second_factor_required == required:
        return
    user.second_factor_required = required
    user.save(update_fields=["second_factor_required"])
    record(actor, "accounts.user.second_factor_required", user, detail={"required": required})


def note_demo_sign_in(*, user_id: int, address: str) -> None:
    """Keep that somebody took a demonstration identity (演示登录)."""
    user = User.objects.get(pk=user_id)
    actor = Actor(user_id=user.pk, name=user.name, address=address)
    record(actor, "accounts.user.demo_signed_in", user)


def end_all_sessions(*, user: User) -> int:
    sessions = list(UserSession.objects.filter(user=user))
    for session in sessions:
        session.end()
    return len(sessions)


def refuse_unreasoned(reason: str) -> None:
    sentence = rules.reason_not_said(reason=reason)
    if sentence:
        raise DomainError(sentence, field="reason")
