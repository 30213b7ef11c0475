"""The review's left and middle panes: the clause tree, and the original with highlights."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from silian.registers.policies.choices import MarkKind
from silian.registers.policies.models.documents import PolicyDocument
from silian.registers.policies.models.marks import Mark
from silian.registers.policies.queries.review import Review, ReviewClause
from silian.registers.policies.rules.doubt_words import cause_words
from silian.registers.policies.rules.marked_text import (
    ClauseSpan,
    Highlight,
    Segment,
    letters,
    line_of,
    marked_lines,
)


@dataclass(frozen=True, kw_only=True)
class TreeLine:
    """A line of the clause tree: a part's heading, or a clause with its state."""

    title: str
    depth: int
    item: ReviewClause | None = None
    doubts: int = 0


def tree_of(review: Review, *, doubts_only: bool) -> list[TreeLine]:
    """Headings once, clauses under them; the tree that the numbering makes."""
    lines: list[TreeLine] = []
    before: list[str] = []
    for item in review.shown(doubts_only=doubts_only):
        clause = item.clause
        own = bool(clause.path) and bool(clause.heading) and clause.heading in clause.path[-1]
        parents = clause.path[:-1] if own else clause.path
        for depth, heading in enumerate(parents):
            if before[: depth + 1] != parents[: depth + 1]:
                lines.append(TreeLine(title=heading, depth=depth))
        before = parents
        title = f"{clause.number}{clause.heading}" or clause.text[:20]
        lines.append(
            TreeLine(title=title, depth=len(parents), item=item, doubts=len(item.open_doubts))
        )
    return lines


@dataclass(frozen=True, kw_only=True)
class OriginalLine:
    """A line of the original as drawn."""

    number: int
    segments: tuple[Segment, ...]
    is_current: bool
    is_first: bool
    is_dim: bool
    is_title: bool
    url: str


def original_lines(review: Review, *, current: ReviewClause | None) -> list[OriginalLine]:
    """The whole original, the current clause lit, the rest dimmed."""
    document = review.document
    spans = [
        ClauseSpan(clause=item.pk, start=item.clause.start, end=item.clause.end)
        for item in review.items
    ]
    titles = title_lines(document)
    here = current.pk if current else 0
    lines: list[OriginalLine] = []
    lit = False
    for line in marked_lines(document.text, highlights=highlights(review), clauses=spans):
        is_current = here in line.clauses
        target = min(line.clauses, default=None)
        lines.append(
            OriginalLine(
                number=line.number,
                segments=line.segments,
                is_current=is_current,
                is_first=is_current and not lit,
                is_dim=not is_current,
                is_title=line.number in titles,
                url=clause_address(document, target) if target else "",
            )
        )
        lit = lit or is_current
    return lines


def clause_address(document: PolicyDocument, clause_id: int) -> str:
    base = reverse("policies:review", kwargs={"document_id": document.pk})
    return f"{base}{clause_id}/"


def title_lines(document: PolicyDocument) -> set[int]:
    """The lines that hold the titles, which stand in the middle of the page."""
    offsets = document.parsed.get("offsets", {})
    spans = [offsets[name] for name in ("title", "plan_title") if offsets.get(name)]
    lines: set[int] = set()
    for start, end in spans:
        first = line_of(document.text, offset=start)
        lines |= set(range(first, line_of(document.text, offset=max(start, end - 1)) + 1))
    return lines


def highlights(review: Review) -> list[Highlight]:
    """Everything that stands somewhere in the original, with the way to its structure."""
    document = review.document
    base = reverse("policies:review", kwargs={"document_id": document.pk})
    found = [each for item in review.items for each in clause_highlights(document, item, base)]
    for place, mark in enumerate(review.doubts, start=1):
        home = f"{base}{mark.clause_id}/" if mark.clause_id else ""
        found.append(
            Highlight(
                kind="doubt",
                start=mark.start,
                end=max(mark.end, mark.start + 1),
                anchor=f"{home}#doubt-{mark.pk}",
                label=f"疑 {place}",
                clause=mark.clause_id,
            )
        )
    return found


def clause_highlights(document: PolicyDocument, item: ReviewClause, base: str) -> list[Highlight]:
    clause, home = item.clause, f"{base}{item.pk}/"
    found = []
    at = document.text.find(clause.heading, clause.start, clause.end) if clause.heading else -1
    if clause.is_task and at >= 0:
        found.append(spot("task", at, at + len(clause.heading), f"{home}#clause", label="任务"))
    for letter, target in zip(letters(), item.targets, strict=False):
        anchor = f"{home}#target-{target.pk}"
        found.append(spot("figure", target.start, target.end, anchor, label=f"指标 {letter}"))
    for goal in item.goals:
        found.append(spot("goal", goal.start, goal.end, f"{home}#goal-{goal.pk}", label="目标"))
    for body in item.bodies:
        found.append(spot("body", body.start, body.end, f"{home}#bodies"))
    for mark in item.marks:
        if mark.kind == MarkKind.REPAIR:
            found.append(spot("repair", mark.start, mark.end, f"{home}#repairs"))
    return [each for each in found if each.end > each.start]


def spot(kind: str, start: int | None, end: int | None, anchor: str, label: str = "") -> Highlight:
    return Highlight(kind=kind, start=start or 0, end=end or 0, anchor=anchor, label=label)


@dataclass(frozen=True, kw_only=True)
class ShownMark:
    """An open doubt as the right pane shows it, with its words around."""

    mark: Mark
    number: int
    title: str
    before: str
    after: str
    line: int
    readings: list[str]
    holds_up: bool
    page: int | None


def marks_shown(review: Review, item: ReviewClause | None) -> list[ShownMark]:
    """The open doubts of the clause; at a document without clauses those of its header."""
    here = {mark.pk for mark in (item.open_doubts if item else [])}
    outside = {mark.pk for mark in review.header_marks}
    chosen = here or (outside if is_first_item(review, item) else set())
    holding = {mark.pk for mark in review.holding_up}
    return [
        shown_mark(review, mark, number=number, holds_up=mark.pk in holding)
        for number, mark in enumerate(review.doubts, start=1)
        if mark.pk in chosen
    ]


def is_first_item(review: Review, item: ReviewClause | None) -> bool:
    return item is None or item.pk == review.items[0].pk


def shown_mark(review: Review, mark: Mark, *, number: int, holds_up: bool) -> ShownMark:
    document = review.document
    text = document.text
    before = text[max(0, mark.start - 12) : mark.start].rpartition("\n")[2]
    after = text[mark.end : mark.end + 12].partition("\n")[0]
    return ShownMark(
        mark=mark,
        number=number,
        title=cause_words(mark.cause),
        before=before,
        after=after,
        line=line_of(text, offset=mark.start),
        readings=[reading for reading in mark.readings if reading != mark.printed],
        holds_up=holds_up,
        page=page_of(document, mark.start),
    )


def page_of(document: PolicyDocument, offset: int) -> int | None:
    """The page of the scan that holds the character; None where there is no scan."""
    if not document.page_starts:
        return None
    return sum(start <= offset for start in document.page_starts)
