"""Values as one reader sees them: small numbers hidden, objections beside them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from silian.casework.metrics.choices import Hidden
from silian.casework.metrics.models.disputes import ValueDispute
from silian.casework.metrics.models.values import MetricValue
from silian.casework.metrics.permissions.values import reads_fully
from silian.casework.metrics.queries.disputes import open_disputes_of
from silian.casework.metrics.queries.divisions import measured_divisions
from silian.casework.metrics.queries.values import values_for
from silian.casework.metrics.registry import Metric
from silian.casework.metrics.rules.number_words import number_words
from silian.casework.metrics.rules.suppression import Cells, hidden_cells
from silian.foundation.kernel.actors import Actor

UNSET = "未设定"
EMPTY = "本期无数据"
UNCOUNTED = "尚未计算"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A value of a metric as the reader may see it (数值显示)."""

    metric: Metric
    division: str
    value: MetricValue | None = None
    hidden: Hidden | None = None
    disputes: tuple[ValueDispute, ...] = ()

    @property
    def is_number(self) -> bool:
        return self.hidden is None and self.value is not None and self.value.value is not None

    @property
    def text(self) -> str:
        """The number, or the words that stand in its place."""
        if self.hidden is not None:
            return self.hidden.label
        if self.value is None:
            return UNSET if self.metric.needs_parameter else UNCOUNTED
        if self.value.value is None:
            return EMPTY
        return number_words(self.value.value, decimals=self.metric.decimals)

    @property
    def unit(self) -> str:
        return self.metric.unit if self.is_number else ""

    @property
    def number(self) -> float | None:
        """For charts; None where no number is shown."""
        if not self.is_number or self.value is None or self.value.value is None:
            return None
        return round(float(self.value.value), self.metric.decimals)

    @property
    def share_words(self) -> str:
        """What a ratio was divided from: 445 / 1,800."""
        value = self.value
        if self.hidden or value is None or value.numerator is None or value.denominator is None:
            return ""
        return f"{number_words(value.numerator, decimals=0)} / " + number_words(
            value.denominator, decimals=0
        )

    @property
    def period(self) -> str:
        return self.value.period_name if self.value else ""

    @property
    def url(self) -> str:
        return self.value.get_absolute_url() if self.value and self.value.pk else ""


class TableKey(NamedTuple):
    """Numbers that are shown together: one metric, one period, all divisions."""

    code: str
    kind: str
    start: datetime.date


def key_of(value: MetricValue) -> TableKey:
    return TableKey(value.metric_code, value.period_kind, value.period_start)


def shown_values(
    *, actor: Actor, metrics: Mapping[str, Metric], values: Iterable[MetricValue]
) -> list[Shown]:
    """Each value as the actor sees it, in the same order; four queries at most."""
    rows = list(values)
    hidden = hidden_values(actor=actor, metrics=metrics, values=rows)
    disputes = open_disputes_of(
        row.pk for row in rows if reads_fully(actor, division=row.division_id)
    )
    return [
        Shown(
            metric=metrics[row.metric_code],
            division=row.division_id,
            value=row,
            hidden=hidden.get(row.pk),
            disputes=tuple(disputes.get(row.pk, ())),
        )
        for row in rows
    ]


def latest_shown(
    *,
    actor: Actor,
    metrics: Mapping[str, Metric],
    divisions: Iterable[str],
    on: datetime.date | None = None,
) -> dict[tuple[str, str], Shown]:
    """The latest value of each metric for each division as the actor sees it."""
    places = list(divisions)
    found = values_for(codes=metrics, divisions=places, on=on)
    shown = shown_values(actor=actor, metrics=metrics, values=found.values())
    by_key = dict(zip(found, shown, strict=True))
    return {
        (code, place): by_key.get((code, place)) or Shown(metric=metric, division=place)
        for code, metric in metrics.items()
        for place in places
    }


def hidden_values(
    *, actor: Actor, metrics: Mapping[str, Metric], values: Iterable[MetricValue]
) -> dict[int, Hidden]:
    """Which of the values the actor does not see, by key, and why (小数保护)."""
    guarded = [
        row
        for row in values
        if metrics[row.metric_code].small_number > 1
        and not reads_fully(actor, division=row.division_id)
    ]
    if not guarded:
        return {}
    tables = tables_of({key_of(row) for row in guarded})
    parents = dict(measured_divisions().values_list("code", "parent_id"))
    hidden: dict[int, Hidden] = {}
    for key, rows in tables.items():
        reasons = hidden_in_table(metrics[key.code], rows, parents=parents)
        hidden |= {row.pk: reasons[row.division_id] for row in rows if row.division_id in reasons}
    return {row.pk: hidden[row.pk] for row in guarded if row.pk in hidden}


def tables_of(keys: set[TableKey]) -> dict[TableKey, list[MetricValue]]:
    """All numbers that are shown together with each of these; one query."""
    rows = MetricValue.objects.current().filter(
        metric_code__in={key.code for key in keys},
        period_kind__in={key.kind for key in keys},
        period_start__in={key.start for key in keys},
    )
    found: dict[TableKey, list[MetricValue]] = {key: [] for key in keys}
    for row in rows:
        if key_of(row) in found:
            found[key_of(row)].append(row)
    return found


def hidden_in_table(
    metric: Metric, rows: list[MetricValue], *, parents: Mapping[str, str | None]
) -> dict[str, Hidden]:
    """The hidden numbers of one table; only numbers that add up need more than the small ones."""
    if metric.reduce.name not in ("count", "distinct"):
        return {
            row.division_id: Hidden.SMALL
            for row in rows
            if 0 < (row.row_count or 0) < metric.small_number
        }
    numbers = {row.division_id: int(row.value or 0) for row in rows}
    above = {code: parents.get(code) or "" for code in numbers}
    return hidden_cells(Cells(numbers=numbers, parents=above, threshold=metric.small_number))
