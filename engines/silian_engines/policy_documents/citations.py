"""Other documents a text names, with their numbers (引用文件)."""

from __future__ import annotations

import re

from .document import Citation, Doubt, Findings
from .document_number import DOUBTFUL, RECONSTRUCTED, number_in
from .traced_text import TracedText

_NUMBER_AFTER = re.compile(r"[（(](?P<content>[^（()）]{3,40})[）)]")


def citations_in(
    *, traced: TracedText, own_titles: tuple[str, ...], findings: Findings
) -> tuple[Citation, ...]:
    """Every title in book marks that is not the document's own, each once."""
    text = traced.text
    cited: dict[str, Citation] = {}
    position = text.find("《")
    while position >= 0:
        end = _closing(text, position)
        if end is None:
            position = text.find("《", position + 1)
            continue
        title = text[position + 1 : end]
        if 2 < len(title) <= 90 and title not in own_titles and title not in cited:
            cited[title] = _citation(traced, title, position, end, findings)
        position = text.find("《", end)
    return tuple(cited.values())


def _closing(text: str, start: int) -> int | None:
    """The mark that closes this one, nested titles included."""
    depth = 0
    for index in range(start, min(len(text), start + 160)):
        if text[index] == "《":
            depth += 1
        elif text[index] == "》":
            depth -= 1
            if depth == 0:
                return index
    return None


def _citation(traced: TracedText, title: str, start: int, end: int, findings: Findings) -> Citation:
    after = _NUMBER_AFTER.match(traced.text, end + 1)
    found = number_in(after["content"]) if after else None
    last = after.end() if after and found else end + 1
    first_raw, last_raw = traced.span(start, last)
    if found is None:
        return Citation(title, None, None, first_raw, last_raw)
    if found.status in (DOUBTFUL, RECONSTRUCTED):
        readings = (found.number,) if found.number else ()
        reason = "引用文号印刷不全，请核对原件"
        findings.doubts.append(
            Doubt("cited_number", found.printed, readings, first_raw, last_raw, reason)
        )
    return Citation(title, found.number, found.printed, first_raw, last_raw)
