"""Whether an organisation meets the conditions of a benefit, one by one (优惠政策自查).

No amount is computed, and what the platform does not know is asked, never assumed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import Enum

from silian.foundation.reference.jurisdictions import lies_in
from silian.registers.organisations.choices import OrganisationSize
from silian.registers.policies.choices import Audience, ConditionFact


class Standing(Enum):
    """How one condition stands (条件状态)."""

    MET = "met"
    MISSING = "missing"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class OrganisationFacts:
    """What the register knows of an organisation (单位事实)."""

    kind: str
    size: str
    above_scale: bool
    industry_path: Sequence[str]
    chain: str
    verified: bool
    division: str


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A condition as it is checked: the fact it asks for and what that may be (享受条件)."""

    key: int
    fact: str
    values: Sequence[str]
    text: str
    cure: str = ""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """How a condition stands for an organisation, why, and what to do (自查结果)."""

    condition: Condition
    standing: Standing
    because: str
    cure: str = ""


@dataclass(frozen=True, kw_only=True)
class CheckResult:
    """All conditions of a benefit for one organisation (自查结论)."""

    answers: Sequence[Answer]

    def count(self, standing: Standing) -> int:
        return sum(answer.standing is standing for answer in self.answers)

    @property
    def standing(self) -> Standing:
        """Missing when one condition is missing; met only when every one is."""
        if self.count(Standing.MISSING):
            return Standing.MISSING
        return Standing.UNKNOWN if self.count(Standing.UNKNOWN) else Standing.MET


def checked(
    *,
    conditions: Sequence[Condition],
    facts: OrganisationFacts,
    stated: Collection[int] = (),
) -> CheckResult:
    """Each condition against the facts; ``stated`` are the keys that the asker says are met."""
    return CheckResult(answers=[answer_to(c, facts, stated=stated) for c in conditions])


def answer_to(condition: Condition, facts: OrganisationFacts, *, stated: Collection[int]) -> Answer:
    if condition.fact == ConditionFact.STATEMENT:
        return answer_to_statement(condition, stated=stated)
    standing, because = READERS[condition.fact](condition.values, facts)
    cure = "" if standing is Standing.MET else condition.cure or CURES[condition.fact]
    return Answer(condition=condition, standing=standing, because=because, cure=cure)


def answer_to_statement(condition: Condition, *, stated: Collection[int]) -> Answer:
    if condition.key in stated:
        return Answer(
            condition=condition, standing=Standing.MET, because="您已自行确认，办理时仍需出具材料"
        )
    return Answer(
        condition=condition,
        standing=Standing.UNKNOWN,
        because="平台没有这项数据，需要您确认",
        cure=condition.cure or "请对照条款确认；不清楚时咨询办理单位。",
    )


def yes_or_no(met: bool, because: str) -> tuple[Standing, str]:
    return (Standing.MET if met else Standing.MISSING), because


def kind_reader(values: Sequence[str], facts: OrganisationFacts) -> tuple[Standing, str]:
    own = Audience(facts.kind).label if facts.kind in Audience.values else "政府部门"
    return yes_or_no(facts.kind in values, f"贵单位登记为{own}")


def size_reader(values: Sequence[str], facts: OrganisationFacts) -> tuple[Standing, str]:
    if not facts.size:
        return Standing.UNKNOWN, "贵单位还没有登记规模"
    label = OrganisationSize(facts.size).label
    return yes_or_no(facts.size in values, f"贵单位登记为{label}")


def scale_reader(values: Sequence[str], facts: OrganisationFacts) -> tuple[Standing, str]:
    words = "规模以上" if facts.above_scale else "非规模以上"
    return yes_or_no(facts.above_scale, f"贵单位登记为{words}")


def industry_reader(values: Sequence[str], facts: OrganisationFacts) -> tuple[Standing, str]:
    if not facts.industry_path:
        return Standing.UNKNOWN, "贵单位还没有登记行业"
    met = not set(values).isdisjoint(facts.industry_path)
    return yes_or_no(met, f"贵单位登记的行业代码为 {facts.industry_path[-1]}")


def chain_reader(values: Sequence[str], facts: OrganisationFacts) -> tuple[Standing, str]:
    if not facts.chain:
        return Standing.UNKNOWN, "贵单位还没有登记重点产业链"
    return yes_or_no(facts.chain in values, f"贵单位登记在{facts.chain}产业链")


def verified_reader(values: Sequence[str], facts: OrganisationFacts) -> tuple[Standing, str]:
    return yes_or_no(facts.verified, "贵单位已核验" if facts.verified else "贵单位尚未核验")


def division_reader(values: Sequence[str], facts: OrganisationFacts) -> tuple[Standing, str]:
    met = any(lies_in(facts.division, jurisdiction=place) for place in values)
    return yes_or_no(met, "贵单位登记地在适用地区内" if met else "贵单位登记地不在适用地区")


Reader = Callable[[Sequence[str], OrganisationFacts], tuple[Standing, str]]
READERS: dict[str, Reader] = {
    ConditionFact.KIND: kind_reader,
    ConditionFact.SIZE: size_reader,
    ConditionFact.ABOVE_SCALE: scale_reader,
    ConditionFact.INDUSTRY: industry_reader,
    ConditionFact.CHAIN: chain_reader,
    ConditionFact.VERIFIED: verified_reader,
    ConditionFact.DIVISION: division_reader,
}
CURES: dict[str, str] = {
    ConditionFact.KIND: "这项政策给其他类别的单位，请看适合贵单位的其他政策。",
    ConditionFact.SIZE: "登记的规模不对时，请在单位资料里更正。",
    ConditionFact.ABOVE_SCALE: "达到规模以上标准后，请在单位资料里更新。",
    ConditionFact.INDUSTRY: "登记的行业不对时，请在单位资料里更正。",
    ConditionFact.CHAIN: "请在单位资料里登记或更正所属重点产业链。",
    ConditionFact.VERIFIED: "请上传材料并提交核验，5 个工作日内答复。",
    ConditionFact.DIVISION: "请看登记地的优惠政策清单。",
}
