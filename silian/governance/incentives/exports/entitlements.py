"""An organisation's entitlements as a table (享受情况表)."""

from __future__ import annotations

from collections.abc import Iterator

from silian.governance.incentives.queries.entitlements import Entitlement, Overview

HEADER = ("政策", "情况", "金额（元）", "缺什么", "怎么办", "办理时间", "办理单位", "材料", "依据",
          "规则版本")  # fmt: skip


def rows_of(overview: Overview) -> Iterator[tuple[object, ...]]:
    """One row for each benefit and duty."""
    for row in [*overview.benefits, *overview.duties]:
        yield (
            row.title,
            row.word,
            row.amount if row.amount is not None else "",
            row.refusal or "、".join(fact.input.title for fact in row.missing),
            cures(row),
            row.deadline,
            row.guide.authority,
            "、".join(row.guide.materials),
            row.source,
            row.rule.version,
        )


def cures(row: Entitlement) -> str:
    """The nearest ways, else the cures of the closed gates."""
    if row.answer is None:
        return ""
    closed = [gate.cure for gate in row.answer.gates if gate.cure]
    return "".join(row.answer.ways or closed)
