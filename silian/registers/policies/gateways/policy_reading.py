"""The engine that reads policy documents, and the pages of their originals (政策文件解析)."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
from silian_engines.policy_documents.as_json import document_data
from silian_engines.policy_documents.errors import PolicyDocumentError
from silian_engines.policy_documents.parsing import parse_policy
from silian_engines.policy_documents.readers.scan import read_scanned_pages
from silian_engines.policy_documents.readers.source import SourceText, source_of

from silian.foundation.kernel.errors import DomainError

Tell = Callable[[int, int, str], None]
PDF_START = b"%PDF"
FEWEST_CHARACTERS = 15  # a page with fewer has no text layer worth reading
SCAN_SCALE = 2.5  # about 180 dots an inch, what recognition reads best
SHOWN_SCALE = 1.5  # about 108 dots an inch, legible on a screen


@dataclass(frozen=True, kw_only=True)
class ReadDocument:
    """What reading gave: the text that offsets count in, its medium, the structure."""

    text: str
    medium: str
    parsed: dict[str, Any]
    page_starts: tuple[int, ...] = ()


def read_policy(*, name: str, content: bytes, tell: Tell) -> ReadDocument:
    """Read and parse one file; a file that is no document is refused in a sentence."""
    try:
        source = source_text(name=name, content=content, tell=tell)
        pages = page_count(content=content)
        tell(pages, pages, "正在拆分条款、责任单位和指标")
        document = parse_policy(text=source.text, file_name=name, uncertain=source.doubts)
    except PolicyDocumentError as refusal:
        raise DomainError(str(refusal)) from refusal
    return ReadDocument(
        text=source.text,
        medium=source.medium,
        parsed=document_data(document=document),
        page_starts=source.page_starts,
    )


def source_text(*, name: str, content: bytes, tell: Tell) -> SourceText:
    """The text of the file; scanned pages are told of one by one, as they take seconds each."""
    if not content.startswith(PDF_START):
        tell(0, 1, "正在读取文字")
        return source_of(content, name=name)
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return source_of(content, name=name)  # the engine says what is wrong with it
    try:
        if has_text_layer(document):
            tell(0, 1, "正在读取文字")
            return source_of(content, name=name)
        return read_scanned_pages(told_pages(document, tell))
    finally:
        document.close()


def has_text_layer(document: Any) -> bool:
    counted = 0
    for page in document:
        text_page = page.get_textpage()
        counted += len("".join(text_page.get_text_range().split()))
        text_page.close()
    return counted >= FEWEST_CHARACTERS * len(document)


def told_pages(document: Any, tell: Tell) -> Iterator[Any]:
    """The pages as pictures; asks before each whether to go on."""
    total = len(document)
    for number in range(total):
        tell(number, total, f"正在识别第 {number + 1} 页，共 {total} 页")
        yield document[number].render(scale=SCAN_SCALE).to_pil()


def page_count(*, content: bytes) -> int:
    """The pages of a PDF; a picture is one page."""
    if not content.startswith(PDF_START):
        return 1
    document = pypdfium2.PdfDocument(content)
    try:
        return len(document)
    finally:
        document.close()


def page_image(*, content: bytes, page: int) -> bytes:
    """One page of the original as PNG, counted from 1; a picture is its own page."""
    if not content.startswith(PDF_START):
        return content
    document = pypdfium2.PdfDocument(content)
    try:
        if not 1 <= page <= len(document):
            raise DomainError(f"原件共 {len(document)} 页，没有第 {page} 页。")
        target = io.BytesIO()
        picture = document[page - 1].render(scale=SHOWN_SCALE, grayscale=True).to_pil()
        picture.save(target, "PNG", optimize=False)
        return target.getvalue()
    finally:
        document.close()
