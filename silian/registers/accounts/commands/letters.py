"""Tell many people different things of one kind, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import (
    preferences_for,
    queue_emails,
    written,
)
from silian.registers.accounts.models import Notification, User


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What one organisation's people are told; ``key`` as in ``notify`` (通知内容)."""

    user_ids: tuple[int, ...]
    title: str
    key: str
    detail: str = ""
    url: str = ""
    organisation_id: int | None = None


@transaction.atomic
def notify_each(*, kind: NotificationKind, letters: Sequence[Letter]) -> int:
    """Tell each person each letter once; returns how many notifications were new (批量发送通知)."""
    wanted = {key for letter in letters for key in letter.user_ids}
    users = User.objects.filter(pk__in=wanted, is_active=True).in_bulk()
    told = told_already(letters, users=users)
    ways = preferences_for(users=list(users.values()), kind=kind)
    rows = [
        written(
            users[key],
            way=ways[key],
            kind=kind,
            title=letter.title,
            detail=letter.detail,
            url=letter.url,
            organisation_id=letter.organisation_id,
            key=letter.key,
        )
        for letter in letters
        for key in sorted(set(letter.user_ids))
        if key in users and (key, letter.key) not in told
    ]
    made = Notification.objects.bulk_create(rows)
    queue_emails(users=users.values(), made=made)
    return len(made)


def told_already(letters: Sequence[Letter], *, users: dict[int, User]) -> set[tuple[int, str]]:
    keys = [letter.key for letter in letters]
    found = Notification.objects.filter(user__in=users, key__in=keys)
    return set(found.values_list("user_id", "key"))
