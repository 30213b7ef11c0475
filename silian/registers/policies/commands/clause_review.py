"""Clauses are confirmed one by one, or all at once where nothing is in doubt (核对条款)."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.registers.accounts.permissions import signed_in_id
from silian.registers.policies.choices import ClauseReview, MarkKind
from silian.registers.policies.commands.document_locking import (
    clause_in_review,
    document_in_review,
)
from silian.registers.policies.models.clauses import Clause
from silian.registers.policies.models.marks import Mark
from silian.registers.policies.queries.review import figure_spans, is_about_figure


@transaction.atomic
def confirm_clause(*, clause_id: int, actor: Actor) -> Clause:
    """Confirm that a clause's structure says what is printed (确认条款).

    Doubts about figures must be settled first; other open doubts of the clause count as seen,
    and the text is kept as printed.
    """
    clause = clause_in_review(clause_id=clause_id, actor=actor)
    open_doubts = list(
        clause.marks.filter(kind=MarkKind.DOUBT, resolved_at__isnull=True).order_by("start")
    )
    spans = figure_spans(clause.document)
    text = clause.document.text
    held = [mark for mark in open_doubts if is_about_figure(mark, text=text, spans=spans)]
    if held:
        raise DomainError(
            f"这一条有 {len(held)} 处数值的疑点没有处理（“{held[0].printed}”），"
            "请先选定读法，再确认。"
        )
    for mark in open_doubts:
        keep_as_printed(mark, actor=actor)
    clause.review = ClauseReview.CONFIRMED
    clause.save(update_fields=["review"])
    record(
        actor,
        "policies.clause.confirmed",
        clause,
        detail={"kept_as_printed": [mark.printed for mark in open_doubts]},
    )
    return clause


def keep_as_printed(mark: Mark, *, actor: Actor) -> None:
    mark.resolution = mark.printed
    mark.resolved_by_id = signed_in_id(actor)
    mark.resolved_at = timezone.now()
    mark.save(update_fields=["resolution", "resolved_by", "resolved_at"])


@transaction.atomic
def reopen_clause(*, clause_id: int, actor: Actor) -> Clause:
    """Take a confirmation back (重新核对)."""
    clause = clause_in_review(clause_id=clause_id, actor=actor)
    clause.review = ClauseReview.WAITING
    clause.save(update_fields=["review"])
    record(actor, "policies.clause.reopened", clause)
    return clause


@transaction.atomic
def confirm_clear_clauses(*, document_id: int, actor: Actor) -> int:
    """Confirm every waiting clause that has no open doubt; returns how many (全部确认)."""
    document = document_in_review(document_id=document_id, actor=actor)
    doubts = Mark.objects.filter(
        clause=OuterRef("pk"), kind=MarkKind.DOUBT, resolved_at__isnull=True
    )
    waiting = document.clauses.filter(~Exists(doubts), review=ClauseReview.WAITING)
    orders = list(waiting.values_list("order", flat=True))
    if not orders:
        raise DomainError("没有可以一并确认的条款：剩下的都有疑点，请逐条处理。")
    document.clauses.filter(order__in=orders).update(review=ClauseReview.CONFIRMED)
    record(actor, "policies.document.confirmed_clear", document, detail={"clauses": orders})
    return len(orders)
