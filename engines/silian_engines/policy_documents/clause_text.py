"""The running text of one clause, with its paragraphs and page breaks."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace

from .document import Findings, Repair
from .lines import Line
from .outline import TERMINAL, Node
from .tail_grammar import LABEL
from .traced_text import TracedText, joined

_DEADLINE = re.compile(r"(?:力争|争取|确保)?(?:到|至)(?:20\d\d年|“?十[四五六]五”?)")
_LEADS_ON = re.compile(r"(?:力争|争取|确保|计划|努力|预计|[，、；：,;:])$")
_PLAIN = str.maketrans("０１２３４５６７８９．", "0123456789.")


@dataclass(slots=True)
class ClauseText:
    """A clause as one compact string."""

    traced: TracedText
    lines: list[Line]
    label_end: int
    body_start: int
    paragraph_starts: tuple[int, ...]
    line_starts: tuple[int, ...]

    @property
    def text(self) -> str:
        """The clause without whitespace."""
        return self.traced.text

    def with_plain_digits(self) -> ClauseText:
        """The same clause with full-width digits and per cent signs in their plain form."""
        plain = TracedText.translated(self.traced, _PLAIN)
        return replace(self, traced=plain) if plain is not self.traced else self


def clause_text(*, node: Node, lines: list[Line], findings: Findings) -> ClauseText:
    """Join the lines of a clause; a break inside a sentence is mended and recorded."""
    paragraphs = [0]
    starts = [0]
    length = len(lines[0].traced)
    is_whole = lines[0] is node.lines[0]
    heading_end = node.heading_end if is_whole else 0
    for before, line in itertools.pairwise(lines):
        starts.append(length)
        if length == heading_end or before.text[-1] in TERMINAL or _opens_anew(before, line):
            paragraphs.append(length)
        elif line.page_break_before:
            findings.repairs.append(_joined_break(before, line))
        length += len(line.traced)
    traced = joined(line.traced for line in lines)
    label_end = len(node.label.printed) if is_whole else 0
    return ClauseText(traced, lines, label_end, heading_end, tuple(paragraphs), tuple(starts))


def _opens_anew(before: Line, line: Line) -> bool:
    """A label or a deadline opens a paragraph, even where the stop before it is lost."""
    if LABEL.match(line.text):
        return True
    return bool(_DEADLINE.match(line.text)) and not _LEADS_ON.search(before.text)


def _joined_break(before: Line, line: Line) -> Repair:
    printed = f"{before.text[-6:]}⏎{line.text[:6]}"
    return Repair(
        kind="joined_break",
        printed=printed,
        reading=printed.replace("⏎", ""),
        start=before.end,
        end=line.start,
        reason="句中换页，上下文直接相连",
    )
