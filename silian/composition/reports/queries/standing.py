"""The targets of a jurisdiction as lines of the cockpit, grouped by chain and by light."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from silian.composition.reports.choices import STANDING_TONES, Chain, Standing
from silian.composition.reports.rules.plans import CockpitPlan, chain_of
from silian.composition.reports.rules.wording import now_and_wanted
from silian.foundation.ui.components import SHAPES
from silian.governance.policy_tasks.choices import Light
from silian.governance.policy_tasks.queries.target_standings import TargetStanding

STANDINGS = {
    Light.REACHED: Standing.ON_TIME,
    Light.ON_TRACK: Standing.ON_TIME,
    Light.BEHIND: Standing.BEHIND,
    Light.OVERDUE: Standing.OVERDUE,
    Light.GAP: Standing.GAP,
    Light.UNSET: Standing.UNSET,
    Light.NO_METRIC: Standing.UNMEASURED,
    Light.NO_VALUE: Standing.UNMEASURED,
}


@dataclass(frozen=True, kw_only=True)
class TargetLine:
    """One target as a leader reads it (目标)."""

    key: str
    title: str
    chain: Chain
    standing: Standing
    label: str
    reason: str
    shown: str
    percent: int | None
    deadline: str
    url: str
    is_counted: bool
    same_as: str
    is_disputed: bool

    @property
    def tone(self) -> str:
        return STANDING_TONES[self.standing]

    @property
    def icon(self) -> str:
        return SHAPES[self.tone]  # type: ignore[index]

    @property
    def is_on_time(self) -> bool:
        return self.standing == Standing.ON_TIME


@dataclass(frozen=True, kw_only=True)
class ChainGroup:
    """The targets of one chain (一条链的目标)."""

    chain: Chain
    lines: list[TargetLine]

    @property
    def on_time(self) -> int:
        return sum(1 for line in self.lines if line.is_on_time)


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many targets stand so (计数)."""

    standing: Standing
    count: int

    @property
    def query(self) -> str:
        """The filter of the list of targets that leaves just these."""
        lights = [light.value for light, standing in STANDINGS.items() if standing == self.standing]
        return urlencode({"light": lights}, doseq=True)

    @property
    def label(self) -> str:
        return self.standing.label

    @property
    def tone(self) -> str:
        return STANDING_TONES[self.standing]


def target_lines(standings: Iterable[TargetStanding], *, plan: CockpitPlan) -> list[TargetLine]:
    return [target_line(row, plan=plan) for row in standings]


def target_line(row: TargetStanding, *, plan: CockpitPlan) -> TargetLine:
    target = row.target
    standing = STANDINGS[row.light]
    return TargetLine(
        key=target.number or f"T{target.pk}",
        title=target.title,
        chain=chain_of(plan, said=target.chain, metric_code=target.metric_code, title=target.title),
        standing=standing,
        label=row.light.label,
        reason=row.reason,
        shown=shown_of(row),
        percent=row.percent,
        deadline=str(target.deadline_on or ""),
        url=row.url,
        is_counted=row.is_counted,
        same_as=row.same_as,
        is_disputed=row.disputed is not None,
    )


def shown_of(row: TargetStanding) -> str:
    """The value beside the goal; the word of the light where there is no value to show."""
    if row.light in (Light.NO_METRIC, Light.UNSET) and row.value is None:
        return row.light.label
    target = row.target
    return now_and_wanted(
        value=row.value,
        comparator=target.comparator,
        low=target.low,
        high=target.high,
        unit=target.unit,
    )


def grouped_by_chain(lines: Sequence[TargetLine]) -> list[ChainGroup]:
    """The four chains in their order; in each the lines in the order of the documents."""
    return [
        ChainGroup(chain=chain, lines=[line for line in lines if line.chain == chain])
        for chain in Chain
    ]


def counts_of(lines: Iterable[TargetLine]) -> dict[Standing, int]:
    """How many targets stand how; one that repeats another is not counted (不重复计数)."""
    counts = Counter(line.standing for line in lines if line.is_counted)
    return {standing: counts[standing] for standing in Standing}


ALWAYS = (Standing.ON_TIME, Standing.BEHIND, Standing.OVERDUE)


def tallies_of(counts: dict[Standing, int]) -> list[Tally]:
    """The strip of lights; gaps and targets without a light only where there are some."""
    return [
        Tally(standing=standing, count=counts[standing])
        for standing in Standing
        if counts[standing] or standing in ALWAYS
    ]
