"""Measures of signing."""

from __future__ import annotations

import datetime

import pytest

from silian.casework.agreements.commands.completing import lapse_overdue
from silian.casework.agreements.events import AgreementActivated
from silian.casework.agreements.metrics import decided_versions, sent_day, signed_versions
from silian.casework.metrics.registry import Scope
from silian.foundation.kernel.periods import Period
from tests.casework.agreements.signing import stage
from tests.world import COUNTY, World

pytestmark = pytest.mark.django_db
SCOPE = Scope(
    period=Period(starts=datetime.date(2026, 1, 1), ends=datetime.date(2027, 1, 1)),
    as_of=datetime.date(2026, 12, 31),
)


def test_only_what_came_to_an_end_is_counted(world: World) -> None:
    stage.sent(world)
    assert not decided_versions(SCOPE).exists()
    signed = stage.signed(world)
    late = stage.sent(world)
    assert late.sign_by is not None
    lapse_overdue(now=late.sign_by)
    assert decided_versions(SCOPE).count() == 3
    assert [row.pk for row in signed_versions(SCOPE)] == [signed.pk]


def test_days_to_sign_are_counted_from_sending(world: World) -> None:
    version = stage.sent(world)
    later = stage.NOW + datetime.timedelta(days=3)
    for role in ("student", "host", "school"):
        stage.sign_as(world, version, role, now=later)
    assert signed_versions(SCOPE).get().signing_days == 3


def test_an_activation_touches_the_day_of_sending(world: World) -> None:
    version = stage.signed(world)
    event = AgreementActivated(agreement_id=version.agreement_id, kind="internship")
    (touch,) = sent_day(event)
    assert (touch.division, touch.day) == (COUNTY, stage.NOW.date())
