"""Terms: pieces of generated code with an exact constant denominator (项)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from .quantities import common

Kind = Literal["number", "truth", "choice"]


@dataclass(frozen=True, slots=True)
class Term:
    """Code of a whole number times `by` over `over`, or a truth, or a choice."""

    code: str
    over: int = 1
    by: int = 1
    kind: Kind = "number"
    constant: Fraction | bool | str | None = None
    choices: tuple[str, ...] = ()


def number(value: Fraction) -> Term:
    return Term(str(value.numerator), value.denominator, constant=value)


def truth(value: bool) -> Term:
    return Term(str(value), kind="truth", constant=value)


def word(value: str) -> Term:
    return Term(repr(value), kind="choice", constant=value)


def scaled(term: Term, over: int) -> str:
    """The code of the numerator when written over a wider denominator."""
    factor = term.by * over // term.over
    if isinstance(term.constant, Fraction):
        return str(int(term.constant * over))
    return term.code if factor == 1 else f"({term.code} * {factor})"


def aligned(first: Term, second: Term) -> tuple[str, str, int]:
    """Both numerators over one denominator."""
    over = common(first.over, second.over)
    return scaled(first, over), scaled(second, over), over


def plus(first: Term, second: Term, sign: str) -> Term:
    if isinstance(first.constant, Fraction) and isinstance(second.constant, Fraction):
        return number(first.constant + (second.constant if sign == "+" else -second.constant))
    left, right, over = aligned(first, second)
    return Term(f"({left} {sign} {right})", over)


def times(first: Term, second: Term) -> Term:
    if isinstance(first.constant, Fraction) and isinstance(second.constant, Fraction):
        return number(first.constant * second.constant)
    if isinstance(first.constant, Fraction):
        first, second = second, first
    if isinstance(second.constant, Fraction):
        rate = second.constant * Fraction(first.by, first.over)
        return Term(first.code, rate.denominator, rate.numerator)
    return Term(f"({first.code} * {second.code})", first.over * second.over, first.by * second.by)


def rounded(term: Term, *, decimals: int, rounding: str) -> str:
    """Code of the whole number of smallest units, rounded once as stated."""
    unit = 10**decimals
    if isinstance(term.constant, Fraction):
        return str(_rounded_constant(term.constant * unit, rounding))
    over = common(term.over, unit)
    numerator, divisor = scaled(term, over), over // unit
    if divisor == 1:
        return numerator
    if rounding == "进一":
        return f"-((-{numerator}) // {divisor})"
    if rounding == "舍去":
        return f"({numerator}) // {divisor}"
    if divisor % 2 == 0:
        return f"({numerator} + {divisor // 2}) // {divisor}"
    return f"({numerator} * 2 + {divisor}) // {divisor * 2}"


def _rounded_constant(value: Fraction, rounding: str) -> int:
    up = {"进一": Fraction(value.denominator - 1, value.denominator), "舍去": Fraction(0)}
    return int((value + up.get(rounding, Fraction(1, 2))) // 1)
