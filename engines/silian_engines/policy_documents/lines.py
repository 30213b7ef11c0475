"""Source lines with their kind: body, heading, or one of the elements around the body."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .numbering import UNNUMBERED, Label, label_of
from .tail_grammar import LABEL
from .traced_text import TracedText, compact

BODY = "body"
DATE = "date"
PRINTED = "printed"
COPY_TO = "copy_to"
ANNEX = "annex"
NOTE = "note"
TITLE = "title"
SIGNATURE = "signature"
ROSTER = "roster"
ROW = "row"

_CN = "一二三四五六七八九十"
FULL_DATE = (
    r"(?:\d{4}年\d{1,2}月\d{1,2}日"
    rf"|[一二][〇○零{_CN}]{{3}}年[{_CN}]{{1,3}}月[{_CN}]{{1,3}}日)"
)

ROSTER_ROLE = r"(?:第一|常务)?(?:副?组长|副?主任|副?总指挥|副?总?召集人|成员|秘书长)"
_NOISE = re.compile(
    r"[-—_─*=]{3,}$|[-—－–─·]*\d{1,3}[-—－–─·]+$|第\d+页(?:[,，/]?共\d+页)?$|<!--.*-->$"
    r"|!\[[^\]]*\]\([^)]*\)$"
)
_LONGEST_NOISE = 160
_OFFICE = r"[\u4e00-\u9fa5]{4,30}(?:政府|办公[室厅]|委员会|委|厅|局)"
_KINDS = (
    (PRINTED, re.compile(rf".{{0,40}}(?:{FULL_DATE}|\d{{6,8}}日?)印发$")),
    (DATE, re.compile(rf"(?:{_OFFICE})?[（(]?{FULL_DATE}[）)]?$|20\d{{4,6}}$")),
    (COPY_TO, re.compile(r"(?:抄送|主送|抄报|分送)[:：]")),
    (ANNEX, re.compile(r"附[件录表](?:[:：]|\d{0,2}$|[一二三四五六七八九十]$)")),
    (NOTE, re.compile(
        r"[（(]?此件.{0,12}公开|[（(]?(?:信息)?公开(?:形式|属性|方式)[:：]|共印\d+份|主办[:：]"
        r"|督办[:：]|承办[:：]|联系(?:人|电话)[:：]|发布(?:日期|时间)[:：]|责任编辑|打印本?页"
        r"|来源[:：]"
    )),
    (ROSTER, re.compile(rf"{ROSTER_ROLE}[:：](?!.*[。；])")),
)  # fmt: skip
_PLAN_NOUN = (
    r"(?:方案|意见|办法|计划|措施|举措|政策|规划|细则|规定|条例|要点|清单|纲要|决定|通知"
    r"|名单|分工表|任务表)"
)
_TITLE = re.compile(rf"[^。；;！？，,：:]{{6,70}}{_PLAN_NOUN}(?:[（(][^）)]{{2,20}}[）)])?$")
_SIGNATURE = re.compile(
    r"[\u4e00-\u9fa5（）()·]{4,40}"
    r"(?:政府|办公[室厅]|委员会|委|厅|局|部|领导小组|联席会议|会|院|社|公司)$"
)
_BOLD_RUN_IN = re.compile(r"\s*(?:[-+>]\s+)?\*\*[^*\n]{2,60}?(?:[。：:]\*\*|\*\*[。：:])\s*\S")
_HEADING_MARK = re.compile(r"\s*#{1,6}\s*")
_ROW = re.compile(r"(?:[^|｜\n]*[|｜]){2,}")
_FEWEST_TABS = 2
_TABLE_HEADING = re.compile(r"(?=.*(?:任务|事项|措施|内容|工作))(?=.*(?:单位|部门))(?!.*[。；])")
_HTML_ROW = re.compile(r"\s*</?t(?:able|body|head|r|d|h)\b", re.IGNORECASE)
_ROW_RULE = re.compile(r"[\s|｜:：—-]+$")
_QUOTE_MARK = re.compile(r"\s*>\s")
_BREAK = re.compile(r"\r\n|[\r\n\u2028\u2029\x0b\x0c\x85]")


@dataclass(slots=True)
class Line:
    """One non-blank source line."""

    number: int
    start: int
    end: int
    traced: TracedText
    kind: str
    label: Label | None
    page_break_before: bool

    @property
    def text(self) -> str:
        """The line without whitespace and markup."""
        return self.traced.text


def lines_of(source: str) -> list[Line]:
    """The non-blank lines of a document, without rules, page numbers and comments."""
    lines: list[Line] = []
    position, blank = 0, False
    for number, (end, following) in enumerate(_line_ends(source), 1):
        line = _line(source, position, end, number=number, blank=blank)
        position = following
        blank = line is None
        if line is not None:
            lines.append(line)
    _name_rows(lines, source)
    _name_signatures(lines)
    return lines


def _line_ends(source: str) -> list[tuple[int, int]]:
    ends = [match.span() for match in _BREAK.finditer(source)]
    ends.append((len(source), len(source)))
    return ends


def _line(source: str, start: int, end: int, *, number: int, blank: bool) -> Line | None:
    head = _HEADING_MARK.match(source, start, end) or _QUOTE_MARK.match(source, start, end)
    traced = compact(source=source, start=head.end() if head else start, end=end)
    text = traced.text
    if not text or (len(text) < _LONGEST_NOISE and _NOISE.match(text)):
        return None
    if _ROW.match(source, start, end) or _HTML_ROW.match(source, start, end):
        if _ROW_RULE.match(source, start, end):
            return None
        return Line(number, start, end, traced, ROW, None, blank)
    label = label_of(text)
    if label is None and _BOLD_RUN_IN.match(source, start, end) and not LABEL.match(text):
        label = Label("", UNNUMBERED, None)
    kind = BODY if label else _kind(text)
    return Line(number, start, end, traced, kind, label, blank)


def _kind(text: str) -> str:
    if len(text) > 200 and not text.startswith(("抄", "主送")):
        return BODY
    for kind, pattern in _KINDS:
        if pattern.match(text):
            return kind
    if len(text) <= 80 and _TITLE.match(text):
        return TITLE
    return BODY


def _name_rows(lines: list[Line], source: str) -> None:
    """Mark lines of cells apart by tabs as rows, below a heading that names tasks and bodies."""
    in_table = False
    for line in lines:
        has_cells = source.count("\t", line.start, line.end) >= _FEWEST_TABS
        in_table = has_cells and (in_table or bool(_TABLE_HEADING.match(line.text)))
        if in_table:
            line.kind, line.label = ROW, None


def _name_signatures(lines: list[Line]) -> None:
    """Mark the office names that stand directly above a date as signatures."""
    following = None
    for line in reversed(lines):
        is_name = line.kind == BODY and line.label is None and _SIGNATURE.match(line.text)
        if following in (DATE, SIGNATURE) and is_name:
            line.kind = SIGNATURE
        following = line.kind
