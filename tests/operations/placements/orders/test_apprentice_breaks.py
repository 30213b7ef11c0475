"""Days without training are recorded, ended, put right, and never overlap."""

from __future__ import annotations

import datetime
from datetime import timedelta

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.models import AuditEntry
from silian.operations.placements.choices.orders import ApprenticeState
from silian.operations.placements.commands.apprentice_breaks import correct_break, record_break
from silian.operations.placements.models import Apprentice, ApprenticeBreak
from tests.operations.placements.orders import stage
from tests.operations.placements.orders.stage import TODAY
from tests.world import World

pytestmark = pytest.mark.django_db
STARTS = TODAY - timedelta(days=200)


def day(number: int) -> datetime.date:
    return STARTS + timedelta(days=number)


@pytest.fixture
def apprentice(world: World) -> Apprentice:
    """An apprentice in training since 200 days ago."""
    row = stage.enrolled(world, person=stage.employee(world, user=world.expert.user))
    row.state, row.starts_on = ApprenticeState.TRAINING, STARTS
    row.save(update_fields=["state", "starts_on"])
    return row


def broken(
    world: World, row: Apprentice, first: int, after: int | None, *, who: str = "enterprise"
) -> ApprenticeBreak:
    return record_break(
        apprentice_id=row.pk, starts_on=day(first), ends_on=None if after is None else day(after),
        reason="病假", actor=getattr(world, who).actor, today=TODAY,
    )  # fmt: skip


def test_a_break_is_recorded_and_ended(world: World, apprentice: Apprentice) -> None:
    row = broken(world, apprentice, 10, None)
    assert row.days is None
    ended = correct_break(
        break_id=row.pk, starts_on=day(10), ends_on=day(38), reason="",
        actor=world.enterprise.actor, today=TODAY,
    )  # fmt: skip
    assert ended.days == 28
    assert AuditEntry.objects.filter(action="placements.break.ended").count() == 1


def test_a_correction_needs_a_reason_and_keeps_what_was(
    world: World, apprentice: Apprentice
) -> None:
    row = broken(world, apprentice, 10, 37)
    with pytest.raises(DomainError, match="更正原因"):
        correct_break(
            break_id=row.pk, starts_on=day(10), ends_on=day(38), reason=" ",
            actor=world.school.actor, today=TODAY,
        )  # fmt: skip
    correct_break(
        break_id=row.pk, starts_on=day(10), ends_on=day(38), reason="销假单晚到",
        actor=world.school.actor, today=TODAY,
    )  # fmt: skip
    act = AuditEntry.objects.get(action="placements.break.corrected")
    assert act.detail["before"]["ends_on"] == str(day(37))


def test_two_breaks_never_share_a_day(world: World, apprentice: Apprentice) -> None:
    broken(world, apprentice, 10, 20)
    broken(world, apprentice, 20, 25)
    with pytest.raises(DomainError, match="已登记过中断"):
        broken(world, apprentice, 24, 30)


@pytest.mark.parametrize(("first", "after"), [(-1, 5), (10, 10), (10, 201), (201, None)])
def test_a_break_lies_in_the_training_until_today(
    world: World, apprentice: Apprentice, first: int, after: int | None
) -> None:
    with pytest.raises(DomainError):
        broken(world, apprentice, first, after)


def test_only_a_side_records_and_only_after_the_beginning(
    world: World, apprentice: Apprentice
) -> None:
    with pytest.raises(NotAllowed):
        broken(world, apprentice, 1, 2, who="expert")
    apprentice.state = ApprenticeState.ENROLLED
    apprentice.save(update_fields=["state"])
    with pytest.raises(WrongState):
        broken(world, apprentice, 1, 2)
