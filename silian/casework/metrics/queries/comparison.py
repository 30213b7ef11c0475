"""Divisions to choose from and to compare with one another."""

from __future__ import annotations

from django.conf import settings

from silian.casework.metrics.queries.divisions import measured_divisions, responsible_divisions
from silian.foundation.kernel.actors import Actor
from silian.foundation.reference.models import Division


def divisions_to_choose() -> list[Division]:
    """Every division with values, by code, so that each stands below the one it lies in."""
    return list(measured_divisions())


def usual_division(actor: Actor, divisions: list[Division]) -> str:
    """Where the reader starts: the own jurisdiction, the site's region, else the widest."""
    known = {division.code for division in divisions}
    wanted = [actor.jurisdiction, settings.SITE_JURISDICTION, *sorted(responsible_divisions())]
    return next((code for code in wanted if code in known), next(iter(sorted(known)), ""))


def compared_divisions(code: str, divisions: list[Division]) -> list[Division]:
    """The parts of the division, or those beside it where it has none (区域比较)."""
    chosen = next((division for division in divisions if division.code == code), None)
    if chosen is None:
        return []
    parts = [division for division in divisions if division.parent_id == code]
    return parts or [d for d in divisions if d.parent_id == chosen.parent_id]


def indented_name(division: Division, *, top: int) -> str:
    """The name, set in by its level, for a list to choose from."""
    return "　" * max(division.level - top, 0) + division.label
