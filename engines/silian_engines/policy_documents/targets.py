"""Numeric targets: which numbers bind someone, how far, until when, how firmly (量化指标)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .clause_text import ClauseText
from .comparators import AT_MOST, EXACT, has_bound, operator_of
from .deadlines import TimePhrase
from .document import NumericTarget
from .force import force_of, kind_of
from .numerals import chinese_number
from .quantities import Quantity
from .sentences import Segment, Sentence

_WINDOW = re.compile(
    r"(?:每|前|近|任意)(?:隔)?(?P<n>\d{1,2}|[一二两三四五六七八九十])个?(?P<unit>年|学年|学期|个月|月)"
)
_CYCLE = re.compile(r"一(?P<per>轮|次|届|个?周期)")
_PER_HEAD = re.compile(
    r"每(?:一|1)?(?:个|名|位)?(?P<who>人|生|家|户|校|所|名|项|个|台|件|站|班|亩|吨|次)(?:次|企业|平台)?"
    r"(?:[,，]?每(?P<time>学年|学期|年|月|天|日))?"
)
_PER_TIME = re.compile(r"(?:每|按)(?P<time>学年|学期|年|月|周|天|日)(?![度均初])")
_PER_EACH = re.compile(
    r"(?:每(?:[所个家名位]|一(?:所|个|家))?|各)(?P<who>[^，。、；每各至应要都均须必建设创配培新发推]{1,10}?)"
    r"(?:至少|不少于|应|要|都|均|须|必须|建|设|创|配|培|新|打造|发展|推|提供|安排|选派)"
)
_SAME_AGAIN = re.compile(r"超过?[^，。；]*$|超出[^，。；]*$")
_BUILDS = re.compile(
    r"建|创|育|打造|培养|新增|引进|引育|认定|遴选|发展|形成|实施|组建|开展|完成|集聚|推广|发布|设|扩|增|争取|申报|选|评|支持|举办|推动|布局"
)
_RATE_BASE = re.compile(r"每[\u4e00-\u9fa5]{1,8}$")
_LIST_STOP = re.compile(r"[、和及或与]")


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
    for context in _contexts(clause.text, sentence, bounds):
        context.previous_op = op
        target = _target(clause, context, phrases, governing)
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
    if quantity.word_numeral is None or quantity.word_numeral in ("首",):
        return True
    if quantity.unit == "%" or len(quantity.values) == 2:
        return True
    before, after = text[segment.start : quantity.start], text[quantity.end : quantity.end + 6]
    if has_bound(before=before, after=after):
        return not _ORDINARY_WORDS.match(text, quantity.start)
    counts = not quantity.is_time and not quantity.is_share and quantity.values[0] >= 2
    return counts and due is not None and bool(_BUILT.search(before)) and not _NAMED.match(after)


_BUILT = re.compile(r"(?:建设|建成|创建|打造|培育|新增|组建|设立|新建|引进|认定)[^、，]{0,4}$")
_NAMED = re.compile(r"中心城市|大|个一|批")
_ORDINARY_WORDS = re.compile(r"一(?:次性|个人|批|期|流|种)|十四五|两个")


def _is_window(text: str, quantity: Quantity) -> bool:
    """每五年, 前3年: the window of the bound that follows."""
    head = text[max(0, quantity.start - 2) : quantity.start]
    return quantity.is_time and head.endswith(("每", "前", "每隔", "近"))


def _is_rate_base(context: _Context) -> bool:
    """每认定1家给予10万元: the 1 is the base of the amount."""
    quantity, following = context.quantity, context.following
    before = context.text[context.segment.start : quantity.start]
    return (
        quantity.values == (1,)
        and following is not None
        and following.is_money
        and following.start < context.segment.end
        and bool(_RATE_BASE.search(before))
    )


def _is_second_mention(context: _Context) -> bool:
    """超过…12%的部分 repeats the bound of the sentence before."""
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
    clause: ClauseText, context: _Context, phrases: list[TimePhrase], governing: TimePhrase | None
) -> NumericTarget:
    text, quantity = context.text, context.quantity
    first, last = _phrase_span(context)
    phrase = text[first:last]
    op = _operator(context, first)
    due = _due(context, phrases, governing)
    kind = kind_of(
        text=text,
        quantity=quantity,
        phrase=phrase,
        sentence=context.sentence,
        is_due=due is not None and op != AT_MOST,
    )
    force = force_of(
        text=text,
        quantity=quantity,
        segment=context.segment,
        sentence=context.sentence,
        kind=kind,
        due=due,
    )
    start, end = clause.traced.span(first, last)
    since = _since(quantity, phrases, due)
    return NumericTarget(
        phrase=phrase,
        values=quantity.values,
        unit=_unit_of(context),
        op=op,
        kind=kind,
        force=force,
        deadline=due.year if due else None,
        start=start,
        end=end,
        effective_from=since,
        horizon=due.horizon if due else None,
        window=_window(context),
        word_numeral=quantity.word_numeral,
    )


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
    return start, max(end, quantity.end)


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
    has_range = len(quantity.values) == 2
    before = text[phrase_start : quantity.start]
    op = operator_of(before=before, after=after, has_range=has_range)
    continues = previous is not None and text[previous.end : quantity.start] in (
        "、",
        "和",
        "或",
        "，",
    )
    if op == EXACT and continues and context.previous_op in (">=", "<="):
        return context.previous_op
    if op == EXACT and "可将" in before:
        return AT_MOST
    if op == EXACT and quantity.is_time and text.startswith("内", quantity.end):
        return AT_MOST
    return op


def _unit_of(context: _Context) -> str:
    """The unit with what it is counted per: 元/人·年, 个/校, 年/轮."""
    text, segment, quantity = context.text, context.segment, context.quantity
    unit = quantity.unit
    if "/" in unit or quantity.is_share:
        return unit
    cycle = _CYCLE.match(text, quantity.end)
    if quantity.is_time:
        return f"{unit}/{cycle['per']}" if cycle else unit
    before = text[segment.start : quantity.start]
    return unit + (_per_head(before) if quantity.is_money else _per_each(before))


def _per_head(before: str) -> str:
    heads = list(_PER_HEAD.finditer(before))
    if heads:
        head = heads[-1]
        return f"/{head['who']}·{head['time']}" if head["time"] else f"/{head['who']}"
    time = _PER_TIME.search(before)
    if time:
        return f"/{time['time']}"
    rate = re.search(r"每[\u4e00-\u9fa5]{1,6}1(?P<unit>[个家名项人])", before)
    return f"/{rate['unit']}" if rate else ""


def _per_each(before: str) -> str:
    each = _PER_EACH.search(before)
    if each and not each["who"].startswith(("年", "月", "学", "级", "类", "地区分")):
        who = each["who"]
        return "/校" if who.endswith(("校", "院", "学")) else f"/{who}"
    time = _PER_TIME.search(before)
    return f"/{time['time']}" if time else ""


def _window(context: _Context) -> dict[str, Any] | None:
    """The period over which a bound is counted (每5年累计不少于6个月)."""
    if not context.quantity.is_time:
        return None
    before = context.text[context.segment.start : context.quantity.start]
    match = _WINDOW.search(before)
    if match is None:
        return None
    numeral = match["n"]
    value = int(numeral) if numeral.isdigit() else chinese_number(numeral)
    return {"value": value, "unit": match["unit"]}


def _before(quantity: Quantity, phrases: list[TimePhrase]) -> TimePhrase | None:
    due = None
    for each in phrases:
        if each.start < quantity.start and (each.year or each.horizon):
            due = each
    return due


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
