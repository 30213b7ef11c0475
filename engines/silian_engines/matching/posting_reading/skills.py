"""Skills found in a text (技能识别), each with its place and how sure it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from silian_engines.matching.posting_reading.parts import Part, Topic, parts_of
from silian_engines.matching.posting_reading.vocabulary import (
    Skill,
    lengths_by_start,
    look_alikes,
    plain,
    skill_of_form,
)


@dataclass(frozen=True, slots=True)
class FoundSkill:
    """A skill where the text first names it (识别出的技能); ``end`` is not in it.

    ``is_wish`` when it is only welcome (优先), not asked for.
    """

    skill: Skill
    start: int
    end: int
    words: str
    confidence: float
    is_wish: bool


_PHRASE_END = re.compile(r"[。；;，,\n\r!！]|\d{1,2}\s*[.、．)）]")
_ABILITY = re.compile(
    r"熟悉|熟练|精通|掌握|了解|具备|具有|擅长|会使用|能够|能使用|使用|操作|经验|负责|懂|从事|运用"
)
_WISH = re.compile(r"优先|加分|更佳|者佳|最好有")
_LATIN = re.compile(r"[a-z0-9]")
# A subject of study asked for: 市场营销、电子商务等相关专业.
_MAJOR = re.compile(
    r"[^,，。；;:：\s]{0,12}?(?:等|类|或|及|与|、|和)?(?:相关|类|近)?专业(?!知识|技能|能力|的)"
)
REACH = 24  # characters in which a verb of ability still speaks of the word after it
LEAST = 0.1


def skills_found(text: str, /, *, occupation: str = "") -> list[FoundSkill]:
    """The skills that a text names, once each, surest first.

    Basis of the confidence: ``weight`` below, compared with read postings in the bench.
    """
    simple = plain(text)
    best: dict[str, FoundSkill] = {}
    for part in parts_of(simple):
        if part.topic is Topic.BESIDE:
            continue
        for start, end, skill in _occurrences(simple, part=part):
            found = _found(text, simple, part, start, end, skill, occupation)
            known = best.get(skill.name)
            if known is None or known.confidence < found.confidence:
                best[skill.name] = found
    return sorted(best.values(), key=lambda found: (-found.confidence, found.start))


def _occurrences(simple: str, *, part: Part) -> Iterator[tuple[int, int, Skill]]:
    """Leftmost, longest spellings, none inside another word and none that names a major."""
    forms, place = skill_of_form(), part.start
    while place < part.end:
        end = _word_end(simple, start=place, limit=part.end)
        skill = forms.get(simple[place:end])
        if skill and not _MAJOR.match(simple, end, part.end):
            yield place, end, skill
        place = max(end, place + 1)


def _word_end(simple: str, *, start: int, limit: int) -> int:
    """Where the longest word of the vocabulary ends that begins here, or ``start`` for none."""
    for length in lengths_by_start().get(simple[start : start + 2], ()):
        end, word = start + length, simple[start : start + length]
        is_known = word in skill_of_form() or word in look_alikes()
        if is_known and end <= limit and _stands_alone(simple, start=start, end=end):
            return end
    return start


def _stands_alone(simple: str, *, start: int, end: int) -> bool:
    """A Latin word must not continue on either side: Java is not in JavaScript."""
    before, after = simple[start - 1 : start], simple[end : end + 1]
    if _LATIN.match(simple[start]) and before and _LATIN.match(before):
        return False
    return not (_LATIN.match(simple[end - 1]) and after and _LATIN.match(after))


def _found(
    text: str, simple: str, part: Part, start: int, end: int, skill: Skill, occupation: str
) -> FoundSkill:
    clause_start = max(part.start, _last_end(simple, before=start))
    phrase_end = _PHRASE_END.search(simple, end, part.end)
    rest = simple[end : phrase_end.start() if phrase_end else part.end]
    confidence = weight(
        skill=skill,
        words=simple[start:end],
        lead=simple[max(clause_start, start - REACH) : start],
        topic=part.topic,
        occupation=occupation,
    )
    return FoundSkill(skill, start, end, text[start:end], confidence, bool(_WISH.search(rest)))


def _last_end(simple: str, *, before: int) -> int:
    ends = [simple.rfind(mark, 0, before) for mark in "。；;\n\r!！"]
    return max(ends) + 1


def weight(*, skill: Skill, words: str, lead: str, topic: Topic, occupation: str) -> float:
    """How likely a mention is a skill of the work (可信度).

    A long or technical word tells more than two characters; a verb of ability before it, a
    heading of duties or demands above it, and an occupation that needs it all speak for it.
    """
    share = 0.55 if len(words) == 2 and not _LATIN.match(words) else 0.75
    share += 0.12 if _ABILITY.search(lead) else 0.0
    share += 0.06 if topic in (Topic.DUTIES, Topic.DEMANDS) else 0.0
    if occupation and not skill.is_general:
        share += 0.1 if skill.belongs_to(occupation) else -0.1
    return round(min(max(share, LEAST), 0.97), 2)
