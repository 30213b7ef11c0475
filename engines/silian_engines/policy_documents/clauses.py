"""Leaf clauses from the clause tree, each with its tails (条款与任务)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .clause_text import ClauseText, clause_text
from .document import Findings, Tail
from .gaps import part_at_gaps
from .lines import Line
from .numbering import UNNUMBERED, Label
from .outline import Node, Outline, leaves
from .shared_tails import fold_items_under_shared_tails
from .tails import ends_in_tail, tails_of

_FIRST_LEADS = re.compile(
    r"(?:列|排|居|位列|排列|排名)(?:在|名)?(?:第一位?|首位|第一名|最前面?)(?:个)?的?"
    r"(?:单位|部门|者)?(?:为|是|即为|系)(?:主要)?牵头"
    r"|(?:第一个|首个|首位)(?:责任)?(?:单位|部门)(?:为|是|系)牵头"
)
_BODY_NAME = re.compile(
    r"[省市区县州][\u4e00-\u9fa5]{1,14}?(?:局|委|厅|办|部|会)(?=[、，,）)；;分负会牵按配])"
)


@dataclass(slots=True)
class Draft:
    """A clause before its numbers and goals are read."""

    path: tuple[str, ...]
    node: Node
    body: ClauseText
    tails: tuple[Tail, ...]
    is_intro: bool
    parents: tuple[Node, ...]


def drafts_of(*, outline: Outline, source: str, findings: Findings) -> list[Draft]:
    """The leaf clauses and the introductions above them, in printed order."""
    seen = names_printed_in(source)
    drafts: list[Draft] = []
    fold_items_under_shared_tails(roots=outline.roots)
    part_at_gaps(roots=outline.roots, findings=findings)
    for root in outline.roots:
        for chain, node in leaves(root):
            if not node.children:
                _divide(node)
            drafts.extend(_drafts_of_node(chain, node, findings, seen))
    return drafts


def names_printed_in(source: str) -> frozenset[str]:
    """Names of bodies that stand intact somewhere in the document."""
    return frozenset(_BODY_NAME.findall(re.sub(r"\s+", "", source)))


def first_listed_leads(source: str) -> bool:
    """Whether the document itself says that the first body of a tail leads."""
    return _FIRST_LEADS.search(source) is not None


def _drafts_of_node(
    chain: tuple[Node, ...], node: Node, findings: Findings, seen: frozenset[str]
) -> list[Draft]:
    own = node.lines
    is_intro = bool(node.children)
    if is_intro and len(own) == 1 and node.heading_end >= len(own[0].text):
        return []
    body = clause_text(node=node, lines=own, findings=findings)
    path = tuple(_title(each) for each in chain)
    tails = tails_of(clause=body, findings=findings, seen=seen)
    return [Draft(path, node, body, tails, is_intro, chain[:-1])]


def _title(node: Node) -> str:
    return node.number + node.heading


def _divide(node: Node) -> None:
    """Paragraphs below one heading that each close with a tail are clauses of their own."""
    if node.heading_end < len(node.lines[0].text) or len(node.lines) < 3:
        return
    groups: list[list[Line]] = [[]]
    for line in node.lines[1:]:
        groups[-1].append(line)
        if ends_in_tail(line.text):
            groups.append([])
    closed = [group for group in groups if group]
    if len(closed) < 2 or sum(ends_in_tail(group[-1].text) for group in closed) < 2:
        return
    node.children = [_unnumbered(group) for group in closed]
    node.lines = node.lines[:1]


def _unnumbered(lines: list[Line]) -> Node:
    text = lines[0].text
    stop = text.find("。")
    heading = text[:stop] if 0 < stop <= 40 else ""
    node = Node(Label("", UNNUMBERED, None), UNNUMBERED, lines)
    node.heading, node.heading_end = heading, stop + 1 if heading else 0
    return node
