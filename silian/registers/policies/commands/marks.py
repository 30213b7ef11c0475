"""A doubt is settled by a person: one of its readings, another, or as printed (处理疑点)."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.registers.accounts.permissions import signed_in_id
from silian.registers.policies.choices import ClauseReview, MarkKind
from silian.registers.policies.commands.clause_correction import body_called
from silian.registers.policies.commands.document_locking import document_in_review
from silian.registers.policies.models.clauses import ClauseBody
from silian.registers.policies.models.marks import Mark
from silian.registers.policies.rules.clause_text import compact_offset, read_with
from silian.registers.policies.rules.doubt_words import BODY_CAUSES
from silian.registers.policies.rules.reading import day_of

LONGEST_READING = 400


@transaction.atomic
def settle_doubt(*, mark_id: int, reading: str, actor: Actor) -> Mark:
    """Write down which reading holds and put the structure right; the original stays (选定读法)."""
    document_id = Mark.objects.values_list("document_id", flat=True).get(pk=mark_id)
    document = document_in_review(document_id=document_id, actor=actor)
    mark = Mark.objects.select_related("clause").get(pk=mark_id)
    mark.document = document
    if mark.kind != MarkKind.DOUBT:
        raise DomainError("这一处已确定修复，不需要选择读法。")
    reading = reading.strip()[:LONGEST_READING]
    if not reading:
        raise DomainError("请选择一种读法，或填写您认定的文字。", field="reading")
    apply_reading(mark, reading=reading)
    before = mark.resolution or None
    mark.resolution = reading
    mark.resolved_by_id, mark.resolved_at = signed_in_id(actor), timezone.now()
    mark.save(update_fields=["resolution", "resolved_by", "resolved_at"])
    record(
        actor,
        "policies.mark.settled",
        mark,
        detail={"printed": mark.printed, "before": before, "after": reading},
    )
    return mark


def apply_reading(mark: Mark, *, reading: str) -> None:
    """What the reading changes: date, number, body, citation, or the words of the clause."""
    if mark.cause == "date":
        apply_date(mark, reading=reading)
    elif mark.cause == "doc_number":
        mark.document.document_number = reading[:60]
        mark.document.save(update_fields=["document_number"])
    elif mark.cause == "cited_number":
        here = mark.document.citations.filter(start__lte=mark.start, end__gte=mark.end)
        here.update(number=reading[:60])
    elif mark.cause in BODY_CAUSES:
        apply_body(mark, reading=reading)
    elif reading != mark.printed:
        apply_words(mark, reading=reading)


def apply_date(mark: Mark, *, reading: str) -> None:
    day = day_of(reading)
    if day is None and reading != mark.printed:
        raise DomainError("日期请写成 2025-06-20 的样子。", field="reading")
    if day is not None:
        mark.document.issued_on = day
        mark.document.save(update_fields=["issued_on"])


def apply_body(mark: Mark, *, reading: str) -> None:
    clause = mark.clause
    if clause is None:
        return
    clause.document = mark.document
    rows = ClauseBody.objects.filter(clause=clause, start__lt=mark.end, end__gt=mark.start)
    rows.update(body=body_called(reading, clause=clause))


def apply_words(mark: Mark, *, reading: str) -> None:
    """The reading stands in the clause's words; its targets are put right by hand."""
    clause = mark.clause
    if clause is None:
        return
    at = compact_offset(mark.document.text, start=clause.start, offset=mark.start)
    words = read_with(clause.text, at=at, printed=mark.printed, reading=reading)
    if words is not None:
        clause.text = words
        clause.corrected, clause.review = True, ClauseReview.WAITING
        clause.save(update_fields=["text", "corrected", "review"])
