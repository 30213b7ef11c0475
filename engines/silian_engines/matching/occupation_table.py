"""Official occupations (职业分类大典2022): code, name, level, digital and green marks."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

TABLE = Path(__file__).parent / "vocabulary" / "occupations_2022.txt"


@dataclass(frozen=True, slots=True)
class Occupation:
    """One entry of the classification (职业分类条目)."""

    code: str
    name: str
    level: int
    digital: bool
    green: bool


@lru_cache(maxsize=1)
def occupations() -> dict[str, Occupation]:
    """All entries by code; where a class and its only occupation share a code, the class."""
    found: dict[str, Occupation] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        code, name, level, marks = line.split("\t")
        found.setdefault(code, Occupation(code, name, int(level), "S" in marks, "L" in marks))
    return found
