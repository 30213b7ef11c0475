"""A computed case as a page shows it: results, gates, ways to qualify, reasons (测算结果)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TypeGuard

from silian_engines.policy_rules.as_json import change_sentence, warnings_of
from silian_engines.policy_rules.compiled_rule import CompiledRule, Outcome
from silian_engines.policy_rules.provisions import FORCES, Provision
from silian_engines.policy_rules.qualifying import nearest_way
from silian_engines.policy_rules.results import GateOutcome, Label, Node

from silian.governance.incentives.rules.words import (
    SHARE,
    UNDEFINED,
    UNSET,
    formula_words,
    gate_tone,
    share_words,
    value_words,
    with_unit,
)


@dataclass(frozen=True, kw_only=True)
class ResultLine:
    """One result with its unit (结果)."""

    name: str
    title: str
    words: str
    unit: str
    is_set: bool


@dataclass(frozen=True, kw_only=True)
class GateLine:
    """A gate, passed or not, with its clause and cure (关口)."""

    title: str
    word: str
    tone: str
    basis: str
    force: str
    cure: str
    stops: bool


@dataclass(frozen=True, kw_only=True)
class Basis:
    """A provision as it is cited (依据)."""

    title: str
    words: str
    force: str
    source: str
    period: str
    evidence: str


@dataclass(frozen=True, kw_only=True)
class Reason:
    """A node of the tree of reasons (理由)."""

    kind: str
    title: str
    words: str
    formula: str
    rounding: str
    basis: str
    again: bool
    children: Sequence[Reason] = field(default_factory=tuple)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Everything that the page says about one case (测算结论)."""

    year: int | None
    entitled: bool
    results: list[ResultLine]
    gates: list[GateLine]
    ways: list[str]
    warnings: list[str]
    basis: list[Basis]
    reasons: Reason
    version: str


KINDS = {"rule": "规则", "step": "步骤", "fact": "事实", "parameter": "规定", "gate": "条件"}


def answer_of(outcome: Outcome, *, year: int | None = None) -> Answer:
    """The outcome of one case in words (测算结论)."""
    compiled = outcome.compiled
    return Answer(
        year=year,
        entitled=outcome.is_entitled,
        results=results_of(outcome),
        gates=[gate_line(each) for each in outcome.gates],
        ways=[change_sentence(change=each) for each in nearest_way(outcome=outcome)],
        warnings=warnings_of(compiled=compiled),
        basis=[basis_of(each) for each in compiled.provisions],
        reasons=reason_of(outcome.explanation(), titles=titles_of(compiled)),
        version=compiled.version,
    )


def results_of(outcome: Outcome) -> list[ResultLine]:
    values, open_steps = outcome.values, outcome.compiled.text.open
    lines = []
    for step in outcome.compiled.rule.steps:
        if step.output:
            value = values[step.name]
            why = UNSET if step.name in open_steps else UNDEFINED
            lines.append(
                ResultLine(
                    name=step.name,
                    title=step.title,
                    words=value_words(value, unit=step.unit, why=why),
                    unit=""
                    if value is None or step.unit in ("比例", "是否", "日期")
                    else step.unit,
                    is_set=value is not None,
                )
            )
    return lines


def gate_line(gate: GateOutcome) -> GateLine:
    failed = gate.applies and gate.passed is False
    provision = gate.provision
    return GateLine(
        title=gate.gate.title,
        word=gate.word,
        tone=gate_tone(gate),
        basis=source_of(provision) if provision else "",
        force=FORCES[provision.force] if provision else "",
        cure=gate.gate.cure if failed else "",
        stops=gate.stops,
    )


def source_of(provision: Provision) -> str:
    """Document and clause, as one cites them."""
    return f"{provision.document} {provision.clause}".strip()


def basis_of(provision: Provision) -> Basis:
    ends = f"至 {provision.valid_to}（不含）" if provision.valid_to else "起"
    return Basis(
        title=keyed_title(provision),
        words=provision_words(provision),
        force=FORCES[provision.force],
        source=source_of(provision),
        period=f"{provision.valid_from} {ends}",
        evidence="待核对，只作提示" if provision.is_uncertain else "",
    )


def keyed_title(provision: Provision) -> str:
    """The title with its grade, unless the title says it already."""
    key = provision.key or ""
    return provision.title if key in provision.title else f"{provision.title}（{key}）"


def provision_words(provision: Provision) -> str:
    """The value of a provision with its unit; shares in per cent."""
    if provision.unit == SHARE:
        ends = [
            each for each in (provision.low, provision.high, provision.value) if is_number(each)
        ]
        return "—".join(share_words(shown_share(each)) for each in ends) or provision.shown_value
    words = provision.shown_value
    silent = not provision.is_set or provision.unit in ("", "比例", "是否", "文字")
    return words if silent else f"{words} {provision.unit}"


def is_number(value: object) -> TypeGuard[Fraction]:
    return isinstance(value, Fraction)


def shown_share(share: Fraction) -> Decimal:
    return Decimal(share.numerator) / Decimal(share.denominator)


def titles_of(compiled: CompiledRule) -> dict[str, str]:
    """The Chinese names of everything that formulas of the rule mention."""
    rule = compiled.rule
    titles = {fact.name: fact.title for fact in rule.inputs}
    titles |= {each.name: each.title for fact in rule.inputs for each in fact.each}
    titles |= {step.name: step.title for step in rule.steps} | {"on": "测算日期"}
    taken = set(titles.values())
    set_by_policy = {
        each.id: f"规定的{each.title}" if each.title in taken else each.title
        for each in compiled.effective
    }
    return set_by_policy | titles


def reason_of(node: Node, *, titles: dict[str, str], told: set[str] | None = None) -> Reason:
    """The tree of reasons in words, from the result down to facts and clauses.

    What was told once is only named afterwards: results share most of their steps.
    """
    told = set() if told is None else told
    label = node.label
    again = label.kind == "step" and label.name in told
    told.add(label.name)
    children = () if again else node.children
    return Reason(
        kind=KINDS[label.kind],
        title=label.title,
        words=node_words(node),
        formula=formula_words(label.formula, titles=titles) if label.formula and not again else "",
        rounding=label.rounding,
        basis="；".join(dict.fromkeys(source_of(each) for each in cited(label))),
        again=again,
        children=tuple(reason_of(each, titles=titles, told=told) for each in children),
    )


def node_words(node: Node) -> str:
    label = node.label
    if label.kind == "rule":
        return ""
    if label.kind == "parameter":
        return provision_words(label.provisions[0])
    return with_unit(node.value, unit=label.unit)


def cited(label: Label) -> tuple[Provision, ...]:
    """The clauses that stand beside a node: of numbers and of conditions."""
    return label.provisions if label.kind in ("parameter", "gate") else ()
