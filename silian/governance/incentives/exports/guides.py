"""The guides as a table (惠企政策指南表)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from silian.governance.incentives.queries.guides import GuidePage

HEADER = ("政策", "对象", "给什么", "怎么算", "条件", "材料", "步骤", "办理单位", "办理时间",
          "依据", "规则版本")  # fmt: skip


def rows_of(pages: Iterable[GuidePage]) -> Iterator[tuple[str, ...]]:
    """One row for each guide."""
    for page in pages:
        yield (
            page.title,
            page.audiences,
            page.given,
            page.formula,
            "；".join(row.title for row in page.conditions),
            "；".join(page.guide.materials),
            "；".join(page.guide.steps),
            page.guide.authority,
            page.filing,
            page.source,
            page.version,
        )
