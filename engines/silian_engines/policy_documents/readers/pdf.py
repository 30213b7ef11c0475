"""Text PDF; pages without text go to optical recognition (PDF 读取)."""

from __future__ import annotations

from typing import Any

from ..errors import NotAPolicyDocument
from .page_layout import Glyph, VisualLine, paragraphs
from .source import SourceText

_FEWEST_CHARACTERS = 15


def read_pdf(content: bytes, *, name: str) -> SourceText:
    """The paragraphs of a PDF, page by page."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise NotAPolicyDocument(f"PDF 文件“{name}”已损坏或加密，无法读取。") from error
    try:
        pages = [_lines(page) for page in document]
        if sum(_length(page) for page in pages) < _FEWEST_CHARACTERS * len(pages):
            from .scan import read_scanned_pages

            return read_scanned_pages(page.render(scale=2.5).to_pil() for page in document)
    finally:
        document.close()
    text = "\n".join("".join(g.character for g in each) for each in paragraphs(pages))
    return SourceText(text, "pdf")


def _length(lines: list[VisualLine]) -> int:
    return sum(len(line.text.strip()) for line in lines)


def _lines(page: Any) -> list[VisualLine]:
    """The lines of a page in reading order, with their edges."""
    text_page = page.get_textpage()
    text = text_page.get_text_range()
    lines: list[VisualLine] = []
    start = 0
    for index in range(len(text) + 1):
        if index < len(text) and text[index] not in "\r\n":
            continue
        if text[start:index].strip():
            lines.append(_line(text_page, text, start, index))
        start = index + 1
    text_page.close()
    return lines


def _line(text_page: Any, text: str, start: int, end: int) -> VisualLine:
    """Edges come from the first and last visible characters; PDF heights grow upwards."""
    visible = [index for index in range(start, end) if not text[index].isspace()]
    left, bottom, _, top = text_page.get_charbox(visible[0], loose=True)
    _, _, right, _ = text_page.get_charbox(visible[-1], loose=True)
    glyphs = tuple(Glyph(character) for character in text[start:end])
    return VisualLine(glyphs, left, right, top, bottom)
