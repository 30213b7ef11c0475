"""Tell people things, in the way each of them chose."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.registers.accounts import rules
from silian.registers.accounts.choices import (
    DEFAULT_DELIVERY,
    MANDATORY_KINDS,
    Delivery,
    EmailState,
    NotificationKind,
)
from silian.registers.accounts.models import (
    Notification,
    NotificationPreference,
    NotificationSettings,
    User,
)
from silian.registers.accounts.permissions import notifications_visible_to, signed_in_id

SEND_TASK = "accounts.send_notification"
LONGEST_KEY = 120
STATE_OF_DELIVERY = {
    Delivery.AT_ONCE: EmailState.QUEUED,
    Delivery.DIGEST: EmailState.DIGEST,
    Delivery.OFF: EmailState.NONE,
}


@transaction.atomic
def notify(
    *,
    user_ids: Iterable[int],
    kind: NotificationKind,
    title: str,
    url: str = "",
    detail: str = "",
    organisation_id: int | None = None,
    key: str = "",
) -> list[Notification]:
    """Tell each person once; a second call with the same ``key`` tells nobody again (发送通知).

    Handlers may run twice, so they pass a ``key`` such as ``"agreement-12-signed"``.
    """
    users = list(User.objects.filter(pk__in=set(user_ids), is_active=True).order_by("pk"))
    told = already_told(users=users, key=key)
    chosen = preferences_for(users=users, kind=kind)
    made = Notification.objects.bulk_create(
        [
            written(
                user,
                way=chosen[user.pk],
                kind=kind,
                title=title,
                detail=detail,
                url=url,
                organisation_id=organisation_id,
                key=key,
            )
            for user in users
            if user.pk not in told
        ],
        ignore_conflicts=bool(key),
    )
    if key:  # rows of a conflict-tolerant insert come back without their keys
        fresh = [user for user in users if user.pk not in told]
        made = list(Notification.objects.filter(user__in=fresh, key=key[:LONGEST_KEY]))
    queue_emails(users=users, made=made)
    return made


def written(user: User, *, way: tuple[bool, Delivery], **words: Any) -> Notification:
    """A notification of these words, cut to what is kept, in the way that the user chose."""
    most = {"title": 200, "detail": 500, "key": LONGEST_KEY}
    kept = {name: value[: most[name]] if name in most else value for name, value in words.items()}
    state = email_state(user=user, delivery=way[1])
    return Notification(user=user, in_app=way[0], email_state=state, **kept)


def already_told(*, users: list[User], key: str) -> set[int]:
    if not key:
        return set()
    found = Notification.objects.filter(user__in=users, key=key[:LONGEST_KEY])
    return set(found.values_list("user_id", flat=True))


def preferences_for(
    *, users: list[User], kind: NotificationKind
) -> dict[int, tuple[bool, Delivery]]:
    """In-app and e-mail choice of each user for ``kind``; security news cannot be switched off."""
    ways = {user.pk: (True, DEFAULT_DELIVERY[kind]) for user in users}
    if kind in MANDATORY_KINDS:
        return ways
    rows = NotificationPreference.objects.filter(user__in=users, kind=kind)
    return ways | {row.user_id: (row.in_app, Delivery(row.delivery)) for row in rows}


def email_state(*, user: User, delivery: Delivery) -> EmailState:
    return STATE_OF_DELIVERY[delivery] if user.email else EmailState.NONE


def queue_emails(*, users: Iterable[User], made: Iterable[Notification]) -> None:
    """Queue the immediate e-mails after each person's quiet hours, those of one time together."""
    waiting = [row for row in made if row.email_state == EmailState.QUEUED]
    if not waiting:
        return
    settings, now = settings_of(users=users), timezone.localtime()
    by_time: dict[datetime.datetime | None, list[dict[str, Any]]] = defaultdict(list)
    for row in waiting:
        hours = settings[row.user_id]
        leave = rules.email_time(now=now, quiet_from=hours.quiet_from, quiet_to=hours.quiet_to)
        by_time[leave if leave > now else None].append({"notification_id": row.pk})
    for later, jobs in by_time.items():
        task = app.configure_task(SEND_TASK, schedule_at=later, allow_unknown=False)
        task.batch_defer(*jobs)


def settings_of(*, users: Iterable[User]) -> dict[int, NotificationSettings]:
    """Each user's settings, or the defaults unsaved."""
    users = list(users)
    found = {row.user_id: row for row in NotificationSettings.objects.filter(user__in=users)}
    return {user.pk: found.get(user.pk) or NotificationSettings(user=user) for user in users}


@transaction.atomic
def read_notification(
    *, notification_id: int, actor: Actor, now: datetime.datetime
) -> Notification:
    """Mark one notification as read (标为已读)."""
    notification = (
        notifications_visible_to(actor).select_for_update(of=("self",)).get(pk=notification_id)
    )
    if notification.read_at is None:
        notification.read_at = now
        notification.save(update_fields=["read_at"])
    return notification


@transaction.atomic
def read_all_notifications(*, actor: Actor, now: datetime.datetime) -> int:
    """Mark everything as read (全部标为已读)."""
    return notifications_visible_to(actor).filter(read_at__isnull=True).update(read_at=now)


@transaction.atomic
def change_notification_settings(
    *,
    ways: Mapping[NotificationKind, tuple[bool, Delivery]],
    quiet_from: datetime.time,
    quiet_to: datetime.time,
    digest_hour: int,
    actor: Actor,
) -> None:
    """Choose the way of each kind of notification and the quiet hours (通知设置)."""
    if not 0 <= digest_hour <= 23:
        raise DomainError("每日汇总时间请填 0 至 23 之间的整点。", field="digest_hour")
    user = User.objects.select_for_update().get(pk=signed_in_id(actor))
    NotificationSettings.objects.update_or_create(
        user=user,
        defaults={"quiet_from": quiet_from, "quiet_to": quiet_to, "digest_hour": digest_hour},
    )
    for kind, (in_app, delivery) in ways.items():
        if kind not in MANDATORY_KINDS:
            NotificationPreference.objects.update_or_create(
                user=user, kind=kind, defaults={"in_app": in_app, "delivery": delivery}
            )
    record(actor, "accounts.notification_settings.changed", user)
