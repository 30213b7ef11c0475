"""A simulation as a table, and a draft as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from silian.governance.incentives.rules.simulation import Tally

HEADER = ("分组", "名称", "企业", "事实不全", "受益", "减少", "不变", "现行（元）", "模拟（元）",
          "增减（元）")  # fmt: skip


def rows_of(
    total: Tally, counties: Iterable[Tally], sizes: Iterable[Tally]
) -> Iterator[tuple[object, ...]]:
    """Total, counties, sizes."""
    for group, rows in (("合计", [total]), ("地区", counties), ("规模", sizes)):
        for row in rows:
            yield (
                group, row.label, row.units, row.unknown, row.winners, row.losers, row.unchanged,
                row.before, row.after, row.difference,
            )  # fmt: skip
