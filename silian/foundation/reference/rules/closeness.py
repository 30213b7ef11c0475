"""How near two entries of one catalogue stand, by the deepest heading that they share."""

from __future__ import annotations

from collections.abc import Sequence

from silian.foundation.reference.rules.codes import parent_of

# By number of shared levels: 门类 0.2, 大类 0.5, 中类 0.8, 小类 1.0 (occupations: 大类 … 职业).
SHARED_LEVEL_CLOSENESS = (0.0, 0.2, 0.5, 0.8, 1.0)


class Everything:
    """A container that holds every code, for chains of codes without a database."""

    def __contains__(self, code: object) -> bool:
        return True


def chain_of(*, catalogue: str, code: str) -> list[str]:
    """The code and its ancestors, broadest first: 3612 → C, 36, 361, 3612."""
    chain: list[str] = []
    while code:
        chain.append(code)
        code = parent_of(catalogue=catalogue, code=code, known=Everything())
    return chain[::-1]


def closeness(a: str, b: str, *, catalogue: str) -> float:
    """1.0 for the same class down to 0.0 for nothing in common (层级相近度)."""
    if a == b:
        return SHARED_LEVEL_CLOSENESS[-1]
    first, second = (chain_of(catalogue=catalogue, code=code) for code in (a, b))
    return SHARED_LEVEL_CLOSENESS[shared_levels(first, second)]


def shared_levels(first: Sequence[str], second: Sequence[str]) -> int:
    shared = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        shared += 1
    return shared
