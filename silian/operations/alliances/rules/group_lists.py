"""Lines of a list as they are typed, and what changed since the version before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

SEPARATOR = re.compile(r"\s*[｜|\t]\s*")
LONGEST_NAME, LONGEST_DETAIL, LONGEST_UNIT, LONGEST_SOURCE = 120, 300, 20, 120
MOST_LINES = 500


@dataclass(frozen=True, kw_only=True)
class ListLine:
    """One line: name, detail, quantity with unit, who asks (清单条目)."""

    name: str
    detail: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    source: str = ""

    @property
    def typed(self) -> str:
        """The line as it is typed again."""
        quantity = "" if self.quantity is None else f"{self.quantity.normalize():f}"
        return "｜".join([self.name, self.detail, quantity, self.unit, self.source]).rstrip("｜")


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A line that cannot be read, and why."""

    line: int
    text: str


def list_lines(text: str) -> tuple[list[ListLine], list[Fault]]:
    """The lines of a typed list and the faults in it: 名称｜说明｜数量｜单位｜提出单位."""
    lines: list[ListLine] = []
    faults: list[Fault] = []
    for place, raw in enumerate(text.splitlines(), start=1):
        if not raw.strip():
            continue
        found = line_of(raw.strip())
        if isinstance(found, str):
            faults.append(Fault(line=place, text=found))
        else:
            lines.append(found)
    if len(lines) > MOST_LINES:
        faults.append(Fault(line=MOST_LINES + 1, text=f"一版清单最多 {MOST_LINES} 条"))
    faults += doubles(lines)
    return lines, faults


def line_of(raw: str) -> ListLine | str:
    """The line, or what is wrong with it."""
    parts = [*SEPARATOR.split(raw), "", "", "", ""][:5]
    name, detail, quantity, unit, source = (part.strip() for part in parts)
    if not name:
        return "缺名称"
    amount = quantity_of(quantity)
    if quantity and amount is None:
        return f"数量“{quantity[:20]}”不是数字"
    if amount is not None and not unit:
        return "有数量而没有单位"
    for value, longest in ((name, LONGEST_NAME), (detail, LONGEST_DETAIL), (unit, LONGEST_UNIT)):
        if len(value) > longest:
            return f"“{value[:12]}…”超过 {longest} 字"
    return ListLine(
        name=name, detail=detail, quantity=amount, unit=unit, source=source[:LONGEST_SOURCE]
    )


def quantity_of(text: str) -> Decimal | None:
    try:
        amount = Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 <= amount < Decimal(10) ** 10 else None


def doubles(lines: Sequence[ListLine]) -> list[Fault]:
    """Names that stand twice."""
    names = [line.name for line in lines]
    return [
        Fault(line=place, text=f"“{name[:20]}”重复")
        for place, name in enumerate(names, start=1)
        if name in names[: place - 1]
    ]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What a version added, took out and changed (与上一版的不同)."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]

    @property
    def words(self) -> str:
        parts = (("新增", self.added), ("删去", self.removed), ("修改", self.changed))
        said = [f"{verb} {len(names)} 条" for verb, names in parts if names]
        return "，".join(said) or "无变化"


def difference(*, before: Sequence[ListLine], after: Sequence[ListLine]) -> Difference:
    """By name: what came, what went, what is another now."""
    old, new = ({line.name: line for line in lines} for lines in (before, after))
    return Difference(
        added=tuple(name for name in new if name not in old),
        removed=tuple(name for name in old if name not in new),
        changed=tuple(name for name in new if name in old and new[name] != old[name]),
    )
