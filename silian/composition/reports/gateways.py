"""The declared plans of the cockpits, read once from the file beside this module."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from silian.composition.reports.rules.plans import CockpitPlan, plan_for, read_plans

DECLARED = Path(__file__).parent / "cockpits.toml"


@cache
def declared_plans() -> dict[str, CockpitPlan]:
    return read_plans(tomllib.loads(DECLARED.read_text(encoding="utf-8")))


def cockpit_plan(division: str) -> CockpitPlan:
    """What the cockpit of a division shows (总览方案)."""
    return plan_for(declared_plans(), division=division)
