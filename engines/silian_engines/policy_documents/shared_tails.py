"""A tail on a line of its own below several items belongs to all of them (共用责任尾注)."""

from __future__ import annotations

from .numbering import POINT
from .outline import Node, leaves
from .tails import ends_in_tail

_OPENING = "（(〔[【"


def fold_items_under_shared_tails(*, roots: list[Node]) -> None:
    """Items below points or dashes whose only tail closes the last become one clause."""
    for root in roots:
        for _, node in list(leaves(root)):
            if _shares_one_tail(node):
                node.lines = [line for _, each in leaves(node) for line in each.lines]
                node.children = []


def _shares_one_tail(node: Node) -> bool:
    if len(node.children) < 2 or any(child.children for child in node.children):
        return False
    *others, last = node.children
    if last.rank < POINT or len(last.lines) < 2:
        return False
    closing = last.lines[-1].text
    stands_alone = closing[0] in _OPENING and ends_in_tail(closing)
    return (
        stands_alone
        and not any(
            ends_in_tail(line.text) for child in (*others, last) for line in child.lines[:-1]
        )
        and not any(ends_in_tail(child.lines[-1].text) for child in others)
    )
