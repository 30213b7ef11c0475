"""The structure of a version, taken over by the next (版次沿用)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Model

from silian.registers.policies.choices import ClauseReview
from silian.registers.policies.models.citations import Citation
from silian.registers.policies.models.clauses import Clause, ClauseBody, ClauseGoal, ClauseTarget
from silian.registers.policies.models.documents import PolicyDocument

RowT = TypeVar("RowT", bound=Model)


def copy_structure(earlier: PolicyDocument, later: PolicyDocument) -> None:
    """Every clause with its bodies, targets and goals; the same statements for any document."""
    clauses = copied_clauses(earlier, later)
    bodies = list(ClauseBody.objects.filter(clause__document=earlier).order_by("pk"))
    goals = list(ClauseGoal.objects.filter(clause__document=earlier).order_by("pk"))
    for body in bodies:
        body.clause = clauses[body.clause_id]
    for goal in goals:
        goal.clause = clauses[goal.clause_id]
    ClauseBody.objects.bulk_create(as_new(bodies))
    ClauseGoal.objects.bulk_create(as_new(goals))
    copy_targets(earlier, clauses)
    cites = list(earlier.citations.all())
    for each in cites:
        each.document = later
    Citation.objects.bulk_create(as_new(cites))


def as_new(rows: Iterable[RowT]) -> list[RowT]:
    fresh = list(rows)
    for row in fresh:
        row.pk = None
        row._state.adding = True
    return fresh


def copied_clauses(earlier: PolicyDocument, later: PolicyDocument) -> dict[int, Clause]:
    """New clauses by the key of the old ones."""
    old = list(earlier.clauses.order_by("order"))
    keys = [clause.pk for clause in old]
    for clause in old:
        clause.document, clause.review = later, ClauseReview.CONFIRMED
        clause.corrected = False
    return dict(zip(keys, Clause.objects.bulk_create(as_new(old)), strict=True))


def copy_targets(earlier: PolicyDocument, clauses: dict[int, Clause]) -> None:
    """Targets, and which of the new ones repeat which."""
    rows = list(ClauseTarget.objects.filter(clause__document=earlier).order_by("pk"))
    keys, repeats = [row.pk for row in rows], [row.repeats_id for row in rows]
    for row in rows:
        row.clause, row.repeats = clauses[row.clause_id], None
    made = dict(zip(keys, ClauseTarget.objects.bulk_create(as_new(rows)), strict=True))
    repeating = []
    for key, first in zip(keys, repeats, strict=True):
        if first in made:
            made[key].repeats = made[first]
            repeating.append(made[key])
    ClauseTarget.objects.bulk_update(repeating, ["repeats"])
