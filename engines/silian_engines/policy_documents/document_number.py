"""Document numbers: agency code, year, serial (发文字号)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CODE = r"[\u4e00-\u9fa5]{2,14}?(?:[（(][\u4e00-\u9fa5]{1,4}[）)])?"
_WHOLE = re.compile(
    rf"(?P<code>{_CODE})[〔\[［（(【﹝](?P<year>(?:19|20)\d\d)[〕\]］）)】﹞](?:第)?(?P<serial>\d{{1,4}})号"
)
_LOST = re.compile(
    rf"(?P<code>{_CODE})[〔\[［（(【﹝]?(?P<year>(?:19|20)\d\d)[〕\]］）)】﹞]?(?:第)?(?P<serial>\d{{1,4}})(?P<end>号|$|(?=[）)，,。]))"
)
_ANY = re.compile(rf"(?P<code>{_CODE})[〔\[［﹝][^\u4e00-\u9fa5]{{0,12}}号?")

WHOLE, RECONSTRUCTED, DOUBTFUL, ABSENT = "whole", "reconstructed", "doubtful", "absent"


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A document number with how it was read."""

    number: str | None
    printed: str
    status: str
    start: int
    end: int


def number_in(text: str, *, start: int = 0) -> DocumentNumber | None:
    """The first document number of a compact text.

    A year has four digits, so a lost bracket or 号 leaves one reading only; any other
    damage leaves the number unread.
    """
    match = _WHOLE.search(text, start)
    if match:
        return _read(match, WHOLE)
    match = _LOST.search(text, start)
    if match and any(sign in match.group() for sign in "〔〕[]【】号"):
        return _read(match, RECONSTRUCTED)
    match = _ANY.search(text, start)
    if match:
        return DocumentNumber(None, match.group(), DOUBTFUL, match.start(), match.end())
    return None


def _read(match: re.Match[str], status: str) -> DocumentNumber:
    serial = match["serial"].lstrip("0") or "0"
    code = match["code"].rpartition("文件")[2]
    start = match.end("code") - len(code)
    printed = match.string[start : match.end()]
    return DocumentNumber(
        f"{code}〔{match['year']}〕{serial}号", printed, status, start, match.end()
    )
