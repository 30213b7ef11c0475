"""What changed between two definitions, place by place (方案差异)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from silian.casework.reviews.rules.definition import PARAMETER, Definition
from silian.casework.reviews.rules.definition_labels import LABELS as SETTING_LABELS
from silian.casework.reviews.rules.definition_words import number_words, rule_words
from silian.foundation.kernel.typed_values import UNSET

LABELS = {
    **SETTING_LABELS,
    "purpose": "目的",
    "basis": "依据",
    "subject": "对象类型",
    "subject_label": "认定对象",
    "applicant_kinds": "申报单位类别",
    "label": "名称",
    "value": "数值",
    "unit": "单位",
    "force": "力度",
    "certainty": "依据等级",
    "type": "类型",
    "group": "分组",
    "required": "必填",
    "choices": "选项",
    "help": "说明",
    "evidence": "佐证",
    "show_if": "跳转条件",
    "prefill": "预填",
    "public": "公示",
    "points": "分值",
    "least": "至少项数",
    "scoring": "评分方法",
    "source": "数据来源",
    "kind": "类型",
    "parent": "上级指标",
    "departments": "部门",
    "working_days": "答复期限",
    "silence": "逾期效力",
    "in_states": "适用状态",
    "days_after": "期限（天）",
    "month": "月",
    "day": "日",
    "year_offset": "次年起",
    "is_public": "公开",
    "bans": "不得再次申报",
}
ADDED, REMOVED = "新增", "删除"


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One change (差异): where, what it was, what it is."""

    part: str
    place: str
    before: str
    after: str


def definition_differences(before: Definition, after: Definition) -> list[Difference]:
    """Every change from one definition to another, in the order of the parts."""
    old, new = parts_of(before), parts_of(after)
    return [
        difference
        for part in new
        for difference in part_differences(part, old.get(part, {}), new[part])
    ]


def parts_of(definition: Definition) -> dict[str, dict[str, Mapping[str, Any]]]:
    """Rows by name below each part; a row is its attributes."""
    dump = definition.model_dump(mode="json")
    procedure = {name: said for name, said in dump["procedure"].items() if name != "levels"}
    lists = ("duties", "exits", "benefits")
    consequence = {name: said for name, said in dump["consequence"].items() if name not in lists}
    head = ("purpose", "basis", "subject", "subject_label", "applicant_kinds")
    procedure, consequence = (
        {name: resolved(said, definition) for name, said in row.items()}
        for row in (procedure, consequence)
    )
    return {
        "基本信息": {"": {name: dump[name] for name in head}},
        "参数": by_code(dump["parameters"]),
        "申报表": by_code(dump["form"]),
        "指标": criteria_rows(definition),
        "评审程序": {"": procedure, **by_code(dump["procedure"]["levels"])},
        "认定结果": {
            "": consequence,
            **{
                code: row
                for name in lists
                for code, row in by_code(dump["consequence"][name]).items()
            },
        },
    }


def resolved(said: Any, definition: Definition) -> Any:
    """What a parameter holds in place of its name."""
    return number_words(said, definition) if str(said).startswith(PARAMETER) else said


def by_code(rows: list[dict[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {row["code"]: row for row in rows}


def criteria_rows(definition: Definition) -> dict[str, Mapping[str, Any]]:
    rows: dict[str, Mapping[str, Any]] = {}

    def add(node: Any, parent: str) -> None:
        said = node.model_dump(mode="json", exclude={"children", "scoring"})
        rows[node.code] = {**said, "scoring": rule_words(node, definition), "parent": parent}
        for child in node.children:
            add(child, node.label)

    for tree in (definition.gateway, definition.scored):
        if tree is not None:
            add(tree, "")
    return rows


def part_differences(
    part: str, old: Mapping[str, Mapping[str, Any]], new: Mapping[str, Mapping[str, Any]]
) -> Iterator[Difference]:
    for code in [*new, *(code for code in old if code not in new)]:
        before, after = old.get(code), new.get(code)
        if before is None or after is None:
            row = after or before or {}
            name = str(row.get("label", code))
            yield Difference(
                part=part,
                place=name,
                before="" if before is None else REMOVED,
                after=ADDED if before is None else "",
            )
        else:
            yield from row_differences(part, before, after)


def row_differences(
    part: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Difference]:
    for name in after:
        if name == "code" or before.get(name) == after[name]:
            continue
        row = str(after.get("label", ""))
        yield Difference(
            part=part,
            place=" › ".join(word for word in (row, LABELS.get(name, name)) if word),
            before=words(before.get(name)),
            after=words(after[name]),
        )


def words(said: Any) -> str:
    if said in (None, "", [], {}):
        return UNSET
    if isinstance(said, bool):
        return "是" if said else "否"
    if isinstance(said, list):
        return "、".join(words(one) for one in said)
    if isinstance(said, dict):
        return json.dumps(said, ensure_ascii=False)
    return str(said)
