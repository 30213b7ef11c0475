"""The open parameters that rulebooks know: what policies demand without a number (开放参数)."""

from __future__ import annotations

from functools import lru_cache

from silian_engines.policy_rules.jurisdictions import (
    jurisdictions_with_books,
    load_jurisdiction,
)

from silian.registers.policies.rules.parameter_opening import Kind

SHARE = "比例"  # shares stand in per cent in our tables


@lru_cache(maxsize=1)
def rulebook_kinds() -> tuple[Kind, ...]:
    """Every open parameter of any region once; the rules of the platform read them by name."""
    found: dict[tuple[str, str], Kind] = {}
    for code in jurisdictions_with_books():
        for each in load_jurisdiction(code=code).open_parameters:
            found.setdefault(
                (each.id, each.key or ""),
                Kind(
                    code=(each.number or each.id)[:20],
                    name=each.id,
                    key=each.key or "",
                    title=each.title,
                    unit="%" if each.unit == SHARE else each.unit,
                ),
            )
    return tuple(sorted(found.values(), key=lambda kind: (kind.code, kind.title)))
