"""Targets and dated goals of a clause, entered and corrected by a person (更正指标)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.registers.policies.choices import Comparator
from silian.registers.policies.commands.clause_correction import changes, mark_corrected
from silian.registers.policies.commands.document_locking import clause_in_review
from silian.registers.policies.models.clauses import Clause, ClauseGoal, ClauseTarget


@dataclass(frozen=True, kw_only=True)
class TargetFacts:
    """A target as a person enters it."""

    title: str
    phrase: str
    low: Decimal | None
    high: Decimal | None
    unit: str
    comparator: str
    force: str
    deadline_on: datetime.date | None
    repeats: int | None = None


@dataclass(frozen=True, kw_only=True)
class GoalFacts:
    """A dated goal as a person enters it."""

    title: str
    phrase: str
    deadline_on: datetime.date | None


@transaction.atomic
def save_target(
    *, clause_id: int, facts: TargetFacts, actor: Actor, target_id: int | None = None
) -> ClauseTarget:
    """Add a target, or correct one (添加或更正指标)."""
    clause = clause_in_review(clause_id=clause_id, actor=actor)
    refuse_impossible(facts)
    target = clause.targets.get(pk=target_id) if target_id else new_target(clause)
    before = target_detail(target) if target_id else {}
    for name in ("title", "phrase", "low", "high", "unit", "comparator", "force", "deadline_on"):
        setattr(target, name, getattr(facts, name))
    target.repeats = repeated(facts.repeats, target=target, clause=clause)
    place_in_text(target, clause)
    target.save()
    mark_corrected(clause)
    action = "policies.target.changed" if target_id else "policies.target.added"
    record(actor, action, clause, detail=changes(before=before, after=target_detail(target)))
    return target


def new_target(clause: Clause) -> ClauseTarget:
    return ClauseTarget(clause=clause, order=clause.targets.count() + 1)


def refuse_impossible(facts: TargetFacts) -> None:
    """The bound that the comparator needs is there, and a range rises."""
    needs_high = facts.comparator in (Comparator.AT_MOST, Comparator.RANGE)
    needs_low = facts.comparator != Comparator.AT_MOST
    if needs_low and facts.low is None:
        raise DomainError("请填写数值。", field="low")
    if needs_high and facts.high is None:
        raise DomainError("“不超过”和“区间”需要填写上限。", field="high")
    if facts.low is not None and facts.high is not None and facts.high < facts.low:
        raise DomainError("上限小于下限，请检查。", field="high")


def repeated(repeats: int | None, *, target: ClauseTarget, clause: Clause) -> ClauseTarget | None:
    """The first target of the document that this one says again; never itself, never a chain."""
    if repeats is None:
        return None
    first = ClauseTarget.objects.filter(pk=repeats, clause__document_id=clause.document_id).first()
    if first is None or first.pk == target.pk:
        raise DomainError("“与…相同”只能选本文件的另一项指标。", field="repeats")
    if first.repeats_id is not None:
        raise DomainError("所选指标自己也是重复的，请选最先出现的那一项。", field="repeats")
    if target.pk and target.repetitions.exists():
        raise DomainError("别的指标重复这一项，它不能再重复其他指标。", field="repeats")
    return first


def place_in_text(row: ClauseTarget | ClauseGoal, clause: Clause) -> None:
    """Where the phrase stands in the clause; nowhere when it is not printed so."""
    at = clause.document.text.find(row.phrase, clause.start, clause.end) if row.phrase else -1
    if at >= 0:
        row.start, row.end = at, at + len(row.phrase)


def target_detail(target: ClauseTarget) -> dict[str, Any]:
    return {
        "title": target.title,
        "low": str(target.low) if target.low is not None else None,
        "high": str(target.high) if target.high is not None else None,
        "unit": target.unit,
        "comparator": target.comparator,
        "force": target.force,
        "deadline_on": target.deadline_on.isoformat() if target.deadline_on else None,
        "repeats": target.repeats_id,
    }


@transaction.atomic
def remove_target(*, target_id: int, actor: Actor) -> Clause:
    """Take a target away (移除指标)."""
    target = ClauseTarget.objects.get(pk=target_id)
    clause = clause_in_review(clause_id=target.clause_id, actor=actor)
    before = target_detail(target)
    target.delete()
    mark_corrected(clause)
    record(actor, "policies.target.removed", clause, detail={"before": before, "after": {}})
    return clause


@transaction.atomic
def save_goal(
    *, clause_id: int, facts: GoalFacts, actor: Actor, goal_id: int | None = None
) -> ClauseGoal:
    """Add a goal that has a date and no number, or correct one (有期限的目标)."""
    clause = clause_in_review(clause_id=clause_id, actor=actor)
    goal = clause.goals.get(pk=goal_id) if goal_id else ClauseGoal(clause=clause)
    before = goal_detail(goal) if goal_id else {}
    goal.title, goal.phrase = facts.title, facts.phrase
    goal.deadline_on = facts.deadline_on
    place_in_text(goal, clause)
    goal.save()
    mark_corrected(clause)
    action = "policies.goal.changed" if goal_id else "policies.goal.added"
    record(actor, action, clause, detail=changes(before=before, after=goal_detail(goal)))
    return goal


def goal_detail(goal: ClauseGoal) -> dict[str, Any]:
    return {
        "title": goal.title,
        "deadline_on": goal.deadline_on.isoformat() if goal.deadline_on else None,
    }


@transaction.atomic
def remove_goal(*, goal_id: int, actor: Actor) -> Clause:
    """Take a dated goal away (移除目标)."""
    goal = ClauseGoal.objects.get(pk=goal_id)
    clause = clause_in_review(clause_id=goal.clause_id, actor=actor)
    before = goal_detail(goal)
    goal.delete()
    mark_corrected(clause)
    record(actor, "policies.goal.removed", clause, detail={"before": before, "after": {}})
    return clause
