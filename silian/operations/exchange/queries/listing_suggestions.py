"""What a title and its text may mean: occupation, skills and level, for a person to take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from silian_engines.matching.field_parsing.levels import EducationLevel
from silian_engines.matching.posting_reading.levels import ReadLevel
from silian_engines.matching.posting_reading.reading import ReadPosting, read_posting
from silian_engines.matching.posting_reading.skills import FoundSkill

from silian.foundation.reference.models import Occupation
from silian.operations.exchange.kinds.declaration import SKILL_NAMES, FieldType, ListingKind

SHOWN = 3
SHORTEST_TITLE = 2
LONGEST_TITLE = 80
MOST_SKILLS = 12
SURE_SKILL = 0.6  # of ten such words about nine are skills of the work; see the engine's README
EDUCATION = {
    "不限": EducationLevel.ANY,
    "中职": EducationLevel.VOCATIONAL_SECONDARY,
    "高职专科": EducationLevel.JUNIOR_COLLEGE,
    "本科": EducationLevel.BACHELOR,
    "研究生": EducationLevel.MASTER,
}
GRADES = {5: "初级工", 4: "中级工", 3: "高级工", 2: "技师", 1: "高级技师"}


@dataclass(frozen=True, kw_only=True)
class OccupationSuggestion:
    """An occupation that fits a title, best first (建议职业)."""

    occupation: Occupation
    confidence: float

    @property
    def percent(self) -> int:
        return round(self.confidence * 100)


@dataclass(frozen=True, kw_only=True)
class FieldSuggestion:
    """A value for one field, with the words that say it (建议内容)."""

    field: str
    value: str
    words: str
    confidence: float

    @property
    def percent(self) -> int:
        return round(self.confidence * 100)


@dataclass(frozen=True, kw_only=True)
class PostingSuggestions:
    """Everything that was read; nothing of it is written anywhere (识别建议)."""

    occupations: tuple[OccupationSuggestion, ...] = ()
    skills: tuple[FieldSuggestion, ...] = ()
    levels: tuple[FieldSuggestion, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.occupations or self.skills or self.levels)


def suggestions_for(*, kind: ListingKind, title: str, text: str) -> PostingSuggestions:
    """What the title and text of a listing of this kind may mean."""
    title = title.strip()[:LONGEST_TITLE]
    if len(title) < SHORTEST_TITLE or not kind.names_occupation:
        return PostingSuggestions()
    read = read_posting(title=title, text=text, alternatives=SHOWN - 1)
    return PostingSuggestions(
        occupations=tuple(occupations_of(read)),
        skills=skills_of(read, kind=kind),
        levels=levels_of(read, kind=kind),
    )


def occupations_of(read: ReadPosting) -> list[OccupationSuggestion]:
    """The occupations of the catalogue that were read, best first."""
    if not read.occupation.confidence:
        return []
    meant = {read.occupation.code: read.occupation.confidence}
    meant |= {other.code: other.confidence for other in read.occupation.alternatives}
    known = Occupation.objects.filter(pk__in=meant).in_bulk()
    return [
        OccupationSuggestion(occupation=known[code], confidence=confidence)
        for code, confidence in meant.items()
        if code in known
    ][:SHOWN]


def skills_of(read: ReadPosting, *, kind: ListingKind) -> tuple[FieldSuggestion, ...]:
    """The surest skills of the work, without what every work asks for."""
    if SKILL_NAMES not in kind.fields:
        return ()
    return tuple(
        FieldSuggestion(
            field=SKILL_NAMES.name,
            value=found.skill.name,
            words=found.words,
            confidence=found.confidence,
        )
        for found in sure_skills(read)
    )


def sure_skills(read: ReadPosting) -> list[FoundSkill]:
    return [
        found
        for found in read.skills
        if found.confidence >= SURE_SKILL and not found.skill.is_general
    ][:MOST_SKILLS]


def levels_of(read: ReadPosting, *, kind: ListingKind) -> tuple[FieldSuggestion, ...]:
    """Education and grade of skill, where the kind asks for them."""
    asked = {item.name: item for item in kind.fields}
    found = []
    if read.education and "education" in asked:
        value = education_word(read.education, choices=asked["education"].choices)
        found.append(suggestion("education", value, read.education))
    if read.grade and "skill_level" in asked:
        is_free = asked["skill_level"].type is FieldType.TEXT
        grade = GRADES[read.grade.value]
        known = is_free or grade in asked["skill_level"].choices
        found.append(suggestion("skill_level", grade if known else "", read.grade))
    return tuple(item for item in found if item.value)


def suggestion(field: str, value: str, level: ReadLevel) -> FieldSuggestion:
    return FieldSuggestion(field=field, value=value, words=level.words, confidence=level.confidence)


def education_word(level: ReadLevel, *, choices: tuple[str, ...]) -> str:
    """The choice of a kind that names this level of education, or nothing."""
    words = [word for word in choices if word in EDUCATION and EDUCATION[word] == level.value]
    return words[0] if words else ""


def text_of(values: Mapping[str, str], *, kind: ListingKind) -> str:
    """The long texts among the values of a form, as one text."""
    long = [item.name for item in kind.fields if item.type is FieldType.LONG_TEXT]
    return "\n".join(filter(None, (values.get(name, "") for name in [*long, "description"])))
