"""The engine of policy rules as this module asks it: places, days, rules, years (规则库)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from silian_engines.policy_rules.compiled_rule import CompiledRule, Outcome
from silian_engines.policy_rules.errors import FactsRefused, PolicyRuleError, UnknownRule
from silian_engines.policy_rules.provisions import NATIONAL, Provision, Value
from silian_engines.policy_rules.rulebook import rulebook
from silian_engines.policy_rules.years import YearOutcome, compute_years

from silian.foundation.kernel.errors import DomainError
from silian.governance.incentives.rules.catalogue import BY_RULE

DEMONSTRATION = "99"
DEMONSTRATION_PLACE = "411200"  # its rulebook has subsidies, so that every page shows something


@dataclass(frozen=True, kw_only=True)
class Place:
    """Whose rules count (适用地区); ``borrowed`` when the region has no code of its own."""

    code: str
    name: str
    borrowed: bool = False


def place_of(division: str) -> Place:
    """The place whose rules count in a division; a made-up region borrows another's."""
    code, borrowed = division or NATIONAL, False
    try:
        rulebook().effective(code, datetime.date.max, datetime.date.max)
    except PolicyRuleError:
        code = DEMONSTRATION_PLACE if code.startswith(DEMONSTRATION) else NATIONAL
        borrowed = True
    return Place(code=code, name=rulebook().name_of(code), borrowed=borrowed)


def places() -> list[tuple[str, str]]:
    """The places with rules of their own, the nation first."""
    return sorted(rulebook().jurisdictions.items())


def rules_of(*, place: str, on: datetime.date) -> dict[str, CompiledRule]:
    """The rules of the catalogue that a place has on a day, by their name."""
    found = rulebook().rules_in_force(jurisdiction=place, on=on)
    return {each.rule.id: each for each in found if each.rule.id in BY_RULE}


def rule_of(*, rule: str, place: str, on: datetime.date) -> CompiledRule | None:
    """One rule, or None where the place has none on the day."""
    try:
        return rulebook().rule(id=rule, jurisdiction=place, on=on)
    except UnknownRule:
        return None


def title_of(rule: str) -> str:
    """What a rule is called, wherever it is in force; empty for an unknown one."""
    for place, _ in places():
        for each in rulebook().definitions(jurisdiction=place).values():
            if each.id == rule:
                return each.title
    return ""


def computed(*, rule: CompiledRule, facts: Mapping[str, Any]) -> Outcome:
    """One case; facts that do not fit are refused with a sentence."""
    try:
        return rule.compute(facts=facts)
    except FactsRefused as refusal:
        raise DomainError(str(refusal)) from refusal


def computed_years(
    *, rule: str, place: str, years: Sequence[Mapping[str, Any]]
) -> list[YearOutcome]:
    """Each year by the rule of its last day, carrying on what is left (跨年结转)."""
    try:
        return compute_years(rulebook=rulebook(), id=rule, jurisdiction=place, years=years)
    except PolicyRuleError as refusal:
        raise DomainError(str(refusal)) from refusal


def with_value(*, rule: CompiledRule, provision: Provision, value: Value) -> CompiledRule:
    """The rule as it would be with another number in one provision; nothing in force changes."""
    keyed = dict(rule.effective.of(provision.id))
    keyed[provision.key] = replace(provision, value=value)
    by_id = {**rule.effective.by_id, provision.id: keyed}
    return CompiledRule(rule=rule.rule, effective=replace(rule.effective, by_id=by_id))
