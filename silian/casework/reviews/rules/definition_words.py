"""A definition in words: numbers with their parameter, scoring, sources, duties (方案说明)."""

from __future__ import annotations

from decimal import Decimal

from silian.casework.reviews.choices.schemes import CriterionKind, FunctionKind, SourceKind
from silian.casework.reviews.rules.definition import (
    PARAMETER,
    UNCERTAIN,
    Criterion,
    Definition,
    DutyRule,
    FormField,
)
from silian.casework.reviews.rules.numbers import is_number
from silian.casework.reviews.rules.scoring import SETTINGS
from silian.foundation.kernel.typed_values import UNSET

FORCES = {
    "mandatory": "强制",
    "in_principle": "原则上",
    "encouraged": "鼓励",
    "permitted": "允许",
    "promoted": "推动",
    "exploratory": "探索",
    "strive": "力争",
    "target": "目标",
}


def number_words(said: str, definition: Definition) -> str:
    """A number with its unit, or 未设定; the name of a parameter becomes what it holds."""
    if not said:
        return UNSET
    if not said.startswith(PARAMETER):
        return grouped(said)
    name = said.removeprefix(PARAMETER)
    found = next((row for row in definition.parameters if row.code == name), None)
    if found is None:
        return f"没有参数“{name}”"
    if found.value is None:
        return UNSET
    return f"{grouped(found.value)} {found.unit}".strip()


def grouped(said: str) -> str:
    """A number with its thousands apart; other words as they are."""
    return f"{Decimal(said):,}" if is_number(said) else said


def scoring_words(node: Criterion, definition: Definition) -> str:
    """How an item is met or scored, with its numbers."""
    scoring, named = node.scoring, SETTINGS[node.scoring.kind]
    parts = [
        f"{named.get(name, name)} {number_words(said, definition)}"
        for name, said in scoring.settings.items()
    ]
    parts += [
        f"{'不低于 ' + number_words(line, definition) if line else '其余'}得 "
        f"{number_words(points, definition)} 分"
        for line, points in scoring.steps
    ]
    parts += [
        f"{level} {number_words(said, definition)}" for level, said in scoring.weights.items()
    ]
    kind = FunctionKind(scoring.kind).label
    return f"{kind}：{'，'.join(parts)}" if parts else str(kind)


def group_words(node: Criterion, definition: Definition) -> str:
    if node.kind == CriterionKind.ANY_OF:
        least = number_words(node.least, definition)
        return f"至少满足 {least}{'' if least.endswith(('项', UNSET)) else ' 项'}"
    return str(CriterionKind(node.kind).label)


def rule_words(node: Criterion, definition: Definition) -> str:
    """The rule of a node, item or group."""
    if node.kind == CriterionKind.ITEM:
        return scoring_words(node, definition)
    return group_words(node, definition)


def force_words(node: Criterion) -> str:
    """How firm a rule is; what only warns says why."""
    if node.certainty in UNCERTAIN:
        return f"只提示（依据 {node.certainty}，待核对）"
    return "" if node.force == "mandatory" else f"只提示（{FORCES.get(node.force, node.force)}）"


def source_words(node: Criterion, definition: Definition) -> str:
    """Where the value comes from; the names of metrics and registers are added by a query."""
    if node.source is None:
        return "" if node.kind != CriterionKind.ITEM else UNSET
    kind = SourceKind(node.source.kind)
    field = definition.fields_by_code.get(node.source.code)
    if kind == SourceKind.ANSWER and field is not None:
        return f"{kind.label}：{field.label}"
    return f"{kind.label}：{node.source.code}" if node.source.code else str(kind.label)


def routing_words(field: FormField, definition: Definition) -> str:
    """When a question is asked."""
    if field.show_if is None:
        return ""
    other = definition.fields_by_code.get(field.show_if.code)
    if other is None:
        return f"“{field.show_if.code}”（不存在）"
    names = {"true": "是", "false": "否", **dict(other.choices)}
    answers = "、".join(names.get(value, value) for value in field.show_if.values)
    return f"“{other.label}”为{answers}时填写"


def due_words(duty: DutyRule, definition: Definition) -> str:
    """When a duty falls due."""
    if duty.days_after:
        return f"{number_words(duty.days_after, definition)}内（自进入状态起）"
    if duty.month:
        year = {0: "当年", 1: "次年"}.get(duty.year_offset, f"{duty.year_offset} 年后")
        return f"{year} {duty.month} 月 {duty.day} 日前"
    return UNSET
