"""Responsibility tails: where they stand in a clause, and who they name (责任尾注)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .bodies import BODY_END, identify, level_prefix, with_prefix
from .brackets import closing
from .clause_text import ClauseText
from .document import Doubt, Findings, Member, Repair, Tail
from .name_repair import repaired_name
from .tail_grammar import DUTY_LABEL, LABEL, Grouped, Words, grouped

_OPENERS = re.compile(r"[（(\[［〔【]")
_LOST_OPENING = re.compile(
    r"(?<=[。；;！])(?P<content>[^。；;！（(]{4,240}?(?:负责|配合|落实|牵头|参与))[）)](?=$)"
)
_SENTENCE_WORD = re.compile(r"[由的将被把须是为指含]|应(?!急)")
_GOVERNING = ("下级政府", "有关部门(泛称)", "行业主管部门(泛称)")
_VERTICAL = ("人民银行", "银保监", "证监", "海关")
_OFFICE = re.compile(r"[局委厅办部府会院校区队]|公司|企业|中心|单位|小组|专班|银行|海关|支行")
_SENTENCE_END = "。；;！!？?”）)】]："
_DAMAGE = "责任分工括号缺失，按句末位置读出"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a tail stands in the clause text, and its content inside the brackets."""

    start: int
    end: int
    content_start: int
    content_end: int
    is_damaged: bool = False


def tails_of(*, clause: ClauseText, findings: Findings, seen: frozenset[str]) -> tuple[Tail, ...]:
    """The responsibility tails of a clause, in printed order."""
    return tuple(
        tail
        for place in _merged(clause.text, list(_places(clause)))
        if (tail := _tail(clause, place, findings, seen)) is not None
    )


def ends_in_tail(text: str) -> bool:
    """Whether a paragraph closes with a responsibility tail."""
    return any(place.end >= len(text) - 1 for place in _bracketed(text, ()))


def _places(clause: ClauseText) -> Iterator[_Place]:
    text = clause.text
    found = list(_bracketed(text, clause.paragraph_starts))
    yield from found
    covered = max((place.end for place in found), default=0)
    for match in LABEL.finditer(text, max(covered, clause.body_start)):
        if not _starts_unbracketed(clause, match):
            continue
        end = _paragraph_end(clause, match.start())
        content_end = end - 1 if text[end - 1] in "。）)】" else end
        yield _Place(match.start(), end, match.start(), content_end, text[end - 1] in "）)】")
        return
    lost = _LOST_OPENING.search(text, covered)
    if lost and _is_tail(lost["content"]):
        yield _Place(lost.start(), lost.end(), lost.start(), lost.end("content"), is_damaged=True)


def _starts_unbracketed(clause: ClauseText, label: re.Match[str]) -> bool:
    """A label without brackets opens a tail after a sentence or at a line start."""
    start = label.start()
    if not DUTY_LABEL.search(label["label"]):
        return False
    return start in clause.line_starts or clause.text[start - 1] in "。；;！）)】]"


def _bracketed(text: str, paragraph_starts: tuple[int, ...]) -> Iterator[_Place]:
    """Tails in brackets; the last may have lost its closing bracket."""
    position = 0
    while match := _OPENERS.search(text, position):
        start = match.start()
        position = start + 1
        if not _may_open_tail(text, start, paragraph_starts):
            continue
        end = closing(text, start)
        is_damaged = end is None
        if end is None:
            end = _unclosed_end(text, start)
        content = text[start + 1 : end]
        follows = start == 0 or start in paragraph_starts or text[start - 1] in _SENTENCE_END
        if _is_tail(content, follows_sentence=follows) and (
            end + 1 >= len(text) or _at_sentence_end(text, start, end)
        ):
            yield _Place(start, min(end + 1, len(text)), start + 1, end, is_damaged)
            position = end + 1


def _may_open_tail(text: str, start: int, paragraph_starts: tuple[int, ...]) -> bool:
    """A tail stands after a sentence, at a line start, or says 责任单位 itself."""
    if start == 0 or start in paragraph_starts or text[start - 1] in _SENTENCE_END:
        return True
    return LABEL.match(text, start + 1) is not None or _closes_sentence(text, start)


def _closes_sentence(text: str, start: int) -> bool:
    end = closing(text, start)
    return end is not None and (end + 1 == len(text) or text[end + 1] in "。；;")


def _at_sentence_end(text: str, start: int, end: int) -> bool:
    """In mid-paragraph a tail must follow a sentence, or stand before its full stop."""
    before = start == 0 or text[start - 1] in _SENTENCE_END
    return before or text[end + 1] in "。；;（(" or LABEL.match(text, start + 1) is not None


def _unclosed_end(text: str, start: int) -> int:
    stop = text.find("。", start)
    end = len(text) if stop < 0 else stop
    return end - 1 if text[end - 1] in "）)】]" else end


def _is_tail(content: str, *, follows_sentence: bool = True) -> bool:
    """Whether the words in a bracket say who must act."""
    if len(content) > 400:
        return False
    if LABEL.match(content):
        return True
    if len(content) < 4 or "。" in content[:-1] or not _OFFICE.search(content):
        return False
    groups = grouped(content)
    if not groups.words or _SENTENCE_WORD.search(groups.words[0].printed):
        return False
    if groups.modes:
        first = groups.words[0]
        return _is_body(first.printed) or first.open_ended is not None
    return follows_sentence and _is_bare_list([words.printed for words in groups.words])


def _is_body(name: str) -> bool:
    return bool(BODY_END.search(name)) or identify(name).is_known


def _is_bare_list(names: list[str]) -> bool:
    """A tail without verb: nothing but bodies, an office or a government among them."""
    bodies = [identify(name) for name in names]
    return all(body.is_known for body in bodies) and any(
        (body.in_table and body.level)
        or body.function in _GOVERNING
        or (body.function in _VERTICAL and bool(BODY_END.search(body.name)))
        for body in bodies
    )


def _paragraph_end(clause: ClauseText, start: int) -> int:
    """A label without brackets runs to the last labelled line of the clause."""
    text = clause.text
    end = len(text)
    for paragraph in clause.paragraph_starts:
        if paragraph > start and not LABEL.match(text, paragraph):
            end = paragraph
            break
    stop = text.find("。", start, end)
    return end if stop < 0 else stop + 1


def _merged(text: str, places: list[_Place]) -> list[_Place]:
    """Adjacent tails such as （牵头单位：甲）（配合单位：乙） are one."""
    merged: list[_Place] = []
    for place in places:
        last = merged[-1] if merged else None
        if last and last.end == place.start and LABEL.match(text, place.content_start):
            damaged = last.is_damaged or place.is_damaged
            merged[-1] = _Place(
                last.start, place.end, last.content_start, place.content_end, damaged
            )
        else:
            merged.append(place)
    return merged


def _tail(
    clause: ClauseText, place: _Place, findings: Findings, seen: frozenset[str]
) -> Tail | None:
    content = re.sub(
        r"[）)】][（(【]", "；；", clause.text[place.content_start : place.content_end]
    )
    groups = grouped(content)
    if not groups.words:
        return None
    start, end = clause.traced.span(place.start, place.end)
    raw = clause.text[place.start : place.end]
    if place.is_damaged:
        findings.doubts.append(Doubt("tail_bracket", raw, (f"（{content}）",), start, end, _DAMAGE))
    members = members_of(
        clause=clause,
        content_start=place.content_start,
        groups=groups,
        findings=findings,
        seen=seen,
    )
    open_ended = next((w.open_ended for w in groups.words if w.open_ended), None)
    mode = "+".join(dict.fromkeys(groups.modes)).replace("会同…+", "会同…")
    return Tail(raw, mode, members, open_ended, groups.due, start, end)


def members_of(
    *,
    clause: ClauseText,
    content_start: int,
    groups: Grouped,
    findings: Findings,
    seen: frozenset[str],
) -> tuple[Member, ...]:
    """Names with elided prefixes restored and damaged letters mended where certain."""
    members: list[Member] = []
    level: str | None = None
    for words in groups.words:
        first = content_start + words.start
        start, end = clause.traced.span(first, first + len(words.printed))
        breaks = [b - first for b in clause.line_starts if first < b < first + len(words.printed)]
        for name in repaired_name(
            printed=words.printed, breaks=breaks, start=start, end=end, findings=findings, seen=seen
        ):
            full = with_prefix(name=name, level=level) if level else None
            if full is not None:
                _record_level(name, full, start, end, findings)
            level = level_prefix(name) or level
            members.append(_member(words, full or name, start, end))
    return tuple(members)


def _record_level(name: str, full: str, start: int, end: int, findings: Findings) -> None:
    """A name of the table takes the level with certainty, any other with a doubt."""
    if identify(name).in_table:
        reason = "前一单位写明层级，此处承前省略"
        findings.repairs.append(Repair("restored_prefix", name, full, start, end, reason))
    else:
        reason = "名称不在机构名录中，层级承前推定"
        findings.doubts.append(Doubt("elided_level", name, (full, name), start, end, reason))


def _member(words: Words, name: str, start: int, end: int) -> Member:
    return Member(
        name=name,
        printed=words.printed,
        role=words.role,
        leads=words.leads,
        function=identify(name).function,
        start=start,
        end=end,
    )
