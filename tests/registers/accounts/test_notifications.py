"""Telling people once, in the way each of them chose."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from silian.registers.accounts.choices import Delivery, EmailState, NotificationKind
from silian.registers.accounts.commands import mail as mail_commands
from silian.registers.accounts.commands.notifications import (
    change_notification_settings,
    notify,
)
from silian.registers.accounts.models import Notification, NotificationSettings, User
from tests.world import World

AT_EIGHT = datetime.datetime(
    2026, 3, 18, 8, 5, tzinfo=datetime.timezone(datetime.timedelta(hours=8))
)
ALWAYS = datetime.time(0, 0)


def reachable(world: World, name: str = "enterprise") -> User:
    user = world.people[name].user
    user.email = f"{name}@example.invalid"
    user.save()
    NotificationSettings.objects.create(user=user, quiet_from=ALWAYS, quiet_to=ALWAYS)
    return user


def tell(*users: User, **values: Any) -> list[Notification]:
    given = {"kind": NotificationKind.REVIEW, "title": "核验通过", "url": "/x/", **values}
    return notify(user_ids=[user.pk for user in users], **given)


def choose(world: World, kind: NotificationKind, in_app: bool, delivery: Delivery) -> None:
    change_notification_settings(
        ways={kind: (in_app, delivery)},
        quiet_from=ALWAYS,
        quiet_to=ALWAYS,
        digest_hour=8,
        actor=world.enterprise.actor,
    )


def test_a_person_without_address_is_told_in_the_inbox_only(
    world: World, run_jobs: Callable[[], None]
) -> None:
    (row,) = tell(world.student.user)
    run_jobs()
    assert row.email_state == EmailState.NONE
    assert mail.outbox == []
    assert "核验通过" in world.student.client.get(reverse("accounts:inbox")).content.decode()


def test_an_urgent_kind_is_sent_at_once(world: World, run_jobs: Callable[[], None]) -> None:
    tell(reachable(world))
    run_jobs()
    (message,) = mail.outbox
    assert message.to == ["enterprise@example.invalid"]
    assert message.subject == "【四链】核验通过"
    assert "/x/" in message.body
    assert Notification.objects.get().email_state == EmailState.SENT


def test_telling_twice_with_one_key_tells_once(world: World, run_jobs: Callable[[], None]) -> None:
    user = reachable(world)
    for _ in range(2):
        tell(user, world.student.user, key="organisation-1-verified")
    run_jobs()
    assert Notification.objects.filter(user=user).count() == 1
    assert len(mail.outbox) == 1


def test_a_job_that_runs_twice_sends_once(world: World, run_jobs: Callable[[], None]) -> None:
    (row,) = tell(reachable(world))
    run_jobs()
    assert not mail_commands.send_notification_email(notification_id=row.pk, now=AT_EIGHT)
    assert len(mail.outbox) == 1


def test_in_quiet_hours_the_letter_waits(world: World) -> None:
    user = reachable(world)
    now = timezone.localtime()
    start = (now - datetime.timedelta(hours=1)).time()
    end = (now + datetime.timedelta(hours=1)).time()
    NotificationSettings.objects.filter(user=user).update(quiet_from=start, quiet_to=end)
    tell(user)
    job = ProcrastinateJob.objects.get(task_name="accounts.send_notification")
    assert job.scheduled_at is not None
    assert job.scheduled_at > now


def test_a_mail_server_that_is_away_loses_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    (row,) = tell(reachable(world))

    def away(*args: Any, **kwargs: Any) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as patched:
        patched.setattr(mail_commands, "send_mail", away)
        with pytest.raises(ConnectionRefusedError):
            mail_commands.send_notification_email(notification_id=row.pk, now=AT_EIGHT)
    row.refresh_from_db()
    assert row.email_state == EmailState.QUEUED
    assert mail_commands.send_notification_email(notification_id=row.pk, now=AT_EIGHT)


def test_a_kind_switched_off_is_neither_shown_nor_sent(
    world: World, run_jobs: Callable[[], None]
) -> None:
    user = reachable(world)
    choose(world, NotificationKind.REVIEW, in_app=False, delivery=Delivery.OFF)
    tell(user)
    run_jobs()
    assert mail.outbox == []
    assert "核验通过" not in world.enterprise.client.get(reverse("accounts:inbox")).content.decode()


def test_news_of_security_cannot_be_switched_off(
    world: World, run_jobs: Callable[[], None]
) -> None:
    user = reachable(world)
    choose(world, NotificationKind.SECURITY, in_app=False, delivery=Delivery.OFF)
    tell(user, kind=NotificationKind.SECURITY)
    run_jobs()
    assert len(mail.outbox) == 1


def test_the_digest_gathers_the_day_and_goes_once(world: World) -> None:
    user = reachable(world)
    for title in ("甲方来信", "乙方来信"):
        tell(user, kind=NotificationKind.MESSAGE, title=title)
    assert mail_commands.send_due_digests(now=AT_EIGHT.replace(hour=7)) == 0
    assert mail_commands.send_due_digests(now=AT_EIGHT) == 1
    (message,) = mail.outbox
    assert message.subject == "【四链】今日汇总 2 条"
    assert "甲方来信" in message.body
    assert "乙方来信" in message.body
    tell(user, kind=NotificationKind.MESSAGE, title="丙方来信")
    assert mail_commands.send_due_digests(now=AT_EIGHT.replace(hour=9)) == 0
    tomorrow = AT_EIGHT + datetime.timedelta(days=1)
    assert mail_commands.send_due_digests(now=tomorrow) == 1


def test_a_locked_account_is_told_nothing(world: World) -> None:
    user = reachable(world)
    user.is_active = False
    user.save()
    assert tell(user) == []


def test_opening_marks_as_read_and_leads_on(world: World) -> None:
    (row,) = tell(world.enterprise.user, url=reverse("accounts:me"))
    response = world.enterprise.client.post(reverse("accounts:notification_open", args=[row.pk]))
    assert response["Location"] == reverse("accounts:me")
    row.refresh_from_db()
    assert row.read_at is not None


def test_a_notification_leads_to_no_other_site(world: World) -> None:
    (row,) = tell(world.enterprise.user, url="https://evil.invalid/")
    response = world.enterprise.client.post(reverse("accounts:notification_open", args=[row.pk]))
    assert response["Location"] == reverse("accounts:inbox")


def test_the_bell_counts_what_is_unread(world: World) -> None:
    tell(world.enterprise.user)
    tell(world.enterprise.user, title="又一条")
    page = world.enterprise.client.get(reverse("accounts:inbox"))
    assert page.context["frame"].bell.unread == 2
    world.enterprise.client.post(reverse("accounts:notifications_read"))
    page = world.enterprise.client.get(reverse("accounts:inbox"))
    assert page.context["frame"].bell.unread == 0


def test_telling_many_costs_the_same_queries_as_telling_few(world: World) -> None:
    def cost(count: int) -> int:
        users = [User.objects.create(username=f"u{count}-{n}", name="某人") for n in range(count)]
        with CaptureQueriesContext(connection) as captured:
            tell(*users, key=f"k{count}")
        return len(captured)

    assert cost(3) == cost(30)


def test_the_inbox_costs_the_same_with_three_and_with_thirty(world: World) -> None:
    client = world.enterprise.client
    client.get(reverse("accounts:inbox"))

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("accounts:inbox"))
        return len(captured)

    for number in range(3):
        tell(world.enterprise.user, title=f"第{number}条")
    few = cost()
    for number in range(27):
        tell(world.enterprise.user, title=f"又{number}条")
    assert cost() == few


def test_the_settings_page_keeps_what_was_chosen(world: World) -> None:
    client, url = world.enterprise.client, reverse("accounts:notification_settings")
    data = {"quiet_from": "21:00", "quiet_to": "06:00", "digest_hour": "18"}
    for kind in NotificationKind:
        data |= {f"email_{kind}": "off"}
    assert client.post(url, data).status_code == 302
    preference = world.enterprise.user.preferences.get(kind=NotificationKind.TASK)
    assert (preference.in_app, preference.delivery) == (False, Delivery.OFF)
    assert client.post(url, {**data, "digest_hour": "25"}).status_code == 422
