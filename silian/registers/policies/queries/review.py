"""What the review of a document shows: clauses, marks, progress, what holds it up (核对)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from silian.registers.policies.choices import (
    LEADING_ROLES,
    SOFT_FORCES,
    BodyRole,
    ClauseReview,
    MarkKind,
)
from silian.registers.policies.models.clauses import (
    Clause,
    ClauseBody,
    ClauseGoal,
    ClauseTarget,
)
from silian.registers.policies.models.documents import PolicyDocument
from silian.registers.policies.models.marks import Mark
from silian.registers.policies.rules.issuing import HEADER_CAUSES, OpenDoubt
from silian.registers.policies.rules.marked_text import letters, line_of

Spans = Sequence[tuple[int, int]]


def figure_spans(document: PolicyDocument) -> Spans:
    """Where the document's figures stand: targets, dated goals, its own date and number."""
    of = {"clause__document": document, "start__isnull": False}
    targets = ClauseTarget.objects.filter(**of).values_list("start", "end")
    goals = ClauseGoal.objects.filter(**of).values_list("start", "end")
    offsets = document.parsed.get("offsets", {})
    header = [tuple(offsets[name]) for name in ("date", "doc_number") if name in offsets]
    return [*targets, *goals, *header]


def touches(mark: Mark, spans: Spans) -> bool:
    """Whether the mark lies on one of the stretches."""
    return any(start < mark.end and mark.start < end for start, end in spans)


def is_about_figure(mark: Mark, *, text: str, spans: Spans) -> bool:
    """Whether a mark lies on a figure, or beside a digit that it may belong to."""
    beside = text[max(0, mark.start - 1) : mark.start] + text[mark.end : mark.end + 1]
    return touches(mark, spans) or any(sign.isdigit() or sign in "%％" for sign in beside)


def open_doubts(document: PolicyDocument) -> list[OpenDoubt]:
    """Doubts of a document that nobody has settled."""
    marks = document.marks.filter(kind=MarkKind.DOUBT, resolved_at__isnull=True)
    spans = figure_spans(document)
    return [
        OpenDoubt(
            cause=mark.cause,
            place=str(mark.clause) if mark.clause else "文件要素",
            line=line_of(document.text, offset=mark.start),
            touches_figure=is_about_figure(mark, text=document.text, spans=spans),
        )
        for mark in marks.select_related("clause").order_by("start")
    ]


def issue_facts(document: PolicyDocument) -> dict[str, Any]:
    """What the workflow asks before a document is issued."""
    clauses = list(document.clauses.order_by("order"))
    return {
        "title": document.title,
        "issued_on": document.issued_on,
        "waiting": [str(each) for each in clauses if each.review == ClauseReview.WAITING],
        "doubts": open_doubts(document),
        "clauses": len(clauses),
    }


@dataclass(frozen=True, kw_only=True)
class ReviewClause:
    """A clause as the review shows it, with all that hangs on it."""

    clause: Clause
    bodies: list[ClauseBody]
    targets: list[ClauseTarget]
    goals: list[ClauseGoal]
    marks: list[Mark]

    @property
    def pk(self) -> int:
        return self.clause.pk

    @property
    def open_doubts(self) -> list[Mark]:
        return [
            mark for mark in self.marks if mark.kind == MarkKind.DOUBT and mark.resolved_at is None
        ]

    @property
    def is_confirmed(self) -> bool:
        return self.clause.review == ClauseReview.CONFIRMED

    @property
    def repairs(self) -> list[Mark]:
        return [mark for mark in self.marks if mark.kind == MarkKind.REPAIR]

    @property
    def leads(self) -> list[ClauseBody]:
        return [body for body in self.bodies if body.role in LEADING_ROLES]

    @property
    def others(self) -> list[ClauseBody]:
        return [body for body in self.bodies if body.role not in LEADING_ROLES]

    @property
    def roles(self) -> list[tuple[str, list[ClauseBody]]]:
        """The bodies that do not lead, under the part each has."""
        found: dict[str, list[ClauseBody]] = {}
        for body in self.others:
            found.setdefault(BodyRole(body.role).label, []).append(body)
        return list(found.items())

    @property
    def lettered(self) -> list[tuple[str, ClauseTarget]]:
        """The targets under the letters that the original carries."""
        return list(zip(letters(), self.targets, strict=False))

    @property
    def doubtful(self) -> set[int]:
        """The targets that an open doubt touches."""
        return {
            target.pk
            for target in self.targets
            for mark in self.open_doubts
            if touches(mark, [(target.start or 0, target.end or 0)])
        }

    @property
    def has_soft(self) -> bool:
        return any(target.force in SOFT_FORCES for target in self.targets)


class Review:
    """One document under review; six queries whatever its length."""

    def __init__(self, document: PolicyDocument) -> None:
        self.document = document
        self.marks = list(document.marks.order_by("start"))
        self.items = self._items()

    def _items(self) -> list[ReviewClause]:
        of = {"clause__document": self.document}
        bodies = grouped(ClauseBody.objects.filter(**of).select_related("body").order_by("order"))
        targets = grouped(
            ClauseTarget.objects.filter(**of).select_related("repeats").order_by("order", "pk")
        )
        goals = grouped(ClauseGoal.objects.filter(**of).order_by("pk"))
        marks = grouped(self.marks)
        return [
            ReviewClause(
                clause=clause,
                bodies=bodies.get(clause.pk, []),
                targets=targets.get(clause.pk, []),
                goals=goals.get(clause.pk, []),
                marks=marks.get(clause.pk, []),
            )
            for clause in self.document.clauses.order_by("order")
        ]

    @cached_property
    def figures(self) -> Spans:
        """Where figures stand, from what is loaded already."""
        rows: list[ClauseTarget | ClauseGoal] = []
        for item in self.items:
            rows += [*item.targets, *item.goals]
        offsets = self.document.parsed.get("offsets", {})
        header = [tuple(offsets[name]) for name in ("date", "doc_number") if name in offsets]
        return [*((row.start, row.end or 0) for row in rows if row.start is not None), *header]

    @cached_property
    def doubts(self) -> list[Mark]:
        """Open doubts in the order of the text."""
        return [
            mark for mark in self.marks if mark.kind == MarkKind.DOUBT and mark.resolved_at is None
        ]

    @cached_property
    def holding_up(self) -> list[Mark]:
        """Open doubts that must be settled before the document is issued."""
        return [
            mark
            for mark in self.doubts
            if mark.cause in HEADER_CAUSES
            or is_about_figure(mark, text=self.document.text, spans=self.figures)
        ]

    @property
    def header_marks(self) -> list[Mark]:
        """Doubts that stand outside every clause: date, number, annexes."""
        return [mark for mark in self.doubts if mark.clause_id is None]

    @property
    def tasks(self) -> int:
        return sum(item.clause.is_task for item in self.items)

    @property
    def targets(self) -> int:
        return sum(len(item.targets) for item in self.items)

    @property
    def repeated(self) -> int:
        """Targets that say again what another has said."""
        return sum(each.repeats_id is not None for item in self.items for each in item.targets)

    @property
    def confirmed(self) -> int:
        return sum(item.is_confirmed for item in self.items)

    @property
    def waiting(self) -> list[ReviewClause]:
        return [item for item in self.items if not item.is_confirmed]

    @property
    def clear_waiting(self) -> int:
        """Waiting clauses without an open doubt, which may be confirmed together."""
        return sum(not item.open_doubts for item in self.waiting)

    def held(self, item: ReviewClause) -> list[Mark]:
        """The doubts that keep a clause from being confirmed."""
        holding = {mark.pk for mark in self.holding_up}
        return [mark for mark in item.open_doubts if mark.pk in holding]

    def item(self, clause_id: int) -> ReviewClause | None:
        return next((item for item in self.items if item.pk == clause_id), None)

    def first(self, *, doubts_only: bool) -> ReviewClause | None:
        """Where a reviewer begins: the first clause that waits, else the first of all."""
        shown = self.shown(doubts_only=doubts_only) or self.items
        return next((item for item in shown if not item.is_confirmed), shown[0] if shown else None)

    def shown(self, *, doubts_only: bool) -> list[ReviewClause]:
        """All clauses, or those with an open doubt (只看疑点)."""
        return [item for item in self.items if item.open_doubts] if doubts_only else self.items

    def neighbours(
        self, item: ReviewClause, *, doubts_only: bool
    ) -> tuple[ReviewClause | None, ReviewClause | None]:
        """The clauses before and after this one among those shown."""
        shown = self.shown(doubts_only=doubts_only)
        before = [each for each in shown if each.clause.order < item.clause.order]
        after = [each for each in shown if each.clause.order > item.clause.order]
        return (before[-1] if before else None, after[0] if after else None)


def grouped(rows: Iterable[Any]) -> dict[int, list[Any]]:
    """Rows by the clause they hang on."""
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.clause_id or 0, []).append(row)
    return found
