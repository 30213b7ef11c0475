"""What is said of a zone's cover and of an action's day; no database."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from silian.operations.alliances.choices.pairings import Cover
from silian.operations.alliances.rules.pairings import (
    action_tone,
    cover_of,
    missing_schools,
    narrowest_first,
)

DAY = datetime.date(2026, 3, 18)


@pytest.mark.parametrize(
    ("schools", "required", "cover", "missing"),
    [
        (0, "1", Cover.GAP, 1),
        (1, "1", Cover.MET, 0),
        (1, "2", Cover.GAP, 1),
        (3, "2", Cover.MET, 0),
        (0, None, Cover.UNSET, None),
    ],
)
def test_a_zone_is_judged_by_the_number_of_its_place(
    schools: int, required: str | None, cover: Cover, missing: int | None
) -> None:
    value = Decimal(required) if required else None
    assert cover_of(schools=schools, required=value) == cover
    assert missing_schools(schools=schools, required=value) == missing


def test_an_action_is_late_after_its_day_and_not_on_it() -> None:
    before = DAY - datetime.timedelta(days=1)
    assert action_tone(due_on=DAY, done_on=None, on=DAY) == "open"
    assert action_tone(due_on=before, done_on=None, on=DAY) == "late"
    assert action_tone(due_on=before, done_on=DAY, on=DAY) == "ok"


def test_the_narrowest_level_decides() -> None:
    found = narrowest_first({"99": Decimal(1), "990104": None, "9901": Decimal(2)})
    assert [place for place, _ in found] == ["990104", "9901", "99"]
