"""What the measures of recognition count."""

from __future__ import annotations

import datetime

from django.utils import timezone

from silian.casework.metrics.registry import Scope, declared_metric
from silian.casework.reviews.commands.duties import make_duties
from silian.casework.reviews.commands.recognitions import certify, suspend
from silian.casework.reviews.events.recognitions import RecognitionChanged
from silian.casework.reviews.metrics.recognitions import (
    certified,
    holding,
    incubating,
    of_scheme,
    overdue,
    touched,
)
from silian.foundation.kernel.periods import calendar_year
from tests.casework.reviews import stage_recognitions as given
from tests.world import COUNTY, World

DAY = datetime.timedelta(days=1)


def scope(day: datetime.date) -> Scope:
    return Scope(period=calendar_year(day.year), as_of=day)


def test_a_status_counts_from_its_first_day_as_it_stood_on_each(world: World) -> None:
    row = given.incubating(world)
    today = timezone.localdate()
    certify(recognition_id=row.pk, grounds=given.grounds(), actor=world.coordinator.actor)
    before, first, yesterday, now = (
        scope(day) for day in (row.entered_on - DAY, row.entered_on, today - DAY, today)
    )
    assert [holding(s).count() for s in (before, first, yesterday, now)] == [0, 1, 1, 1]
    assert [incubating(s).count() for s in (first, yesterday, now)] == [1, 1, 0]
    assert [certified(s).count() for s in (yesterday, now)] == [0, 1]


def test_a_suspended_or_expired_status_does_not_count(world: World) -> None:
    row = given.certified(world)
    today, until = timezone.localdate(), row.valid_until
    assert until is not None
    assert holding(scope(until - DAY)).count() == 1
    assert holding(scope(until)).count() == 0
    suspend(recognition_id=row.pk, grounds=given.grounds(), actor=world.coordinator.actor)
    assert holding(scope(today)).count() == 0
    assert holding(scope(today - DAY)).count() == 1


def test_each_built_in_scheme_has_its_own_number(world: World) -> None:
    row = given.certified(world)
    row.scheme.code = "integrated_enterprise"
    row.scheme.save()
    now = scope(timezone.localdate())
    assert of_scheme("integrated_enterprise")(now).count() == 1
    assert of_scheme("demonstration_base")(now).count() == 0
    for name in ("integrated_enterprises", "integrated_cities", "demonstration_bases"):
        assert declared_metric(f"reviews.{name}") is not None


def test_late_duties_count_and_a_change_touches_its_place(world: World) -> None:
    row = given.incubating(world)
    make_duties(recognition=row, on=timezone.localdate())
    late = overdue(scope(timezone.localdate())).count()
    assert late == row.duties.filter(due_on__lt=timezone.localdate()).count()
    assert late > 0
    event = RecognitionChanged(
        recognition_id=row.pk, holder_id=row.holder_id, scheme="x", state=row.state
    )
    assert [(touch.division, touch.day) for touch in touched(event)] == [(COUNTY, row.entered_on)]
