"""Columns of a register: never an identity number, at most its mask."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from silian.operations.placements.models.internships import Internship
from silian.operations.placements.queries.boards import Intern
from silian.registers.people.queries import name_mask

HEADER = [
    "学校", "专业", "班级", "姓名", "实习单位", "岗位", "工作地区", "实习形式", "选择方式", "状态",
    "起始日", "终止日（不含）", "报酬（元/月）", "指导教师", "企业导师", "协议", "保险", "差什么",
]  # fmt: skip


def header_of(*, masked_id: bool) -> list[str]:
    return [*HEADER, "证件号（打码）"] if masked_id else HEADER


def register_rows(
    found: Iterable[tuple[Internship, Intern]], *, masked_id: bool, mask_names: bool
) -> Iterator[list[Any]]:
    """Each internship as a row; an authority reads masked names."""
    for row, intern in found:
        line = line_of(row, intern, mask_names=mask_names)
        yield [*line, row.person.id_number_mask] if masked_id else line


def line_of(row: Internship, intern: Intern, *, mask_names: bool) -> list[Any]:
    name = name_mask(row.person.name) if mask_names else row.person.name
    last: datetime.date = row.ends_on
    return [
        row.school.name,
        row.school_class.cohort.programme.name,
        row.school_class.name,
        name,
        row.organisation.name,
        row.post.title,
        row.division.name,
        row.get_kind_display(),
        row.get_arrangement_display(),
        row.get_state_display(),
        row.starts_on,
        last,
        row.pay,
        row.teacher.name if row.teacher else "",
        row.mentor.name if row.mentor else "",
        "已签" if intern.is_signed else "未签",
        "已投保" if intern.is_insured else "未投保",
        intern.words,
    ]
