"""Terms in force on a day: the base and every signed change, folded by day and number."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from silian.casework.agreements.choices import LifeEventKind, Standing, VersionKind, VersionState


@dataclass(frozen=True, kw_only=True)
class Change:
    """What one version says, as the fold needs it."""

    number: int
    kind: str
    state: str
    effective_from: datetime.date
    changes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Turn:
    """A life event as the fold needs it: what happened, and from which day."""

    kind: str
    on: datetime.date


def effective_terms(versions: Iterable[Change], *, on: datetime.date) -> dict[str, Any]:
    """The terms in force on a day; empty before the base takes effect or without a signed base.

    Only signed versions count. They apply by the day on which they take effect, and on the same
    day by number, whatever the order in which they are given; the same version twice is once.
    """
    counted = {
        version.number: version
        for version in versions
        if version.state == VersionState.SIGNED and version.effective_from <= on
    }
    if not any(version.kind == VersionKind.BASE for version in counted.values()):
        return {}
    terms: dict[str, Any] = {}
    for version in sorted(counted.values(), key=place_in_time):
        terms.update(version.changes)
    return terms


def place_in_time(version: Change) -> tuple[bool, datetime.date, int]:
    """The base first, then by day, then by number."""
    return (version.kind != VersionKind.BASE, version.effective_from, version.number)


def standing(
    *,
    starts_on: datetime.date | None,
    ends_on: datetime.date | None,
    turns: Iterable[Turn],
    on: datetime.date,
) -> Standing:
    """How an agreement stands on a day; ``starts_on`` is None while the base is not signed."""
    if starts_on is None or on < starts_on:
        return Standing.NOT_YET
    known = sorted((turn for turn in turns if turn.on <= on), key=lambda turn: turn.on)
    if any(turn.kind in OVER_EVENTS for turn in known) or (ends_on is not None and on >= ends_on):
        return Standing.OVER
    stops = [turn for turn in known if turn.kind in (SUSPENDED, RESUMED)]
    if stops and stops[-1].kind == SUSPENDED:
        return Standing.SUSPENDED
    return Standing.IN_FORCE


SUSPENDED, RESUMED = LifeEventKind.SUSPENDED, LifeEventKind.RESUMED
OVER_EVENTS = frozenset({LifeEventKind.TERMINATED, LifeEventKind.ENDED})


def suspended_periods(
    turns: Iterable[Turn],
) -> list[tuple[datetime.date, datetime.date | None]]:
    """The half-open periods of suspension; the last is open while nothing ended it (中止期间)."""
    periods: list[tuple[datetime.date, datetime.date | None]] = []
    since: datetime.date | None = None
    for turn in sorted(turns, key=lambda turn: turn.on):
        if turn.kind == SUSPENDED and since is None:
            since = turn.on
        elif since is not None and turn.kind in {RESUMED, *OVER_EVENTS}:
            if turn.on > since:
                periods.append((since, turn.on))
            since = None
    return [*periods, (since, None)] if since is not None else periods
