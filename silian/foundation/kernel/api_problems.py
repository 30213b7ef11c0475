"""Refusals of the open interface as RFC 9457 problem details: field, rule and cure in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from ninja import Field, Schema

from silian.foundation.kernel.errors import DomainError

KINDS = {
    400: ("unreadable", "请求无法读取"),
    401: ("no-identity", "身份未确认"),
    403: ("not-allowed", "无权办理"),
    404: ("not-found", "没有找到"),
    405: ("no-such-method", "不支持这种请求方法"),
    409: ("wrong-state", "当前状态不能办理"),
    413: ("too-large", "请求太大"),
    422: ("invalid", "提交的内容不合格"),
    429: ("too-many", "请求过于频繁"),
}
CURE = re.compile(r"(?<=[。；，：])\s*(?=请)")
DEFAULT_CURE = "请按上述要求修改后重试。"


class FieldProblem(Schema):
    """One field that was refused (字段问题)."""

    field: str = Field(description="字段名；专项字段写作 details.名称，批量时前面是行号。")
    rule: str = Field(description="违反了哪条要求。")
    cure: str = Field(description="怎样改。")


class Problem(Schema):
    """A refusal (拒绝说明), after RFC 9457."""

    type: str = Field(description="拒绝的种类，是接口说明中的一个锚点。")
    title: str
    status: int
    detail: str = Field(description="一句话：什么、依据哪条规则、怎么办。")
    instance: str = Field(description="被拒绝的请求路径。")
    errors: list[FieldProblem] = Field(default_factory=list)


class ApiProblem(Exception):
    """A refusal that a door of the interface says itself."""

    def __init__(
        self,
        status: int,
        sentence: str,
        *,
        errors: Sequence[FieldProblem] = (),
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
        self.errors = list(errors)
        self.headers = headers or {}


def problem(
    *, status: int, sentence: str, path: str, errors: Iterable[FieldProblem] = ()
) -> dict[str, Any]:
    """The body of a refusal."""
    anchor, title = KINDS[status]
    found = Problem(
        type=f"/api/v1/docs#problem-{anchor}",
        title=title,
        status=status,
        detail=sentence,
        instance=path,
        errors=list(errors),
    )
    return found.model_dump()


def field_problem(field: str, sentence: str) -> FieldProblem:
    """A sentence cut into its rule and its cure; the cure begins with 请."""
    parts = CURE.split(sentence, maxsplit=1)
    if len(parts) == 2 and parts[0]:
        return FieldProblem(field=field, rule=parts[0], cure=parts[1])
    if sentence.startswith("请"):
        return FieldProblem(field=field, rule="这一项不完整。", cure=sentence)
    return FieldProblem(field=field, rule=sentence, cure=DEFAULT_CURE)


def not_found(what: str) -> ApiProblem:
    """The refusal for what is not there, or not for this caller: the two are not told apart."""
    return ApiProblem(404, f"没有找到这{what}，或不在您的可见范围内。请核对编号。")


def problem_of_domain_error(error: DomainError) -> ApiProblem:
    """A refusal of a command: 403 for rights, 422 when it names a field, else 409."""
    if error.status == 403:
        return ApiProblem(403, error.sentence)
    if error.field:
        return ApiProblem(422, error.sentence, errors=[field_problem(error.field, error.sentence)])
    return ApiProblem(409, error.sentence)


def problem_of_invalid_input(errors: Iterable[dict[str, Any]]) -> ApiProblem:
    """Every field of a request that does not fit the description of the interface."""
    found: dict[str, FieldProblem] = {}
    for error in errors:
        name = field_name(error.get("loc", ()))
        if name not in found:
            rule, cure = words_for(error)
            found[name] = FieldProblem(field=name, rule=rule, cure=cure)
    first = next(iter(found.values()))
    more = f"另有 {len(found) - 1} 处。" if len(found) > 1 else ""
    sentence = f"“{first.field}”{first.rule}{first.cure}{more}"
    return ApiProblem(422, sentence, errors=list(found.values()))


LOCATIONS = {"body", "query", "path", "header"}
PARAMETERS = {"asked", "body"}  # how operations name their query and their body
BRANCHES = re.compile(r"^(function-|constrained-|list\[|str$|int$|bool$|float$|nullable)")


def field_name(loc: Sequence[str | int]) -> str:
    """Where a fault is, as the caller wrote it: ``rows.3.title``."""
    steps = [str(step) for step in loc]
    if steps and steps[0] in LOCATIONS:
        steps = steps[1:]
    if len(steps) > 1 and steps[0] in PARAMETERS:
        steps = steps[1:]
    steps = [step for step in steps if not BRANCHES.match(step)]
    return ".".join(steps) or "body"


RULES: dict[str, tuple[str, str]] = {
    "missing": ("没有填写。", "请提供这一项。"),
    "string_too_long": ("超过 {max_length} 个字符。", "请缩短。"),
    "string_too_short": ("少于 {min_length} 个字符。", "请补充。"),
    "string_type": ("须是文字。", "请用双引号括起的字符串。"),
    "string_unicode": ("含有不能识别的字符。", "请用 UTF-8 编码的文字。"),
    "string_pattern_mismatch": ("格式不对。", "请对照接口说明中这一项的格式和示例。"),
    "int_type": ("须是整数。", "请填不带引号的整数。"),
    "int_parsing": ("须是整数。", "请填整数。"),
    "int_from_float": ("须是整数。", "请去掉小数。"),
    "int_parsing_size": ("数字太大。", "请填较小的整数。"),
    "bool_type": ("须是 true 或 false。", "请改为 true 或 false。"),
    "bool_parsing": ("须是 true 或 false。", "请改为 true 或 false。"),
    "greater_than_equal": ("不能小于 {ge}。", "请填较大的数。"),
    "less_than_equal": ("不能大于 {le}。", "请填较小的数。"),
    "literal_error": ("不在可选范围内。", "请从 {expected} 中选。"),
    "enum": ("不在可选范围内。", "请从 {expected} 中选。"),
    "list_type": ("须是列表。", "请用方括号括起的列表。"),
    "too_long": ("最多 {max_length} 项。", "请分批提交。"),
    "too_short": ("至少 {min_length} 项。", "请补充。"),
    "dict_type": ("须是对象。", "请用花括号括起的键和值。"),
    "model_type": ("须是对象。", "请用花括号括起的键和值。"),
    "model_attributes_type": ("须是对象。", "请用花括号括起的键和值。"),
    "extra_forbidden": ("接口没有这一项。", "请删去，或核对字段名的拼写。"),
    "date_type": ("须是日期。", "请写作 2026-06-01。"),
}
DATES = ("须是日期。", "请写作 2026-06-01。")
OTHERS = ("不符合接口说明。", "请对照接口说明中这一项的类型和取值。")


def words_for(error: dict[str, Any]) -> tuple[str, str]:
    """The rule and the cure behind one fault of the description."""
    code = str(error.get("type", ""))
    rule, cure = RULES.get(code, DATES if code.startswith("date") else OTHERS)
    context = {"max_length": "", "min_length": "", "ge": "", "le": "", "expected": ""}
    context |= error.get("ctx", {})
    context["expected"] = str(context["expected"]).replace("'", "").replace(" or ", "、")
    return rule.format(**context), cure.format(**context)
