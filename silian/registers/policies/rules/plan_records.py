"""Whether the checklist of a plan is complete, and how far plans are covered (同步规划规则)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from silian.registers.policies.choices import PlanAnswerValue

FIRST_YEAR, LAST_YEAR = 2010, 2060


@dataclass(frozen=True, kw_only=True)
class PlanFacts:
    """A plan as its department writes it (规划内容)."""

    kind: str
    title: str
    starts_year: int
    ends_year: int
    lead: str
    progress: str
    check_by: datetime.date


def period_fault(facts: PlanFacts) -> str | None:
    """Why the period of a plan cannot be, or None."""
    if facts.ends_year < facts.starts_year:
        return "规划期止不能早于规划期起，请改正年份。"
    return None


def evidence_fault(*, value: str, place: str, has_clause: bool, has_file: bool) -> str | None:
    """Why an answer lacks its proof, or None: whoever says yes shows where."""
    if value != PlanAnswerValue.CONTAINED or place.strip() or has_clause:
        return None
    if has_file:
        return "上传了文件，还请写明在哪一章、哪一页，方便核对。"
    return "选“有”要写明出处：选择条款，或写明章节和页码。"


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """In how many plans all three items stand (同步规划覆盖)."""

    covered: int
    total: int

    @property
    def percent(self) -> int | None:
        """Whole per cent, rounded down so that a missing plan is never hidden; None without plans.

        >>> Coverage(covered=2, total=3).percent
        66
        """
        return 100 * self.covered // self.total if self.total else None


def coverage_of(contained: Iterable[int], *, items: int) -> Coverage:
    """From the number of items that each plan contains.

    >>> coverage_of([3, 2, 3], items=3)
    Coverage(covered=2, total=3)
    """
    counts = list(contained)
    return Coverage(covered=sum(count >= items for count in counts), total=len(counts))
