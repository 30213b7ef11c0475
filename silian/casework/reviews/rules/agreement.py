"""How far experts agree, as a figure and in words (评分一致性).

The intraclass correlation ICC(1): each dossier is judged by other experts, so what differs within
a dossier is all error. Beside it stands the mean absolute difference, which everybody can check.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from silian.casework.reviews.choices.judging import AgreementGrade

LEAST_DOSSIERS = 3  # below this a correlation says nothing
STRONG, FAIR = 0.75, 0.5  # the usual reading of an intraclass correlation


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """What the totals of several dossiers say (一致性)."""

    dossiers: int
    mean_difference: float
    correlation: float | None

    @property
    def grade(self) -> AgreementGrade | None:
        """The correlation in one word; None when there is too little to say."""
        if self.correlation is None:
            return None
        if self.correlation >= STRONG:
            return AgreementGrade.STRONG
        return AgreementGrade.FAIR if self.correlation >= FAIR else AgreementGrade.WEAK

    @property
    def sentence(self) -> str:
        """The figures in words."""
        if not self.dossiers:
            return "还没有两位以上专家评完的材料。"
        said = f"{self.dossiers} 份材料，专家之间平均相差 {self.mean_difference:.1f} 分"
        if self.grade is None:
            return f"{said}；样本少于 {LEAST_DOSSIERS} 份或没有差别，不计算相关系数。"
        return f"{said}，组内相关系数 {self.correlation:.2f}，{self.grade.label}。"


def agreement_of(totals: Sequence[Sequence[float]]) -> Agreement:
    """The agreement of the experts over dossiers; each row holds the totals of one dossier."""
    rows = [list(row) for row in totals if len(row) > 1]
    return Agreement(
        dossiers=len(rows),
        mean_difference=mean_difference(rows),
        correlation=intraclass_correlation(rows),
    )


def mean_difference(rows: Sequence[Sequence[float]]) -> float:
    """The mean of all differences between two experts on one dossier (平均绝对差)."""
    pairs = [abs(one - other) for row in rows for one, other in combinations(row, 2)]
    return sum(pairs) / len(pairs) if pairs else 0.0


def intraclass_correlation(rows: Sequence[Sequence[float]]) -> float | None:
    """ICC(1) of rows of unequal length, or None when it is not defined."""
    groups, total = len(rows), sum(len(row) for row in rows)
    if groups < LEAST_DOSSIERS or total <= groups:
        return None
    grand = sum(sum(row) for row in rows) / total
    means = [sum(row) / len(row) for row in rows]
    between = sum(len(row) * (m - grand) ** 2 for row, m in zip(rows, means, strict=True)) / (
        groups - 1
    )
    within = sum((value - m) ** 2 for row, m in zip(rows, means, strict=True) for value in row) / (
        total - groups
    )
    size = (total - sum(len(row) ** 2 for row in rows) / total) / (groups - 1)
    spread = between + (size - 1) * within
    return (between - within) / spread if spread else None
