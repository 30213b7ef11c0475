"""Editions for the tests, brought to a state by the module's own commands."""

from __future__ import annotations

import datetime
from typing import Any

from silian.casework.publications.choices import EditionState
from silian.casework.publications.commands.drafting import NewFile, draft_edition
from silian.casework.publications.commands.steps import (
    approve_edition,
    publish_edition,
    submit_edition,
    withdraw_edition,
)
from silian.casework.publications.models import Edition
from tests.world import CITY, TODAY, World

NOW = datetime.datetime(2026, 3, 18, 2, 0, tzinfo=datetime.UTC)
CSV = NewFile(name="清单.csv", content="编号,事项\n1,公共实训基地\n".encode())


def snapshot(**titles: str) -> dict[str, Any]:
    """One section with an entry for each key."""
    entries = [
        {"key": key, "title": title, "values": {"owner": "市教育局"}}
        for key, title in titles.items()
    ]
    section = {
        "key": "items",
        "title": "事项",
        "fields": [["owner", "责任单位"]],
        "entries": entries,
    }
    return {"sections": [section]}


def make_edition(
    world: World, *, state: EditionState = EditionState.DRAFT, **given: Any
) -> Edition:
    """An edition of the city's list, drafted by the coordinator and approved by the reviewer."""
    values: dict[str, Any] = {
        "kind": "list",
        "division": CITY,
        "title": "产教融合重点事项清单",
        "snapshot": snapshot(a="公共实训基地"),
        "files": [CSV],
        "actor": world.coordinator.actor,
        "on": TODAY,
    }
    edition = draft_edition(**{**values, **given})
    writer, reviewer = world.coordinator.actor, world.reviewer.actor
    if state is EditionState.DRAFT:
        return edition
    edition = submit_edition(edition_id=edition.pk, actor=writer, now=NOW)
    if state is EditionState.SUBMITTED:
        return edition
    edition = approve_edition(edition_id=edition.pk, actor=reviewer, now=NOW)
    if state is EditionState.APPROVED:
        return edition
    edition = publish_edition(edition_id=edition.pk, actor=writer, now=NOW)
    if state is EditionState.PUBLISHED:
        return edition
    return withdraw_edition(edition_id=edition.pk, reason="依据已废止", actor=writer, now=NOW)
