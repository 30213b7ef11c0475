"""Which of two targets demands more: by value, by deadline, by force."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from silian_engines.matching.segmentation import index_tokens

from silian.registers.policies.choices import Comparator, Force
from silian.registers.policies.rules.comparison_groups import (
    COUNTED,
    Direction,
    RuleGroup,
    group_of,
)

STRENGTH = {
    force: place
    for place, force in enumerate(
        [
            Force.EXPLORATORY,
            Force.PERMITTED,
            Force.ENCOURAGED,
            Force.PROMOTED,
            Force.STRIVE,
            Force.IN_PRINCIPLE,
            Force.TARGET,
            Force.MANDATORY,
        ]
    )
}
SAME_OBJECT_LEAST = 0.34  # counts pair only when a third of the words of their titles agree
LEFT, RIGHT, EVEN, OPEN = "left", "right", "even", "open"


@dataclass(frozen=True, kw_only=True)
class Demand:
    """A target as it is compared (要求)."""

    key: int
    rule: str
    title: str
    phrase: str
    low: Decimal | None
    high: Decimal | None
    unit: str
    comparator: str
    force: str
    deadline: datetime.date | None

    @property
    def amount(self) -> Decimal | None:
        """The value that binds: the upper one of an upper bound, else the lower one."""
        if self.comparator == Comparator.AT_MOST:
            return self.high if self.high is not None else self.low
        return self.low if self.low is not None else self.high

    @property
    def measured_in(self) -> str:
        """The unit for comparing: 个, 家, 所 … all count things."""
        head = self.unit.split("/")[0]
        return "计数" if head[:1] in COUNTED and head not in ("个月",) else self.unit


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Which side asks for more, or gives more, in value, deadline and force (比较结论)."""

    value: str = OPEN
    deadline: str = OPEN
    force: str = OPEN

    @property
    def overall(self) -> str:
        """One side when nothing speaks for the other, else even or open (各有高低)."""
        sides = {self.value, self.deadline, self.force} - {EVEN, OPEN}
        if self.value == OPEN and not sides:
            return OPEN
        if not sides:
            return EVEN
        return sides.pop() if len(sides) == 1 else "mixed"


@dataclass(frozen=True, kw_only=True)
class GroupPair:
    """Two targets of one rule group that speak of the same thing, or one alone (同类规则)."""

    group: RuleGroup
    left: Demand | None
    right: Demand | None

    @property
    def verdict(self) -> Verdict | None:
        if self.left is None or self.right is None:
            return None
        return verdict_of(self.left, self.right, direction=self.group.direction)


def verdict_of(left: Demand, right: Demand, *, direction: Direction) -> Verdict:
    """Compare value, deadline and force one by one; units that differ are not compared."""
    comparable = left.measured_in == right.measured_in
    value = side(left.amount, right.amount) if comparable else OPEN
    if direction is Direction.TAXES:
        value = {LEFT: RIGHT, RIGHT: LEFT}.get(value, value)
    sooner = side(left.deadline, right.deadline)
    return Verdict(
        value=value,
        deadline={LEFT: RIGHT, RIGHT: LEFT}.get(sooner, sooner),
        force=side(strength(left), strength(right)),
    )


def strength(demand: Demand) -> int | None:
    return STRENGTH.get(Force(demand.force)) if demand.force in Force.values else None


def side(left: Any, right: Any) -> str:
    """Which of two values is greater; open when one is missing."""
    if left is None or right is None:
        return OPEN
    if left == right:
        return EVEN
    return LEFT if left > right else RIGHT


def grouped_pairs(*, left: Sequence[Demand], right: Sequence[Demand]) -> list[GroupPair]:
    """All targets of both sides by rule group, those of one object side by side."""
    sides = [by_group(left), by_group(right)]
    groups = {group.code: group for found in sides for group, _ in found.values()}
    pairs: list[GroupPair] = []
    for code in sorted(groups, key=lambda code: code or "~"):
        group = groups[code]
        a, b = (found.get(code, (group, []))[1] for found in sides)
        pairs += pairs_within(group, a, b)
    return pairs


def by_group(demands: Sequence[Demand]) -> dict[str, tuple[RuleGroup, list[Demand]]]:
    found: dict[str, tuple[RuleGroup, list[Demand]]] = {}
    for demand in demands:
        text = f"{demand.title} {demand.phrase}"
        group = group_of(rule=demand.rule, unit=demand.unit, text=text)
        found.setdefault(group.code, (group, []))[1].append(demand)
    return found


def pairs_within(
    group: RuleGroup, left: Sequence[Demand], right: Sequence[Demand]
) -> list[GroupPair]:
    """The closest titles first; in groups of counts only the same object makes a pair."""
    least = SAME_OBJECT_LEAST if group.is_count else 0.0
    scored = [(likeness(a, b), a, b) for a in left for b in right if a.measured_in == b.measured_in]
    scored.sort(key=lambda item: (-item[0], item[1].key, item[2].key))
    used: set[int] = set()
    pairs = []
    for share, a, b in scored:
        if share < least or a.key in used or b.key in used:
            continue
        used |= {a.key, b.key}
        pairs.append(GroupPair(group=group, left=a, right=b))
    pairs += [GroupPair(group=group, left=a, right=None) for a in left if a.key not in used]
    return pairs + [GroupPair(group=group, left=None, right=b) for b in right if b.key not in used]


def likeness(a: Demand, b: Demand) -> float:
    """The share of common words in what the two targets are about."""
    words = [frozenset(filter(is_word, index_tokens(d.title or d.phrase))) for d in (a, b)]
    return len(words[0] & words[1]) / max(1, len(words[0] | words[1]))


def is_word(token: str) -> bool:
    return not token.isdigit()
