"""Clauses whose number was lost, found by the gap it leaves (缺失序号)."""

from __future__ import annotations

import itertools
import re

from .document import Doubt, Findings
from .lines import Line
from .numbering import ARTICLE, PART, UNNUMBERED, Label
from .numerals import chinese_numeral
from .outline import Node
from .tails import ends_in_tail

_LONGEST_HEADING = 40
_CHINESE = re.compile(r"[一二三四五六七八九十]+")
_ARABIC = re.compile(r"\d+")


def part_at_gaps(*, roots: list[Node], findings: Findings) -> None:
    """Doubt every missing number; part the clause before it where a closed tail allows.

    The parted clause takes the one number that its neighbours leave, and stays in doubt.
    """
    _part(roots, findings)
    for root in roots:
        _part_below(root, findings)


def _part_below(node: Node, findings: Findings) -> None:
    _part(node.children, findings)
    for child in node.children:
        _part_below(child, findings)


def _part(siblings: list[Node], findings: Findings) -> None:
    for before, after in itertools.pairwise(tuple(siblings)):
        if not _is_gap(before, after):
            continue
        number = _number_between(before, after)
        lost = _lost_node(before)
        if lost is not None:
            lost.restored_number = number
            siblings.insert(siblings.index(after), lost)
        findings.doubts.append(_doubt((lost or after).lines[0], number, before, after))


def _doubt(line: Line, number: str, before: Node, after: Node) -> Doubt:
    printed = line.text[:_LONGEST_HEADING].split("。")[0]
    end = line.traced.raw(len(printed) - 1) + 1
    reason = f"“{before.label.printed}”之后为“{after.label.printed}”，中间缺一个序号"
    return Doubt(
        "numbering_gap", printed, (number + printed,) if number else (), line.start, end, reason
    )


def _number_between(before: Node, after: Node) -> str:
    """The number that stands between two others, in their dress."""
    for numerals in (_CHINESE, _ARABIC):
        first, second = numerals.search(before.label.printed), numerals.search(after.label.printed)
        if first and second and before.label.ordinal is not None:
            missing = before.label.ordinal + 1
            name = chinese_numeral(missing) if numerals is _CHINESE else str(missing)
            printed = after.label.printed
            return printed[: second.start()] + name + printed[second.end() :]
    return ""


def _is_gap(before: Node, after: Node) -> bool:
    first, second = before.label.ordinal, after.label.ordinal
    same_rank = before.rank == after.rank and PART <= before.rank < UNNUMBERED
    return same_rank and first is not None and second == first + 2


def _lost_node(node: Node) -> Node | None:
    """The paragraphs after the first closed tail, when they close with a tail themselves."""
    if node.children or node.rank == ARTICLE or not ends_in_tail(node.lines[-1].text):
        return None
    for at in range(1, len(node.lines)):
        stop = node.lines[at].text.find("。")
        if 0 < stop <= _LONGEST_HEADING and ends_in_tail(node.lines[at - 1].text):
            lost = Node(Label("", UNNUMBERED, None), node.rank, node.lines[at:])
            lost.heading, lost.heading_end = node.lines[at].text[:stop], stop + 1
            node.lines = node.lines[:at]
            return lost
    return None
