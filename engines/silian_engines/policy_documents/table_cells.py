"""The cells of a table, whatever sets them apart: bars, tabs, or HTML (表格单元)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .lines import Line
from .traced_text import TracedText, compact, joined

_STOP = re.compile(r"[|｜\t]")
_HTML_ROW = re.compile(r"<tr\b[^>]*>(?P<row>.*?)</tr>", re.DOTALL | re.IGNORECASE)
_HTML_CELL = re.compile(
    r"<t[dh]\b(?P<spans>[^>]*)>(?P<cell>.*?)</t[dh]>", re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(r"<[^<>]{0,80}>")
_SPAN = re.compile(r"(?P<which>row|col)span\s*=\s*[\"']?(?P<n>\d{1,2})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of one cell, each character with its place in the source."""

    traced: TracedText
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words without whitespace."""
        return self.traced.text


def rows_of(*, lines: list[Line], source: str) -> list[list[Cell]]:
    """The rows of a table that stands on these lines."""
    start, end = lines[0].start, lines[-1].end
    if _HTML_ROW.search(source, start, end):
        return _html_rows(source, start, end)
    return [_barred_cells(line, source) for line in lines]


def _barred_cells(line: Line, source: str) -> list[Cell]:
    """The cells of a row; the bars that Markdown puts at both ends bound no cell."""
    printed = source[line.start : line.end]
    first = line.start + len(printed) - len(printed.lstrip(" |｜"))
    last = line.start + len(printed.rstrip(" |｜"))
    if not printed.lstrip().startswith(("|", "｜")):
        first, last = line.start, line.end
    cells: list[Cell] = []
    start = first
    for stop in (*(match.start() for match in _STOP.finditer(source, first, last)), last):
        cells.append(Cell(compact(source=source, start=start, end=stop), start, stop))
        start = stop + 1
    return cells


def _html_rows(source: str, start: int, end: int) -> list[list[Cell]]:
    """Rows of an HTML table; a cell that spans rows or columns stands in each of them."""
    rows: list[list[Cell]] = []
    hanging: dict[int, tuple[int, Cell]] = {}
    for row in _HTML_ROW.finditer(source, start, end):
        cells: list[Cell] = []
        for match in _HTML_CELL.finditer(source, *row.span("row")):
            _hang(cells, hanging)
            spans = {m["which"].lower(): int(m["n"]) for m in _SPAN.finditer(match["spans"])}
            cell = _html_cell(source, *match.span("cell"))
            for _ in range(spans.get("col", 1)):
                if spans.get("row", 1) > 1:
                    hanging[len(cells)] = (spans["row"] - 1, cell)
                cells.append(cell)
        _hang(cells, hanging)
        rows.append(cells)
    return rows


def _hang(cells: list[Cell], hanging: dict[int, tuple[int, Cell]]) -> None:
    """Put down the cells that reach into this row from above."""
    while (at := len(cells)) in hanging:
        left, cell = hanging.pop(at)
        cells.append(cell)
        if left > 1:
            hanging[at] = (left - 1, cell)


def _html_cell(source: str, start: int, end: int) -> Cell:
    pieces: list[TracedText] = []
    for tag in (*_TAG.finditer(source, start, end), None):
        stop = tag.start() if tag else end
        pieces.append(compact(source=source, start=start, end=stop))
        start = tag.end() if tag else end
    text = joined(piece for piece in pieces if len(piece))
    first = text.raw(0) if len(text) else end
    return Cell(text, first, text.raw(len(text) - 1) + 1 if len(text) else end)
