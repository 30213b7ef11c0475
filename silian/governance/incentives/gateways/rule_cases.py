"""The written situations of the rulebooks, run by the engine on demand (规则情形)."""

from __future__ import annotations

from functools import cache

from silian_engines.policy_rules.cases import CaseResult, RuleCase, rule_cases, run_case
from silian_engines.policy_rules.definitions import Rule
from silian_engines.policy_rules.provisions import NATIONAL
from silian_engines.policy_rules.rulebook import rulebook

TARGET_RULES = "R18-"


@cache
def written_cases() -> tuple[RuleCase, ...]:
    """Every situation of the rulebooks that ship with the platform; files change with a release."""
    return tuple(rule_cases())


def run(case: RuleCase) -> CaseResult:
    """The situation by the rules as they are now; nothing is kept from an earlier run."""
    return run_case(case=case, book=rulebook())


@cache
def definition_of(rule: str) -> Rule | None:
    """The definition under one of its names, also where no place has it in force."""
    name = TARGET_RULES.rstrip("-") if rule.startswith(TARGET_RULES) else rule
    for each in rulebook().definitions(jurisdiction=NATIONAL).values():
        if name == each.id or name in each.also:
            return each
    return None


def places_with_cases() -> list[tuple[str, str]]:
    """The places with rulebooks of their own, in the order of the index; the nation first."""
    return list(rulebook().jurisdictions.items())


def name_of(code: str) -> str:
    """The place with a rulebook that counts for a code; a place without one is said so."""
    book = rulebook()
    return book.jurisdictions.get(code, f"{book.name_of(code)}（{code}）")


@cache
def setting_title(parameter: str) -> str:
    """What an open parameter is called."""
    for code in rulebook().jurisdictions:
        for each in rulebook().provisions(jurisdiction=code):
            if each.id == parameter:
                return each.title
    return parameter
