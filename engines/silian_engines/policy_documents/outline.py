"""The clause tree, built from numbering labels alone (条款层次)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .lines import ANNEX, BODY, ROW, TITLE, Line
from .numbering import ARTICLE, BOOK, PART, UNNUMBERED, Label

TERMINAL = "。：；)）！？!?;:”"
_RUN_IN_LIMIT = 40
_TAIL_IN_HEADING = re.compile(r"[（(【\[](?:责任|牵头|配合|主办)[^（(。]{0,6}[:：].*$")


@dataclass(slots=True)
class Node:
    """A labelled piece of the document with its lines and its children."""

    label: Label
    rank: int
    lines: list[Line]
    children: list[Node] = field(default_factory=list)
    heading: str = ""
    heading_end: int = 0
    restored_number: str = ""

    @property
    def number(self) -> str:
        """The number as printed, or as its neighbours show that it was."""
        return self.label.printed or self.restored_number


@dataclass(slots=True)
class Outline:
    """The clause tree and the lines that stand outside it."""

    roots: list[Node]
    opening: list[Line]
    outside: list[Line]


def outline_of(lines: list[Line]) -> Outline:
    """Build the clause tree of a document."""
    builder = _Builder(lines)
    for index, line in enumerate(lines):
        builder.take(index, line)
    if not builder.roots:
        builder.take_unnumbered()
    for root in builder.roots:
        _settle(root)
    return Outline(builder.roots, builder.opening, builder.outside)


def leaves(node: Node, path: tuple[Node, ...] = ()) -> Iterator[tuple[tuple[Node, ...], Node]]:
    """Every node below, with the chain that leads to it, in printed order."""
    chain = (*path, node)
    yield chain, node
    for child in node.children:
        yield from leaves(child, chain)


class _Builder:
    """Walks the lines once, keeping the chain of open nodes."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.roots: list[Node] = []
        self.opening: list[Line] = []
        self.outside: list[Line] = []
        self._chain: list[Node] = []
        self._last_ordinal: dict[int, int] = {}
        self._width = _wrap_width(lines)

    def take(self, index: int, line: Line) -> None:
        """Place one line: open a node, extend the open one, or leave it outside."""
        if line.label is not None and self._opens(line):
            self._open(line)
        elif self._chain and self._continues(index, line):
            self._chain[-1].lines.append(line)
        elif line.kind == ROW:
            (self.outside if self.roots else self.opening).append(line)
        else:
            self._leave(line)

    def take_unnumbered(self) -> None:
        """Without any label, each body line after the title is a clause."""
        for line in self.opening:
            if line.kind == BODY and len(line.text) > _RUN_IN_LIMIT:
                self.roots.append(Node(Label("", UNNUMBERED, None), UNNUMBERED, [line]))

    def _leave(self, line: Line) -> None:
        self._chain = []
        (self.outside if self.roots else self.opening).append(line)

    def _opens(self, line: Line) -> bool:
        label = line.label
        assert label is not None
        if label.rank == UNNUMBERED:
            return bool(self._chain) and (label.is_box or _runs_in(line, label))
        if not self._chain:
            return label.ordinal == 1 or (bool(self.roots) and self._is_next(label))
        if _is_open(self._chain[-1].lines[-1].text) and self._in_body():
            return label.ordinal == 1 or self._is_next(label)
        return True

    def _in_body(self) -> bool:
        """Whether the open node has text after its heading."""
        node = self._chain[-1]
        return len(node.lines) > 1 or "。" in node.lines[0].text

    def _is_next(self, label: Label) -> bool:
        return label.ordinal == self._last_ordinal.get(label.rank, -1) + 1

    def _continues(self, index: int, line: Line) -> bool:
        if line.kind == BODY:
            return not _closes_document(line.text)
        if line.kind != TITLE:
            return False
        return not self._starts_another_plan(index)

    def _starts_another_plan(self, index: int) -> bool:
        """A title line is one when the next label restarts the numbering from the top."""
        if _is_open(self._chain[-1].lines[-1].text) and self._in_body():
            return False
        top = min(root.rank for root in self.roots)
        for line in self.lines[index + 1 :]:
            if line.label is not None and line.label.rank != UNNUMBERED:
                return line.label.ordinal == 1 and line.label.rank <= max(top, PART)
            if line.kind == ANNEX:
                return True
        return False

    def _open(self, line: Line) -> None:
        label = line.label
        assert label is not None
        rank = self._rank_here(label)
        while self._chain and self._chain[-1].rank >= rank:
            self._chain.pop()
        node = Node(label, rank, [line])
        (self._chain[-1].children if self._chain else self.roots).append(node)
        self._chain.append(node)
        if label.ordinal is not None:
            self._last_ordinal[rank] = label.ordinal
        _name(node, width=self._width)

    def _rank_here(self, label: Label) -> int:
        """A box stands beside the task above it."""
        if label.is_box and self._chain and not self._chain[-1].children:
            last = self._chain[-1]
            if last.rank > PART:
                return last.rank
        return label.rank


def _wrap_width(lines: list[Line]) -> int:
    """The line width of a text broken at a fixed width, or a number no line reaches."""
    lengths = [len(line.text) for line in lines if line.kind == BODY]
    longest = max(lengths, default=0)
    full = sum(1 for length in lengths if length >= longest - 2)
    return longest - 2 if longest <= 60 and full * 4 > len(lengths) > 8 else 10**9


def _is_open(text: str) -> bool:
    """Whether a line stops in the middle of a sentence."""
    return text[-1] not in TERMINAL


def _runs_in(line: Line, label: Label) -> bool:
    """Whether an unnumbered line begins with a heading that ends in a full stop."""
    stop = line.text.find("。", len(label.printed))
    return (0 < stop <= _RUN_IN_LIMIT and stop < len(line.text) - 1) or not label.printed


def _closes_document(text: str) -> bool:
    """Whether a paragraph speaks of the document itself (施行、解释、有效期)."""
    return (
        text[0] in "本以上述"
        and text.startswith(("本", "以上政策", "上述政策"))
        and any(word in text for word in ("施行", "起执行", "开始执行", "负责解释", "有效期"))
    )


def _name(node: Node, *, width: int) -> None:
    """Read the heading: up to the first full stop, or the whole line."""
    text = node.lines[0].text
    start = len(node.label.printed)
    if node.rank == ARTICLE:
        node.heading_end = start
        return
    stop = text.find("。", start)
    colon = _heading_colon(text, start)
    end = colon if colon is not None else stop if stop >= 0 else len(text)
    node.heading = _TAIL_IN_HEADING.sub("", text[start:end].rstrip("：:"))
    node.heading_end = min(end + 1, len(text))
    if stop < 0 and colon is None and len(text) >= width:
        node.heading_end = -1


def _heading_colon(text: str, start: int) -> int | None:
    """A colon ends a heading when it comes early and before any other stop."""
    for index in range(start, min(start + 20, len(text))):
        if text[index] in "：:":
            return index
        if text[index] in "，。、,；（(【[":
            return None
    return None


def _settle(node: Node) -> None:
    """Finish wrapped headings, and fold list items into the clause that lists them."""
    if node.heading_end < 0:
        _finish_wrapped_heading(node)
    for child in node.children:
        _settle(child)
    if node.children and _is_list(node):
        node.lines = [line for _, each in leaves(node) for line in each.lines]
        node.children = []


def _finish_wrapped_heading(node: Node) -> None:
    text = "".join(line.text for line in node.lines)
    stop = text.find("。")
    if stop < 0 or stop > 120:
        stop = len(node.lines[0].text)
    node.heading = text[len(node.label.printed) : stop]
    node.heading_end = min(stop + 1, len(text))


def _is_list(node: Node) -> bool:
    """Items that end in semicolons, or stand below an article, are no clauses."""
    if node.rank == ARTICLE:
        return True
    first = node.children[0]
    if first.children or BOOK <= node.rank < PART:
        return False
    return first.lines[-1].text[-1] in "；;"
