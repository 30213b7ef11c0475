"""A sealed text as lines of paper, with what is new against the text before it."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

CLAUSE_SIGN = "条　"


@dataclass(frozen=True, kw_only=True)
class PaperLine:
    """One line of the text; ``before`` is what stood there in the earlier text (对照)."""

    text: str
    is_heading: bool = False
    is_new: bool = False
    before: str = ""


def is_heading(line: str) -> bool:
    """Whether a line heads a clause: 第三条　工作时间."""
    return line.startswith("第") and CLAUSE_SIGN in line[:8]


def paper_lines(text: str, *, before: str = "") -> list[PaperLine]:
    """The lines below the label; with an earlier text what was changed is marked."""
    new = [line for line in text.splitlines()[1:] if line.strip()]
    if not before:
        return [PaperLine(text=line, is_heading=is_heading(line)) for line in new]
    old = [line for line in before.splitlines()[1:] if line.strip()]
    lines: list[PaperLine] = []
    for step, i1, i2, j1, j2 in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        gone = old[i1:i2] if step != "equal" else []
        for place, line in enumerate(new[j1:j2]):
            lines.append(
                PaperLine(
                    text=line,
                    is_heading=is_heading(line),
                    is_new=step != "equal",
                    before=gone[place] if place < len(gone) else "",
                )
            )
    return lines
