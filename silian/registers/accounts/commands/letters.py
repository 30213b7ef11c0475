"""Tell many people different things of one kind, in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from silian.registers.accounts import rules
from silian.registers.accounts.choices import Delivery, EmailState, NotificationKind
from silian.registers.accounts.commands.notifications import (
    SEND_TASK,
    email_state,
    preferences_for,
    settings_of,
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
        written(letter, users[key], kind=kind, way=ways[key])
        for letter in letters
        for key in sorted(set(letter.user_ids))
        if key in users and (key, letter.key) not in told
    ]
    made = Notification.objects.bulk_create(rows)
    queue_letters(made, users=users)
    return len(made)


def told_already(letters: Sequence[Letter], *, users: dict[int, User]) -> set[tuple[int, str]]:
    keys = [letter.key for letter in letters]
    found = Notification.objects.filter(user__in=users, key__in=keys)
    return set(found.values_list("user_id", "key"))


def written(
    letter: Letter, user: User, *, kind: NotificationKind, way: tuple[bool, Delivery]
) -> Notification:
    return Notification(
        user=user,
        kind=kind,
        title=letter.title[:200],
        detail=letter.detail[:500],
        url=letter.url,
        organisation_id=letter.organisation_id,
        key=letter.key,
        in_app=way[0],
        email_state=email_state(user=user, delivery=way[1]),
    )


def queue_letters(made: Sequence[Notification], *, users: dict[int, User]) -> None:
    """Queue the immediate e-mails, those of one hour together."""
    waiting = [row for row in made if row.email_state == EmailState.QUEUED]
    if not waiting:
        return
    settings, now = settings_of(users=users.values()), timezone.localtime()
    by_time: dict[datetime | None, list[int]] = defaultdict(list)
    for row in waiting:
        hours = settings[row.user_id]
        leave = rules.email_time(now=now, quiet_from=hours.quiet_from, quiet_to=hours.quiet_to)
        by_time[leave if leave > now else None].append(row.pk)
    for later, keys in by_time.items():
        task = app.configure_task(SEND_TASK, schedule_at=later, allow_unknown=False)
        jobs: list[dict[str, Any]] = [{"notification_id": key} for key in keys]
        task.batch_defer(*jobs)
