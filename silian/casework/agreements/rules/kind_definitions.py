"""A configured kind as data: read into an ``AgreementKind``, and its faults in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from silian.casework.agreements.choices import Better
from silian.casework.agreements.registry import (
    AgreementKind,
    Clause,
    PartyRole,
    StandIn,
    TermField,
)
from silian.casework.agreements.rules.texts import places_in
from silian.foundation.kernel.typed_values import ValueType

CODE = re.compile(r"^[a-z][a-z0-9_]{0,29}$")
DELEGATE = StandIn(code="delegate", reason="受法定代表人书面委托")
GUARDIAN = StandIn(
    code="guardian", reason="当事人未成年，由监护人代签", is_guardian=True, only_minors=True
)
LONGEST_SIGNING, LONGEST_NOTICE = 60, 180


def kind_of_definition(
    definition: Mapping[str, Any], *, code: str, label: str, purpose: str
) -> AgreementKind:
    """The kind that a published definition describes (由定义生成类别)."""
    return AgreementKind(
        code=code,
        label=label,
        purpose=purpose,
        basis=definition.get("basis", ""),
        terms=tuple(term_of(row) for row in definition.get("terms", [])),
        roles=tuple(role_of(row) for row in definition.get("roles", [])),
        clauses=tuple(clause_of(row) for row in definition.get("clauses", [])),
        signing_working_days=int(definition.get("signing_working_days", 10)),
        notice_days=int(definition.get("notice_days", 30)),
        may_amend=bool(definition.get("may_amend", True)),
        may_renew=bool(definition.get("may_renew", True)),
        may_suspend=bool(definition.get("may_suspend", True)),
        signed_before_start=bool(definition.get("signed_before_start", False)),
    )


def term_of(row: Mapping[str, Any]) -> TermField:
    return TermField(
        code=row["code"],
        label=row["label"],
        type=ValueType(row["type"]),
        unit=row.get("unit", ""),
        required=bool(row.get("required", True)),
        substantive=bool(row.get("substantive", True)),
        concerns=tuple(row.get("concerns", [])),
        better=Better(row.get("better", "")),
        group=row.get("group", ""),
        choices=tuple((choice, choice) for choice in row.get("choices", [])),
        help=row.get("help", ""),
    )


def role_of(row: Mapping[str, Any]) -> PartyRole:
    is_person = bool(row.get("is_person", False))
    return PartyRole(
        code=row["code"],
        label=row["label"],
        is_person=is_person,
        order=int(row.get("order", 1)),
        required=bool(row.get("required", True)),
        stand_ins=(GUARDIAN,) if is_person else (DELEGATE,),
    )


def clause_of(row: Mapping[str, Any]) -> Clause:
    when = row.get("when") or {}
    return Clause(
        heading=row["heading"],
        text=row["text"],
        when=tuple((code, value) for code, value in when.items()),
    )


def faults_of(definition: Mapping[str, Any]) -> list[str]:
    """Everything that keeps a definition from being published, a sentence each (定义核对)."""
    return [
        *faults_of_numbers(definition),
        *faults_of_codes(definition.get("terms", []), what="条款"),
        *faults_of_codes(definition.get("roles", []), what="角色"),
        *faults_of_terms(definition),
        *faults_of_roles(definition),
        *faults_of_clauses(definition),
    ]


def faults_of_numbers(definition: Mapping[str, Any]) -> Iterator[str]:
    days = definition.get("signing_working_days", 10)
    if not isinstance(days, int) or not 1 <= days <= LONGEST_SIGNING:
        yield f"签署期限应为 1 到 {LONGEST_SIGNING} 个工作日。"
    notice = definition.get("notice_days", 30)
    if not isinstance(notice, int) or not 0 <= notice <= LONGEST_NOTICE:
        yield f"解除须提前通知的天数应为 0 到 {LONGEST_NOTICE} 天。"


def faults_of_codes(rows: list[Mapping[str, Any]], *, what: str) -> Iterator[str]:
    seen: set[str] = set()
    for place, row in enumerate(rows, start=1):
        code = str(row.get("code", ""))
        if not CODE.match(code):
            yield f"第 {place} 个{what}的代码“{code}”应以小写字母开头，只含小写字母、数字和下划线。"
        if code in seen or code in ("starts_on", "ends_on"):
            yield f"{what}代码“{code}”重复，或与起止日重名。"
        if not str(row.get("label", "")).strip():
            yield f"第 {place} 个{what}没有名称。"
        seen.add(code)


def faults_of_terms(definition: Mapping[str, Any]) -> Iterator[str]:
    roles = {row.get("code") for row in definition.get("roles", [])}
    for row in definition.get("terms", []):
        label = row.get("label", "")
        if row.get("type") not in ValueType.values:
            yield f"条款“{label}”没有选定类型。"
        if row.get("type") == ValueType.CHOICE and len(row.get("choices", [])) < 2:
            yield f"单选条款“{label}”至少要有两个选项。"
        if row.get("better", "") not in Better.values:
            yield f"条款“{label}”的变好方向不在可选范围内。"
        for role in row.get("concerns", []):
            if role not in roles:
                yield f"条款“{label}”涉及的角色“{role}”不存在。"


def faults_of_roles(definition: Mapping[str, Any]) -> Iterator[str]:
    roles = definition.get("roles", [])
    if len(roles) < 2:
        yield "协议至少要有两个角色。"
    for row in roles:
        if not isinstance(row.get("order", 1), int) or not 1 <= row.get("order", 1) <= 9:
            yield f"角色“{row.get('label', '')}”的签署次序应为 1 到 9。"


def faults_of_clauses(definition: Mapping[str, Any]) -> Iterator[str]:
    known = {row.get("code") for row in definition.get("terms", [])} | {"starts_on", "ends_on"}
    clauses = definition.get("clauses", [])
    if not clauses:
        yield "还没有条款文本。至少写一条。"
    named: set[str] = set()
    for place, row in enumerate(clauses, start=1):
        if not row.get("heading") or not row.get("text"):
            yield f"第 {place} 条文本缺少标题或正文。"
        places = set(places_in(row.get("text", "")))
        named |= places
        for code in sorted((places | set(row.get("when") or {})) - known):
            yield f"第 {place} 条文本用到的条款“{code}”没有定义。"
    for row in definition.get("terms", []):
        if row.get("code") not in named:
            yield f"条款“{row.get('label', '')}”没有出现在任何一条文本里，签字人看不到它。"
