"""When a reviewed document may be issued, and what ending one needs (发布规则)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

SHOWN_PLACES = 3
HEADER_CAUSES = frozenset({"date", "doc_number"})


@dataclass(frozen=True, kw_only=True)
class OpenDoubt:
    """A doubt nobody has settled: its cause, where it is, what it touches."""

    cause: str
    place: str
    line: int
    touches_figure: bool

    @property
    def holds_up(self) -> bool:
        """Whether the document may not be issued before this is settled."""
        return self.touches_figure or self.cause in HEADER_CAUSES


def reason_not_issuable(
    *,
    title: str,
    issued_on: datetime.date | None,
    waiting: Sequence[str],
    doubts: Sequence[OpenDoubt],
    clauses: int,
) -> str | None:
    """A title, a date, every clause confirmed, no doubt about date, number or figures."""
    if not title:
        return "文件还没有标题，不能发布。请在“文件要素”中补上。"
    if issued_on is None:
        return "成文日期还没有确定，不能发布。请在“文件要素”中按原件填写。"
    if not clauses:
        return "文件还没有条款，不能发布。请先添加条款或重新解析。"
    held = [doubt for doubt in doubts if doubt.holds_up]
    if held:
        where = places([f"第 {doubt.line} 行" for doubt in held])
        return (
            f"还有 {len(held)} 处日期、文号或指标的疑点没有处理（{where}），不能发布。"
            "请逐处选定读法。"
        )
    if waiting:
        return f"还有 {len(waiting)} 条没有确认（{places(waiting)}），不能发布。请逐条确认。"
    return None


def reason_without_words(*, reason: str) -> str | None:
    """A reason is given."""
    return None if reason.strip() else "请写明理由和依据，公众和各部门会看到。"


def places(names: Sequence[str]) -> str:
    """The first places by name, the rest as 等."""
    shown = "、".join(names[:SHOWN_PLACES])
    return shown + ("等" if len(names) > SHOWN_PLACES else "")
