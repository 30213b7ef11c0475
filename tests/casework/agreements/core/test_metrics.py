"""Measures of cooperation, counted from the rows."""

from __future__ import annotations

import datetime

import pytest

from silian.casework.agreements.commands.life import terminate
from silian.casework.agreements.events import AgreementActivated
from silian.casework.agreements.metrics import ending, enterprises, in_force, touched
from silian.casework.metrics.registry import Scope, declared_metric
from silian.foundation.kernel.periods import calendar_year
from tests.casework.agreements.core import stage
from tests.world import COUNTY, World

pytestmark = pytest.mark.django_db


def scope(day: datetime.date) -> Scope:
    return Scope(period=calendar_year(day.year), as_of=day)


def test_cooperation_in_force_is_counted_as_of_a_day(world: World) -> None:
    agreement = stage.active(world)
    stage.active(world)
    stage.active(world, stage.drafted_internship(world))
    assert in_force(scope(stage.STARTS - stage.ONE_DAY)).count() == 0
    assert in_force(scope(stage.STARTS)).count() == 2
    assert enterprises(scope(stage.STARTS)).values("organisation_id").distinct().count() == 1
    assert ending(scope(stage.STARTS)).count() == 0
    assert ending(scope(datetime.date(2027, 2, 15))).count() == 2
    assert in_force(scope(stage.ENDS)).count() == 0
    terminate(
        agreement_id=agreement.pk,
        actor=world.school.actor,
        on=datetime.date(2026, 5, 1),
        reason="双方协商一致",
        now=stage.NOW,
    )
    assert in_force(scope(datetime.date(2026, 4, 30))).count() == 2
    assert in_force(scope(datetime.date(2026, 5, 1))).count() == 1


def test_an_activated_cooperation_touches_its_regions(world: World) -> None:
    agreement = stage.active(world)
    event = AgreementActivated(agreement_id=agreement.pk, kind=agreement.kind)
    assert {touch.division for touch in touched(event)} == {COUNTY}
    for code in ("in_force", "enterprises", "ending"):
        assert declared_metric(f"agreements.cooperation_{code}") is not None
