"""Charts of simulations."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from silian.foundation.ui.charts import Chart, Series
from silian.governance.incentives.rules.simulation import Tally


def difference_chart(rows: Sequence[Tally], *, as_of: datetime.datetime | None = None) -> Chart:
    """Cost before and after by county (各地支出)."""
    return Chart(
        name="incentives-cost",
        title="各地支出：现行与模拟",
        unit="元",
        source="单位事实、实习和学徒登记",
        kind="bars" if len(rows) > 8 else "bar",
        labels=[row.label for row in rows],
        series=[
            Series("现行", [float(row.before) for row in rows]),
            Series("模拟", [float(row.after) for row in rows]),
        ],
        as_of=as_of,
    )
