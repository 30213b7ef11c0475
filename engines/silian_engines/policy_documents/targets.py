"""Numeric targets: which numbers bind someone, how far, until when, how firmly (量化指标)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from .clause_text import ClauseText
from .comparators import AT_MOST, EXACT, has_bound, operator_of
from .deadlines import TimePhrase
from .denominators import unit_with_denominator, window_before
from .document import NumericTarget
from .force import SUBSIDY, TAX, force_of, kind_of
from .quantities import RATIO, Quantity
from .sentences import Segment, Sentence

_SAME_AGAIN = re.compile(r"超过?[^，。；]*$|超出[^，。；]*$")
_RATE_BASE = re.compile(r"每[\u4e00-\u9fa5]{1,8}$")
_RATE_STEP = re.compile(r"每(?:再|多)?(?:增加|新增|增|多|超过|超|提高|满)$")
_GIVEN = re.compile(
    r"(?:充分|紧紧|紧密|重点)?(?:依托|围绕|聚焦|针对|立足|结合|现有)(?!.*(?:建|培育|打造|新增|引进))"
)
_SHARED_BOUND = re.compile(r"[、和及][\u4e00-\u9fa5“”]{0,8}$")
_LIST_STOP = re.compile(r"[、和及或与]")
_ITEM_LABEL = re.compile(r"(?:[（(]\d{1,2}[）)]|[①-⑳]|\d{1,2}[.．、](?!\d))")
_CONTINUES_LIST = ("、", "和", "或", "，")
_BUILT = re.compile(r"(?:建设|建成|创建|打造|培育|新增|组建|设立|新建|引进|认定)[^、，]{0,4}$")
_NAMED = re.compile(r"中心城市|大|个一|批")
_ORDINARY_WORDS = re.compile(r"一(?:次性|个人|批|期|流|种)|十四五|两个")


@dataclass(slots=True)
class _Context:
    """What a sentence says around one of its numbers."""

    text: str
    sentence: Sentence
    segment: Segment
    quantity: Quantity
    previous: Quantity | None
    following: Quantity | None
    previous_op: str | None = None


def targets_in(
    *,
    clause: ClauseText,
    sentence: Sentence,
    quantities: list[Quantity],
    phrases: list[TimePhrase],
    governing: TimePhrase | None,
) -> Iterator[NumericTarget]:
    """The numeric targets of one sentence, under the time phrase that governs it."""
    free = [each for each in quantities if not _inside(each, phrases)]
    bounds = [
        context.quantity
        for context in _contexts(clause.text, sentence, free)
        if _binds(context, governing or _before(context.quantity, phrases))
    ]
    op: str | None = None
    shared = _shared_out(clause.text, phrases, bounds)
    for context in _contexts(clause.text, sentence, bounds):
        context.previous_op = op
        due = shared.get(context.quantity) or _due(context, phrases, governing)
        target = _target(clause, context, phrases, due)
        op = target.op
        yield target


def _contexts(text: str, sentence: Sentence, quantities: list[Quantity]) -> Iterator[_Context]:
    for before, each, after in zip(
        [None, *quantities], quantities, [*quantities[1:], None], strict=False
    ):
        yield _Context(text, sentence, _segment_of(sentence, each), each, before, after)


def _inside(quantity: Quantity, phrases: list[TimePhrase]) -> bool:
    return any(each.start <= quantity.start < each.end for each in phrases)


def _segment_of(sentence: Sentence, quantity: Quantity) -> Segment:
    for segment in sentence.segments:
        if segment.start <= quantity.start < segment.end:
            return segment
    return Segment(sentence.start, sentence.end)


def _binds(context: _Context, due: TimePhrase | None) -> bool:
    """Whether a number is a bound at all, not a name, a window or a second mention."""
    text, quantity, segment = context.text, context.quantity, context.segment
    if _is_window(text, quantity) or _is_rate_base(context) or _is_second_mention(context):
        return False
    if _is_given(context):
        return False
    if quantity.word_numeral is None or quantity.word_numeral == "首":
        return True
    if quantity.unit in ("%", "番", RATIO) or quantity.is_range:
        is_fraction = "分之" in quantity.word_numeral or "/" in quantity.word_numeral
        return not is_fraction or _is_bounded(context)
    before, after = text[segment.start : quantity.start], text[quantity.end : quantity.end + 6]
    if has_bound(before=before, after=after):
        return not _ORDINARY_WORDS.match(text, quantity.start)
    counts = not quantity.is_time and not quantity.is_share and quantity.values[0] >= 2
    return counts and due is not None and bool(_BUILT.search(before)) and not _NAMED.match(after)


def _is_bounded(context: _Context) -> bool:
    """A share given as a fraction counts only beside a bound."""
    text, quantity = context.text, context.quantity
    before = text[context.segment.start : quantity.start]
    return has_bound(before=before, after=text[quantity.end : quantity.end + 6])


def _is_window(text: str, quantity: Quantity) -> bool:
    """每五年, 前3年: the window of the bound that follows; 有效期5年: the life of the document."""
    head = text[max(0, quantity.start - 4) : quantity.start]
    return quantity.is_time and head.endswith(
        ("每", "前", "每隔", "近", "有效期", "有效期为", "试行", "试行期")
    )


def _is_rate_base(context: _Context) -> bool:
    """每认定1家给予10万元, 每增加100人，再给予10万元: the base of the amount."""
    quantity, following = context.quantity, context.following
    before = context.text[context.segment.start : quantity.start]
    if following is not None and following.is_money and _RATE_STEP.search(before):
        return following.start < context.sentence.end
    return (
        quantity.values == (1,)
        and following is not None
        and following.is_money
        and following.start < context.segment.end
        and bool(_RATE_BASE.search(before))
    )


def _is_given(context: _Context) -> bool:
    """依托12个产业集群: what is there already, not what is to be reached."""
    text, quantity = context.text, context.quantity
    before = text[context.segment.start : quantity.start]
    counts = not quantity.is_share and not quantity.is_money and not quantity.is_time
    return (
        counts
        and bool(_GIVEN.match(before))
        and not has_bound(before=before, after=text[quantity.end : quantity.end + 6])
    )


def _is_second_mention(context: _Context) -> bool:
    """超过…12%的部分 repeats the bound of the sentence before (不超过 sets one)."""
    quantity = context.quantity
    after = context.text[quantity.end : quantity.end + 3]
    before = context.text[context.segment.start : quantity.start]
    number = context.text[quantity.start : quantity.end]
    return (
        after.startswith(("的部分", "部分"))
        and bool(_SAME_AGAIN.search(before))
        and "不" not in before[-12:]
        and number in context.text[: context.segment.start]
    )


def _target(
    clause: ClauseText, context: _Context, phrases: list[TimePhrase], due: TimePhrase | None
) -> NumericTarget:
    text, quantity = context.text, context.quantity
    first, last = _phrase_span(context)
    phrase = text[first:last]
    op = _operator(context, first)
    kind = kind_of(
        text=text,
        quantity=quantity,
        phrase=phrase,
        sentence=context.sentence,
        is_due=due is not None and op != AT_MOST,
    )
    if kind in (SUBSIDY, TAX) and due and _is_apart(text, due, context):
        due = None
    start, end = clause.traced.span(first, last)
    since = _since(quantity, phrases, due)
    return NumericTarget(
        phrase=phrase,
        values=quantity.values,
        unit=unit_with_denominator(text=text, start=context.segment.start, quantity=quantity),
        op=op,
        kind=kind,
        force=_force(context, kind, due),
        deadline=due.year if due else None,
        start=start,
        end=end,
        effective_from=since,
        horizon=due.horizon if due else None,
        window=window_before(text=text, start=context.segment.start, quantity=quantity),
        word_numeral=quantity.word_numeral,
    )


def _force(context: _Context, kind: str, due: TimePhrase | None) -> str:
    return force_of(
        text=context.text,
        quantity=context.quantity,
        segment=context.segment,
        sentence=context.sentence,
        kind=kind,
        due=due,
    )


def _is_apart(text: str, due: TimePhrase, context: _Context) -> bool:
    """Whether a rate stands in another sentence than the deadline, or after its semicolon."""
    outside = due.start < context.sentence.start
    return outside or text.find("；", due.end, context.quantity.start) >= 0


def _phrase_span(context: _Context) -> tuple[int, int]:
    """The words about one number: its segment, or its share of an enumeration."""
    text, segment, quantity = context.text, context.segment, context.quantity
    start, end = segment.start, segment.end
    previous, following = context.previous, context.following
    if previous and previous.end > start:
        cut = _last_stop(text, previous.end, quantity.start)
        start = cut + 1 if cut is not None else quantity.start
    if following and following.start < end:
        cut = _last_stop(text, quantity.end, following.start)
        end = cut if cut is not None else following.start
    if text[start:end].endswith("的部分") and text[end : end + 1] in ("，", ","):
        end = next((s.end for s in context.sentence.segments if s.start > end), end)
    label = _ITEM_LABEL.match(text, start, quantity.start)
    return (label.end() if label else start), max(end, quantity.end)


def _last_stop(text: str, start: int, end: int) -> int | None:
    found = None
    for match in _LIST_STOP.finditer(text, start, end):
        if match.group() == "、" or text[match.end() : end].strip() == "":
            found = match.start()
    return found


def _operator(context: _Context, phrase_start: int) -> str:
    """The bound; a number that merely continues a list keeps the bound before it."""
    text, quantity, previous = context.text, context.quantity, context.previous
    after = text[quantity.end : quantity.end + 8]
    has_range = quantity.is_range
    earliest = max(context.segment.start, previous.end) if previous else phrase_start
    before = text[min(phrase_start, earliest) : quantity.start]
    op = operator_of(before=before, after=after, has_range=has_range)
    between = text[previous.end : quantity.start] if previous is not None else ""
    shares = "分别" in before + text[context.segment.start : quantity.start]
    continues = between in _CONTINUES_LIST or (shares and bool(_SHARED_BOUND.fullmatch(between)))
    if op == EXACT and continues and context.previous_op in (">=", "<="):
        return context.previous_op
    if op == EXACT and "可将" in before:
        return AT_MOST
    if op == EXACT and quantity.is_time and text.startswith("内", quantity.end):
        return AT_MOST
    return op


def _before(quantity: Quantity, phrases: list[TimePhrase]) -> TimePhrase | None:
    due = None
    for each in phrases:
        if each.start < quantity.start and (each.year or each.horizon):
            due = each
    return due


def _shared_out(
    text: str, phrases: list[TimePhrase], bounds: list[Quantity]
) -> dict[Quantity, TimePhrase]:
    """到甲年、乙年分别达到…: each number takes its own year."""
    years = [each for each in phrases if each.year]
    for first, second in itertools.pairwise(years):
        after = [each for each in bounds if each.start > second.end]
        adjacent = text[first.end : second.start] in ("、", "和")
        if adjacent and len(after) == 2 and "分别" in text[second.end : after[0].start]:
            return {after[0]: first, after[1]: second}
    return {}


def _due(
    context: _Context, phrases: list[TimePhrase], governing: TimePhrase | None
) -> TimePhrase | None:
    """The time phrase before the number, or after it in the same segment, or the governing one."""
    due = _before(context.quantity, phrases)
    if due:
        return due
    for each in phrases:
        if each.year and context.quantity.end <= each.start < context.segment.end:
            return each
    return governing


def _since(quantity: Quantity, phrases: list[TimePhrase], due: TimePhrase | None) -> str | None:
    """The year of beginning, unless a deadline has taken over since."""
    for each in reversed(phrases):
        if each.start < quantity.start and each.since:
            return None if due and due.start > each.start else each.since
    return None
