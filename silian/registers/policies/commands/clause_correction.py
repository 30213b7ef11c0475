"""What a person corrects in a clause; the original stays as printed (更正条款)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.registers.policies.choices import BodyRole, ClauseReview, Responsibility
from silian.registers.policies.commands.document_locking import clause_in_review
from silian.registers.policies.models.bodies import BodyName, PolicyBody
from silian.registers.policies.models.clauses import Clause, ClauseBody
from silian.registers.policies.rules.body_names import is_generic

CORRECTED = ("path", "number", "heading", "is_task", "due_on")


@dataclass(frozen=True, kw_only=True)
class ClauseFacts:
    """What a clause says of itself, as a person corrects it."""

    path: tuple[str, ...]
    number: str
    heading: str
    is_task: bool
    due_on: datetime.date | None


@dataclass(frozen=True, kw_only=True)
class BodyLine:
    """One body of a clause as a person enters it; ``row`` is the row it keeps, if any."""

    name: str
    role: str
    row: int | None = None


@transaction.atomic
def correct_clause(*, clause_id: int, facts: ClauseFacts, actor: Actor) -> Clause:
    """Correct heading, path, number, task and deadline of a clause (更正条款)."""
    clause = clause_in_review(clause_id=clause_id, actor=actor)
    if not facts.heading.strip():
        raise DomainError("条款需要标题，可取原文开头的一句。", field="heading")
    before = as_detail(clause)
    clause.path, clause.number = list(facts.path), facts.number.strip()
    clause.heading = facts.heading.strip()
    clause.is_task, clause.due_on = facts.is_task, facts.due_on
    after = as_detail(clause)
    if after == before:
        return clause
    mark_corrected(clause, fields=CORRECTED)
    record(
        actor,
        "policies.clause.corrected",
        clause,
        detail=changes(before=before, after=after),
    )
    return clause


def as_detail(clause: Clause) -> dict[str, Any]:
    return {
        "path": list(clause.path),
        "number": clause.number,
        "heading": clause.heading,
        "is_task": clause.is_task,
        "due_on": clause.due_on.isoformat() if clause.due_on else None,
    }


def changes(*, before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Only what differs, with its value before and after."""
    changed = [name for name in after if before.get(name) != after[name]]
    return {
        "before": {name: before.get(name) for name in changed},
        "after": {name: after[name] for name in changed},
    }


def mark_corrected(clause: Clause, *, fields: Sequence[str] = ()) -> None:
    """A corrected clause waits to be confirmed again."""
    clause.corrected, clause.review = True, ClauseReview.WAITING
    clause.save(update_fields=[*fields, "corrected", "review"])


@transaction.atomic
def set_bodies(*, clause_id: int, lines: Sequence[BodyLine], actor: Actor) -> Clause:
    """Put the bodies of a clause right; a lead that the text does not name is a correction."""
    clause = clause_in_review(clause_id=clause_id, actor=actor)
    refuse_twice(lines)
    before = body_words(clause)
    kept = {row.pk: row for row in clause.bodies.all()}
    clause.bodies.exclude(pk__in=[line.row for line in lines if line.row in kept]).delete()
    for order, line in enumerate(lines, start=1):
        write_body(clause, line, order=order, row=kept.get(line.row or 0))
    after = body_words(clause)
    if after == before:
        return clause
    if clause.responsibility == Responsibility.NONE and lines:
        clause.is_task = True
    mark_corrected(clause, fields=["is_task"])
    record(
        actor,
        "policies.clause.bodies_changed",
        clause,
        detail={"before": before, "after": after},
    )
    return clause


def refuse_twice(lines: Sequence[BodyLine]) -> None:
    names = [line.name for line in lines]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise DomainError(f"“{twice}”写了两次，请合为一行。", field="bodies")


def write_body(clause: Clause, line: BodyLine, *, order: int, row: ClauseBody | None) -> None:
    """Keep a printed row with its place in the text; a new one has none."""
    row = row or ClauseBody(clause=clause, printed=line.name)
    row.order, row.role = order, BodyRole(line.role)
    if row.body is None or row.body.name != line.name:
        row.body = body_called(line.name, clause=clause)
    row.save()


def body_called(name: str, *, clause: Clause) -> PolicyBody:
    """The body of the region under this name, or a new one that waits to be checked."""
    division = clause.document.division_id
    alias = BodyName.objects.filter(body__division_id=division, name=name).first()
    if alias is not None:
        return alias.body
    body, is_new = PolicyBody.objects.get_or_create(
        division_id=division,
        name=name,
        defaults={"needs_check": True, "is_generic": is_generic(name, function="")},
    )
    if is_new:
        BodyName.objects.create(body=body, name=name)
    return body


def body_words(clause: Clause) -> list[str]:
    """The bodies of a clause as the audit trail writes them: 牵头 市教育局."""
    rows = ClauseBody.objects.filter(clause=clause).select_related("body").order_by("order")
    return [f"{row.get_role_display()} {row.body or row.printed}" for row in rows]
