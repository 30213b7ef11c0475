"""Rules compiled to plain functions (编译): one for a case, one for arrays, from one definition."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol

from .definitions import Input, Rule
from .dialects import ManyCases, OneCase
from .facts import FARTHEST, Reader, is_number, whole_parts
from .parameter_terms import EffectiveTerms
from .periods import counted, covered, longest, ratio, reached
from .provisions import Effective, Provision
from .quantities import LARGEST, shift_months, shift_years, whole_months
from .showing import SHOWING, step_code
from .terms import Term, number, rounded
from .translation import Dialect, Translator, UnsetParameter

ONE_CASE_FUNCTIONS = {
    "covered": covered, "longest": longest, "ratio": ratio, "shift_years": shift_years,
    "counted": counted, "reached": reached, "shift_months": shift_months,
    "whole_months": whole_months,
}  # fmt: skip


class Formula(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def formula(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Written:
    """Source of a rule in one dialect, and what the policies leave open in it."""

    source: str
    open: dict[str, str] = field(default_factory=dict)
    closed: dict[str, dict[int, str]] = field(default_factory=dict)


def written(*, rule: Rule, effective: Effective, dialect: Dialect) -> Written:
    """The rule as source of a function that returns every step, then every gate."""
    parameters = EffectiveTerms(effective=effective, basis=rule.basis)
    names: dict[str, Term | UnsetParameter] = {
        each.name: _input_term(each, each.name) for each in rule.inputs if not each.each
    }
    names["on"] = number(Fraction(effective.on.toordinal()))
    members = {each.name: _member_terms(each) for each in rule.inputs if each.each}
    translator = Translator(names, members, parameters, dialect)
    lines, open_names = [], {}
    for step in rule.steps:
        try:
            term = translator.of(step.formula)
            code = term.code
            if term.kind == "number":
                code = rounded(term, decimals=step.decimals, rounding=step.rounding)
            names[step.name] = Term(step.name, 10**step.decimals, kind=term.kind)
        except UnsetParameter as unset:
            names[step.name], open_names[step.name], code = unset, unset.id, "None"
        lines.append(f"    {step.name} = {code}")
    for gate in rule.gates:
        try:
            code = translator.of(gate.formula).code
        except UnsetParameter as unset:
            open_names[f"gate_{gate.name}"], code = unset.id, "None"
        lines.append(f"    gate_{gate.name} = {code}")
    results = [*(s.name for s in rule.steps), *(f"gate_{g.name}" for g in rule.gates)]
    body = "\n".join([*lines, f"    return ({', '.join(results)},)"])
    return Written(body, open_names, parameters.closed)


def _input_term(fact: Input, code: str) -> Term:
    if fact.choices or fact.unit == "文字":
        return Term(code, kind="choice", choices=fact.choices)
    if fact.unit == "是否":
        return Term(code, kind="truth")
    return Term(code, 10**fact.decimals)


def _member_terms(fact: Input) -> dict[str, Term]:
    return {each.name: _input_term(each, f"{fact.name}_{each.name}") for each in fact.each}


def one_case_function(*, rule: Rule, text: Written) -> Callable[..., tuple[Any, ...]]:
    """The function for one case; its parameters are the inputs in order."""
    return _built([each.name for each in rule.inputs], text.source, ONE_CASE_FUNCTIONS)


def stated_case_function(
    *, rule: Rule, text: Written, readers: dict[str, Reader]
) -> Callable[[Mapping[str, Any]], tuple[Any, Any] | None]:
    """Reading and computing in one function, for facts stated as decimals.

    It returns None, or raises, for anything unusual; then the careful reader decides.
    """
    lines = []
    for fact in rule.inputs:
        lines += _decimal_reading(fact) if is_number(fact) else [_other_reading(fact)]
    inputs = "".join(f"{fact.name}, " for fact in rule.inputs)
    body, _, results = text.source.rpartition("    return ")
    source = "\n".join(f"    {line}" for line in lines)
    space = {**ONE_CASE_FUNCTIONS, "Decimal": Decimal}
    space |= {f"read_{name}": each for name, each in readers.items()}
    space |= {f"parts_{fact.name}": whole_parts(fact) for fact in rule.inputs}
    return _built(["facts"], f"{source}\n{body}    return ({inputs}), {results}", space)


def _decimal_reading(fact: Input) -> list[str]:
    least = -LARGEST if fact.may_be_negative else 0
    return [
        f"fact = facts[{fact.name!r}]",
        f"if fact.__class__ is not Decimal or not -{FARTHEST} < fact.adjusted() < {FARTHEST}:",
        "    return None",
        "numerator, part = fact.as_integer_ratio()",
        f"{fact.name} = numerator * parts_{fact.name}[part]",
        f"if not {least} <= {fact.name} <= {fact.largest}:",
        "    return None",
    ]


def _other_reading(fact: Input) -> str:
    return f"{fact.name} = read_{fact.name}(facts[{fact.name!r}])"


def many_cases_function(
    *, rule: Rule, effective: Effective, results: tuple[str, ...]
) -> Callable[..., tuple[Any, ...]]:
    """The function for arrays; a list of members is its offsets and one array per field.

    It returns the named steps and gates and computes only what they need.
    """
    from .arrays import FUNCTIONS

    needed = _needed(rule, results)
    text = written(rule=_reduced(rule, needed), effective=effective, dialect=ManyCases())
    returned = "".join(f"{name}, " for name in results)
    body = text.source.rpartition("    return")[0] + f"    return ({returned})"
    parameters = []
    for fact in rule.inputs:
        parameters.append(fact.name)
        parameters += [f"{fact.name}_{each.name}" for each in fact.each if each.unit != "文字"]
    return _built(parameters, body, FUNCTIONS)


def _reduced(rule: Rule, needed: set[str]) -> Rule:
    steps = tuple(each for each in rule.steps if each.name in needed)
    gates = tuple(each for each in rule.gates if f"gate_{each.name}" in needed)
    return replace(rule, steps=steps, gates=gates)


def _needed(rule: Rule, results: Iterable[str]) -> set[str]:
    """The results and every step on the way to them."""
    formulas = {step.name: step.formula for step in rule.steps}
    formulas |= {f"gate_{gate.name}": gate.formula for gate in rule.gates}
    needed, waiting = set(), list(results)
    while waiting:
        name = waiting.pop()
        if name in formulas and name not in needed:
            needed.add(name)
            waiting += names_in(formulas[name])
    return needed


def one_case_text(*, rule: Rule, effective: Effective) -> Written:
    return written(rule=rule, effective=effective, dialect=OneCase())


def shown_function(*, rule: Rule, text: Written) -> Callable[..., dict[str, Any]]:
    """The function that shows the outputs of one case."""
    names = [*(s.name for s in rule.steps), *(f"gate_{g.name}" for g in rule.gates)]
    shown = [
        f"{step.name!r}: {step_code(step, is_open=step.name in text.open)}"
        for step in rule.steps
        if step.output
    ]
    return _built(names, f"    return {{{', '.join(shown)}}}", SHOWING)


def _built(parameters: Iterable[str], body: str, functions: dict[str, Any]) -> Callable[..., Any]:
    """Compile source that the translator wrote; no text of a rulebook reaches this point."""
    space: dict[str, Any] = dict(functions)
    exec(f"def computed({', '.join(parameters)}):\n{body}", space)
    function: Callable[..., Any] = space["computed"]
    return function


def names_in(formula: str) -> list[str]:
    """Every name that a formula mentions, in order, once."""
    nodes = ast.walk(ast.parse(formula.strip(), mode="eval"))
    return list(dict.fromkeys(node.id for node in nodes if isinstance(node, ast.Name)))


def provisions_of(*, rule: Rule, effective: Effective) -> list[Provision]:
    """The provisions that a rule rests on, in the order of its basis."""
    return [each for id in rule.basis for each in effective.of(id).values()]


def fingerprint(*, rule: Rule, provisions: Iterable[Provision]) -> str:
    """The version of a rule here and now: changes with any word of it or of its provisions."""
    text = repr((rule, sorted(map(repr, provisions))))
    return hashlib.sha256(text.encode()).hexdigest()[:12]
