"""A sealed text as lines of paper, with what is new against the text before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

CLAUSE_SIGN = "条　"
WORD = re.compile(r"[\d.,:%]+|[A-Za-z]+|.", re.DOTALL)
SHORTEST_SAME = 3  # characters between two changes; less is read as one change


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A stretch of a line: as before, new, or gone (字句)."""

    text: str
    is_new: bool = False
    is_gone: bool = False


@dataclass(frozen=True, kw_only=True)
class PaperLine:
    """One line of the text, in pieces where it was changed (对照)."""

    text: str
    pieces: Sequence[Piece] = ()

    @property
    def is_heading(self) -> bool:
        """Whether the line heads a clause: 第三条　工作时间."""
        return self.text.startswith("第") and CLAUSE_SIGN in self.text[:8]

    @property
    def is_changed(self) -> bool:
        return bool(self.pieces)


def paper_lines(text: str, *, before: str = "") -> list[PaperLine]:
    """The lines below the label; with an earlier text what was changed is marked."""
    new = [line for line in text.splitlines()[1:] if line.strip()]
    if not before:
        return [PaperLine(text=line) for line in new]
    old = [line for line in before.splitlines()[1:] if line.strip()]
    lines: list[PaperLine] = []
    for step, i1, i2, j1, j2 in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if step == "equal":
            lines += [PaperLine(text=line) for line in new[j1:j2]]
        else:
            lines += changed_lines(old[i1:i2], new[j1:j2])
    return lines


def changed_lines(gone: Sequence[str], come: Sequence[str]) -> list[PaperLine]:
    """Lines in the place of others, paired in order; a line too many is wholly gone or new."""
    pairs = zip(gone, come, strict=False)
    paired = [PaperLine(text=line, pieces=pieces(was, line)) for was, line in pairs]
    new = [
        PaperLine(text=line, pieces=[Piece(text=line, is_new=True)]) for line in come[len(gone) :]
    ]
    lost = [
        PaperLine(text=line, pieces=[Piece(text=line, is_gone=True)]) for line in gone[len(come) :]
    ]
    return paired + new + lost


def pieces(before: str, after: str) -> list[Piece]:
    """What is the same, gone and new between two lines, by words and numbers."""
    old, new = WORD.findall(before), WORD.findall(after)
    found: list[Piece] = []
    steps = SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
    for step, i1, i2, j1, j2 in joined(steps, length=len(old)):
        if step == "equal":
            found.append(Piece(text="".join(new[j1:j2])))
            continue
        if i2 > i1:
            found.append(Piece(text="".join(old[i1:i2]), is_gone=True))
        if j2 > j1:
            found.append(Piece(text="".join(new[j1:j2]), is_new=True))
    return found


Step = tuple[str, int, int, int, int]


def joined(found: Iterable[Step], *, length: int) -> list[Step]:
    """The steps of a comparison; changes that stand close together become one."""
    steps: list[Step] = []
    for step, i1, i2, j1, j2 in found:
        short = step == "equal" and i2 - i1 < SHORTEST_SAME and steps and i2 < length
        kind = "equal" if step == "equal" and not short else "replace"
        if kind == "replace" and steps and steps[-1][0] == "replace":
            _, i0, _, j0, _ = steps.pop()
            steps.append(("replace", i0, i2, j0, j2))
        else:
            steps.append((kind, i1, i2, j1, j2))
    return steps
