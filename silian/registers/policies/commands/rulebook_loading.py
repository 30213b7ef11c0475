"""Take the book of a jurisdiction into the library: document, bodies, clauses, numbers, parameters.

The words are our own; titles and numbers of documents, names of bodies and places of clauses are
those of the source. A second loading of the same book changes nothing.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from django.db import models, transaction
from silian_engines.policy_rules.jurisdictions import BookTarget, BookTask, JurisdictionBook
from silian_engines.policy_rules.provisions import Provision

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.registers.policies.choices import (
    ClauseReview,
    Comparator,
    DocumentState,
    Medium,
    Responsibility,
)
from silian.registers.policies.events import PolicyIssued
from silian.registers.policies.models.bodies import BodyName, PolicyBody
from silian.registers.policies.models.citations import Citation
from silian.registers.policies.models.clauses import (
    Clause,
    ClauseBody,
    ClauseGoal,
    ClauseTarget,
)
from silian.registers.policies.models.documents import PolicyDocument
from silian.registers.policies.models.parameters import Parameter

RowT = TypeVar("RowT", bound=models.Model)
SHARE = "比例"  # shares stand as fractions in the rulebooks and as per cent in our tables


@dataclass
class Changes:
    """What a loading made and what it put right (载入变化)."""

    made: dict[str, int] = field(default_factory=dict)
    updated: list[str] = field(default_factory=list)

    def put(self, model: type[RowT], *, key: dict[str, Any], values: dict[str, Any]) -> RowT:
        """The row under ``key`` with ``values``: made, put right, or left as it is."""
        row, is_new = model._default_manager.get_or_create(**key, defaults=values)
        label = str(model._meta.verbose_name)
        if is_new:
            self.made[label] = self.made.get(label, 0) + 1
            return row
        stale = [name for name, value in values.items() if getattr(row, name) != value]
        if stale:
            for name in stale:
                setattr(row, name, values[name])
            row.save(update_fields=stale)
            self.updated.append(f"{label} {row}"[:120])
        return row


@transaction.atomic
def load_book(
    *, book: JurisdictionBook, owner_id: int, actor: Actor, now: datetime.datetime
) -> tuple[PolicyDocument, Changes]:
    """Write a book into the library, issued; later loadings put right what differs (载入规则册)."""
    changes = Changes()
    document = load_document(book, owner_id=owner_id, now=now, changes=changes)
    bodies = {each.name: load_body(book.code, each, changes=changes) for each in book.bodies}
    clauses = load_clauses(book, document=document, bodies=bodies, changes=changes)
    load_numbers(book, clauses=clauses, changes=changes)
    for provision in book.parameters:
        load_parameter(book, provision, document=document, clauses=clauses, changes=changes)
    if changes.made or changes.updated:
        record(actor, "policies.book.loaded", document, detail={"made": changes.made})
    if changes.made.get(str(PolicyDocument._meta.verbose_name)):
        publish(PolicyIssued(document_id=document.pk, division=document.division_id))
    return document, changes


def load_document(
    book: JurisdictionBook, *, owner_id: int, now: datetime.datetime, changes: Changes
) -> PolicyDocument:
    """The document under its number; an uploaded one with the number is not overwritten."""
    key = {"division_id": book.code, "document_number": book.document.number, "version": 1}
    uploaded = PolicyDocument.objects.filter(**key).exclude(medium=Medium.BOOK).first()
    if uploaded is not None:
        raise DomainError(
            f"文号 {book.document.number} 已由上传的文件使用，没有载入规则册。"
            "如需改用规则册，请先撤下上传的文件。"
        )
    source = book.document
    values: dict[str, Any] = {
        "title": source.title[:200],
        "plan_title": (source.plan_title or "")[:200],
        "number_printed": source.number_printed,
        "issuers": list(source.issuers),
        "issued_on": source.issued_on,
        "date_candidates": [day.isoformat() for day in source.issued_on_candidates],
        "level": source.level,
        "kind": source.kind,
        "text": book_text(book),
        "effective_from": source.issued_on,
    }
    found = PolicyDocument.objects.filter(**key).first()
    if found is None:
        values |= {
            "owner_id": owner_id,
            "state": DocumentState.ISSUED,
            "medium": Medium.BOOK,
            "issued_at": now,
        }
    document = changes.put(PolicyDocument, key=key, values=values)
    for citation in source.citations:
        changes.put(
            Citation,
            key={"document": document, "title": citation.title[:200]},
            values={"number": citation.number or "", "start": 0, "end": 0},
        )
    return document


def book_lines(book: JurisdictionBook) -> list[str]:
    """One line a clause, in our words."""
    return [f"{task.path}　{task.title}" for task in book.tasks]


def book_text(book: JurisdictionBook) -> str:
    return "\n".join(book_lines(book))


def load_body(code: str, each: Any, *, changes: Changes) -> PolicyBody:
    """A responsible body with the other names it goes by."""
    body = changes.put(
        PolicyBody,
        key={"division_id": code, "name": each.name},
        values={"function": each.function, "is_generic": each.is_generic},
    )
    for name in (each.name, *each.aliases):
        changes.put(BodyName, key={"body": body, "name": name}, values={})
    return body


def load_clauses(
    book: JurisdictionBook,
    *,
    document: PolicyDocument,
    bodies: dict[str, PolicyBody],
    changes: Changes,
) -> dict[str, Clause]:
    """The leaf clauses in the order of the document, with who must act."""
    clauses: dict[str, Clause] = {}
    start = 0
    for task, line in zip(book.tasks, book_lines(book), strict=True):
        clauses[task.path] = changes.put(
            Clause,
            key={"document": document, "order": task.order},
            values=clause_values(task, start=start, end=start + len(line)),
        )
        load_responsible(task, clause=clauses[task.path], bodies=bodies, changes=changes)
        start += len(line) + 1
    return clauses


def clause_values(task: BookTask, *, start: int, end: int) -> dict[str, Any]:
    return {
        "number": task.path,
        "heading": task.title,
        "text": task.title,
        "start": start,
        "end": end,
        "line_start": task.order,
        "line_end": task.order,
        "responsibility": task.responsibility,
        "open_ended": task.open_ended,
        "is_task": task.responsibility == Responsibility.TAIL,
        "due_on": task.due_on,
        "figure_codes": list(task.figures),
        "review": ClauseReview.CONFIRMED,
    }


def load_responsible(
    task: BookTask, *, clause: Clause, bodies: dict[str, PolicyBody], changes: Changes
) -> None:
    """Who acts, in the part the text gives; bodies named in running text answer for it."""
    parts = [(each.body, each.role) for each in task.assignments]
    parts += [(name, "responsible") for name in task.named]
    for order, (name, role) in enumerate(parts):
        changes.put(
            ClauseBody,
            key={"clause": clause, "order": order},
            values={"body": bodies[name], "printed": name, "role": role},
        )


def load_numbers(book: JurisdictionBook, *, clauses: dict[str, Clause], changes: Changes) -> None:
    """Targets, restated ones pointing at the one that counts, and goals without number."""
    rows: dict[str, ClauseTarget] = {}
    for order, target in enumerate(book.targets):
        rows[target.number] = changes.put(
            ClauseTarget,
            key={"clause": clauses[target.task], "rule": target.number},
            values={**target_values(target), "order": order},
        )
    for target in book.targets:
        row = rows[target.number]
        original = rows.get(target.same_as or "")
        if original is not None and row.repeats_id != original.pk:
            row.repeats = original
            row.save(update_fields=["repeats"])
    for goal in book.goals:
        changes.put(
            ClauseGoal,
            key={"clause": clauses[goal.task], "rule": goal.number or "", "title": goal.title},
            values={
                "phrase": goal.title,
                "deadline_on": goal.deadline,
                "metric_code": goal.metric or "",
            },
        )


def target_values(target: BookTarget) -> dict[str, Any]:
    """A number of the book as our tables keep it: bounds, unit, comparator."""
    low, high = target.low, target.high
    if target.value is not None:
        at_most = target.comparator == Comparator.AT_MOST
        low, high = (None, target.value) if at_most else (target.value, None)
    return {
        "title": target.title[:120],
        "phrase": target.title[:300],
        "low": stored(low),
        "high": stored(high),
        "unit": target.unit,
        "comparator": target.comparator,
        "force": target.force,
        "deadline_on": target.deadline,
        "metric_code": target.metric or "",
        "figure_codes": list(target.figures),
    }


def stored(value: Decimal | None) -> Decimal | None:
    """A number with the four places of our tables, so that a second loading finds it the same."""
    return None if value is None else value.quantize(Decimal("0.0001"))


def load_parameter(
    book: JurisdictionBook,
    provision: Provision,
    *,
    document: PolicyDocument,
    clauses: dict[str, Clause],
    changes: Changes,
) -> None:
    """A dated value, or one that the policy leaves open (未设定)."""
    is_share = provision.unit == SHARE
    is_own = provision.document == book.document.number
    changes.put(
        Parameter,
        key={
            "division_id": book.code,
            "code": (provision.number or provision.id)[:20],
            "name": provision.id,
            "key": provision.key or "",
            "valid_from": provision.valid_from,
            "source": provision.document[:80],
            "corrects": None,
        },
        values={
            "title": provision.title[:120],
            "value": as_stored(provision.value, is_share=is_share),
            "low": as_stored(provision.low, is_share=is_share),
            "high": as_stored(provision.high, is_share=is_share),
            "unit": "%" if is_share else provision.unit[:30],
            "comparator": provision.comparator if provision.is_set else "",
            "force": provision.force,
            "document": document if is_own else None,
            "clause": clauses.get(provision.clause) if is_own else None,
            "place": provision.clause[:80],
            "evidence": provision.evidence[:4],
            "valid_to": provision.valid_to,
            "review_by": provision.review_by,
        },
    )


def as_stored(value: object, *, is_share: bool) -> Decimal | None:
    """A fraction of the rulebook as a decimal; words and open values have none."""
    if not isinstance(value, Fraction):
        return None
    scaled = value * 100 if is_share else value
    return stored(Decimal(scaled.numerator) / Decimal(scaled.denominator))
