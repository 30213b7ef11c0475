"""Every rule has a lawful case and the single change that makes it unlawful."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from silian.operations.placements.gateways.legal_limits import limits_of
from silian.operations.placements.rules.prohibitions import findings
from tests.operations.placements.scenarios.checks import scenario_checks
from tests.operations.placements.scenarios.reading import (
    scenario,
    scenario_files,
    typed,
    whole_case,
)

pytestmark = pytest.mark.django_db
HOME = "990104"
Answer = list[tuple[str, str, str]]


def answer_to(told: dict[str, Any], case: dict[str, Any], *, where: str) -> Answer:
    """Code, severity and sentence of everything that stands against the case."""
    if check := told.get("check"):
        found = scenario_checks[check](case["facts"], where)
        return [(told["number"], severity, sentence) for severity, sentence in found]
    facts = typed(case)
    limits = limits_of(division=where, on=facts["stay"].starts_on)
    return [
        (each.code, str(each.severity.label), each.sentence)
        for each in findings(**facts, limits=limits)
    ]


def cases_of(told: dict[str, Any], change: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The eligible case, and the same with the one change."""
    one = {change["part"]: {change["fact"]: change["value"]}}
    if told.get("check"):
        facts = told["eligible"]["facts"]
        return {"facts": facts}, {"facts": {**facts, **one["facts"]}}
    given = {"post": change.get("given", {})}
    return whole_case(told["eligible"], given), whole_case(told["eligible"], given, one)


def every_change() -> list[Any]:
    return [
        pytest.param(path, change, id=f"{path.stem}: {change['what']}")
        for path in scenario_files()
        for change in scenario(path)["change"]
    ]


@pytest.mark.parametrize(("path", "change"), every_change())
def test_one_change_makes_the_eligible_case_unlawful(path: Path, change: dict[str, Any]) -> None:
    told = scenario(path)
    where = change.get("where", HOME)
    code = change.get("code", told["number"])
    eligible, changed = cases_of(told, change)
    before = [each for each in answer_to(told, eligible, where=where) if each[0] == code]
    assert not [each for each in before if change["says"] in each[2]]
    after = [each for each in answer_to(told, changed, where=where) if each[0] == code]
    assert [each for each in after if each[1] == change["severity"] and change["says"] in each[2]]


def test_the_eligible_case_has_nothing_against_it() -> None:
    assert answer_to({}, whole_case(), where=HOME) == []


def test_every_rule_of_internships_has_a_scenario() -> None:
    numbers = [scenario(path)["number"] for path in scenario_files()]
    assert numbers == [f"IN-{number:02d}" for number in range(1, 33)]


def test_every_check_that_a_scenario_names_is_answered() -> None:
    named = {scenario(path)["check"] for path in scenario_files() if "check" in scenario(path)}
    assert named <= set(scenario_checks)
