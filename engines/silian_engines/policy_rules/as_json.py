"""Results as plain data for JSON (数据输出): amounts are decimal strings."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from .compiled_rule import CompiledRule, Outcome
from .definitions import Input, Step
from .provisions import FORCES, Provision
from .qualifying import nearest_way
from .results import Change, GateOutcome, Node, Value

Data = dict[str, Any]


def plain(value: Value) -> Any:
    """A value as JSON takes it; amounts never become floats."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return list(value) if isinstance(value, tuple) else value


def provision_data(*, provision: Provision) -> Data:
    return {
        "id": provision.id,
        "number": provision.number,
        "key": provision.key,
        "title": provision.title,
        "value": provision.shown_value,
        "comparator": provision.comparator,
        "unit": provision.unit,
        "force": provision.force,
        "force_title": FORCES[provision.force],
        "kind": provision.kind,
        "document": provision.document,
        "clause": provision.clause,
        "evidence": provision.evidence,
        "jurisdiction": provision.jurisdiction,
        "valid_from": provision.valid_from.isoformat(),
        "valid_to": provision.valid_to.isoformat() if provision.valid_to else None,
        "known_from": provision.known_from.isoformat(),
        "review_by": provision.review_by.isoformat(),
        "deadline": provision.deadline.isoformat() if provision.deadline else None,
        "same_as": provision.same_as,
        "groups": list(provision.groups),
        "note": provision.note,
    }


def input_data(*, fact: Input) -> Data:
    data: Data = {"name": fact.name, "title": fact.title, "unit": fact.unit, "required": True}
    if fact.choices:
        data |= {"type": "choice", "choices": list(fact.choices)}
    elif fact.each:
        data |= {"type": "list", "each": [input_data(fact=each) for each in fact.each]}
    else:
        types = {"是否": "boolean", "日期": "date", "文字": "text"}
        data["type"] = types.get(fact.unit, "decimal")
        if data["type"] == "decimal":
            data["decimals"] = fact.decimals
    return data


def rule_data(*, compiled: CompiledRule) -> Data:
    """A rule as the list shows it: inputs with units, outputs, clause, force."""
    rule = compiled.rule
    first = compiled.provisions[0] if compiled.provisions else None
    return {
        "rule": rule.id,
        "also": list(rule.also),
        "title": rule.title,
        "document": first.document if first else None,
        "clause": first.clause if first else None,
        "force": first.force if first else None,
        "force_title": FORCES[first.force] if first else None,
        "systems": list(rule.systems),
        "inputs": [input_data(fact=fact) for fact in rule.inputs],
        "outputs": [
            {"name": step.name, "title": step.title, "unit": step.unit, "formula": step.formula}
            for step in rule.steps
            if step.output
        ],
        "gates": [
            {"name": g.name, "title": g.title, "kind": g.kind, "formula": g.formula, "cure": g.cure}
            for g in rule.gates
        ],
        "carry": rule.carry,
        "unset": sorted(set(compiled.text.open.values())),
        "note": rule.note,
        "version": compiled.version,
        "basis": [provision_data(provision=each) for each in compiled.provisions],
    }


def gate_data(*, gate: GateOutcome) -> Data:
    provision = gate.provision
    return {
        "name": gate.gate.name,
        "title": gate.gate.title,
        "kind": gate.gate.kind,
        "passed": gate.passed if gate.applies else None,
        "outcome": gate.word,
        "document": provision.document if provision else None,
        "clause": provision.clause if provision else None,
        "force": provision.force if provision else None,
        "evidence": provision.evidence if provision else None,
        "cure": gate.gate.cure if gate.applies and gate.passed is False else None,
    }


def change_data(*, change: Change) -> Data:
    difference = change.difference
    return {
        "gate": change.gate,
        "fact": change.fact,
        "title": change.title,
        "unit": change.unit,
        "before": plain(change.before),
        "after": plain(change.after),
        "difference": plain(difference),
        "sentence": change_sentence(change=change),
    }


def change_sentence(*, change: Change) -> str:
    """The cure as a sentence with numbers."""
    difference = change.difference
    if difference is None:
        after = {True: "是", False: "否"}.get(change.after, change.after)  # type: ignore[arg-type,call-overload]
        return f"{change.title}改为“{after}”即可满足。"
    verb = "增加" if difference > 0 else "减少"
    amount, after = f"{abs(difference):f}{change.unit}", f"{change.after}{change.unit}"
    return f"{change.title}还需{verb}{amount}，达到{after}。"


def node_data(*, node: Node) -> Data:
    """A node of the tree of reasons, with the clauses that it rests on."""
    label = node.label
    data: Data = {"kind": label.kind, "name": label.name, "title": label.title}
    data |= {"value": plain(node.value), "unit": label.unit}
    if label.formula:
        data["formula"] = label.formula
    if label.rounding:
        data["rounding"] = label.rounding
    if label.provisions:
        data["clauses"] = [
            {"document": p.document, "clause": p.clause, "number": p.number, "force": p.force}
            for p in label.provisions
        ]
    if node.children:
        data["from"] = [node_data(node=each) for each in node.children]
    return data


def warnings_of(*, compiled: CompiledRule) -> list[str]:
    """What the reader must know before relying on the result."""
    unsure = [each for each in compiled.provisions if each.is_uncertain and each.is_set]
    sentences = [f"“{p.title}”的依据尚待核对（{p.evidence}），只作提示。" for p in unsure]
    sentences += [f"“{p.title}”未设定（{p.clause}）。" for p in compiled.provisions if not p.is_set]
    named: dict[str, str] = {each.name: each.title for each in compiled.rule.steps}
    named |= {f"gate_{each.name}": each.title for each in compiled.rule.gates}
    titles = {each.id: each.title for each in compiled.provisions}
    for name, id in compiled.text.open.items():
        sentences.append(f"“{named[name]}”无法判断：{titles.get(id, id)}未设定。")
    return sentences


def output_data(*, step: Step, value: Value, compiled: CompiledRule) -> Data:
    """One result; without a value it says whether the policy or the denominator is missing."""
    data: Data = {"name": step.name, "title": step.title, "value": plain(value), "unit": step.unit}
    if value is None:
        data["why"] = "未设定" if step.name in compiled.text.open else "分母为零，无法计算"
    return data


def outcome_data(*, outcome: Outcome, explain: bool) -> Data:
    """Everything about one computed case."""
    compiled, rule = outcome.compiled, outcome.compiled.rule
    values = outcome.values
    outputs = [step for step in rule.steps if step.output]
    data: Data = {
        "rule": rule.id,
        "title": rule.title,
        "jurisdiction": compiled.effective.jurisdiction,
        "on": compiled.effective.on.isoformat(),
        "version": compiled.version,
        "entitled": outcome.is_entitled,
        "amounts": {s.name: plain(values[s.name]) for s in outputs if s.unit == "元"},
        "values": {s.name: plain(values[s.name]) for s in outputs},
        "outputs": [output_data(step=s, value=values[s.name], compiled=compiled) for s in outputs],
        "gates": [gate_data(gate=g) | {"version": compiled.version} for g in outcome.gates],
        "nearest_way": [change_data(change=each) for each in nearest_way(outcome=outcome)],
        "warnings": warnings_of(compiled=compiled),
        "basis": [provision_data(provision=each) for each in compiled.provisions],
    }
    if explain:
        data["explanation"] = node_data(node=outcome.explanation()) | {"version": compiled.version}
    return data
