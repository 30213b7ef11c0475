"""What a round must say before it opens, and how the places of a host are shared out."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from silian.operations.placements.choices.rounds import (
    PriorityBasis,
)

POINTS_A_SCORE = 100  # two decimals of a score become a whole number
WEIGHTS = 100


@dataclass(frozen=True, kw_only=True)
class RoundPlan:
    """What a school says of a round when it prepares it (轮次筹备)."""

    title: str
    kind: str
    plan_ids: Sequence[int]
    starts_on: datetime.date
    ends_on: datetime.date
    wishes_open_at: datetime.datetime
    wishes_close_at: datetime.datetime
    ranking_closes_at: datetime.datetime
    most_wishes: int
    basis: str
    host_weight: int
    score_name: str = ""
    group_order: Sequence[str] = field(default_factory=tuple)


@dataclass(frozen=True, kw_only=True)
class ReserveRule:
    """Places kept for a group, and the most it may take (预留)."""

    kind: str
    value: str = ""
    seats: int = 0
    ceiling: int | None = None


@dataclass(frozen=True, kw_only=True)
class ScoreLine:
    """One line of the school's score list (成绩名单)."""

    number: str
    score: Decimal | None
    county_code: str = ""
    needs_lodging: bool | None = None


@dataclass(frozen=True)
class Fault:
    """What is wrong with a field."""

    field: str
    text: str


def fault_of(plan: RoundPlan) -> Fault | None:
    """The first thing that does not fit in a round's plan, or None."""
    checks = (
        (not plan.plan_ids, "plans", "请选择本轮适用的实习方案。"),
        (plan.ends_on <= plan.starts_on, "last_day", "实习终止日应在起始日之后。"),
        (
            plan.wishes_close_at <= plan.wishes_open_at,
            "wishes_close_at",
            "志愿截止应在志愿开始之后。",
        ),
        (
            plan.ranking_closes_at < plan.wishes_close_at,
            "ranking_closes_at",
            "单位评分截止不能早于志愿截止。",
        ),
        (
            plan.ranking_closes_at.date() >= plan.starts_on,
            "ranking_closes_at",
            "单位评分截止应在实习起始日之前，给签协议、投保留出时间。",
        ),
        (
            plan.basis == PriorityBasis.SCORE and not plan.score_name.strip(),
            "score_name",
            "按成绩名单排序时，请写明是什么成绩，例如“前三学期平均成绩”。",
        ),
    )
    return next((Fault(name, text) for wrong, name, text in checks if wrong), None)


def reason_not_open(
    *, students: int, posts: int, unscored: int, basis: str, wishes_close_at: datetime.datetime,
    now: datetime.datetime,
) -> str | None:  # fmt: skip
    """Why a round may not take wishes yet, or None."""
    if not students:
        return "本轮还没有学生。请先核对实习方案和班级名单。"
    if not posts:
        return "本轮还没有岗位。请先选择岗位和名额。"
    if basis == PriorityBasis.SCORE and unscored:
        return f"还有 {unscored} 名学生没有成绩。请上传成绩名单，或改为公开抽签。"
    if wishes_close_at <= now:
        return "志愿截止时间已过。请先改到今后。"
    return None


def reason_wishes_shut(
    *, now: datetime.datetime, opens_at: datetime.datetime, closes_at: datetime.datetime
) -> str | None:
    """Why wishes cannot be handed in at this moment, or None."""
    if now < opens_at:
        return f"志愿从 {opens_at:%Y-%m-%d %H:%M} 开始填报。"
    if now >= closes_at:
        return f"志愿已在 {closes_at:%Y-%m-%d %H:%M} 截止。"
    return None


def reason_not_early(*, now: datetime.datetime, closes_at: datetime.datetime) -> str | None:
    """Why wishes may not be closed yet: students were promised the whole time."""
    if now < closes_at:
        return f"志愿填报到 {closes_at:%Y-%m-%d %H:%M} 截止，到时自动截止，不能提前。"
    return None


def reason_not_publishable(
    *, is_done: bool, blocking_pairs: int, faults: int, is_current: bool
) -> str | None:
    """Why a run may not be published, or None."""
    if not is_done:
        return "这次试算还没有算完。"
    if blocking_pairs or faults:
        return f"核对发现 {blocking_pairs} 对不稳定、{faults} 处违反规则，不能公布。请重新计算。"
    if not is_current:
        return "这次试算之后，志愿、评分、名额或学生名单有变化。请重新计算后公布。"
    return None


def reason_not_closable(
    *, open_objections: int, now: datetime.datetime, closes_at: datetime.datetime
) -> str | None:
    """Why a published round may not be closed yet, or None."""
    if open_objections:
        return f"还有 {open_objections} 件异议没有答复。"
    if now < closes_at:
        return f"异议期到 {closes_at:%Y-%m-%d %H:%M} 才结束。"
    return None


def points_of(
    *, score: Decimal | None, host_score: Decimal | None, host_weight: int, basis: str
) -> int:
    """What a post gives a student, for the engine: whole, 0 to 1,000,000 (综合分×100×100).

    The host's part counts only when the host scored somebody of this post; who was not scored by
    it gets 0 for that part. In a lottery the school's part is equal for all.
    """
    own = Decimal(0) if basis == PriorityBasis.LOTTERY else (score or Decimal(0))
    total = own * (WEIGHTS - host_weight) + (host_score or Decimal(0)) * host_weight
    return int(total * POINTS_A_SCORE)


def group_of(
    *, order: Sequence[str], belongs: Mapping[str, str], groups: Sequence[tuple[str, str]]
) -> tuple[str, str] | None:
    """The one group that counts for a student: the first of the order that has a rule.

    ``belongs`` maps a kind of group to the student's value in it; kinds that the student does not
    belong to are left out.
    """
    known = set(groups)
    for kind in order:
        if kind in belongs and (kind, belongs[kind]) in known:
            return (kind, belongs[kind])
    return None


def shared_places(*, wanted: Sequence[int], room: int | None) -> list[int]:
    """The places of a host's posts, cut to the room it has, in proportion (名额调减).

    Largest remainders first, so that the places add up to the room exactly.
    """
    total = sum(wanted)
    if room is None or total <= room:
        return list(wanted)
    room = max(room, 0)
    shares = [divmod(places * room, total) for places in wanted]
    given = [whole for whole, _ in shares]
    order = sorted(range(len(wanted)), key=lambda place: (-shares[place][1], place))
    for place in order[: room - sum(given)]:
        given[place] += 1
    return given
