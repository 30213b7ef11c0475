"""What the metrics tell the floors above."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class MetricValueChanged(Event):
    """The value of a metric for a division and a period is another one now (指标数值已变化).

    ``previous`` is the value before; None when there was none. A recount tells once a division, by
    the main period where that changed. First values of periods long past are not announced.
    """

    code: str
    division: str
    period_kind: str
    period_start: datetime.date
    value_id: int
    previous: Decimal | None


@dataclass(frozen=True, kw_only=True)
class ValueDisputed(Event):
    """Somebody objects to a value (数据异议)."""

    dispute_id: int


@dataclass(frozen=True, kw_only=True)
class DisputeSettled(Event):
    """An objection was upheld, corrected or withdrawn (异议已处理)."""

    dispute_id: int
