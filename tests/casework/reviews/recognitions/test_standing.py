"""Benefits follow the status, and end on the day it ends."""

from __future__ import annotations

import datetime

from django.utils import timezone

from silian.casework.reviews.choices.recognitions import RecognitionState as S
from silian.casework.reviews.commands.recognitions import certify, leave, reinstate, suspend
from silian.casework.reviews.models import Recognition
from silian.casework.reviews.queries.standing import (
    benefits_of,
    holds,
    may_use_credit,
    standing_of,
)
from tests.casework.reviews import stage_recognitions as given
from tests.world import World

DAY = datetime.timedelta(days=1)


def codes(row: Recognition, on: datetime.date) -> list[str]:
    found = benefits_of(organisation_id=row.holder_id, on=on)
    return [held.benefit.code for held in found]


def test_the_credit_is_open_from_incubation_on_and_the_rest_from_certification(
    world: World,
) -> None:
    row = given.incubating(world)
    today = timezone.localdate()
    assert codes(row, row.entered_on - DAY) == []
    assert codes(row, row.entered_on) == ["tax"]
    assert may_use_credit(organisation_id=row.holder_id, on=row.entered_on)
    certify(recognition_id=row.pk, grounds=given.grounds(), actor=world.coordinator.actor)
    assert codes(row, today - DAY) == ["tax"]
    assert codes(row, today) == ["tax", "land"]


def test_benefits_end_on_the_day_the_status_ends(world: World) -> None:
    row = given.certified(world)
    today = timezone.localdate()
    leave(recognition_id=row.pk, grounds=given.grounds(), actor=world.enterprise.actor)
    assert codes(row, today) == []
    assert not may_use_credit(organisation_id=row.holder_id, on=today)
    assert not holds(organisation_id=row.holder_id, scheme=row.scheme, on=today)
    assert standing_of(organisation_id=row.holder_id, scheme=row.scheme, on=today) is None


def test_benefits_end_when_the_term_is_over_whatever_the_night_did(world: World) -> None:
    row = given.certified(world)
    assert row.valid_until is not None
    assert codes(row, row.valid_until - DAY) == ["tax", "land"]
    assert codes(row, row.valid_until) == []


def test_a_suspended_status_stands_and_opens_nothing(world: World) -> None:
    row = given.certified(world)
    today, actor = timezone.localdate(), world.coordinator.actor
    suspend(recognition_id=row.pk, grounds=given.grounds(), actor=actor)
    standing = standing_of(organisation_id=row.holder_id, scheme=row.scheme.code, on=today)
    assert standing is not None
    assert (standing.state, standing.holds, codes(row, today)) == (S.SUSPENDED, False, [])
    reinstate(recognition_id=row.pk, grounds=given.grounds(), actor=actor)
    assert codes(row, today) == ["tax", "land"]


def test_a_rival_holds_nothing(world: World) -> None:
    row = given.certified(world)
    today = timezone.localdate()
    rival = world.rival.organisation
    assert rival is not None
    assert not holds(organisation_id=rival.pk, scheme=row.scheme, on=today)
