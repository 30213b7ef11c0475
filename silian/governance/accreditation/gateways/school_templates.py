"""The condition lists of school projects, kept as data (条件清单)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parents[1] / "school_templates.toml"


@dataclass(frozen=True, kw_only=True)
class ConditionTemplate:
    """One line of a list: what is asked, and where its number comes from."""

    title: str
    unit: str = ""
    parameter: str = ""
    metric: str = ""
    at_most: bool = False
    words: bool = False

    @property
    def comparison(self) -> str:
        if self.words:
            return "words"
        return "at_most" if self.at_most else "at_least"


@cache
def templates() -> dict[str, tuple[ConditionTemplate, ...]]:
    """The condition list of every kind."""
    content = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        entry["kind"]: tuple(ConditionTemplate(**line) for line in entry["conditions"])
        for entry in content["template"]
    }
