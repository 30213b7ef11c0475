"""The skills vocabulary (技能词表): names, other names, and the occupations that need them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

VOCABULARY = Path(__file__).parents[1] / "vocabulary"
ANY_OCCUPATION = "0"
_HEADING = re.compile(r"^\[(?P<group>\S+) (?P<codes>[\d\- ]+)\]$")


@dataclass(frozen=True, slots=True)
class Skill:
    """One skill (技能): its name, its group, and the codes of the occupations that need it."""

    name: str
    group: str
    codes: tuple[str, ...]
    other_names: tuple[str, ...] = ()

    def belongs_to(self, occupation: str) -> bool:
        """Whether an occupation of this code is one that the group serves."""
        return any(occupation.startswith(code) for code in self.codes)

    @property
    def is_general(self) -> bool:
        """True for what every occupation may ask for, such as 沟通能力."""
        return self.codes == (ANY_OCCUPATION,)


def plain(text: str, /) -> str:
    """One spelling for full width and case, character by character, so that offsets hold."""
    return "".join(map(_plain_character, text))


@lru_cache(maxsize=16384)
def _plain_character(character: str) -> str:
    simple = unicodedata.normalize("NFKC", character).lower()
    return simple if len(simple) == 1 else character


LOOK_ALIKES = VOCABULARY / "skill_look_alikes.txt"


def _lines() -> Iterator[str]:
    for path in sorted(VOCABULARY.glob("skills_*.txt")):
        yield from path.read_text(encoding="utf-8").splitlines()


@lru_cache(maxsize=1)
def skills() -> tuple[Skill, ...]:
    """Every skill of the vocabulary, group by group."""
    found: list[Skill] = []
    group, codes = "", ()
    for line in _lines():
        heading = _HEADING.match(line)
        if heading:
            group, codes = heading["group"], tuple(heading["codes"].split())
        elif line and not line.startswith("#"):
            for word in line.split():
                name, *others = word.replace("_", " ").split("=")
                found.append(Skill(name, group, codes, tuple(others)))
    return tuple(found)


@lru_cache(maxsize=1)
def skill_of_form() -> dict[str, Skill]:
    """Every spelling of every skill, as ``plain`` writes it."""
    return {plain(form): skill for skill in skills() for form in (skill.name, *skill.other_names)}


@lru_cache(maxsize=1)
def look_alikes() -> frozenset[str]:
    """Words that hold the spelling of a skill and mean something else (形近词)."""
    lines = LOOK_ALIKES.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=1)
def lengths_by_start() -> dict[str, tuple[int, ...]]:
    """For each first two characters, how long the words are that begin so, longest first."""
    lengths: dict[str, set[int]] = {}
    for form in (*skill_of_form(), *look_alikes()):
        lengths.setdefault(form[:2], set()).add(len(form))
    return {start: tuple(sorted(found, reverse=True)) for start, found in lengths.items()}
