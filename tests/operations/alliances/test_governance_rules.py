"""The checklist of a school's governance; no database."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from silian.operations.alliances.choices.governance import (
    GovernanceMatter,
    Organ,
    Progress,
    Side,
)
from silian.operations.alliances.rules.governance import (
    Check,
    Told,
    checklist,
    composition_of,
    done_count,
)

DAY = datetime.date(2026, 3, 18)
ALL_OUTSIDE = ["industry", "institute", "society", "community"]


def checks(**given: Any) -> dict[str, Check]:
    values: dict[str, Any] = {
        "charter_in_force": None,
        "charter_has_file": False,
        "seats": {},
        "met_on": {},
        "office": None,
        "office_name": "",
        "matters": {},
    }
    return {check.label: check for check in checklist(Told(**{**values, **given}), on=DAY)}


def test_nothing_told_is_not_a_gap() -> None:
    found = checks()
    assert len(found) == 14
    assert {check.tone for check in found.values()} == {"unset"}
    assert done_count(found.values()) == 0


@pytest.mark.parametrize(
    ("in_force", "has_file", "tone"),
    [
        (DAY, True, "ok"),
        (DAY, False, "watch"),
        (DAY + datetime.timedelta(days=1), True, "unset"),
    ],
)
def test_a_charter_counts_when_it_is_in_force_and_there(
    in_force: datetime.date, has_file: bool, tone: str
) -> None:
    assert checks(charter_in_force=in_force, charter_has_file=has_file)["学校章程"].tone == tone


def test_a_council_names_the_sides_that_are_missing() -> None:
    some = checks(seats={Organ.COUNCIL: ["school", "industry", "community"]})["理（董）事会"]
    assert some.met is False
    assert some.words == "校外 2 / 3 席，还没有科研院所、社会组织代表"
    whole = checks(seats={Organ.COUNCIL: ["school", *ALL_OUTSIDE]})["理（董）事会"]
    assert (whole.met, whole.words) == (True, "校外 4 / 5 席")


def test_a_committee_counts_once_it_has_met() -> None:
    seats = {Organ.TEACHING: ["school"]}
    assert checks(seats=seats)["教学工作委员会"].met is False
    assert checks(seats=seats, met_on={Organ.TEACHING: DAY})["教学工作委员会"].met is True


def test_an_office_is_there_or_not_or_untold() -> None:
    assert checks(office=False)["产教融合专门机构"].words == "没有设立"
    assert checks(office=True, office_name="产教融合处")["产教融合专门机构"].met is True


def test_a_matter_counts_when_it_is_done() -> None:
    matters = {
        GovernanceMatter.INCOME: Progress.DONE,
        GovernanceMatter.STAFFING: Progress.PARTLY,
    }
    found = checks(matters=matters)
    assert found["收入分配自主权"].met is True
    assert found["人事管理自主权"].met is False
    assert found["专业设置自主权"].met is None


def test_the_composition_adds_up() -> None:
    found = composition_of(["school", "school", "industry"])
    assert (found.total, found.outside) == (3, 1)
    assert sum(count for _, count in found.lines) == 3
    assert Side.INSTITUTE in found.missing
