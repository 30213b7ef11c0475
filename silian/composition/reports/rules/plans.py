"""What a jurisdiction's cockpit shows: its numbers, its chart, which words mean which chain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from silian.composition.reports.choices import Chain

MOST_NUMBERS = 10
DEFAULT = ""


@dataclass(frozen=True, kw_only=True)
class PlannedNumber:
    """A number that matters, by the code of its metric; the title stands where no metric is yet."""

    code: str
    title: str


@dataclass(frozen=True, kw_only=True)
class PlannedChart:
    """A chart of monthly values (按月变化图)."""

    title: str
    codes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CockpitPlan:
    """The choice of one jurisdiction, or of all without their own (总览方案)."""

    numbers: tuple[PlannedNumber, ...]
    chart: PlannedChart
    side_by_side: tuple[str, ...]
    metrics: Mapping[str, Chain]
    words: Mapping[Chain, tuple[str, ...]]

    @property
    def codes(self) -> list[str]:
        return [number.code for number in self.numbers]


def plan_for(plans: Mapping[str, CockpitPlan], *, division: str) -> CockpitPlan:
    """The plan whose key is the longest beginning of the division's code (最长前缀优先)."""
    fitting = [key for key in plans if division.startswith(key)]
    return plans[max(fitting, key=len)]


def read_plans(data: Mapping[str, Any]) -> dict[str, CockpitPlan]:
    """The declared plans by prefix; a plan takes from the default what it does not say itself."""
    base = data["default"]
    plans = {DEFAULT: plan_of(base)}
    for prefix, own in data.get("jurisdiction", {}).items():
        plans[prefix] = plan_of({**base, **own})
    return plans


def plan_of(data: Mapping[str, Any]) -> CockpitPlan:
    numbers = tuple(PlannedNumber(**number) for number in data["numbers"])
    if len(numbers) > MOST_NUMBERS:
        raise ValueError(f"a cockpit has at most {MOST_NUMBERS} numbers, not {len(numbers)}")
    chains = data["chains"]
    return CockpitPlan(
        numbers=numbers,
        chart=PlannedChart(title=data["chart"]["title"], codes=tuple(data["chart"]["codes"])),
        side_by_side=tuple(data["side_by_side"]),
        metrics={code: Chain(name) for name in chains for code in chains[name]["metrics"]},
        words={Chain(name): tuple(chains[name]["words"]) for name in chains},
    )


def chain_of(plan: CockpitPlan, *, said: str, metric_code: str, title: str) -> Chain:
    """The chain of a target: what its author said, else its metric's, else what its words say.

    The longest word found in the title decides; a title without any belongs to education, the
    first chain of every plan.
    """
    if said in Chain.values:
        return Chain(said)
    if metric_code in plan.metrics:
        return plan.metrics[metric_code]
    found = [
        (len(word), chain) for chain, words in plan.words.items() for word in words if word in title
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else Chain.EDUCATION
