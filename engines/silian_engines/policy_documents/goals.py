"""Goals with a date and no number, and the reading of a clause's numbers (目标与时限)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .clause_text import ClauseText
from .deadlines import TimePhrase, time_phrases
from .document import DatedGoal, NumericTarget
from .quantities import Quantity, quantities_of
from .sentences import Segment, Sentence, sentences_of
from .targets import targets_in

_OPENING = 14
_DIGIT = re.compile(r"\d")
_STRIVING = re.compile(r"(?:力争|争取|确保|努力|计划)$")


def numbers_and_goals(
    *,
    clause: ClauseText,
    skipped: tuple[tuple[int, int], ...],
    inherited: TimePhrase | None,
) -> tuple[list[NumericTarget], list[DatedGoal], TimePhrase | None]:
    """Numeric targets, dated goals, and the deadline that governs clauses below."""
    targets: list[NumericTarget] = []
    goals: list[DatedGoal] = []
    governing = inherited
    for sentence in sentences_of(
        text=clause.text,
        paragraph_starts=_paragraphs(clause),
        skipped=((0, clause.label_end), *skipped),
    ):
        if sentence.is_background(clause.text):
            continue
        phrases = time_phrases(text=clause.text, start=sentence.start, end=sentence.end)
        quantities = quantities_of(text=clause.text, start=sentence.start, end=sentence.end)
        if sentence.opens_paragraph:
            governing = _opening_phrase(clause.text, sentence, phrases) or inherited
        if quantities:
            targets.extend(
                targets_in(
                    clause=clause,
                    sentence=sentence,
                    quantities=quantities,
                    phrases=phrases,
                    governing=governing,
                )
            )
        goals.extend(_goals(clause, sentence, quantities, phrases))
    return targets, goals, governing


def _paragraphs(clause: ClauseText) -> tuple[int, ...]:
    """Paragraph starts, the words after a run-in heading included."""
    return tuple(sorted({*clause.paragraph_starts, clause.label_end, clause.body_start}))


def _opening_phrase(text: str, sentence: Sentence, phrases: list[TimePhrase]) -> TimePhrase | None:
    """A deadline at the head of a paragraph governs all of it."""
    for each in phrases:
        is_near = each.start - sentence.start < _OPENING and each.end < sentence.end
        if each.year and is_near and not _DIGIT.search(text, sentence.start, each.start):
            return each
    return None


def _goals(
    clause: ClauseText, sentence: Sentence, quantities: list[Quantity], phrases: list[TimePhrase]
) -> Iterator[DatedGoal]:
    free = [q for q in quantities if not any(p.start <= q.start < p.end for p in phrases)]
    for index, phrase in enumerate(phrases):
        if phrase.since or not phrase.is_goal:
            continue
        limit = phrases[index + 1].start if index + 1 < len(phrases) else sentence.end
        end = _goal_end(clause.text, sentence, free, phrase, limit)
        if end is not None:
            yield _goal(clause, sentence, phrase, end)


def _goal_end(
    text: str, sentence: Sentence, quantities: list[Quantity], phrase: TimePhrase, limit: int
) -> int | None:
    """Where the unnumbered goal of a deadline ends, or None when numbers follow at once."""
    ahead = [s for s in sentence.segments if s.end > phrase.end and s.start < limit]
    if ahead and _is_bare(text, ahead[0], phrase):
        ahead = ahead[1:]
    if _counted(ahead[:1], quantities):
        return _batch_end(text, ahead[1:2], quantities)
    if phrase.horizon:
        return phrase.end
    return min(ahead[0].end, limit) if ahead else None


def _batch_end(text: str, second: list[Segment], quantities: list[Quantity]) -> int | None:
    """After a number, only a batch (一批) named at once is still a goal of its own."""
    if not second or _counted(second, quantities):
        return None
    return second[0].end if "一批" in text[second[0].start : second[0].end] else None


def _is_bare(text: str, segment: Segment, phrase: TimePhrase) -> bool:
    """Whether a segment holds little more than the time phrase."""
    return segment.start <= phrase.start and segment.end - phrase.end <= 3


def _counted(segments: list[Segment], quantities: list[Quantity]) -> bool:
    return any(
        s.start <= q.start < s.end
        and (q.word_numeral is None or q.word_numeral == "首" or q.is_share)
        for s in segments
        for q in quantities
    )


def _goal(clause: ClauseText, sentence: Sentence, phrase: TimePhrase, end: int) -> DatedGoal:
    begin = phrase.start
    striving = _STRIVING.search(clause.text, sentence.start, begin)
    begin = striving.start() if striving else begin
    start, stop = clause.traced.span(begin, end)
    return DatedGoal(clause.text[begin:end], phrase.year, start, stop, phrase.horizon)
