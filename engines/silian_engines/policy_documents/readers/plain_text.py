"""Plain text and Markdown: the encoding is found, never assumed (文本编码)."""

from __future__ import annotations

import re

from ..document import Doubt
from ..errors import NotAPolicyDocument

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CHINESE = re.compile(r"[\u4e00-\u9fa5，。、：；（）《》]")
_LOST = "\ufffd"


def decoded(content: bytes, *, name: str) -> tuple[str, tuple[Doubt, ...]]:
    """The text of a file in UTF-8, UTF-16 or GB18030, with unreadable bytes doubted."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _checked(content.decode(encoding, errors="replace"), name)
    if content.count(0) > len(content) // 100:
        raise NotAPolicyDocument(f"“{name}”不是可读取的文档，请上传 txt、md、docx、pdf 或图片。")
    return _checked(_best(content), name)


def _best(content: bytes) -> str:
    """UTF-8 when it is valid; otherwise the reading with more Chinese and fewer losses."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        readings = [content.decode(each, errors="replace") for each in ("gb18030", "utf-8")]
        return max(readings, key=_plausibility)


def _plausibility(text: str) -> float:
    lost = text.count(_LOST) * 3
    return (len(_CHINESE.findall(text)) - lost) / max(len(text), 1)


def _checked(text: str, name: str) -> tuple[str, tuple[Doubt, ...]]:
    printable = sum(
        1 for character in text[:4000] if character.isprintable() or character.isspace()
    )
    if printable * 10 < len(text[:4000]) * 7:
        raise NotAPolicyDocument(f"“{name}”不是可读取的文档，请上传 txt、md、docx、pdf 或图片。")
    reason = "字节无法按编码还原"
    doubts = tuple(
        Doubt("unreadable_character", _LOST, (), match.start(), match.end(), reason)
        for match in re.finditer(_LOST, text)
    )
    return text, doubts
