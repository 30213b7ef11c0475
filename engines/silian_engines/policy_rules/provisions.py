"""A provision: one dated statement of a policy, with its source (规定)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from .quantities import shown

UNSET, REPEALED = "未设定", "废止"
NATIONAL = "000000"
FORCES = {
    "mandatory": "强制",
    "in_principle": "原则上",
    "encouraged": "鼓励",
    "permitted": "允许",
    "promoted": "推动",
    "exploratory": "探索",
    "strive": "力争",
    "target": "目标",
}
SOFT_EVIDENCE = ("K-M", "K-L")
Value = Fraction | bool | str | None


@dataclass(frozen=True, slots=True)
class Provision:
    """What one clause says, where, for which days, and since when we know it."""

    id: str
    jurisdiction: str
    title: str
    unit: str
    force: str
    kind: str
    document: str
    clause: str
    evidence: str
    valid_from: date
    known_from: date
    review_by: date
    valid_to: date | None = None
    value: Value = None
    low: Fraction | None = None
    high: Fraction | None = None
    comparator: str = "="
    key: str | None = None
    number: str | None = None
    groups: tuple[str, ...] = ()
    deadline: date | None = None
    same_as: str | None = None
    note: str = ""

    @property
    def is_set(self) -> bool:
        return self.value not in (UNSET, REPEALED)

    @property
    def is_uncertain(self) -> bool:
        """Known from memory only: it may warn, never decide."""
        return any(tag in self.evidence.split() for tag in SOFT_EVIDENCE)

    @property
    def is_soft(self) -> bool:
        """Missing a soft rule is a gap (差距), never a breach (违规)."""
        return self.force != "mandatory" or self.is_uncertain

    @property
    def shown_value(self) -> str:
        if self.low is not None or self.high is not None:
            ends = [shown(end) for end in (self.low, self.high) if end is not None]
            return "—".join(ends)
        if isinstance(self.value, bool):
            return "是" if self.value else "否"
        return shown(self.value) if isinstance(self.value, Fraction) else str(self.value or "")

    def holds(self, *, on: date, known_on: date) -> bool:
        return (
            self.known_from <= known_on
            and self.valid_from <= on
            and (self.valid_to is None or on < self.valid_to)
        )


def wider_jurisdictions(code: str) -> list[str]:
    """The place itself, its city, its province, the nation; nearest first."""
    chain = [code, f"{code[:4]}00", f"{code[:2]}0000", NATIONAL]
    return list(dict.fromkeys(chain))


@dataclass(frozen=True, slots=True)
class Effective:
    """The provisions in force in one place on one day, as known on another day (有效规定)."""

    jurisdiction: str
    on: date
    known_on: date
    by_id: dict[str, dict[str | None, Provision]]

    def of(self, id: str) -> dict[str | None, Provision]:
        """The provisions of one parameter by key; empty when the place has no such rule."""
        return self.by_id.get(id, {})

    def __iter__(self) -> Iterator[Provision]:
        for keyed in self.by_id.values():
            yield from keyed.values()


def effective_provisions(
    *, provisions: Iterable[Provision], jurisdiction: str, on: date, known_on: date
) -> Effective:
    """Nearest place first; in one place the latest known statement, then the latest in force.

    All keys of a parameter come from one place, so tables of two governments never mix.
    """
    chain = wider_jurisdictions(jurisdiction)
    holding: dict[str, list[Provision]] = {}
    for each in provisions:
        if each.jurisdiction in chain and each.holds(on=on, known_on=known_on):
            holding.setdefault(each.id, []).append(each)
    by_id = {id: _nearest(found, chain) for id, found in holding.items()}
    return Effective(jurisdiction, on, known_on, {id: kept for id, kept in by_id.items() if kept})


def _nearest(found: Sequence[Provision], chain: Sequence[str]) -> dict[str | None, Provision]:
    for place in chain:
        latest: dict[str | None, Provision] = {}
        here = [each for each in found if each.jurisdiction == place]
        for each in sorted(here, key=lambda one: (one.known_from, one.valid_from)):
            latest[each.key] = each
        kept = {key: each for key, each in latest.items() if each.value != REPEALED}
        if kept:
            return kept
    return {}
