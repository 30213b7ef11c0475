"""One title and one text become an occupation, skills and a level (岗位识别)."""

from collections.abc import Sequence
from dataclasses import dataclass

from silian_engines.matching.occupation_coding import CodedTitle, code_title, code_titles
from silian_engines.matching.posting_reading.levels import (
    ReadLevel,
    education_asked,
    grade_asked,
    years_asked,
)
from silian_engines.matching.posting_reading.skills import FoundSkill, skills_found


@dataclass(frozen=True, slots=True)
class ReadPosting:
    """What a posting says, as far as it could be read (识别结果); suggestions, never facts.

    Offsets count in ``title + "\\n" + text``.
    """

    occupation: CodedTitle
    skills: tuple[FoundSkill, ...]
    education: ReadLevel | None
    grade: ReadLevel | None
    years: ReadLevel | None


def read_posting(*, title: str, text: str = "", alternatives: int = 2) -> ReadPosting:
    """Read one posting, with other occupations that the title may mean."""
    coded = code_title(title=title, text=text, alternatives=alternatives)
    return _read(title=title, text=text, coded=coded)


def read_postings(*, titles: Sequence[str], texts: Sequence[str]) -> list[ReadPosting]:
    """Read many postings, without other occupations."""
    coded = code_titles(titles=titles, texts=texts)
    return [
        _read(title=title, text=text, coded=one)
        for title, text, one in zip(titles, texts, coded, strict=True)
    ]


def _read(*, title: str, text: str, coded: CodedTitle) -> ReadPosting:
    whole = f"{title}\n{text}"
    occupation = coded.code if coded.confidence else ""
    return ReadPosting(
        occupation=coded,
        skills=tuple(skills_found(whole, occupation=occupation)),
        education=education_asked(whole),
        grade=grade_asked(whole),
        years=years_asked(whole),
    )
