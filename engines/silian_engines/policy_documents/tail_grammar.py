"""The grammar inside a responsibility tail: labels, role verbs, names (责任分工的写法)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .bodies import BODY_END, identify
from .brackets import closing, top_level_parts

LEAD = "牵头"
WITH = "会同"
_LEADING = (LEAD, "主办", "主责")

_LABEL_WORDS = (
    r"(?:(?:主要|第一|总)?(?:牵头|责任|配合|协办|协同|协作|参与|参加|主办|主责|承办|落实|实施"
    r"|负责|支持|执行|分工|组织|协助|监管|指导)(?:责任|落实|实施|市级|市直|省直|省级|区级|县级)?"
    r"(?:单位|部门|主体|处室|科室|机构|领导|人|分工|股室)(?:及分工|和单位)?"
    r"|完成时[限间]|时间节点|时间要求|完成期限|时限要求|工作时限|时限|推进时间|时间进度"
    r"|进度安排|牵头市领导|市领导)"
)
LABEL = re.compile(rf"(?P<label>{_LABEL_WORDS})(?:[:：]|为[:：]?(?=[市省区县州各]))")
DUTY_LABEL = re.compile(r"单位|部门|主体|机构|处室|科室|股室")
TIME_LABEL = re.compile(r"时|进度")
PERSON_LABEL = re.compile(r"领导|人$")

_MANNER = (
    r"(?:(?:按照?|依据|根据|依|结合|照)(?:照|据)?(?:各自|本|相关|有关|部门)?(?:的)?(?:工作)?"
    r"(?:职责|职能|责任|分工|任务|权限|规定|要求|管理|和|、)+(?:内)?)"
)
_ADVERB = (
    r"(?:分工|分别|分头|共同|具体|各自|依职责|切实|密切|积极|联合|统筹|抓好|做好|全力|认真"
    r"|主动|予以|要|全面)"
)
_VERB = (
    r"(?:牵头|负责|落实|配合|参与|参加|协助|协同|支持|实施|推进|推动|承担|指导|执行|办理|组织"
    r"|完成|协办|主办)"
)
ROLE_AT_END = re.compile(
    rf"^(?P<name>.*?)(?P<role>{_MANNER}?{_ADVERB}*{_VERB}(?:{_VERB}|{_ADVERB}|工作|好)*"
    rf"|{_MANNER}?分工|为(?:主要)?(?:牵头|责任|主办|配合|协办|参与)(?:单位|部门))$"
)
_LONGEST_ROLE = 60
_JOINT = re.compile(r"会同|协同|联合(?!会|社)|会商|商(?=[市省区县州](?!务|业))")
_OPEN_END = re.compile(
    r"等(?:(?:[一二三四五六七八九十\d]+(?:个|家)?)?"
    r"(?:市级|市直|省级|省直|区级|县级|各|其他)?(?:有关|相关)?"
    r"(?:部门|单位|委办局|部门单位|部门和单位|成员单位|职能部门|地方|企业|机构|高校|院校)?)?$"
)
_ROLE_BRACKET = re.compile(r"[（(](?P<role>牵头|牵头单位|牵头部门|主办|主责|主要负责|配合)[）)]$")
_LEVEL_ONLY = re.compile(
    r"各?(?:[省市区县州旗乡镇]|区县|县区|各级|市州|县市)(?:[（(][^（()）]*[）)])?$"
)
_LEVEL_NOUN = re.compile(r"各?(?:省|市|区|县|州|旗|乡|镇|街道|自治|城区|功能区|有关县|相关县)")
_REMARK = re.compile(r"^(?:以?下同|其他)$|(?:第一|首位|最前|首个).*牵头")
_AND = re.compile(r"以及|及|和|与|暨")
_DUE = re.compile(
    r"(?:20\d\d年|长期|持续|全年|每年|常态|立即|近期|即期|\d{1,2}月|年底|[“\"]?十[四五六]五)"
    r".{0,24}$"
)


@dataclass(frozen=True, slots=True)
class Words:
    """One name as printed inside a tail, with the role words around it."""

    printed: str
    start: int
    role: str
    leads: bool
    open_ended: str | None


@dataclass(slots=True)
class Grouped:
    """What a tail says: names with roles, the manner of work, and a due time."""

    words: list[Words]
    modes: list[str]
    due: str | None = None


@dataclass(slots=True)
class _Pending:
    """Names still waiting for the verb that closes their group."""

    printed: str
    start: int
    open_ended: str | None
    leads: bool = False


def grouped(content: str, *, label: str = "") -> Grouped:
    """Read the content of a tail, without its brackets; `label` holds until one is printed."""
    result = Grouped([], [])
    for role, start, end in _labelled(content, label):
        if TIME_LABEL.search(role):
            result.due = content[start:end].strip("，,；;、。") or None
        elif not PERSON_LABEL.search(role):
            _read_group(content, start, end, label=role, result=result)
    return result


def _labelled(content: str, label: str) -> Iterator[tuple[str, int, int]]:
    """The stretches of a tail, each with the label before it."""
    start = 0
    for match in LABEL.finditer(content):
        if match.start() > start:
            yield label, start, match.start()
        label, start = match["label"], match.end()
    if start < len(content):
        yield label, start, len(content)


def _read_group(content: str, start: int, end: int, *, label: str, result: Grouped) -> None:
    """Collect names until a verb closes them; what is left takes the label's role."""
    pending: list[_Pending] = []
    for first, last in _items(content, start, end):
        if _REMARK.search(content[first:last]):
            continue
        if _due_words(content[first:last]):
            result.due = content[first:last]
            continue
        for name_start, name_end, role in _clauses_of_item(content, first, last):
            _add_names(content, name_start, name_end, pending)
            if role:
                _close(pending, role, result)
    if label and label not in result.modes:
        result.modes.append(label)
    _close(pending, label, result, is_label=True)


def _items(content: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Names between separators; 各市、县人民政府 stays one name."""
    spans = [
        (start + a, start + b)
        for a, b in top_level_parts(content[start:end], "、，,；;。:：/\u2002 ")
        if b > a
    ]
    index = 0
    while index < len(spans):
        first, last = spans[index]
        while (
            index + 1 < len(spans)
            and _LEVEL_ONLY.match(content[first:last].rsplit("、", 1)[-1])
            and content[last] == "、"
            and _LEVEL_NOUN.match(content[spans[index + 1][0] : spans[index + 1][1]])
        ):
            index += 1
            last = spans[index][1]
        yield first, last
        index += 1


def _due_words(text: str) -> bool:
    return bool(_DUE.match(text)) and not BODY_END.search(text)


def _clauses_of_item(content: str, first: int, last: int) -> Iterator[tuple[int, int, str]]:
    """Split an item at 会同 and at its closing role words: name span and role."""
    text = content[first:last]
    match = ROLE_AT_END.match(text[-_LONGEST_ROLE:])
    role = match["role"] if match else ""
    end = last - len(role)
    joint = _JOINT.search(content, first, end)
    if joint and joint.start() == first and not content[first:end].startswith("商"):
        yield joint.end(), end, role
    elif joint and _names_body(content[first : joint.start()]):
        yield first, joint.start(), WITH
        yield joint.end(), end, role
    else:
        yield first, end, role


def _names_body(text: str) -> bool:
    """Whether the words before a joining verb end in a body's name."""
    text = text.removesuffix(LEAD)
    return bool(text) and bool(BODY_END.search(text) or identify(text).is_known)


def _add_names(content: str, start: int, end: int, pending: list[_Pending]) -> None:
    for first, last in _split_and(content, start, end):
        text = content[first:last]
        offset = 1 if text.startswith("由") else 0
        first, text = first + offset, text[offset:]
        bracket = _ROLE_BRACKET.search(text)
        leads = bool(bracket) and "配合" not in text[-4:]
        text = text[: bracket.start()] if bracket else text
        text = text.removesuffix(LEAD) if text.endswith(LEAD) else text
        open_match = _OPEN_END.search(text)
        name = text[: open_match.start()] if open_match else text
        if name:
            pending.append(_Pending(name, first, text if open_match else None, leads))


def _split_and(content: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Split at 及/和/与 only where both sides are complete names."""
    text = content[start:end]
    if len(text) > 3 and not (identify(text).in_table and identify(text).level):
        for match in _AND.finditer(text):
            left, right = text[: match.start()], text[match.end() :]
            if _inside_bracket(text, match.start()) or not _both_complete(left, right):
                continue
            yield start, start + match.start()
            yield from _split_and(content, start + match.end(), end)
            return
    yield start, end


def _both_complete(left: str, right: str) -> bool:
    if len(left) < 3 or len(right) < 3 or not BODY_END.search(left):
        return False
    if not (BODY_END.search(right) or _OPEN_END.search(right)):
        return False
    return left[0] in "省市区县州各有相国中旗驻" or identify(left).in_table


def _inside_bracket(text: str, index: int) -> bool:
    for position, character in enumerate(text[:index]):
        if character in "（(〔<":
            close = closing(text, position)
            if close is None or close > index:
                return True
    return False


def _close(pending: list[_Pending], role: str, result: Grouped, *, is_label: bool = False) -> None:
    """Give the waiting names their role."""
    leads = _is_leading(role)
    for each in pending:
        result.words.append(
            Words(each.printed, each.start, role, leads or each.leads, each.open_ended)
        )
    if role and not is_label:
        result.modes.append(f"{WITH}…" if role == WITH else role)
    pending.clear()


def _is_leading(role: str) -> bool:
    return role == WITH or any(word in role for word in _LEADING)
