"""Codes that pass every check and belong to nobody: their division is invented."""

from __future__ import annotations

from stdnum.cn import uscc

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def organisation_code_check(eight: str) -> str:
    """The check character of an organisation code. Basis: GB 11714-1997."""
    values = (int(char, 36) for char in eight)
    rest = 11 - sum(w * v for w, v in zip(ORGANISATION_WEIGHTS, values, strict=True)) % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def demonstration_uscc(*, authority: str, division: str, number: int) -> str:
    """A unified social credit code with both check characters right. Basis: GB 32100-2015."""
    eight = f"MA{number:06d}"
    body = f"{authority}{division}{eight}{organisation_code_check(eight)}"
    return body + uscc.calc_check_digit(body)
