"""The demonstration recognitions: every state, duties of every kind, the same each time."""

from __future__ import annotations

import datetime
import random

from silian.casework.reviews.choices.recognitions import DutyState, RecognitionState
from silian.casework.reviews.demo.recognitions import OWNER, STORIES, RecognitionBuilder
from silian.casework.reviews.models import Ban, Certificate, Duty, Recheck, Recognition, Removal
from silian.registers.organisations.choices import OrganisationKind, Role
from tests.casework.reviews import stage
from tests.world import CITY, World, make_member, make_organisation

DAY = datetime.date(2026, 3, 18)


def test_every_state_is_there_with_duties_done_late_and_missed(world: World) -> None:
    owner = make_organisation(name=OWNER, kind=OrganisationKind.GOVERNMENT, division_id=CITY)
    make_member(
        username="demo-coordinator",
        organisation=owner,
        role=Role.COORDINATOR,
        jurisdiction_id=CITY,
    )
    stage.enterprises(len(STORIES))
    made = RecognitionBuilder(rng=random.Random(7), on=DAY).build()
    assert made == Recognition.objects.count() == len(STORIES) == 24
    assert set(Recognition.objects.values_list("state", flat=True)) == set(RecognitionState)
    states = set(Duty.objects.values_list("state", flat=True))
    assert states == {DutyState.DONE, DutyState.DUE, DutyState.MISSED}
    assert set(Removal.objects.values_list("state", flat=True)) == {"noticed", "suggested"}
    assert Ban.objects.count() == 1
    assert Recheck.objects.exists()
    given = Recognition.objects.filter(acts__kind__in=("enter", "certify")).count()
    assert Certificate.objects.count() == given
    numbers = Recognition.objects.values_list("number", flat=True)
    assert len(set(numbers)) == len(STORIES)


def test_without_the_department_nothing_is_made(world: World) -> None:
    assert RecognitionBuilder(rng=random.Random(7), on=DAY).build() == 0
