"""How deeply enterprises take part in a programme's teaching, by one stated rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from silian.registers.programmes.choices import ParticipationStage

FULL_STAGE = 3
STAGES = len(ParticipationStage)
RULE = (
    "每个环节 0—3 分：有参与记录 1 分，附证明材料再加 1 分，企业自己确认再加 1 分；"
    f"同一环节取最高一条，{STAGES} 个环节合计 {STAGES * FULL_STAGE} 分。"
)


@dataclass(frozen=True, kw_only=True)
class Fact:
    """What counts of one record of participation."""

    stage: str
    has_evidence: bool
    is_confirmed: bool

    @property
    def points(self) -> int:
        return 1 + self.has_evidence + self.is_confirmed


@dataclass(frozen=True, kw_only=True)
class Depth:
    """The score of a programme, stage by stage (参与深度)."""

    by_stage: dict[str, int]

    @property
    def points(self) -> int:
        return sum(self.by_stage.values())

    @property
    def full(self) -> int:
        return STAGES * FULL_STAGE

    @property
    def stages(self) -> int:
        """In how many stages an enterprise took part."""
        return sum(points > 0 for points in self.by_stage.values())

    @property
    def is_none(self) -> bool:
        return self.points == 0


def depth_of(facts: Iterable[Fact]) -> Depth:
    """The best record of each stage counts (参与深度评分)."""
    best = dict.fromkeys(ParticipationStage.values, 0)
    for fact in facts:
        best[fact.stage] = max(best[fact.stage], fact.points)
    return Depth(by_stage=best)
