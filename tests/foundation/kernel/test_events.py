"""Events travel as JSON and arrive as they left."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from decimal import Decimal

from silian.foundation.kernel.events import Event, as_text, rebuild

MOMENT = datetime.datetime(2026, 3, 18, 9, 30, tzinfo=datetime.UTC)


@dataclass(frozen=True, kw_only=True)
class Everything(Event):
    """Each kind of field that an event may carry."""

    number: int
    day: datetime.date
    moment: datetime.datetime
    amount: Decimal
    perhaps: datetime.date | None
    never: datetime.date | None
    words: str


def test_every_kind_of_field_arrives_as_it_left() -> None:
    event = Everything(
        number=7,
        day=MOMENT.date(),
        moment=MOMENT,
        amount=Decimal("3200.50"),
        perhaps=MOMENT.date(),
        never=None,
        words="2026-03-18",
    )
    payload = {name: as_text(value) for name, value in vars(event).items()}
    assert rebuild(Everything, json.loads(json.dumps(payload))) == event


def test_an_event_of_an_older_version_is_still_heard() -> None:
    @dataclass(frozen=True, kw_only=True)
    class Slim(Event):
        number: int

    assert rebuild(Slim, {"number": 7, "gone": "x"}) == Slim(number=7)
