"""Data sets for the tests, brought to a given step by the commands themselves."""

from __future__ import annotations

import datetime
from typing import Any

from silian.operations.exchange.commands.data_set import (
    DataSetCard,
    DeclaredField,
    register_data_set,
    store_edition,
)
from silian.operations.exchange.commands.data_set_access import (
    decide_data_request,
    request_data,
)
from silian.operations.exchange.models.data_set import DataSet
from tests.operations.exchange.negotiations.stage import NOW
from tests.world import CITY, Person, World

GRADUATES = (
    DeclaredField(name="证号", type="text", sensitivity="personal", is_key=True),
    DeclaredField(name="专业", type="text", sensitivity="plain"),
    DeclaredField(name="去向", type="text", sensitivity="internal", required=False),
)
OPEN = (
    DeclaredField(name="专业", type="text", sensitivity="plain"),
    DeclaredField(name="人数", type="integer", sensitivity="plain", unit="人"),
)
ROSTER = [["A1", "数控技术", "就业"], ["A2", "护理", ""], ["A3", "护理", "升学"]]


def registered(
    *, by: Person, fields: tuple[DeclaredField, ...] = GRADUATES, **values: Any
) -> DataSet:
    """A conditional roster, unless told otherwise."""
    facts: dict[str, Any] = {
        "title": "毕业生名册",
        "description": "按届汇总。",
        "source_system": "学籍系统",
        "provenance": "各校报送。",
        "terms": "conditional",
        "terms_note": "用于就业跟踪",
        "division": CITY,
        "region_note": "",
        "refresh_days": 90,
    }
    card = DataSetCard(**{**facts, **values})
    return register_data_set(card=card, fields=fields, actor=by.actor, now=NOW)


def stored(data_set: DataSet, *, by: Person, rows: list[list[str]] | None = None) -> None:
    headings = [field.name for field in data_set.fields.all()]
    store_edition(
        data_set_id=data_set.pk,
        headings=headings,
        rows=ROSTER if rows is None else rows,
        source="roster.csv",
        as_of=NOW.date(),
        actor=by.actor,
        now=NOW,
    )


def roster(world: World) -> DataSet:
    """The school's conditional roster with three rows."""
    data_set = registered(by=world.school)
    stored(data_set, by=world.school)
    return data_set


def open_counts(world: World) -> DataSet:
    data_set = registered(
        by=world.school, fields=OPEN, title="在校生人数", terms="open", terms_note=""
    )
    stored(data_set, by=world.school, rows=[["护理", "1,200"]])
    return data_set


def granted(world: World, data_set: DataSet) -> None:
    """The bureau may read it for a month."""
    asked = request_data(
        data_set_id=data_set.pk,
        purpose="核对毕业生就业去向",
        actor=world.coordinator.actor,
        now=NOW,
    )
    decide_data_request(
        request_id=asked.pk,
        approve=True,
        reason="",
        ends_on=NOW.date() + datetime.timedelta(days=30),
        actor=world.school.actor,
        now=NOW,
    )
