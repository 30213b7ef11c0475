"""The share of the local education surcharge that served vocational education."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.money import parse_yuan

UNSET, NOTHING = "未设定", "本年没有征收"
TONES = {"达到": "ok", "不符合": "late", "差距": "watch", "提示": "watch", UNSET: "unset"}
COLUMNS = ("行政区划代码", "类别", "入账日", "金额", "项目", "凭证或文号")


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the rule in force says of a county's year (核对结论)."""

    word: str
    required: str = UNSET
    amount: Decimal | None = None
    missing: Decimal | None = None
    clause: str = ""
    force: str = ""

    @property
    def tone(self) -> str:
        return TONES.get(self.word, "unset")


@dataclass(frozen=True, kw_only=True)
class Said:
    """One entry as typed or imported (收支填报)."""

    division: str
    kind: str
    booked_on: date
    amount: Decimal
    item: str
    voucher: str


@dataclass(frozen=True, kw_only=True)
class RowRead:
    """One line of an imported sheet: what it says, and what is wrong with it (预览行)."""

    number: int
    cells: Mapping[str, str]
    said: Said | None
    problems: tuple[str, ...] = ()


def share_of(part: Decimal, whole: Decimal) -> Decimal | None:
    """Percent to two places, None where nothing was collected (比例)."""
    return (part * 100 / whole).quantize(Decimal("0.01")) if whole else None


def reason_not_bookable(*, booked_on: date, today: date, amount: Decimal) -> str | None:
    """Why a sum may not be entered, or None (能否填报)."""
    if booked_on > today:
        return f"入账日 {booked_on:%Y-%m-%d} 还没有到，请核对。"
    if amount <= 0:
        return "金额应大于零。录错的请用“更正”。"
    return None


def day_of(text: str) -> date:
    """A day as people write it in sheets: 2025-03-31, 2025/3/31, 20250331."""
    plain = text.strip().replace("/", "-").replace(".", "-").split(" ")[0].split("T")[0]
    if plain.isdigit() and len(plain) == 8:
        plain = f"{plain[:4]}-{plain[4:6]}-{plain[6:]}"
    try:
        year, month, day = (int(part) for part in plain.split("-"))
        return date(year, month, day)
    except ValueError:
        raise DomainError("入账日写成 2025-03-31。") from None


def read_row(
    number: int, cells: Mapping[str, str], *, kinds: Mapping[str, str], today: date
) -> RowRead:
    """Read one line; every problem is named (逐行检查)."""
    problems: list[str] = []
    given = {name: cells.get(name, "").strip() for name in COLUMNS}
    kind = {label: code for code, label in kinds.items()}.get(given["类别"], "")
    if not kind:
        problems.append(f"类别应为{'、'.join(kinds.values())}。")
    problems += [f"请填写{name}。" for name in COLUMNS if not given[name]]
    amount, booked_on = Decimal(0), today
    try:
        booked_on = day_of(given["入账日"])
    except DomainError as refusal:
        problems.append(refusal.sentence)
    try:
        amount = parse_yuan(given["金额"])
    except DomainError as refusal:
        problems.append(refusal.sentence)
    if not problems and (
        reason := reason_not_bookable(booked_on=booked_on, today=today, amount=amount)
    ):
        problems.append(reason)
    said = Said(
        division=given["行政区划代码"], kind=kind, booked_on=booked_on, amount=amount,
        item=given["项目"][:120], voucher=given["凭证或文号"][:80],
    )  # fmt: skip
    return RowRead(number=number, cells=given, said=said, problems=tuple(dict.fromkeys(problems)))
