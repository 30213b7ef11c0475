"""The difference of a recalculation as a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from silian.governance.incentives.models import Recalculation

DIFFERENCE_HEADER = ("人员或事项", "原数量", "新数量", "原金额（元）", "新金额（元）", "差额（元）")


def difference_rows(row: Recalculation) -> Iterator[list[Any]]:
    """Every head that changed (逐人差额)."""
    for line in row.lines:
        yield [
            line["label"],
            line["units_before"],
            line["units_after"],
            Decimal(line["before"]),
            Decimal(line["after"]),
            Decimal(line["difference"]),
        ]
