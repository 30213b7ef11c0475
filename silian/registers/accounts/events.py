"""Facts of accounts."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class AccountLocked(Event):
    """An account may not sign in for now (账号锁定)."""

    user_id: int


@dataclass(frozen=True, kw_only=True)
class AccountUnlocked(Event):
    """A locked account may sign in again (账号解锁)."""

    user_id: int
