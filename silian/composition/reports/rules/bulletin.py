"""The sentences of the bulletin, made of counted facts only (工作简报用语)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from silian.composition.reports.choices import Standing

Facts = Mapping[str, Any]


def chinese_day(on: datetime.date) -> str:
    """
    >>> chinese_day(datetime.date(2026, 3, 5))
    '2026年3月5日'
    """
    return f"{on.year}年{on.month}月{on.day}日"


def listed(pairs: Sequence[tuple[str, int]], *, unit: str = "项") -> str:
    """Counts in words, those of zero left out.

    >>> listed([("按期", 17), ("滞后", 0), ("逾期", 3)])
    '按期 17 项、逾期 3 项'
    """
    return "、".join(f"{label} {count} {unit}" for label, count in pairs if count)


def targets_paragraph(counts: Mapping[Standing, int], *, repeated: int) -> str:
    """How the targets stand in one sentence."""
    total = sum(counts.values())
    if not total:
        return "还没有列入台账的数量目标。"
    words = listed([(standing.label, counts[standing]) for standing in Standing])
    beside = f"另有 {repeated} 项与其他目标相同，不重复计数。" if repeated else ""
    return f"列入台账的数量目标 {total} 项，其中{words}。{beside}"


def tasks_paragraph(*, total: int, counts: Sequence[tuple[str, int]], latest: Facts | None) -> str:
    """How the tasks stand, and which has been late longest."""
    if not total:
        return "还没有下达任务。"
    text = f"已下达任务 {total} 项，{listed(counts)}。"
    if latest is None:
        return f"{text}没有逾期任务。"
    return f"{text}迟得最久的是“{latest['title']}”（{latest['lead']}），已迟 {latest['days']} 天。"


def regions_paragraph(regions: Sequence[Facts]) -> str:
    """Which regions below have late targets or tasks."""
    late = [region for region in regions if region["overdue"]]
    if not regions or not late:
        return ""
    named = "、".join(f"{region['name']} {region['overdue']} 项" for region in late[:5])
    return f"下级地区任务逾期：{named}。"


def change_sentences(changes: Sequence[Facts], *, most: int) -> list[str]:
    """The changes of the month as numbered lines; how many more there are."""
    lines = [f"{change['title']}（{change['detail']}）。" for change in changes[:most]]
    if more := len(changes) - len(lines):
        lines.append(f"其余 {more} 条见平台总览。")
    return lines or ["本月目标灯号、任务状态没有变化。"]
