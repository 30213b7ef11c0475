"""IN-15: the matters that a tri-party agreement has to settle (协议应当约定的事项)."""

from __future__ import annotations

from collections.abc import Mapping

from silian.operations.placements.rules.prohibitions.declaration import Finding
from silian.operations.placements.rules.prohibitions.limits import Limits

MATTERS = "agreement_matters"
MATTER_TERMS: dict[str, tuple[str, ...]] = {
    "parties": (),  # the parties stand in the agreement itself, never in its terms
    "work": ("place", "tasks", "conditions"),
    "living": ("board", "lodging", "rest"),
    "pay": ("pay", "pay_day"),
    "protection": ("protection",),
    "insurance": ("accident_handling",),
    "assessment": ("assessment",),
    "breach": ("breach",),
    "others": (),  # anything else the parties want to settle; may be nothing
}
"""Which terms of the internship agreement settle which matter."""


def agreement_findings(*, terms: Mapping[str, object], limits: Limits) -> list[Finding]:
    """One finding for each matter that the terms leave open.

    Basis: 教职成〔2021〕4号第十四条.
    """
    limit = limits.of(MATTERS)
    if limit is None:
        return []
    return [
        Finding(
            code="IN-15",
            title=limit.title,
            sentence=f"协议没有约定“{name}”。请补齐后再签署。",
            severity=limit.severity,
            article=limit.article,
            basis=limit.basis,
            field=MATTER_TERMS[matter][0],
        )
        for matter, name in limit.keys.items()
        if any(terms.get(term) in (None, "", [], ()) for term in MATTER_TERMS.get(matter, ()))
    ]
