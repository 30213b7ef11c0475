"""Where modules declare their measures: a metric is said once, in the module whose rows it counts.

In the room ``metrics.py`` of a module, found by itself::

    register_metric(
        Metric(
            code="exchange.deals",
            title="成交数",
            unit="项",
            formula="统计期内签约的成交登记，每份协议计一项",
            source="供需洽谈登记的成交",
            rows=lambda scope: Deal.objects.all(),
            division="listing__division",
            day="agreed_on",
            reduce=count(),
            drill=Drill(columns={"协议编号": "agreement_reference"}, visible_to=deals_visible_to),
            stale_on={DealRecorded: touched_by_deal},
        )
    )
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from silian.casework.metrics.choices import Direction, Level, Periodicity, PeriodKind, Timing
from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.events import Event
from silian.foundation.kernel.periods import Period

SMALL_NUMBER = 5  # statistics on few cases could be told apart: fewer are not shown to the public
PUBLIC_ROWS = 0  # nothing to protect where everybody reads the rows themselves
CALENDAR = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR, PeriodKind.ACADEMIC_YEAR)
EVERY_LEVEL = (Level.PROVINCE, Level.CITY, Level.COUNTY)


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Which rows are asked for: a subtree of divisions, and days (统计范围).

    ``division`` empty is everywhere. A stock is counted as it stood at the end of ``as_of``.
    """

    period: Period
    as_of: datetime.date
    division: str = ""

    @property
    def ends_at(self) -> datetime.datetime:
        """The moment at which the day is over."""
        following = self.as_of + datetime.timedelta(days=1)
        return timezone.make_aware(datetime.datetime.combine(following, datetime.time()))

    @property
    def prefix(self) -> str:
        return subtree_prefix(self.division) if self.division else ""


@dataclass(frozen=True, kw_only=True)
class Touch:
    """A row that came, changed or went: where it counts and on which day (变动).

    ``division`` empty touches every division. A flow changes in the periods that hold the days
    from ``day`` to ``until``, that day alone when None; a stock changes from ``day`` to today.
    """

    division: str
    day: datetime.date
    until: datetime.date | None = None


@dataclass(frozen=True, kw_only=True)
class Reduction:
    """How rows become a value (汇总方式); made by the functions below."""

    name: str
    words: str
    of: str = ""
    over: str = ""
    where: Q | None = None
    needs: Rows | None = None


@dataclass(frozen=True, kw_only=True)
class Rows:
    """A second set of rows, for the denominator of a ratio (分母)."""

    rows: Callable[[Scope], QuerySet[Any]]
    division: str
    day: str = ""


def count() -> Reduction:
    """The number of rows (计数)."""
    return Reduction(name="count", words="计数")


def distinct(of: str) -> Reduction:
    """The number of different values of a field (去重计数)."""
    return Reduction(name="distinct", words="去重计数", of=of)


def total(of: str) -> Reduction:
    """The sum of a field (合计)."""
    return Reduction(name="total", words="合计", of=of)


def median(of: str) -> Reduction:
    """The middle value of a numeric field (中位数)."""
    return Reduction(name="median", words="中位数", of=of)


def share(where: Q) -> Reduction:
    """The share in percent of the rows that satisfy ``where`` (占比)."""
    return Reduction(name="share", words="占比", where=where)


def sum_share(*, of: str, over: str) -> Reduction:
    """The sum of one field in percent of the sum of another, over the same rows (合计之比).

    A region's is that of its sums, so that a large row weighs more than a small one.
    """
    return Reduction(name="sum_share", words="合计之比", of=of, over=over)


def ratio(*, over: Rows, percent: bool = False) -> Reduction:
    """The rows for each row of another set; in percent when asked (两组行之比)."""
    return Reduction(name="percent" if percent else "ratio", words="两组之比", needs=over)


@dataclass(frozen=True, kw_only=True)
class Drill:
    """What a reader sees of the rows behind a value (明细).

    ``columns`` maps a label to a field path or to a function of the row. ``visible_to`` is the
    module's own permission; rows that it leaves out are counted, never shown.
    """

    columns: Mapping[str, str | Callable[[Any], object]]
    visible_to: Callable[[Actor], QuerySet[Any]]
    url: Callable[[Any], str] | None = None
    related: tuple[str, ...] = ()


Touched = Callable[[Any], Iterable[Touch]]


@dataclass(frozen=True, kw_only=True)
class Metric:
    """A named measure that a module computes from its own rows (指标).

    ``rows`` gives all rows that could count; the house limits them to the subtree by
    ``division``, the path to a division, and, for a flow, to the period by ``day``, the path to
    a date (``…_on``) or to a moment (``…_at``). Without ``day`` the metric is a stock, and
    ``rows`` itself asks ``scope.as_of``. A metric without ``rows`` is reported by people.
    ``version`` grows when the meaning changes. ``needs_parameter`` names a parameter (参数编号)
    that must be set for the division; until then the metric reads 未设定.
    """

    code: str
    title: str
    unit: str
    formula: str
    source: str
    rows: Callable[[Scope], QuerySet[Any]] | None = None
    division: str = "division"
    day: str = ""
    reduce: Reduction = field(default_factory=count)
    timing: Timing = Timing.FLOW
    levels: tuple[Level, ...] = EVERY_LEVEL
    period_kinds: tuple[PeriodKind, ...] = CALENDAR
    main_period: PeriodKind = PeriodKind.YEAR
    direction: Direction = Direction.RISING
    periodicity: Periodicity = Periodicity.LIVE
    public: bool = True
    small_number: int = SMALL_NUMBER
    decimals: int = 0
    drill: Drill | None = None
    stale_on: Mapping[Any, Touched] = field(default_factory=dict)
    needs_parameter: str = ""
    version: int = 1
    owner_name: str = ""

    def __post_init__(self) -> None:
        if self.rows is not None and bool(self.day) is (self.timing == Timing.STOCK):
            raise ValueError(f"{self.code}: a flow has a day, a stock has none")
        if self.public and self.reduce.name == "total" and self.small_number:
            raise ValueError(f"{self.code}: a sum over few rows cannot be hidden by their number")
        if self.main_period not in self.period_kinds:
            raise ValueError(f"{self.code}: the main period is not among its periods")

    @property
    def is_manual(self) -> bool:
        """Whether people report it (人工填报)."""
        return self.rows is None

    @property
    def is_percentage(self) -> bool:
        return self.unit == "%"

    @property
    def is_additive(self) -> bool:
        """Whether the value of a whole is the sum of its parts (可加); a share never is."""
        return self.reduce.name in ("count", "total") and not self.is_percentage

    @property
    def module(self) -> str:
        return self.code.partition(".")[0]

    @property
    def formula_hash(self) -> str:
        """A short mark of the formula as declared, kept with every value (公式校验码)."""
        said = [self.code, self.formula, self.source, self.reduce.name, self.reduce.of]
        said += [str(self.reduce.where or ""), self.division, self.day, str(self.version)]
        said += [self.reduce.over] if self.reduce.over else []
        return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]


def stock(**facts: Any) -> Metric:
    """A metric that tells how things stand at the end of a day (时点指标)."""
    kinds = (PeriodKind.MONTH, PeriodKind.YEAR)
    usual = {"period_kinds": kinds, "main_period": PeriodKind.MONTH, "timing": Timing.STOCK}
    return Metric(**{**usual, **facts})


_metrics: dict[str, Metric] = {}


def register_metric(metric: Metric) -> Metric:
    """Make a metric known under its code; a code is given once."""
    if metric.code in _metrics:
        raise ValueError(f"the metric {metric.code} is declared twice")
    _metrics[metric.code] = metric
    return metric


def declared_metrics() -> dict[str, Metric]:
    """Every metric that a module computes, by code, in the order of the floors."""
    return dict(_metrics)


def declared_metric(code: str) -> Metric | None:
    return _metrics.get(code)


def metrics_stale_on(event: type[Event]) -> list[tuple[Metric, Touched]]:
    """The metrics whose values an event makes wrong, with the way to find where."""
    return [
        (metric, metric.stale_on[event])
        for metric in declared_metrics().values()
        if event in metric.stale_on
    ]


def invalidating_events() -> set[type[Event]]:
    """Every event that makes values wrong (失效事件)."""
    return {event for metric in _metrics.values() for event in metric.stale_on}
