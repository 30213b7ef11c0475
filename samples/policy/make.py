"""Print the sample plan as a Word file and as a scanned PDF (示例文件的 Word 版与扫描版).

    python samples/policy/make.py

The text files are the originals; both products are made of `plan_2025.txt` alone and come out
the same every time on a machine with the same fonts (Noto Serif CJK and Noto Sans CJK).
"""

from __future__ import annotations

import io
import random
import re
import subprocess
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import numpy
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from PIL import Image, ImageDraw, ImageFont

HERE = Path(__file__).parent
SOURCE = HERE / "plan_2025.txt"
MADE_AT = datetime(2025, 6, 20, 9, 0, tzinfo=UTC)

RED_HEAD, NUMBER, TITLE, PART, CLAUSE, TEXT, FLUSH, RIGHT, ANNEX, ROW = range(10)
RED = (196, 30, 38)
INK = (24, 24, 24)

_PART = re.compile(r"[一二三四五六七八九]、")
_CLAUSE = re.compile(r"（[一二三四五六七八九十]+）[^。]*。?")
_TITLE = re.compile(
    r"青澜市.*(?:印发|方案（演示）|通知|名单|分工表)$|青澜市[^。，]*（演示）的?通?知?$"
)
_FLUSH = re.compile(r"(?:各县|组　长|副组长|成　员|抄送|.{2,3}（)")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the source with the place it takes on the page."""

    text: str
    kind: int

    @property
    def heading(self) -> str:
        """The words of a clause that stand in bold."""
        match = _CLAUSE.match(self.text) if self.kind == CLAUSE else None
        return match.group() if match else ""


def paragraphs_of(text: str) -> list[Paragraph]:
    """The lines of the source, each with its kind."""
    lines = [line for line in text.splitlines() if line.strip()]
    return [Paragraph(line, _kind(line, at)) for at, line in enumerate(lines)]


def _kind(line: str, at: int) -> int:
    if at == 0:
        return RED_HEAD
    if " | " in line:
        return ROW
    if re.fullmatch(r"青政办发〔\d{4}〕\d+号", line):
        return NUMBER
    if re.fullmatch(r"附件\d", line):
        return ANNEX
    if line == "青澜市人民政府办公室" or re.fullmatch(r"\d{4}年\d+月\d+日", line):
        return RIGHT
    if _TITLE.match(line):
        return TITLE
    if _PART.match(line):
        return PART
    if _CLAUSE.match(line):
        return CLAUSE
    return FLUSH if _FLUSH.match(line) else TEXT


# ---- Word


def word_file(paragraphs: list[Paragraph]) -> bytes:
    """The plan in Word: A4, the type area of GB/T 9704, the division of tasks as a table."""
    word = docx.Document()
    page = word.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin = Mm(28), Mm(26)
    page.top_margin, page.bottom_margin = Mm(37), Mm(35)
    rows: list[list[str]] = []
    for each in paragraphs:
        if each.kind == ROW:
            rows.append(each.text.split(" | "))
        else:
            _add_paragraph(word, each)
    _add_table(word, rows)
    properties = word.core_properties
    properties.created = properties.modified = MADE_AT.replace(tzinfo=None)
    properties.title, properties.author = "青澜市深化产教融合实施方案（演示）", "示例文件"
    buffer = io.BytesIO()
    word.save(buffer)
    return _with_fixed_times(buffer.getvalue())


def _add_paragraph(word: Any, each: Paragraph) -> None:
    paragraph = word.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(29)
    if each.kind in (RED_HEAD, NUMBER, TITLE):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif each.kind == RIGHT:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    elif each.kind in (PART, CLAUSE, TEXT):
        paragraph.paragraph_format.first_line_indent = Pt(32)
    if each.kind == ANNEX:
        paragraph.paragraph_format.page_break_before = True
    heading = each.heading
    if heading:
        _add_run(paragraph, heading, "楷体", 16)
    face = {RED_HEAD: "小标宋", TITLE: "小标宋", PART: "黑体", ANNEX: "黑体"}.get(each.kind, "仿宋")
    size = {RED_HEAD: 40, TITLE: 22}.get(each.kind, 16)
    run = _add_run(paragraph, each.text[len(heading) :], face, size)
    if each.kind == RED_HEAD:
        run.font.color.rgb = RGBColor(*RED)


def _add_run(paragraph: Any, text: str, face: str, size: int) -> Any:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = face, Pt(size)
    run._element.rPr.rFonts.set(qn("w:eastAsia"), face)
    return run


def _add_table(word: Any, rows: list[list[str]]) -> None:
    table = word.add_table(rows=len(rows), cols=len(rows[0]))
    table.style = "Table Grid"
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            _add_run(cell.paragraphs[0], text, "仿宋", 11)


def _with_fixed_times(content: bytes) -> bytes:
    """The same package with one date on every part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, MADE_AT.timetuple()[:6])
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return out.getvalue()


# ---- scan

DOTS = 150 / 25.4  # dots per millimetre
SIZE = round(5.6 * DOTS)  # type size 3, sixteen points
LINE = round(10.2 * DOTS)
CHARACTERS = 28
HANGING = "，。、；：）》〕”"


class Press:
    """Sets paragraphs on pages, 22 lines of 28 characters."""

    def __init__(self) -> None:
        self.pages: list[Image.Image] = []
        self.left = round(28 * DOTS)
        self._new_page()

    def _new_page(self, *, across: bool = False) -> None:
        size = (
            (round(297 * DOTS), round(210 * DOTS))
            if across
            else (round(210 * DOTS), round(297 * DOTS))
        )
        self.pages.append(Image.new("RGB", size, (250, 249, 245)))
        self.pen = ImageDraw.Draw(self.pages[-1])
        self.top = round((24 if across else 37) * DOTS)
        self.bottom = size[1] - round((18 if across else 35) * DOTS)

    def paragraph(self, each: Paragraph) -> None:
        """Set one paragraph by its kind."""
        if each.kind == RED_HEAD:
            self._centred(each.text, font("serif", round(SIZE * 1.6)), RED, LINE * 3)
        elif each.kind == NUMBER:
            self._centred(each.text, font("serif", SIZE), INK, LINE)
            self._rule()
        elif each.kind == TITLE:
            self._centred(
                each.text, font("serif-bold", round(SIZE * 1.375)), INK, round(LINE * 1.3)
            )
        else:
            if each.kind == ANNEX:
                self._new_page()
            self._lines(each)

    def _centred(self, text: str, face: Any, ink: tuple[int, int, int], height: int) -> None:
        self._room(height)
        width = face.getlength(text)
        self.pen.text(((self.pages[-1].width - width) / 2, self.top), text, ink, font=face)
        self.top += height

    def _rule(self) -> None:
        right = self.left + SIZE * CHARACTERS
        self.pen.line((self.left, self.top, right, self.top), RED, 3)
        self.top += LINE

    def _room(self, height: int) -> None:
        if self.top + height > self.bottom:
            self._new_page()

    def _lines(self, each: Paragraph) -> None:
        bold = len(each.heading)
        lines = list(_broken(each.text, 2 if each.kind in (PART, CLAUSE, TEXT) else 0))
        for start, indent, text in lines:
            self._room(LINE)
            left = self.left + indent * SIZE
            if each.kind == RIGHT:
                left = self.left + (CHARACTERS - 4 - len(text)) * SIZE
            for offset, character in enumerate(text):
                name = "sans" if each.kind in (PART, ANNEX) else "serif"
                name = "serif-bold" if start + offset < bold else name
                self.pen.text((left, self.top), character, INK, font=font(name, SIZE))
                left += _width(character) * SIZE
            self.top += LINE

    def table(self, rows: list[list[str]], caption: list[str]) -> None:
        """Set the division of tasks across the page, every row on one line."""
        self._new_page(across=True)
        face = font("serif", round(SIZE * 0.72))
        self.pen.text((self.left, self.top), caption[0], INK, font=font("sans", SIZE))
        self.top += LINE
        self._centred(caption[1], font("serif-bold", round(SIZE * 1.375)), INK, round(LINE * 1.4))
        gap = round(SIZE * 1.1)
        widths = [max(face.getlength(row[at]) for row in rows) + gap for at in range(len(rows[0]))]
        left, height = (self.pages[-1].width - sum(widths)) / 2, round(LINE * 0.9)
        for row in rows:
            edge = left
            for text, width in zip(row, widths, strict=True):
                box = (edge, self.top, edge + width, self.top + height)
                self.pen.rectangle(box, outline=(70, 70, 70))
                self.pen.text((edge + gap / 2, self.top + height * 0.2), text, INK, font=face)
                edge += width
            self.top += height


def _broken(text: str, indent: int) -> Iterator[tuple[int, int, str]]:
    """The lines of a paragraph: where each starts, its indent, its characters."""
    start, room = 0, CHARACTERS - indent
    while start < len(text):
        width, end = 0.0, start
        while end < len(text) and width < room:
            width += _width(text[end])
            end += 1
        if end < len(text) and text[end] in HANGING:
            end += 1
        yield start, indent, text[start:end]
        start, indent, room = end, 0, CHARACTERS


def _width(character: str) -> float:
    """How much of a square a character takes: Western ones less than the whole."""
    if ord(character) > 255:
        return 1.0
    return float(font("serif", SIZE).getlength(character)) / SIZE


_FACES: dict[tuple[str, int], Any] = {}


def font(name: str, size: int) -> Any:
    """A Chinese face of this machine."""
    if (name, size) not in _FACES:
        family = {"serif": "Noto Serif CJK SC", "serif-bold": "Noto Serif CJK SC:bold"}.get(
            name, "Noto Sans CJK SC:medium"
        )
        found = subprocess.run(
            ["fc-match", "-f", "%{file}|%{index}", family],
            capture_output=True,
            check=True,
            text=True,
        ).stdout.split("|")
        _FACES[(name, size)] = ImageFont.truetype(found[0], size, index=int(found[1]) & 0xFFFF)
    return _FACES[(name, size)]


def scanned_pages(paragraphs: list[Paragraph]) -> list[Image.Image]:
    """The pages as a scanner would see them."""
    press = Press()
    rows = [each.text.split(" | ") for each in paragraphs if each.kind == ROW]
    running = [each for each in paragraphs if each.kind != ROW]
    for each in running[:-2]:
        press.paragraph(each)
    press.table(rows, [each.text for each in running[-2:]])
    return [_scanned(page, number) for number, page in enumerate(press.pages, 1)]


def _scanned(page: Image.Image, number: int) -> Image.Image:
    """A page number, a slight skew, a shadow at the edge, and grain."""
    chance = random.Random(number)
    pen = ImageDraw.Draw(page)
    pen.text(
        (page.width // 2 - 40, page.height - 130), f"— {number} —", INK, font=font("serif", 26)
    )
    skewed = page.rotate(
        chance.uniform(-0.45, 0.45), Image.Resampling.BICUBIC, fillcolor=(250, 249, 245)
    )
    pixels = numpy.asarray(skewed).astype(numpy.float32)
    grain = numpy.random.default_rng(number).normal(0, 5, pixels.shape[:2])
    shadow = numpy.linspace(0, 9, pixels.shape[1]) * chance.choice((-1, 1))
    pixels += grain[:, :, None] - numpy.abs(shadow)[None, :, None]
    return Image.fromarray(pixels.clip(0, 255).astype(numpy.uint8))


def pdf_file(pages: list[Image.Image]) -> bytes:
    """The pages as one PDF of pictures, without any text."""
    buffer = io.BytesIO()
    at = time.gmtime(MADE_AT.timestamp())
    pages[0].save(
        buffer, "PDF", resolution=150, quality=34, save_all=True, append_images=pages[1:],
        title="青澜市深化产教融合实施方案（演示）", creationDate=at, modDate=at,
    )  # fmt: skip
    return buffer.getvalue()


def main() -> None:
    """Write both products beside their source."""
    paragraphs = paragraphs_of(SOURCE.read_text(encoding="utf-8"))
    (HERE / "plan_2025.docx").write_bytes(word_file(paragraphs))
    (HERE / "plan_2025_scanned.pdf").write_bytes(pdf_file(scanned_pages(paragraphs)))


if __name__ == "__main__":
    main()
