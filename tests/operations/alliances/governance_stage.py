"""The record of the school's governance, piece by piece."""

from __future__ import annotations

import datetime
from typing import Any

from silian.operations.alliances.choices.governance import Organ, Side
from silian.operations.alliances.commands.governance import (
    CharterFacts,
    MeetingNotes,
    OfficeFacts,
    SeatFacts,
    add_charter,
    note_meeting,
    seat_member,
    tell_item,
    tell_office,
)
from silian.operations.alliances.models.governance import (
    CharterVersion,
    GovernanceItem,
    GovernanceMeeting,
    GovernanceRecord,
    GovernanceSeat,
)
from tests.operations.alliances.ownership_stage import paper
from tests.operations.alliances.stage import TODAY
from tests.world import World

SINCE = datetime.date(2024, 9, 1)
UNTIL = datetime.date(2027, 9, 1)


def school_id(world: World) -> int:
    assert world.school.organisation is not None
    return world.school.organisation.pk


def own(world: World) -> dict[str, Any]:
    return {"school_id": school_id(world), "actor": world.school.actor}


def office(world: World, **given: Any) -> GovernanceRecord:
    values: dict[str, Any] = {
        "office": True,
        "office_name": "产教融合办公室",
        "office_since": SINCE,
        "cross_units": 2,
        "cross_note": "",
    }
    return tell_office(facts=OfficeFacts(**{**values, **given}), **own(world))


def charter_facts(**given: Any) -> CharterFacts:
    values: dict[str, Any] = {
        "version": "2024 年修订",
        "approved_by": "省教育厅",
        "approved_on": SINCE,
        "in_force_on": SINCE,
        "note": "",
    }
    return CharterFacts(**{**values, **given})


def charter(world: World, **given: Any) -> CharterVersion:
    text = paper("章程.pdf")
    return add_charter(facts=charter_facts(**given), text=text, **own(world))


def seat_facts(**given: Any) -> SeatFacts:
    values: dict[str, Any] = {
        "organ": Organ.COUNCIL,
        "side": Side.INDUSTRY,
        "unit": "启衡精密制造",
        "position": "总经理",
        "is_chair": False,
        "starts_on": SINCE,
        "ends_on": UNTIL,
    }
    return SeatFacts(**{**values, **given})


def seat(world: World, **given: Any) -> GovernanceSeat:
    return seat_member(facts=seat_facts(**given), **own(world))


def meeting(world: World, **given: Any) -> GovernanceMeeting:
    values: dict[str, Any] = {
        "organ": Organ.COUNCIL,
        "held_on": datetime.date(2026, 1, 15),
        "topic": "年度工作",
        "decisions": "同意新增两个专业。",
        "people": 9,
    }
    facts = MeetingNotes(**{**values, **given})
    return note_meeting(facts=facts, minutes=paper("纪要.pdf"), today=TODAY, **own(world))


def item(world: World, **given: Any) -> GovernanceItem:
    values: dict[str, Any] = {
        "matter": "income",
        "progress": "done",
        "evidence": "绩效办法经教代会通过",
        "paper": None,
    }
    return tell_item(today=TODAY, **own(world), **{**values, **given})
