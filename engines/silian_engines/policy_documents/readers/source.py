"""Any supported file as source text (读取文件)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..document import Doubt
from ..errors import NotAPolicyDocument

_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"BM")
_LARGEST = 80 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text that offsets count in, how it was obtained, and what was hard to read.

    `page_starts` are the offsets at which the pages of a scan begin.
    """

    text: str
    medium: str
    doubts: tuple[Doubt, ...] = ()
    page_starts: tuple[int, ...] = ()


def read_source(*, path: Path) -> SourceText:
    """Read a file by what it contains, whatever its name says."""
    try:
        if path.stat().st_size > _LARGEST:
            raise NotAPolicyDocument(f"文件“{path.name}”超过 80 MB，请拆分后再上传。")
        content = path.read_bytes()
    except OSError as error:
        raise NotAPolicyDocument(f"无法读取文件“{path.name}”，请检查路径和权限。") from error
    return source_of(content, name=path.name)


def source_of(content: bytes, *, name: str) -> SourceText:
    """The source text of a file's bytes."""
    if content.startswith(b"%PDF"):
        from .pdf import read_pdf

        return read_pdf(content, name=name)
    if content.startswith(b"PK\x03\x04"):
        from .word import read_word

        return SourceText(read_word(content, name=name), "docx")
    if content.startswith(_IMAGES):
        from .scan import read_image

        return read_image(content, name=name)
    from .plain_text import decoded

    text, doubts = decoded(content, name=name)
    return SourceText(text, "markdown" if name.endswith((".md", ".markdown")) else "txt", doubts)
