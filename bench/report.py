"""Tables and the facts of the machine."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Result:
    """A table of one benchmark: title, how it was measured, heads and rows."""

    title: str
    method: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]

    def markdown(self) -> str:
        lines = [f"## {self.title}", "", self.method, ""]
        lines += [line_of(self.heads), line_of("---" for _ in self.heads)]
        return "\n".join([*lines, *(line_of(row) for row in self.rows), ""])


def line_of(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def percentiles(milliseconds: Sequence[float]) -> list[str]:
    """p50, p95 and the maximum, in milliseconds."""
    ordered = sorted(milliseconds)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    return [f"{statistics.median(ordered):.1f}", f"{p95:.1f}", f"{ordered[-1]:.1f}"]


def machine_facts() -> str:
    """Cores, memory, processor, Python and system, as the kernel tells them."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cpu = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores ({cpu}), {memory:.0f} GiB, Python {platform.python_version()}, "
        f"{platform.system()} {platform.release()}; load at the start {load:.1f}."
    )
