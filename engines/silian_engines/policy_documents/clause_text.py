"""The running text of one clause, with its paragraphs and page breaks."""

from __future__ import annotations

from dataclasses import dataclass

from .document import Findings, Repair
from .lines import Line
from .outline import TERMINAL, Node
from .traced_text import TracedText, joined


@dataclass(slots=True)
class ClauseText:
    """A clause as one compact string."""

    traced: TracedText
    lines: list[Line]
    body_start: int
    paragraph_starts: tuple[int, ...]
    line_starts: tuple[int, ...]

    @property
    def text(self) -> str:
        """The clause without whitespace."""
        return self.traced.text


def clause_text(node: Node, lines: list[Line], findings: Findings) -> ClauseText:
    """Join the lines of a clause; a break inside a sentence is mended and recorded."""
    paragraphs = [0]
    starts = [0]
    length = len(lines[0].traced)
    is_whole = lines[0] is node.lines[0]
    heading_end = node.heading_end if is_whole else 0
    for before, line in zip(lines, lines[1:], strict=False):
        starts.append(length)
        if length == heading_end or before.text[-1] in TERMINAL:
            paragraphs.append(length)
        elif line.page_break_before:
            findings.repairs.append(_joined_break(before, line))
        length += len(line.traced)
    traced = joined(line.traced for line in lines)
    return ClauseText(traced, lines, heading_end, tuple(paragraphs), tuple(starts))


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
