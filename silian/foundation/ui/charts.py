"""Charts: numbers with a title, unit, source and time, always with their table and download."""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal
from urllib.parse import quote

Kind = Literal["bar", "bars", "line", "stacked"]
Value = float | int | None


@dataclass(frozen=True)
class Series:
    """One row of values, in the order of the labels; an unset value is None (数据系列)."""

    name: str
    values: Sequence[Value]


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A bar as drawn in plain HTML."""

    label: str
    value: Value
    second: Value
    width: str
    mark: str


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart (图表). ``kind``: upright ``bar``, lying ``bars``, ``line``, ``stacked``."""

    name: str
    title: str
    unit: str
    source: str
    labels: Sequence[str]
    series: Sequence[Series]
    kind: Kind = "bar"
    as_of: datetime.date | datetime.datetime | None = None
    link: str = ""
    link_url: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        for row in self.series:
            if len(row.values) != len(self.labels):
                raise ValueError(f"series {row.name!r} does not fit the labels")

    @property
    def rows(self) -> list[tuple[str, list[Value]]]:
        """Label by label, for the table."""
        return [
            (label, [row.values[place] for row in self.series])
            for place, label in enumerate(self.labels)
        ]

    @property
    def as_of_text(self) -> str:
        if self.as_of is None:
            return ""
        day = self.as_of.date() if isinstance(self.as_of, datetime.datetime) else self.as_of
        return f"{day.year}年{day.month}月{day.day}日"

    @property
    def option(self) -> str:
        """What the drawing script needs, as JSON in an attribute."""
        return json.dumps(
            {
                "kind": self.kind,
                "unit": self.unit,
                "labels": list(self.labels),
                "series": [{"name": row.name, "values": list(row.values)} for row in self.series],
            },
            ensure_ascii=False,
        )

    @property
    def csv_url(self) -> str:
        """The numbers as a download that needs no request."""
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow([f"{self.title}（{self.unit}）", *(row.name for row in self.series)])
        writer.writerows([label, *values] for label, values in self.rows)
        writer.writerow([f"来源：{self.source}", self.as_of_text])
        return f"data:text/csv;charset=utf-8,%EF%BB%BF{quote(text.getvalue())}"

    @property
    def height(self) -> int:
        """Pixels; lying bars need a line each."""
        return max(160, 34 * len(self.labels) + 40) if self.kind == "bars" else 260

    @cached_property
    def bars(self) -> list[Bar]:
        """The first series as bars, the second as a mark on each, on one scale from zero."""
        first = self.series[0].values
        second = self.series[1].values if len(self.series) > 1 else [None] * len(first)
        largest = max([abs(value) for value in (*first, *second) if value is not None] or [0])
        return [
            Bar(
                label=label,
                value=first[place],
                second=second[place],
                width=percent_of(first[place], largest),
                mark=percent_of(second[place], largest),
            )
            for place, label in enumerate(self.labels)
        ]


def percent_of(value: Value, whole: float) -> str:
    """A width for a style attribute; an unset value has none.

    >>> percent_of(30, 120), percent_of(None, 120)
    ('25.0', '')
    """
    if value is None or not whole:
        return ""
    return f"{max(0.0, value) * 100 / whole:.1f}"
