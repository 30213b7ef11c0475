"""Many people are told different things at once: each once, by their own choice."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from silian.registers.accounts.choices import Delivery, EmailState, NotificationKind
from silian.registers.accounts.commands.letters import Letter, notify_each
from silian.registers.accounts.models import Notification, NotificationPreference, User

pytestmark = pytest.mark.django_db
KIND = NotificationKind.TASK


def people(count: int) -> list[User]:
    start = User.objects.count()
    return [
        User.objects.create(
            username=f"reader-{start + n}", name="演示", email=f"r{start + n}@example.org"
        )
        for n in range(count)
    ]


def letters(users: list[User]) -> list[Letter]:
    return [
        Letter(user_ids=(user.pk,), title=f"给{user.pk}", key=f"letter-{user.pk}") for user in users
    ]


def test_each_is_told_once() -> None:
    users = people(2)
    assert notify_each(kind=KIND, letters=letters(users)) == 2
    assert notify_each(kind=KIND, letters=letters([*users, *people(1)])) == 1
    assert set(Notification.objects.values_list("title", flat=True)) >= {f"给{users[0].pk}"}


def test_who_left_is_not_told() -> None:
    (user,) = people(1)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert notify_each(kind=KIND, letters=letters([user])) == 0


def test_the_way_is_that_which_each_chose() -> None:
    first, second = people(2)
    NotificationPreference.objects.create(
        user=first, kind=KIND, in_app=False, delivery=Delivery.AT_ONCE
    )
    notify_each(kind=KIND, letters=letters([first, second]))
    ways = dict(Notification.objects.values_list("user_id", "email_state"))
    assert ways[first.pk] == EmailState.QUEUED
    assert ways[second.pk] == EmailState.DIGEST


def test_the_queries_do_not_grow_with_the_letters() -> None:
    counts = []
    for size in (2, 20):
        users = people(size)
        for user in users:
            NotificationPreference.objects.create(user=user, kind=KIND, delivery=Delivery.AT_ONCE)
        with CaptureQueriesContext(connection) as seen:
            notify_each(kind=KIND, letters=letters(users))
        counts.append(len(seen.captured_queries))
    assert counts[0] == counts[1]
