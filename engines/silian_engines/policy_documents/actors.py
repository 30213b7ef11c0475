"""Bodies given a duty in running text, outside any tail (正文中的责任主体)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .bodies import BODY_END, Body, identify
from .brackets import top_level_parts
from .clause_text import ClauseText
from .document import Actor
from .sentences import sentences_of

_DUTY = re.compile(
    r"(?P<role>牵头[^，。；、]{0,14}|密切配合|积极配合|协同配合|积极参与|共同参与|大力支持|积极支持|负责|做好|指导开展工作"
    r"|会同|按程序报批|(?:将|把)(?=[^，。]{2,40}(?:纳入|作为))|(?:要|应当|应|须|必须)(?=[^用届聘]))"
)
_LEAD_IN = re.compile(r"^.*?(?:建立健全|建立|完善|健全|形成|构建|成立|领导下|由|经)由?")
_MANNER = re.compile(r"(?:按规定|按照规定|依法|按职责|共同|具体|分别|等|应|要|也)+$")
_OPEN = re.compile(
    r"等(?:[一二三四五六七八九十\d]*个?)?(?:市级|省级|区级)?(?:有关|相关|多?个?)?(?:部门|单位)?$"
)
_VERB = re.compile(
    r"落实|支持|配合|参与|牵头|加强|制定|做好|统筹|编制|建立|推进|报送|履行|坚持|组织|完善|指导|提供|纳入"
)
_SHARED_END = re.compile(r"部门$")
_PUBLIC = (
    "行业主管部门(泛称)", "有关部门(泛称)", "下级政府", "园区管委会", "议事协调机构", "试点主体"
)  # fmt: skip
_SUBJECT = re.compile(
    r"[省市区县州]|各|有关|相关|地方|地市|财政|税务|科技|发改|发展|教育|人社|人力|试点|国有|金融"
    r"|行业|工业|承担|中小学|企业|高校"
)


def actors_in(*, clause: ClauseText, skipped: tuple[tuple[int, int], ...]) -> tuple[Actor, ...]:
    """The bodies with a duty in the text of a clause, each duty once."""
    found: dict[tuple[str, str], Actor] = {}
    for sentence in sentences_of(
        text=clause.text, paragraph_starts=clause.paragraph_starts, skipped=skipped
    ):
        previous: tuple[int, int] | None = None
        for segment in sentence.segments:
            for actor in _actors_of_segment(clause, (segment.start, segment.end), previous):
                found.setdefault((actor.name, actor.role), actor)
            previous = (segment.start, segment.end)
    return tuple(found.values())


def _actors_of_segment(
    clause: ClauseText, span: tuple[int, int], previous: tuple[int, int] | None
) -> Iterator[Actor]:
    duty = _DUTY.search(clause.text, *span)
    if duty is None:
        return
    start, end = span[0], duty.start()
    if start == end and duty["role"][0] in "要应须必" and previous:
        start, end = previous
    names = list(_names(clause.text, start, end))
    if names:
        role = _role(clause.text, duty, span[1])
        for first, last in names:
            begin, stop = clause.traced.span(first, last)
            name = clause.text[first:last]
            yield Actor(name, role, identify(name).function, begin, stop)


def _names(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The names of a list, or nothing when any part of it is no body."""
    lead = _LEAD_IN.match(text[start:end])
    if lead and _SUBJECT.match(text, start + lead.end()):
        start += lead.end()
    manner = _MANNER.search(text[start:end])
    if manner and not text[start:end].endswith("等"):
        end = start + manner.start()
    opened = _OPEN.search(text[start:end])
    end = start + opened.start() if opened else end
    if not 2 <= end - start <= 120 or not _SUBJECT.match(text, start):
        return
    parts = list(_parts(text, start, end))
    bodies = [identify(text[a:b]) for a, b in parts]
    if opened:
        accepted = all(body.in_table for body in bodies)
    else:
        accepted = all(body.is_known for body in bodies) and any(map(_is_public, bodies))
    if accepted:
        yield from parts


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Names between 、 and 及; 财政、税务部门 stays one name."""
    spans = [(start + a, start + b) for a, b in top_level_parts(text[start:end], "、及")]
    if len(spans) == 2 and _SHARED_END.search(text[slice(*spans[1])]):
        first = text[slice(*spans[0])]
        spans = spans if BODY_END.search(first) else [(start, end)]
    for span in spans:
        yield from _around_and(text, *span)


def _around_and(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Two names joined by 和, where the first is a public body."""
    at = text.find("和", start, end)
    if at > start and end - at > 2 and _is_public(identify(text[start:at])):
        yield from ((start, at), (at + 1, end))
    else:
        yield start, end


def _is_public(body: Body) -> bool:
    """Whether a body can be told to act: an office, a government, a committee."""
    if body.in_table:
        return bool(BODY_END.search(body.name))
    return body.function in _PUBLIC


def _role(text: str, duty: re.Match[str], end: int) -> str:
    role = duty["role"]
    if role[0] not in "要应须必将把":
        return role
    verb = _VERB.search(text, duty.end(), end)
    return verb.group() if verb else role
