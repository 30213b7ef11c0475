"""Written situations of rules (规则情形): facts and what must come out; run as tests and shown."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from .as_json import plain
from .compiled_rule import CompiledRule, Outcome
from .corrections import FactVersion, differences, outcome_as_known
from .errors import PolicyRuleError, RulebookFault
from .provisions import UNSET
from .qualifying import nearest_way
from .quantities import exact
from .reading import RULEBOOKS
from .results import Value
from .rulebook import Rulebook
from .years import compute_years

_EXPECTATIONS = {"expect", "gates", "nearest", "refused", "expect_years", "known"}


@dataclass(frozen=True, slots=True)
class RuleCase:
    """One situation as an official wrote it (规则情形)."""

    file: str
    title: str
    jurisdiction: str
    rule: str
    on: date
    known_on: date | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    expect: Mapping[str, Any] = field(default_factory=dict)
    gates: Mapping[str, str] = field(default_factory=dict)
    nearest: Mapping[str, Any] | None = None
    refused: str = ""
    years: tuple[Mapping[str, Any], ...] = ()
    expect_years: tuple[Mapping[str, Any], ...] = ()
    known: tuple[Mapping[str, Any], ...] = ()
    set: Mapping[str, str] = field(default_factory=dict)


class Check(NamedTuple):
    """One thing that was expected, and what came out (核对)."""

    about: str
    expected: str
    found: str
    unit: str = ""
    is_part: bool = False  # the expected words stand within what came out

    @property
    def passes(self) -> bool:
        return self.expected in self.found if self.is_part else self.expected == self.found


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case, run now; the gates that were open or closed in it."""

    case: RuleCase
    checks: tuple[Check, ...]
    compiled: CompiledRule | None = None
    outcomes: tuple[Outcome, ...] = ()

    @property
    def passes(self) -> bool:
        return bool(self.checks) and all(each.passes for each in self.checks)


def rule_cases(*, folder: Path = RULEBOOKS) -> Iterator[RuleCase]:
    """Every case of the rulebooks, in the order of the files."""
    for path in sorted(folder.glob("**/scenarios/*.toml")):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        shared = {key: content[key] for key in ("jurisdiction", "rule", "on")}
        name = path.relative_to(folder).as_posix()
        for entry in content["scenario"]:
            yield _case(name, {**shared, **entry})


def _case(file: str, entry: Mapping[str, Any]) -> RuleCase:
    if not _EXPECTATIONS & set(entry):
        raise RulebookFault(f"{file} 的情形“{entry.get('title')}”没有写应得结果。")
    lists = {key: tuple(entry.get(key, ())) for key in ("years", "expect_years", "known")}
    try:
        return RuleCase(**{"file": file, **entry, **lists})
    except TypeError as error:
        raise RulebookFault(f"{file} 的情形“{entry.get('title')}”有不认识的字段。") from error


def run_case(*, case: RuleCase, book: Rulebook) -> CaseResult:
    """The case by the rules as they are now."""
    try:
        compiled = _supposed(_compiled(case, book), case.set)
    except PolicyRuleError as refusal:
        return CaseResult(case, (_refusal(case, refusal),))
    if case.refused:
        return _refused(case, compiled)
    if case.years:
        return _over_years(case, compiled, book)
    if case.known:
        return _corrected(case, compiled)
    outcome = compiled.compute(facts=case.facts)
    checks = _checked(outcome, case.expect, case.gates, case.nearest)
    return CaseResult(case, tuple(checks), compiled, (outcome,))


def _compiled(case: RuleCase, book: Rulebook) -> CompiledRule:
    return book.rule(
        id=case.rule, jurisdiction=case.jurisdiction, on=case.on, known_on=case.known_on
    )


def _supposed(compiled: CompiledRule, values: Mapping[str, str]) -> CompiledRule:
    """The rule as it would be had the region set its open numbers (假定本地设定)."""
    if not values:
        return compiled
    by_id = dict(compiled.effective.by_id)
    for id, text in values.items():
        by_id[id] = {
            key: replace(each, value=exact(text), evidence="本地设定")
            for key, each in compiled.effective.of(id).items()
        }
    return CompiledRule(rule=compiled.rule, effective=replace(compiled.effective, by_id=by_id))


def _refused(case: RuleCase, compiled: CompiledRule) -> CaseResult:
    try:
        compiled.compute(facts=case.facts)
    except PolicyRuleError as refusal:
        return CaseResult(case, (_refusal(case, refusal),), compiled)
    return CaseResult(case, (Check("拒绝", case.refused, "没有拒绝"),), compiled)


def _refusal(case: RuleCase, refusal: PolicyRuleError) -> Check:
    """A refusal is as expected when it contains the expected words."""
    return Check("拒绝", case.refused or "算出结果", str(refusal), is_part=bool(case.refused))


def _over_years(case: RuleCase, compiled: CompiledRule, book: Rulebook) -> CaseResult:
    years = compute_years(
        rulebook=book, id=case.rule, jurisdiction=case.jurisdiction, years=case.years
    )
    checks = [Check("年数", str(len(case.expect_years)), str(len(years)))]
    for year, expected in zip(years, case.expect_years, strict=False):
        for check in _checked(year.outcome, expected, {}, None):
            checks.append(check._replace(about=f"{year.year}年 {check.about}"))
    return CaseResult(case, tuple(checks), compiled, tuple(each.outcome for each in years))


def _corrected(case: RuleCase, compiled: CompiledRule) -> CaseResult:
    """Each time the facts were corrected: what was believed from then on, and what changed."""
    versions = [FactVersion(each["from"], each["facts"]) for each in case.known]
    outcomes: list[Outcome] = []
    checks: list[Check] = []
    for entry in case.known:
        known_on = entry["from"]
        outcome = outcome_as_known(compiled=compiled, versions=versions, known_on=known_on)
        found = _checked(outcome, entry.get("expect", {}), entry.get("gates", {}), None)
        checks += [each._replace(about=f"按{known_on}所知 {each.about}") for each in found]
        if outcomes and "difference" in entry:
            checks += _changed(outcomes[-1], outcome, entry["difference"])
        outcomes.append(outcome)
    return CaseResult(case, tuple(checks), compiled, tuple(outcomes))


def _changed(before: Outcome, after: Outcome, expected: Mapping[str, str]) -> Iterator[Check]:
    found = {each.name: each for each in differences(before=before, after=after)}
    for name, amount in expected.items():
        change = found.get(name)
        shown = f"{change.amount:+f}" if change and change.amount is not None else "没有变化"
        yield Check(f"更正后{change.title if change else name}的变化", amount, shown)


def _checked(
    outcome: Outcome,
    expect: Mapping[str, Any],
    gates: Mapping[str, str],
    nearest: Mapping[str, Any] | None,
) -> Iterator[Check]:
    steps = {step.name: step for step in outcome.compiled.rule.steps}
    values = outcome.values
    for name, expected in expect.items():
        step = steps[name]
        yield Check(step.title, _text(expected), _shown(values[name]), step.unit)
    words = {each.gate.name: (each.gate.title, each.word) for each in outcome.gates}
    for name, word in gates.items():
        yield Check(words[name][0], word, words[name][1])
    if nearest is not None:
        way = {each.fact: each.after for each in nearest_way(outcome=outcome)}
        for fact in sorted(nearest.keys() | way.keys()):
            found = _shown(way[fact]) if fact in way else "没有"
            yield Check(f"补救：{_title(outcome, fact)}", _text(nearest.get(fact, "没有")), found)


def _title(outcome: Outcome, fact: str) -> str:
    return next((each.title for each in outcome.compiled.rule.inputs if each.name == fact), fact)


def _shown(value: Value) -> str:
    return UNSET if value is None else _text(plain(value))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(value) or "无" if isinstance(value, list) else str(value)
