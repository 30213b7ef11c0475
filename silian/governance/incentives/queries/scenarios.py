"""Saved simulations as pages show and compare them (模拟方案)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet

from silian.governance.incentives.models import Scenario
from silian.governance.incentives.rules.simulation import Tally


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A frozen result (测算结果明细)."""

    total: Tally
    counties: list[Tally]
    sizes: list[Tally]
    unknown: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class ComparedLine:
    """One group in two simulations (对比)."""

    label: str
    first: Tally | None
    second: Tally | None

    @property
    def gap(self) -> Decimal | None:
        """How much more the second costs after its change."""
        if self.first is None or self.second is None:
            return None
        return self.second.after - self.first.after


def outcome_of(scenario: Scenario) -> Outcome:
    stored = scenario.outcome
    return Outcome(
        total=tally_of(stored["total"]),
        counties=[tally_of(row) for row in stored["counties"]],
        sizes=[tally_of(row) for row in stored["sizes"]],
        unknown=stored["unknown"],
    )


def tally_of(row: Mapping[str, Any]) -> Tally:
    amounts = {name: Decimal(row[name]) for name in ("before", "after")}
    return Tally(**{**row, **amounts})


def scenarios_for_list(rows: QuerySet[Scenario]) -> QuerySet[Scenario]:
    return rows.select_related("division", "saved_by").annotate(draft_count=Count("drafts"))


def compared(first: Sequence[Tally], second: Sequence[Tally]) -> list[ComparedLine]:
    """Group by group; a group that one of them lacks reads as absent."""
    found = {row.label: row for row in first}, {row.label: row for row in second}
    labels = dict.fromkeys([*found[0], *found[1]])
    return [
        ComparedLine(label=each, first=found[0].get(each), second=found[1].get(each))
        for each in labels
    ]
