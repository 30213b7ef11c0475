"""What engines compute, in words: values with units, gates, formulas (结果用语)."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from silian_engines.policy_rules.results import GateOutcome, Value

UNSET = "未设定"
UNDEFINED = "分母为零，无法计算"
SHARE = "比例"
UNNAMED = "没有规定的参数"  # a rule mentions a parameter that no clause of the place sets
TONES = {
    "满足": "ok",
    "达到": "ok",
    "适用": "ok",
    "未满足": "late",
    "不符合": "late",
    "差距": "watch",
    "提示": "watch",
    "未设定": "unset",
    "不适用": "info",
}
SIGNS: dict[type[ast.AST], str] = {
    ast.Add: "＋",
    ast.Sub: "－",
    ast.Mult: "×",
    ast.Div: "÷",
    ast.LtE: "≤",
    ast.GtE: "≥",
    ast.Lt: "＜",
    ast.Gt: "＞",
    ast.Eq: "为",
    ast.NotEq: "不为",
    ast.And: " 并且 ",
    ast.Or: " 或者 ",
}
ENDS = {"low": "的下限", "high": "的上限"}
FUNCTIONS = {
    "min": "取小",
    "max": "取大",
    "ratio": "比值",
    "round_up": "进位取整",
    "sum": "逐人合计",
    "count": "计数",
    "years_after": "若干年后",
    "months_after": "若干月后",
    "whole_months": "整月数",
    "earliest": "最早",
    "counted_days": "计入天数",
    "day_reached": "满期之日",
    "is_set": "已设定",
}


def value_words(value: Value, *, unit: str, why: str = UNSET) -> str:
    """A value exactly, in the form people write: 1,200,000.00, 60%, 是."""
    if value is None:
        return why
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return share_words(value) if unit == SHARE else f"{value:,f}"
    return "、".join(value) if isinstance(value, tuple) else value


def share_words(value: Decimal) -> str:
    text = f"{value * 100:f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}%"


def with_unit(value: Value, *, unit: str) -> str:
    """The value with its unit behind it, where it has one to say."""
    words = value_words(value, unit=unit)
    silent = value is None or unit in ("", SHARE, "是否", "日期", "文字", "名单")
    return words if silent else f"{words} {unit}"


def gate_tone(gate: GateOutcome) -> str:
    """The status light of a gate's outcome."""
    return TONES[gate.word]


def formula_words(formula: str, *, titles: Mapping[str, str]) -> str:
    """A formula with the Chinese names of what it mentions (计算式)."""
    return part_words(ast.parse(formula.strip(), mode="eval").body, titles)


def part_words(node: ast.AST, titles: Mapping[str, str], *, inside: bool = False) -> str:
    if isinstance(node, ast.Name):
        return titles.get(node.id, UNNAMED).removeprefix("是否")
    if isinstance(node, ast.Constant):
        return f"“{node.value}”" if isinstance(node.value, str) else str(node.value)
    if isinstance(node, ast.IfExp):
        parts = [part_words(each, titles) for each in (node.test, node.body, node.orelse)]
        words = f"若{parts[0]}，则{parts[1]}，否则{parts[2]}"
        return f"（{words}）" if inside else words
    if isinstance(node, (ast.BinOp, ast.BoolOp, ast.Compare)):
        words = chain_words(node, titles)
        return f"（{words}）" if inside else words
    return other_words(node, titles)


def chain_words(node: ast.BinOp | ast.BoolOp | ast.Compare, titles: Mapping[str, str]) -> str:
    """Operands with their signs between them."""
    operands: list[ast.expr]
    if isinstance(node, ast.BinOp):
        operands, signs = [node.left, node.right], [SIGNS[type(node.op)]]
    elif isinstance(node, ast.BoolOp):
        operands, signs = node.values, [SIGNS[type(node.op)]] * (len(node.values) - 1)
    else:
        operands = [node.left, *node.comparators]
        signs = [SIGNS[type(each)] for each in node.ops]
    words = [part_words(each, titles, inside=not same_sign(node, each)) for each in operands]
    spaced = [sign if sign.startswith(" ") else f" {sign} " for sign in signs]
    return words[0] + "".join(f"{sign}{word}" for sign, word in zip(spaced, words[1:], strict=True))


def same_sign(whole: ast.AST, part: ast.AST) -> bool:
    """Whether the part is a sum in a sum, a product in a product: no brackets then."""
    if not (isinstance(whole, ast.BinOp) and isinstance(part, ast.BinOp)):
        return False
    turns = whole.right is part and isinstance(whole.op, (ast.Sub, ast.Div))
    return type(whole.op) is type(part.op) and not turns


def other_words(node: ast.AST, titles: Mapping[str, str]) -> str:
    """Tables by grade, lower and upper ends, negations, functions."""
    if isinstance(node, ast.Subscript):
        return f"{part_words(node.value, titles)}〔{part_words(node.slice, titles)}〕"
    if isinstance(node, ast.Attribute):
        return part_words(node.value, titles) + ENDS[node.attr]
    if isinstance(node, ast.UnaryOp):
        sign = "不是" if isinstance(node.op, ast.Not) else "－"
        return f"{sign}{part_words(node.operand, titles, inside=True)}"
    if isinstance(node, ast.Call):
        inner = "，".join(part_words(each, titles) for each in node.args)
        name: Any = node.func
        return f"{FUNCTIONS.get(name.id, name.id)}（{inner}）"
    return ast.unparse(node)


def with_separators(text: str) -> str:
    """A plain number with separators; anything else as it is.

    >>> with_separators("5000"), with_separators("8%")
    ('5,000', '8%')
    """
    return f"{int(text):,}" if text.isdecimal() else text
