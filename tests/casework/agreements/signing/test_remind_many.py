"""Chasing signatures."""

from __future__ import annotations

import datetime

import pytest

from silian.casework.agreements.commands.chasing import remind_many
from silian.foundation.kernel.errors import NotAllowed
from silian.registers.accounts.models import Notification
from tests.casework.agreements.signing import stage
from tests.world import World

pytestmark = pytest.mark.django_db


def test_whoever_is_on_turn_is_reminded_once_a_day(world: World) -> None:
    version = stage.sent(world)
    ids = list(version.signatures.values_list("pk", flat=True))
    first = remind_many(signature_ids=ids, actor=world.school.actor, now=stage.NOW)
    assert (first.reminded, first.not_their_turn) == (1, 2)
    again = remind_many(signature_ids=ids, actor=world.school.actor, now=stage.NOW)
    assert (again.reminded, again.reminded_today) == (0, 1)
    assert Notification.objects.filter(user=world.student.user, title__startswith="请签署").count()
    tomorrow = stage.NOW + datetime.timedelta(days=1)
    later = remind_many(signature_ids=ids, actor=world.school.actor, now=tomorrow)
    assert later.reminded == 1


def test_somebody_without_account_is_named_for_a_link(world: World) -> None:
    version = stage.sent(world)
    row = stage.signature_of(version, "student")
    person = row.party.person
    assert person is not None
    person.user = None
    person.save()
    result = remind_many(signature_ids=[row.pk], actor=world.school.actor, now=stage.NOW)
    assert (result.reminded, result.without_account) == (0, (row.pk,))
    row.refresh_from_db()
    assert row.reminded_at is None


def test_others_do_not_chase(world: World) -> None:
    row = stage.signature_of(stage.sent(world), "student")
    with pytest.raises(NotAllowed):
        remind_many(signature_ids=[row.pk], actor=world.rival.actor, now=stage.NOW)
