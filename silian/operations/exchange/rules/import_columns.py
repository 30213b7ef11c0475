"""Which column of a file is which field of a listing (列对应)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from silian.operations.exchange.kinds.declaration import ListingKind

DETAIL_PREFIX = "detail:"


@dataclass(frozen=True, kw_only=True)
class ImportTarget:
    """A field that a column may fill: its name, label and the headings that usually mean it."""

    name: str
    label: str
    headings: frozenset[str]
    required: bool = False


COMMON = (
    (
        "title",
        "标题",
        True,
        "标题 岗位 岗位名称 职位 职位名称 招聘岗位 名称 title 项目名称 需求名称 课程名称",
    ),
    ("employer", "用人单位", False, "公司 公司名称 企业 企业名称 单位 单位名称 用人单位 company"),
    ("region", "地区", False, "地区 城市 工作地点 工作城市 地点 工作地区 区域 所在地 city 区划"),
    ("price", "报酬或价格", False, "薪资 薪酬 工资 待遇 报酬 月薪 薪资范围 价格 预算 salary"),
    ("capacity", "数量", False, "人数 招聘人数 数量 需求人数 名额 headcount"),
    (
        "description",
        "说明",
        False,
        "说明 描述 职位描述 岗位职责 职责 要求 任职要求 description 内容",
    ),
    ("education", "学历", False, "学历 学历要求 最低学历 education"),
    ("experience", "经验", False, "经验 工作经验 工作年限 experience"),
    ("posted", "发布日期", False, "发布日期 发布时间 更新时间 日期 posted"),
    ("industry", "行业", False, "行业 所属行业 公司行业 industry"),
    ("benefits", "福利", False, "福利 福利待遇 benefits 职位福利"),
    ("external_id", "来源编号", False, "编号 来源编号 职位编号 id 序号 岗位编号"),
)


def targets_of(kind: ListingKind) -> list[ImportTarget]:
    """The common fields and the kind's own, in the order of the form."""
    common = [
        ImportTarget(name=name, label=label, required=required, headings=frozenset(words.split()))
        for name, label, required, words in COMMON
    ]
    own = [
        ImportTarget(
            name=DETAIL_PREFIX + item.name,
            label=item.label,
            headings=frozenset({item.label.lower(), item.name}),
        )
        for item in kind.fields
    ]
    return [*common, *own]


def plain_heading(text: str) -> str:
    """A heading without units, marks and case: 工资（元/月）* becomes 工资."""
    return re.sub(r"[（(\[【].*?[）)\]】]|[*＊:：\s]", "", text).lower()


def guessed_mapping(headings: Sequence[str], *, targets: Iterable[ImportTarget]) -> dict[str, str]:
    """For each heading that is understood, the field it fills; a field is filled once."""
    mapping: dict[str, str] = {}
    for target in targets:
        for heading in headings:
            if heading not in mapping and plain_heading(heading) in target.headings:
                mapping[heading] = target.name
                break
    return mapping


def mapping_problems(mapping: Mapping[str, str], *, kind: ListingKind) -> list[str]:
    """Why rows cannot be read with this mapping."""
    targets = {target.name: target for target in targets_of(kind)}
    used = list(mapping.values())
    problems = [
        f"“{targets[name].label}”对应了两列，请只留一列。"
        for name in dict.fromkeys(used)
        if used.count(name) > 1 and name in targets
    ]
    problems += [
        f"请指出哪一列是“{target.label}”。"
        for target in targets.values()
        if target.required and target.name not in used
    ]
    return problems


def heading_signature(headings: Sequence[str]) -> str:
    """What tells one source's files from another's: the headings, whatever their order."""
    text = "\x1f".join(sorted(plain_heading(heading) for heading in headings))
    return hashlib.sha256(text.encode()).hexdigest()[:40]
