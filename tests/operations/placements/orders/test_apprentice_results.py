"""A result that was registered wrongly is put right, with its day and reason."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.models import AuditEntry
from silian.operations.placements.choices.orders import ApprenticeshipState, ApprenticeState
from silian.operations.placements.commands.apprentice_results import correct_result
from silian.operations.placements.models import Apprentice, Apprenticeship
from tests.operations.placements.orders import stage
from tests.operations.placements.orders.stage import DAY, TODAY
from tests.world import World

pytestmark = pytest.mark.django_db
STARTS = TODAY - 200 * DAY


def qualified(world: World) -> Apprentice:
    """An apprentice of a completed programme with a certificate."""
    row = stage.enrolled(world)
    Apprenticeship.objects.filter(pk=row.apprenticeship_id).update(
        state=ApprenticeshipState.COMPLETED, starts_on=STARTS, ends_on=TODAY, closed_on=TODAY
    )
    Apprentice.objects.filter(pk=row.pk).update(
        state=ApprenticeState.QUALIFIED, starts_on=STARTS, ends_on=TODAY,
        certificate_number="Z-1", certificate_level="高级工", certified_on=TODAY,
    )  # fmt: skip
    return Apprentice.objects.get(pk=row.pk)


def correct(world: World, row: Apprentice, **values: Any) -> Apprentice:
    given: dict[str, Any] = {
        "result": ApprenticeState.LEFT, "ended_on": TODAY - 30 * DAY, "reason": "培训期间离职",
        "actor": world.enterprise.actor, "on": TODAY,
    }  # fmt: skip
    return correct_result(apprentice_id=row.pk, **{**given, **values})


def test_who_had_left_is_no_longer_qualified(world: World) -> None:
    row = correct(world, qualified(world))
    assert (row.state, row.ends_on) == (ApprenticeState.LEFT, TODAY - 30 * DAY)
    assert (row.certificate_number, row.certified_on) == ("", None)
    act = AuditEntry.objects.get(action="placements.apprentice.corrected")
    assert act.detail["certificate"] == "Z-1"
    assert act.reason == "培训期间离职"


def test_a_pass_may_become_a_failure_and_a_failure_a_leaving(world: World) -> None:
    row = correct(world, qualified(world), result=ApprenticeState.UNQUALIFIED)
    assert row.state == ApprenticeState.UNQUALIFIED
    assert correct(world, row, ended_on=TODAY - 31 * DAY).state == ApprenticeState.LEFT
    with pytest.raises(WrongState):
        correct(world, row, ended_on=TODAY - 32 * DAY)


def test_a_reason_and_a_day_within_the_training_are_asked(world: World) -> None:
    row = qualified(world)
    with pytest.raises(DomainError):
        correct(world, row, reason=" ")
    for day in (STARTS, TODAY + DAY, datetime.date(2020, 1, 1)):
        with pytest.raises(DomainError, match="终止日"):
            correct(world, row, ended_on=day)
    with pytest.raises(NotAllowed):
        correct(world, row, result=ApprenticeState.TRAINING)


def test_neither_another_firm_nor_an_official_corrects(world: World) -> None:
    row = qualified(world)
    for who in (world.rival, world.reviewer):
        with pytest.raises((NotAllowed, Apprentice.DoesNotExist)):
            correct(world, row, actor=who.actor)


def test_either_side_corrects_on_the_page(world: World) -> None:
    row = qualified(world)
    where = f"{row.get_absolute_url()}correct/"
    assert where in world.school.client.get(row.get_absolute_url()).content.decode()
    typed = {"result": "left", "ended_on": str(TODAY), "reason": ""}
    assert world.school.client.post(where, typed).status_code == 422
    assert world.school.client.post(where, {**typed, "reason": "已离职"}).status_code == 302
    row.refresh_from_db()
    assert row.state == ApprenticeState.LEFT
