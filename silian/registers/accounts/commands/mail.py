"""Send what waits to be sent by e-mail."""

from __future__ import annotations

import datetime
from itertools import groupby

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string

from silian.registers.accounts import rules
from silian.registers.accounts.choices import EmailState
from silian.registers.accounts.commands.notifications import settings_of
from silian.registers.accounts.models import Notification, NotificationSettings, User

MOST_IN_DIGEST = 50


@transaction.atomic
def send_notification_email(*, notification_id: int, now: datetime.datetime) -> bool:
    """Send one notification; says whether it was sent. A failure of the server is retried."""
    notification = (
        Notification.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(pk=notification_id, email_state=EmailState.QUEUED)
        .first()
    )
    if notification is None or not notification.user.email:
        return False
    post(user=notification.user, subject=notification.title, rows=[notification])
    notification.email_state, notification.emailed_at = EmailState.SENT, now
    notification.save(update_fields=["email_state", "emailed_at"])
    return True


def send_due_digests(*, now: datetime.datetime) -> int:
    """Send today's digest to everybody whose hour has come; says to how many (每日汇总)."""
    waiting = (
        User.objects.filter(notifications__email_state=EmailState.DIGEST, is_active=True)
        .exclude(email="")
        .distinct()
    )
    hours = settings_of(users=waiting)
    due = [
        user_id
        for user_id, row in hours.items()
        if rules.digest_is_due(
            now=now, digest_hour=row.digest_hour, last_digest_on=row.last_digest_on
        )
    ]
    return sum(send_digest(user_id=user_id, now=now) for user_id in due)


@transaction.atomic
def send_digest(*, user_id: int, now: datetime.datetime) -> bool:
    """Send one person's digest of the day."""
    user = User.objects.select_for_update().get(pk=user_id)
    rows = list(
        Notification.objects.select_for_update()
        .filter(user=user, email_state=EmailState.DIGEST)
        .order_by("kind", "-pk")
    )
    hours, _ = NotificationSettings.objects.get_or_create(user=user)
    if not rows or hours.last_digest_on == now.date():
        return False
    post(user=user, subject=f"今日汇总 {len(rows)} 条", rows=rows[:MOST_IN_DIGEST], total=len(rows))
    Notification.objects.filter(pk__in=[row.pk for row in rows]).update(
        email_state=EmailState.SENT, emailed_at=now
    )
    hours.last_digest_on = now.date()
    hours.save(update_fields=["last_digest_on"])
    return True


def post(*, user: User, subject: str, rows: list[Notification], total: int = 1) -> None:
    groups = [
        (kind, list(items)) for kind, items in groupby(rows, key=lambda row: row.get_kind_display())
    ]
    text = render_to_string(
        "accounts/email/notifications.txt",
        {"user": user, "groups": groups, "total": total, "site": settings.SITE_URL},
    )
    send_mail(f"【四链】{subject}", text, None, [user.email])
