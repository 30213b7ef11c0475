"""Money in yuan: read, written and split exactly. Never a float."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from silian.foundation.kernel.errors import DomainError

CENT = Decimal("0.01")
TEN_THOUSAND = Decimal(10_000)
MOST = Decimal("1e13")  # ten trillion yuan; more is a slip of the keyboard
UNITS = {"": Decimal(1), "元": Decimal(1), "万": TEN_THOUSAND, "万元": TEN_THOUSAND}
UNITS |= {"亿": Decimal(100_000_000), "亿元": Decimal(100_000_000)}
WRITTEN = re.compile(r"[￥¥]?(?P<number>[+-]?\d[\d,]*(?:\.\d+)?)(?P<unit>亿元|万元|亿|万|元)?")
FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－", "0123456789.,-")
GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")


def parse_yuan(text: str) -> Decimal:
    """Read ``3,200.5``, ``¥3200``, ``1.2万`` or ``３２００元`` as yuan, exactly.

    Parts of a cent are refused rather than rounded.
    """
    plain = "".join(text.translate(FULL_WIDTH).split())
    found = WRITTEN.fullmatch(plain)
    if found is None or not is_well_grouped(found["number"]):
        raise DomainError(f"“{text.strip()[:30]}”不是金额。请写成 3200、3,200.50 或 1.2万。")
    try:
        amount = Decimal(found["number"].replace(",", "")) * UNITS[found["unit"] or ""]
    except InvalidOperation:
        raise DomainError(f"“{text.strip()[:30]}”不是金额。") from None
    if abs(amount) > MOST:
        raise DomainError("金额超过十万亿元。请检查是否多输了位数。")
    if amount != amount.quantize(CENT):
        raise DomainError("金额最多到分（两位小数）。请核对。")
    return amount.quantize(CENT)


def is_well_grouped(number: str) -> bool:
    return "," not in number or GROUPED.fullmatch(number) is not None


def format_yuan(amount: Decimal) -> str:
    """1234567.5 → 1,234,567.50; whole yuan stay whole: 3200 → 3,200."""
    exact = amount.quantize(CENT, rounding=ROUND_HALF_UP)
    if exact == exact.to_integral_value():
        return f"{exact.to_integral_value():,}"
    return f"{exact:,}"


def format_ten_thousand(amount: Decimal, *, places: int = 2) -> str:
    """1234567.5 yuan → 123.46 (万元), for the cockpit."""
    return f"{(amount / TEN_THOUSAND).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,}"


def split_yuan(amount: Decimal, *, weights: Sequence[Decimal | int]) -> list[Decimal]:
    """Divide an amount by weights so that the parts add up to the last cent.

    The cents left over go to the largest remainders, earlier parts first.
    """
    total = sum(Decimal(weight) for weight in weights)
    if not weights or total <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("weights must be positive")
    if amount != amount.quantize(CENT):
        raise ValueError("the amount has parts of a cent")
    cents = int(amount / CENT)
    sign, cents = (-1, -cents) if cents < 0 else (1, cents)
    exact = [cents * Decimal(weight) / total for weight in weights]
    parts = [int(part) for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda n: (parts[n] - exact[n], n))
    for n in by_remainder[: cents - sum(parts)]:
        parts[n] += 1
    return [sign * part * CENT for part in parts]
