"""A simulation over two million generated enterprises: `python bench/incentives_simulation.py`.

The arrays are generated; what is timed is what an official waits for once the facts are read: the
rule before, the rule after, and the lines by county and by size.
"""

from __future__ import annotations

import datetime
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "engines")]

from silian_engines.policy_rules.compiled_rule import CompiledRule  # noqa: E402
from silian_engines.policy_rules.populations import Members  # noqa: E402
from silian_engines.policy_rules.rulebook import rulebook  # noqa: E402

from silian.governance.incentives.gateways.rulebook import with_value  # noqa: E402
from silian.governance.incentives.rules.simulation import (  # noqa: E402
    Grouping,
    amounts,
    tallies,
    whole,
)

ENTERPRISES, COUNTIES, SIZES = 2_000_000, 100, 5
MOST_APPRENTICES = 3
BAR = 2.0
RUNS = 3


def rule(id: str) -> CompiledRule:
    return rulebook().rule(id=id, jurisdiction="411200", on=datetime.date(2026, 12, 31))


def training(random: np.random.Generator) -> dict[str, Any]:
    wages = random.integers(10**6, 10**10, ENTERPRISES)
    spent = (wages * random.uniform(0, 0.15, ENTERPRISES)).astype(np.int64)
    return {"wages": wages, "spent": spent, "carried_in": spent // 7}


def rosters(random: np.random.Generator) -> dict[str, Any]:
    counts = random.integers(0, MOST_APPRENTICES, ENTERPRISES)
    rows = int(counts.sum())
    fields = {
        "level": random.integers(0, 2, rows),
        "years": random.integers(10, 21, rows),
        "completed": random.integers(0, 2, rows).astype(bool),
    }
    offsets = np.concatenate([[0], np.cumsum(counts)])
    members = Members(offsets=offsets, fields=fields)
    return {"apprentices": members, "advance_paid": np.zeros(ENTERPRISES, dtype=np.int64)}


def seconds_of(
    compiled: CompiledRule, changed: CompiledRule, population: Any, result: str
) -> float:
    random = np.random.default_rng(2)
    groupings = [
        Grouping(labels=[str(n) for n in range(size)], places=random.integers(0, size, ENTERPRISES))
        for size in (COUNTIES, SIZES)
    ]
    known = random.random(ENTERPRISES) < 0.9
    best = float("inf")
    for _ in range(RUNS):
        started = time.perf_counter()
        before = amounts(compiled, population, result=result)
        after = amounts(changed, population, result=result)
        lines = [
            tallies(before=before, after=after, known=known, grouping=each) for each in groupings
        ]
        best = min(best, time.perf_counter() - started)
        assert whole(lines[0], label="").difference == whole(lines[1], label="").difference
    return best


def main() -> None:
    """Print seconds for both changes, and whether they stay below the bar."""
    random = np.random.default_rng(1)
    print(f"| change, {ENTERPRISES:,} enterprises | seconds | bar {BAR:.0f} s |\n|---|---|---|")
    for id, parameter, key, result, population in (
        ("R07", "staff_education_cap", None, "deducted", training(random)),
        ("R11", "apprentice_subsidy", "高级工", "due", rosters(random)),
    ):
        compiled = rule(id)
        provision = compiled.effective.of(parameter)[key]
        changed = with_value(rule=compiled, provision=provision, value=provision.value * 7 / 6)
        seconds = seconds_of(compiled, changed, population, result)
        print(
            f"| {id} {provision.title} | {seconds:.2f} | {'met' if seconds <= BAR else 'missed'} |"
        )


if __name__ == "__main__":
    main()
