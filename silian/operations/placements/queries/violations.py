"""What a violation may cost, from the provisions in force."""

from __future__ import annotations

import datetime
from decimal import Decimal

from silian.operations.placements.gateways.legal_limits import limits_of
from silian.operations.placements.rules.complaints import FineRange, fine_range

UNSET_BASIS = "未设定"


def fine_range_of(*, income: Decimal, division: str, on: datetime.date) -> FineRange:
    """The range of IN-30 in a division on a day, with its clause (罚款幅度)."""
    limits = limits_of(division=division, on=on)
    most = limits.of("fine_most_multiple")
    basis = f"{most.basis}（{most.valid_from:%Y-%m-%d} 起施行）" if most else UNSET_BASIS
    return fine_range(
        income=income,
        least=limits.value("fine_least_multiple"),
        most=limits.value("fine_most_multiple"),
        base=limits.value("fine_least_base"),
        basis=basis,
    )
