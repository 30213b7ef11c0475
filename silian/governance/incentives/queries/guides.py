"""A guide with what its rule says: amounts, conditions, clauses (指南内容)."""

from __future__ import annotations

from dataclasses import dataclass

from silian_engines.policy_rules.compiled_rule import CompiledRule

from silian.governance.incentives.choices.benefits import Audience
from silian.governance.incentives.gateways.guides import Guide
from silian.governance.incentives.queries.calculations import (
    Basis,
    basis_of,
    source_of,
    titles_of,
)
from silian.governance.incentives.queries.entitlements import FILINGS
from silian.governance.incentives.rules.words import formula_words


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A condition as the guide names it (享受条件)."""

    title: str
    cure: str
    source: str


@dataclass(frozen=True, kw_only=True)
class GuidePage:
    """Everything that one guide shows (指南)."""

    guide: Guide
    title: str
    audiences: str
    given: str
    formula: str
    conditions: list[Condition]
    basis: list[Basis]
    filing: str
    source: str
    version: str
    unset: bool
    note: str


def page_of(guide: Guide, rule: CompiledRule) -> GuidePage:
    """The guide and its rule as one page (指南内容)."""
    steps = {step.name: step for step in rule.rule.steps}
    step = steps.get(guide.amount)
    return GuidePage(
        guide=guide,
        title=rule.rule.title,
        audiences="、".join(str(Audience(each).label) for each in guide.audiences),
        given=f"{step.title}（{step.unit}）" if step else "",
        formula=formula_words(step.formula, titles=titles_of(rule)) if step else "",
        conditions=conditions_of(rule),
        basis=[basis_of(each) for each in rule.provisions],
        filing=FILINGS[guide.filing],
        source=source_of(rule.provisions[0]) if rule.provisions else "",
        version=rule.version,
        unset=bool(rule.text.open),
        note=rule.rule.note,
    )


def conditions_of(rule: CompiledRule) -> list[Condition]:
    rows = zip(rule.rule.gates, rule.gate_provisions, strict=True)
    return [
        Condition(title=gate.title, cure=gate.cure, source=source_of(clause) if clause else "")
        for gate, clause in rows
    ]
