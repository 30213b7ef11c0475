"""The format elements around the body of a document (公文格式要素, GB/T 9704)."""

from __future__ import annotations

import re

from .dates import date_readings, iso_date
from .document import Doubt, Findings, Header
from .document_number import ABSENT, DOUBTFUL, RECONSTRUCTED, number_in
from .lines import ANNEX, BODY, COPY_TO, DATE, NOTE, PRINTED, SIGNATURE, TITLE, Line
from .outline import Outline
from .regions import level_and_region

_GENRE = (
    r"(?:通知|意见|方案|办法|决定|批复|函|条例|规定|措施|举措|政策|细则|计划|公告|规划|要点"
    r"|通告|报告|纲要|清单|行动|指引|公报)"
)
_TITLE_END = re.compile(rf"{_GENRE}(?:[（(][^（()）]{{1,30}}[）)])*$")
_ISSUER_END = re.compile(r"(?:政府|办公[室厅]|委员会|委|厅|局|部|院|会|署|中心|社|行)$")
_RED_HEAD = re.compile(r"^(?P<issuer>.{4,40}?)文件$")
_BEFORE_VERB = re.compile(r"^(?P<issuer>[^《》，。]{4,90}?)(?:关于|印发|转发|批转|公布)")
_JOINT = re.compile(r"等[一二三四五六七八九十\d]+(?:个)?(?:部门|单位|厅局|委办局)?$|等部门$")
_APART = re.compile(r"[\s⏎、]+")
_ENDS_TITLE = re.compile(rf"[（(]\d{{4}}年?[-—–~～至]{{1,2}}\d{{4}}年?[）)]$|》?的{_GENRE}$")
_SALUTATION = re.compile(r"^[^。《》“”]{2,300}[：:]$")
_ADDRESSED = re.compile(r"各|有关|直属|人民政府|部门|单位|公司|企业|院校|街道")
_CHROME = re.compile(
    r"^(?:索引号|主题分类|发布机构|发文机关|成文日期|标题|发文字号|公开方式|字号|来源|浏览次数)[:：]?"
)
_WEB_TIME = re.compile(
    r"发布(?:日期|时间)[:：](\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?(\d{1,2}:\d{2})?"
)
_PUBLISHED = re.compile(r"公布|发布|通过|批准|修正|施行$")


def header_of(*, outline: Outline, source: str, findings: Findings) -> Header:
    """Read issuer, number, title, addressees, dates, copies around the body."""
    header = Header()
    opening = outline.opening
    _read_title(header, opening, source)
    _read_number(header, opening, findings)
    _read_addressees(header, opening)
    _read_issuers(header, opening, outline.outside, source)
    _read_dates(header, [*opening, *outline.outside], findings)
    _read_copies(header, [*opening, *outline.outside])
    _read_plan(header, opening)
    header.level, header.region = level_and_region(
        issuers=header.issuers, title=header.title, opening=[line.text for line in opening]
    )
    return header


def _read_title(header: Header, opening: list[Line], source: str) -> None:
    """The first run of lines that says what the document is about and ends in its genre."""
    for index, line in enumerate(opening):
        if line.kind not in (BODY, TITLE) or line.text.endswith(("：", ":", "文件")):
            continue
        if _CHROME.match(line.text) or not _may_start_title(line.text):
            continue
        run = _title_run(opening, index)
        if run:
            lines = [*_issuer_lines(opening, index, run), *run]
            _set_title(header, lines, source)
            return


def _set_title(header: Header, lines: list[Line], source: str) -> None:
    """Keep the title as printed; a document number on the same line is no part of it."""
    text = "".join(each.text for each in lines)
    start = lines[0].start
    number = number_in(text)
    if number and number.start == 0:
        text = text[number.end :]
        start = lines[0].traced.raw(number.end)
    header.title = text
    printed = source[start : lines[-1].end]
    header.title_raw = re.sub(r"^[#>\s*]*#\s*|\*\*", "", printed).replace("\n", "⏎")
    header.spans["title"] = (start, lines[-1].end)


def _may_start_title(text: str) -> bool:
    if len(text) > 120 or text[-1] in "。；，":
        return False
    return bool(re.search(r"关于|印发|转发", text) or _TITLE_END.search(text))


def _title_run(opening: list[Line], index: int) -> list[Line]:
    """The lines of one title, a bracketed period on a line of its own included."""
    run: list[Line] = []
    for line in opening[index : index + 4]:
        if line.text[-1] in "。；：:" or line.kind not in (BODY, TITLE):
            return []
        run.append(line)
        text = "".join(each.text for each in run)
        if _TITLE_END.search(text) and text.count("《") == text.count("》"):
            following = opening[index + len(run) : index + len(run) + 1]
            if following and _ENDS_TITLE.match(following[0].text):
                run.append(following[0])
            return [] if text.startswith("附件") else run
    return []


def _issuer_lines(opening: list[Line], index: int, run: list[Line]) -> list[Line]:
    """A title that begins with 关于 or 印发 takes the offices printed on the lines above."""
    lines: list[Line] = []
    if not re.match(r"关于|印发|转发", run[0].text):
        return lines
    while index > 0 and _ISSUER_END.search(opening[index - 1].text):
        index -= 1
        if len(opening[index].text) > 60:
            break
        lines.insert(0, opening[index])
    return lines


def _read_number(header: Header, opening: list[Line], findings: Findings) -> None:
    header.doc_number_status = ABSENT
    for line in opening:
        if len(line.text) > 60 or line.text.endswith("。"):
            continue
        found = number_in(line.text)
        if found is None:
            continue
        span = line.traced.span(found.start, found.end)
        header.doc_number, header.doc_number_raw = found.number, found.printed
        header.doc_number_status = found.status
        header.spans["doc_number"] = span
        if found.status in (DOUBTFUL, RECONSTRUCTED):
            readings = (found.number,) if found.number else ()
            reason = "发文字号印刷不全，请核对原件"
            findings.doubts.append(Doubt("doc_number", found.printed, readings, *span, reason))
        return


def _read_addressees(header: Header, opening: list[Line]) -> None:
    end = header.spans.get("title", (0, 0))[1]
    for index, line in enumerate(opening):
        if line.start < end or line.kind != BODY or not _SALUTATION.match(line.text):
            continue
        if _ADDRESSED.search(line.text):
            run = [*_lines_before(opening, index), line]
            header.addressees = "".join(each.text for each in run)[:-1]
            header.spans["addressees"] = (run[0].start, line.end)
            return


def _lines_before(opening: list[Line], index: int) -> list[Line]:
    """The lines of a salutation broken over several lines."""
    run: list[Line] = []
    while index > 0:
        before = opening[index - 1]
        adjoins = before.number == opening[index].number - 1 and before.kind == BODY
        if not adjoins or before.text[-1] not in "，、," or not _ADDRESSED.search(before.text):
            break
        run.insert(0, before)
        index -= 1
    return run


def _read_issuers(header: Header, opening: list[Line], outside: list[Line], source: str) -> None:
    """From the red head, the title, or the names signed above the date."""
    red = _red_head(opening)
    named = _named_in_title(header)
    if red and (len(red) > 1 or not named):
        header.issuers = red
    else:
        header.issuers = named or _signatures([*opening, *outside], source) or _publisher(opening)


def _named_in_title(header: Header) -> tuple[str, ...]:
    """The offices before 关于 or 印发, unless the title only counts them (等六部门)."""
    match = _BEFORE_VERB.match(re.sub(r"^\s+", "", header.title_raw or ""))
    if match is None or _JOINT.search(re.sub(r"[\s⏎]", "", match["issuer"])):
        return ()
    names = tuple(re.sub(r"\s", "", each) for each in _APART.split(match["issuer"]) if each)
    if all(_ISSUER_END.search(name) for name in names):
        return names
    whole = "".join(names)
    return (whole,) if _ISSUER_END.search(whole) else ()


def _red_head(opening: list[Line]) -> tuple[str, ...]:
    """The offices above 文件, one per line or on the same line."""
    names: list[str] = []
    for line in opening[:16]:
        match = _RED_HEAD.match(line.text)
        if match:
            return (*names, match["issuer"])
        if line.text == "文件":
            return tuple(names)
        if _ISSUER_END.search(line.text) and len(line.text) <= 40:
            names.append(line.text)
    return ()


def _signatures(lines: list[Line], source: str) -> tuple[str, ...]:
    signed = [line for line in lines if line.kind == SIGNATURE]
    return tuple(dict.fromkeys(name for line in signed for name in _names_on(line, source)))


def _names_on(line: Line, source: str) -> tuple[str, ...]:
    """Several offices may sign on one line, apart by spaces."""
    names = tuple(source[line.start : line.end].split())
    return names if all(_ISSUER_END.search(name) for name in names) else (line.text,)


def _publisher(opening: list[Line]) -> tuple[str, ...]:
    """The body that announced a regulation."""
    for line in reversed(opening):
        match = re.search(r"日(?P<who>[\u4e00-\u9fa5]{4,40}?)(?:公告|令)", line.text)
        if match and "公布" in line.text:
            return (match["who"],)
    return ()


def _read_dates(header: Header, lines: list[Line], findings: Findings) -> None:
    for line in lines:
        web = _WEB_TIME.search(line.text)
        if web:
            day = f"{web[1]}-{int(web[2]):02d}-{int(web[3]):02d}"
            header.web_published = f"{day}T{web[4]}" if web[4] else day
        elif line.kind == DATE and header.date_raw is None:
            _set_date(header, line, findings)
        elif line.kind == PRINTED and header.print_date_raw is None:
            header.print_date_raw = re.sub(r"^[^\d一二]*", "", line.text)
            header.print_date = iso_date(line.text)
    if header.date_raw is None:
        _date_of_regulation(header, lines)
    if header.date_raw is None and header.print_date:
        header.date, header.date_raw = header.print_date, header.print_date_raw


def _set_date(header: Header, line: Line, findings: Findings) -> None:
    header.date_raw = re.sub(r"^[^\d一二]*(?=[\d一二])", "", line.text).strip("（()）")
    header.date = iso_date(line.text)
    header.spans["date"] = (line.start, line.end)
    if header.date is None:
        readings = date_readings(header.date_raw)
        header.date_candidates = readings
        header.date = readings[0] if len(readings) == 1 else None
        reason = "成文日期缺少年月日字样，请核对原件"
        findings.doubts.append(
            Doubt("date", header.date_raw, readings, line.start, line.end, reason)
        )


def _date_of_regulation(header: Header, lines: list[Line]) -> None:
    """A regulation carries the day it was announced."""
    dated = [line for line in lines if _PUBLISHED.search(line.text) and iso_date(line.text)]
    announced = [line for line in dated if "公布" in line.text] or dated[:1]
    if announced and len(announced[-1].text) < 60:
        header.date, header.date_raw = iso_date(announced[-1].text), announced[-1].text
        header.spans["date"] = (announced[-1].start, announced[-1].end)


def _read_copies(header: Header, lines: list[Line]) -> None:
    for index, line in enumerate(lines):
        if line.kind == COPY_TO and line.text.startswith("抄") and header.cc is None:
            run = [line]
            for following in lines[index + 1 : index + 5]:
                if following.kind != BODY or (run[-1].text[-1] == "。" and _is_signed(following)):
                    break
                run.append(following)
            header.cc = "".join(each.text for each in run)[3:].rstrip("。")
            header.spans["cc"] = (line.start, run[-1].end)
        copies = re.match(r"共印(\d+)份", line.text)
        if copies:
            header.copies = int(copies[1])


def _is_signed(line: Line) -> bool:
    return bool(_ISSUER_END.search(line.text)) and "，" not in line.text


def _read_plan(header: Header, opening: list[Line]) -> None:
    """The plan's own title stands after the notice; an opinion issued directly has none."""
    after = _after_shell(header, opening)
    for index, line in enumerate(after):
        if line.kind not in (BODY, TITLE) or not 4 < len(line.text) <= 60:
            continue
        run = _title_run(after, index)
        if run and line.text[-1] not in "。：:" and "".join(r.text for r in run) != header.title:
            header.plan_title = "".join(each.text for each in run)
            header.spans["plan_title"] = (run[0].start, run[-1].end)
            break
    header.doc_kind = _kind(header)


def _after_shell(header: Header, opening: list[Line]) -> list[Line]:
    shell_end = max(
        (line.end for line in opening if line.kind in (DATE, PRINTED, NOTE, ANNEX)), default=0
    )
    title_end = header.spans.get("title", (0, 0))[1]
    if shell_end <= title_end:
        return []
    return [line for line in opening if line.start >= shell_end]


def _kind(header: Header) -> str | None:
    genre = _TITLE_END.search(header.title or "")
    name = re.sub(r"[（(].*$", "", genre.group()) if genre else None
    if header.plan_title is None:
        return _genre_of(header.title) or name
    return f"{name or '通知'}+{_genre_of(header.plan_title) or '附件'}"


def _genre_of(title: str | None) -> str | None:
    match = re.search(
        r"(?:实施|工作|行动|若干|指导|管理|暂行|发展|政策)?(?:方案|意见|办法|措施|举措|细则|计划|规划|政策|条例|规定|通知|要点)"
        r"(?:[（(][^（()）]*[）)])?$",
        title or "",
    )
    return re.sub(r"[（(].*$", "", match.group()) if match else None
