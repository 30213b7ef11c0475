"""Clauses merged, split, added and removed; orders stay whole (调整条款)."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, Q

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.registers.policies.choices import ClauseReview, Responsibility
from silian.registers.policies.commands.document_locking import (
    clause_in_review,
    document_in_review,
)
from silian.registers.policies.models.clauses import Clause, ClauseBody
from silian.registers.policies.models.documents import PolicyDocument
from silian.registers.policies.models.marks import Mark
from silian.registers.policies.rules.clause_text import compact, cut_places
from silian.registers.policies.rules.marked_text import line_of

LONGEST_HEADING = 40


@transaction.atomic
def merge_with_next(*, clause_id: int, actor: Actor) -> Clause:
    """Join a clause with the one after it (与下一条合并)."""
    clause = clause_in_review(clause_id=clause_id, actor=actor)
    following = clause.document.clauses.filter(order=clause.order + 1).first()
    if following is None:
        raise DomainError("这是最后一条，后面没有可以合并的条款。")
    before = [str(clause), str(following)]
    take_over(clause, following)
    clause.end, clause.line_end = following.end, following.line_end
    clause.text += following.text
    clause.is_task = clause.is_task or following.is_task
    clause.due_on = clause.due_on or following.due_on
    clause.tail = (clause.tail + following.tail)[:400]
    if clause.responsibility == Responsibility.NONE:
        clause.responsibility = following.responsibility
    settle(clause)
    following.delete()
    close_gap(clause.document, after=clause.order)
    record(
        actor, "policies.clause.merged", clause, detail={"before": before, "after": [str(clause)]}
    )
    return clause


def take_over(clause: Clause, other: Clause) -> None:
    """Everything that hangs on the other clause hangs on this one; no body twice in one role."""
    have = set(clause.bodies.values_list("body_id", "role"))
    count = clause.bodies.count()
    for row in other.bodies.all():
        if (row.body_id, row.role) in have:
            continue
        count += 1
        ClauseBody.objects.filter(pk=row.pk).update(clause=clause, order=count)
    other.targets.update(clause=clause, order=F("order") + clause.targets.count())
    other.goals.update(clause=clause)
    Mark.objects.filter(clause=other).update(clause=clause)


@transaction.atomic
def split_clause(*, clause_id: int, offset: int, actor: Actor) -> Clause:
    """Cut a clause in two at a sentence end; returns the new second half (拆分条款)."""
    clause = clause_in_review(clause_id=clause_id, actor=actor)
    document = clause.document
    places = cut_places(document.text, start=clause.start, end=clause.end)
    if offset not in {place.offset for place in places}:
        raise DomainError("只能在一句话的末尾拆分，请从列出的位置中选择。", field="offset")
    before = str(clause)
    open_gap(document, after=clause.order)
    words = compact(document.text[offset : clause.end])
    second = Clause.objects.create(
        document=document,
        order=clause.order + 1,
        path=clause.path,
        heading=words[:LONGEST_HEADING],
        text=words,
        start=offset,
        end=clause.end,
        line_start=line_of(document.text, offset=offset),
        line_end=clause.line_end,
        corrected=True,
    )
    hand_over_from(clause, second)
    clause.end, clause.line_end = offset, line_of(document.text, offset=offset - 1)
    clause.text = compact(document.text[clause.start : offset])
    settle(clause)
    record(
        actor,
        "policies.clause.split",
        clause,
        detail={"before": [before], "after": [str(clause), str(second)]},
    )
    return second


def hand_over_from(clause: Clause, second: Clause) -> None:
    """What stands in the second half belongs to it; the tail's bodies act for both halves."""
    here = Q(start__gte=second.start)
    moved = list(clause.bodies.filter(here))
    for order, row in enumerate(moved, start=1):
        row.pk, row.clause, row.order = None, second, order
        row._state.adding = True
    ClauseBody.objects.bulk_create(moved)
    clause.targets.filter(here).update(clause=second)
    clause.goals.filter(here).update(clause=second)
    clause.marks.filter(here).update(clause=second)
    if moved:
        second.responsibility, second.is_task = clause.responsibility, clause.is_task
        second.tail, second.due_on = clause.tail, clause.due_on
        second.save(update_fields=["responsibility", "is_task", "tail", "due_on"])


def settle(clause: Clause) -> None:
    clause.corrected, clause.review = True, ClauseReview.WAITING
    clause.save()


def open_gap(document: PolicyDocument, *, after: int) -> None:
    document.clauses.filter(order__gt=after).update(order=F("order") + 1)


def close_gap(document: PolicyDocument, *, after: int) -> None:
    document.clauses.filter(order__gt=after).update(order=F("order") - 1)


@transaction.atomic
def add_clause(
    *, document_id: int, first_line: int, last_line: int, heading: str, actor: Actor
) -> Clause:
    """Make a clause of lines of the original that none was made of (添加条款)."""
    document = document_in_review(document_id=document_id, actor=actor)
    lines = document.text.split("\n")
    if not 1 <= first_line <= last_line <= len(lines):
        raise DomainError(f"原文共 {len(lines)} 行，请填写其中的起止行。", field="first_line")
    start = sum(len(line) + 1 for line in lines[: first_line - 1])
    end = start + len("\n".join(lines[first_line - 1 : last_line]))
    words = compact(document.text[start:end])
    if not words:
        raise DomainError("这几行没有文字，请重新填写起止行。", field="first_line")
    taken = document.clauses.filter(start__lt=end, end__gt=start).first()
    if taken is not None:
        raise DomainError(f"这几行已属于“{taken}”。请先拆分或移除那一条。", field="first_line")
    before = document.clauses.filter(start__lt=start).order_by("-order").first()
    order = before.order + 1 if before else 1
    open_gap(document, after=order - 1)
    clause = Clause.objects.create(
        document=document,
        order=order,
        path=before.path[:1] if before else [],
        heading=(heading.strip() or words[:LONGEST_HEADING])[:200],
        text=words,
        start=start,
        end=end,
        line_start=first_line,
        line_end=last_line,
        corrected=True,
    )
    document.marks.filter(start__gte=start, start__lt=end).update(clause=clause)
    record(actor, "policies.clause.added", clause, detail={"lines": [first_line, last_line]})
    return clause


@transaction.atomic
def remove_clause(*, clause_id: int, reason: str, actor: Actor) -> PolicyDocument:
    """Take a clause out of the structure; its words stay in the original (移除条款)."""
    clause = clause_in_review(clause_id=clause_id, actor=actor)
    if not reason.strip():
        raise DomainError("请写明移除的理由。", field="reason")
    document, order = clause.document, clause.order
    record(
        actor,
        "policies.clause.removed",
        document,
        reason=reason,
        detail={"before": [str(clause)], "after": [], "text": clause.text[:400]},
    )
    clause.delete()
    close_gap(document, after=order)
    return document
