"""How numbers are written."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def number_words(value: Decimal, *, decimals: int) -> str:
    """The number with separators and its decimals, halves up.

    >>> number_words(Decimal("1234.5000"), decimals=0), number_words(Decimal("24.7222"), decimals=1)
    ('1,235', '24.7')
    """
    return f"{value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP):,}"


def plain_words(value: Decimal | None, *, most: int = 4) -> str:
    """The number without idle zeros, for numbers that people typed.

    >>> plain_words(Decimal("100.0000")), plain_words(Decimal("3.5000")), plain_words(None)
    ('100', '3.5', '本期无数据')
    """
    if value is None:
        return "本期无数据"
    text = number_words(value, decimals=most)
    return text.rstrip("0").rstrip(".") if "." in text else text
