"""How an appropriation is put into words, and when a sheet may go on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

UNSET = "未设定"


@dataclass(frozen=True, kw_only=True)
class Number:
    """A number of the formula with the document that sets it; None is 未设定 (拨款参数)."""

    value: Decimal | None = None
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class LineFigures:
    """One programme of a sheet, to be kept or compared (核算明细)."""

    programme_id: int
    code: str
    name: str
    students: int
    base: Number
    weight: Number
    factor: Number
    amount: Decimal | None
    rule_version: str = ""

    @property
    def explanation(self) -> str:
        """The formula with its numbers, or what is not set."""
        named = (("生均标准", self.base), ("成本系数", self.weight), ("绩效系数", self.factor))
        unset = [label for label, number in named if number.value is None]
        if unset:
            return f"{'、'.join(unset)}{UNSET}，不计算"
        numbers = " × ".join(plain(number.value) for _, number in named)
        return f"{self.students:,} 人 × {numbers} = {self.amount:,.2f} 元"


@dataclass(frozen=True, kw_only=True)
class LineChange:
    """How one programme differs between two versions (差异)."""

    name: str
    students: tuple[int, int]
    before: Decimal | None
    after: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


def plain(value: Decimal | None) -> str:
    """A number without needless zeros: 8000.0000 → 8,000."""
    if value is None:
        return UNSET
    return f"{value.normalize():,f}"


def fitting(prefixes: Iterable[str], *, code: str) -> str | None:
    """The longest of the prefixes that a major's code begins with; empty fits all."""
    fits = [prefix for prefix in prefixes if code.startswith(prefix)]
    return max(fits, key=len) if fits else None


def total_of(amounts: Sequence[Decimal | None]) -> Decimal | None:
    """The sum, or None while one amount is open (合计)."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if amounts and len(known) == len(amounts) else None


def reason_not_submittable(*, lines: int, unset: int) -> str | None:
    """Why a sheet may not go to the education department, or None (能否送核)."""
    if not lines:
        return "这所学校在统计日没有在校学生，没有可送核的明细。"
    if unset:
        return f"有 {unset} 个专业的标准或系数未设定，请先凭文件设定拨款参数，再重新计算。"
    return None


def reason_same_person(*, actor: int | None, others: Sequence[int | None]) -> str | None:
    """Nobody checks or approves what they did themselves (不相容职务分离)."""
    if actor is not None and actor in others:
        return "起草、核对、审定要由不同的人办理。请由另一位同事办理这一步。"
    return None


def reason_not_returnable(*, note: str) -> str | None:
    """A sheet is sent back with what is wrong (退回)."""
    return None if note.strip() else "请写明退回的原因，起草人按它修改。"
