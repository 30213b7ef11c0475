"""Word documents: paragraphs, tables, and numbers that Word itself counts (docx 读取)."""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..errors import NotAPolicyDocument
from ..numerals import chinese_numeral

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_LARGEST_PART = 60 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of an automatic numbering."""

    pattern: str
    style: str
    start: int


def read_word(content: bytes, *, name: str) -> str:
    """The text of a Word document, one line per paragraph or table row."""
    refusal = NotAPolicyDocument(f"“{name}”不是可读取的 Word 文档（docx），请另存后重试。")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            body = _part(package, "word/document.xml")
            numbering = _part(package, "word/numbering.xml")
    except (zipfile.BadZipFile, ValueError) as error:
        raise refusal from error
    if body is None:
        raise refusal
    counter = _Numbering(_levels(numbering))
    return "\n".join(_blocks(body.find(f"{_W}body"), counter))


def _part(package: zipfile.ZipFile, name: str) -> Any:
    """A part of the package as a tree; entities are never resolved."""
    from lxml import etree

    if name not in package.namelist():
        return None
    if package.getinfo(name).file_size > _LARGEST_PART:
        raise ValueError("part too large")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(package.read(name), parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error


def _blocks(body: Any, counter: _Numbering) -> Iterator[str]:
    for block in body if body is not None else ():
        if block.tag == f"{_W}p":
            yield counter.label(block) + _text(block)
        elif block.tag == f"{_W}tbl":
            yield from (" | ".join(cells) for cells in _rows(block))
        elif block.tag == f"{_W}sdt":
            yield from _blocks(block.find(f"{_W}sdtContent"), counter)


def _rows(table: Any) -> Iterator[list[str]]:
    """The cells of each row; a cell merged downwards says in every row what it says at its top."""
    above: list[str] = []
    for row in table.findall(f"{_W}tr"):
        cells: list[str] = []
        for cell in row.findall(f"{_W}tc"):
            properties = cell.find(f"{_W}tcPr")
            merged = None if properties is None else properties.find(f"{_W}vMerge")
            continues = merged is not None and merged.get(f"{_W}val") != "restart"
            at = len(cells)
            cells.append(above[at] if continues and at < len(above) else _cell_text(cell))
            span = None if properties is None else properties.find(f"{_W}gridSpan")
            cells.extend([""] * (int(_value(span) or 1) - 1))
        above = cells
        yield cells


def _cell_text(cell: Any) -> str:
    """The paragraphs of a cell in one line; a name on a line of its own stays apart."""
    text = ""
    for paragraph in cell.iter(f"{_W}p"):
        words = " ".join(_text(paragraph).split())
        between = "；" if text and words and text[-1] not in "，、；。：" else ""
        text = f"{text}{between}{words}"
    return text


def _text(element: Any) -> str:
    """The visible text of an element; deleted revisions are left out."""
    parts: list[str] = []
    for each in element.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}noBreakHyphen"):
        if each.tag == f"{_W}t":
            parts.append(each.text or "")
        elif each.tag == f"{_W}noBreakHyphen":
            parts.append("-")
        else:
            parts.append("\n" if each.tag == f"{_W}br" else "\t")
    return "".join(parts)


class _Numbering:
    """Counts automatic numbers the way Word does."""

    def __init__(self, levels: dict[tuple[str, int], _Level]) -> None:
        self._levels = levels
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)

    def label(self, paragraph: Any) -> str:
        """The number printed before a paragraph, or nothing."""
        properties = paragraph.find(f"{_W}pPr/{_W}numPr")
        if properties is None:
            return ""
        number = _value(properties.find(f"{_W}numId"))
        depth = int(_value(properties.find(f"{_W}ilvl")) or 0)
        level = self._levels.get((number, depth))
        if level is None or level.style in ("bullet", "none"):
            return ""
        counts = self._counts[number]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        text = level.pattern
        for each in range(depth + 1):
            style = self._levels[(number, each)].style
            text = text.replace(f"%{each + 1}", _printed(counts.get(each, 1), style))
        return text


def _levels(numbering: Any) -> dict[tuple[str, int], _Level]:
    """Every numbering level by list and depth."""
    if numbering is None:
        return {}
    abstract = {each.get(f"{_W}abstractNumId"): each for each in numbering.iter(f"{_W}abstractNum")}
    found: dict[tuple[str, int], _Level] = {}
    for number in numbering.iter(f"{_W}num"):
        template = abstract.get(_value(number.find(f"{_W}abstractNumId")))
        for level in template.iter(f"{_W}lvl") if template is not None else ():
            key = (number.get(f"{_W}numId"), int(level.get(f"{_W}ilvl")))
            found[key] = _Level(
                _value(level.find(f"{_W}lvlText")),
                _value(level.find(f"{_W}numFmt")),
                int(_value(level.find(f"{_W}start")) or 1),
            )
    return found


def _value(element: Any) -> str:
    return "" if element is None else element.get(f"{_W}val") or ""


def _printed(count: int, style: str) -> str:
    if style.startswith(("chinese", "japaneseCounting", "ideographDigital", "taiwanese")):
        return chinese_numeral(count)
    if style in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese"):
        return _CIRCLES[count - 1] if count <= len(_CIRCLES) else str(count)
    return str(count)
