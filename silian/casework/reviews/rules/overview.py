"""Figures of a batch: days per stage, pass rates, what the public may see (批次概览)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

LEAST_PUBLIC = 5  # applicants; below this a share would point at single units


@dataclass(frozen=True, kw_only=True)
class Duration:
    """How long dossiers stood in one state, in working days (环节用时)."""

    state: str
    count: int
    median: float
    longest: int
    late: int
    limited: int

    @property
    def on_time(self) -> int:
        return self.limited - self.late


def duration_of(state: str, *, days: Sequence[int], late: int, limited: int) -> Duration:
    """The figures of one state; ``limited`` counts the stays that had a last day."""
    return Duration(
        state=state,
        count=len(days),
        median=float(median(days)) if days else 0.0,
        longest=max(days, default=0),
        late=late,
        limited=limited,
    )


@dataclass(frozen=True, kw_only=True)
class Rate:
    """How many of a group passed (通过率)."""

    label: str
    passed: int
    total: int

    @property
    def is_small(self) -> bool:
        """Whether the group is too small to be shown in public."""
        return self.total < LEAST_PUBLIC

    @property
    def percent(self) -> float | None:
        return round(self.passed * 100 / self.total, 1) if self.total else None


def public_rates(rates: Sequence[Rate]) -> list[Rate]:
    """The groups that may be shown; the small ones together, when they are enough (小样本合并)."""
    shown = [rate for rate in rates if not rate.is_small]
    small = [rate for rate in rates if rate.is_small]
    rest = Rate(
        label="其他（合并）",
        passed=sum(rate.passed for rate in small),
        total=sum(rate.total for rate in small),
    )
    return [*shown, rest] if small and not rest.is_small else shown
