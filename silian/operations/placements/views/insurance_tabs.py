"""The tabs of the insurance pages, each with its number."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from silian.foundation.kernel.actors import Actor
from silian.operations.placements.permissions.insurance import (
    claims_visible_to,
    policies_visible_to,
)
from silian.operations.placements.permissions.internships import internships_visible_to
from silian.operations.placements.queries.insurance_lists import uninsured


@dataclass(frozen=True, kw_only=True)
class Tab:
    label: str
    url: str
    count: int
    chosen: bool


def tabs(actor: Actor, *, here: str) -> list[Tab]:
    """Uninsured students, policies, claims (保险页签)."""
    lines = (
        ("uninsured", "未投保", len(uninsured(internships_visible_to(actor)))),
        ("policies", "保单", policies_visible_to(actor).count()),
        ("claims", "理赔", claims_visible_to(actor).count()),
    )
    return [
        Tab(
            label=label,
            url=reverse(f"placements:insurance_{code}"),
            count=count,
            chosen=code == here,
        )
        for code, label, count in lines
    ]
