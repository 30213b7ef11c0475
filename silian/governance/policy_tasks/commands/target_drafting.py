"""Make targets of the numbers that a document sets, and carry them to its next version."""

from __future__ import annotations

import datetime

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.governance.policy_tasks.models import Target
from silian.registers.policies.models import PolicyDocument
from silian.registers.policies.models.clauses import ClauseTarget


@transaction.atomic
def draft_targets_of_document(*, document_id: int, actor: Actor) -> list[Target]:
    """Make a target of every number in a document, once; restated ones say so (生成目标)."""
    document = PolicyDocument.objects.select_for_update().get(pk=document_id)
    rows = ClauseTarget.objects.filter(clause__document=document, bound_targets__isnull=True)
    task_of = dict(document.tasks.filter(parent=None).values_list("clause_id", "pk"))
    made = [
        draft_target(row, document=document, task_id=task_of.get(row.clause_id), actor=actor)
        for row in rows.order_by("clause__order", "order", "pk")
    ]
    join_repetitions(document)
    return made


def draft_target(
    row: ClauseTarget, *, document: PolicyDocument, task_id: int | None, actor: Actor
) -> Target:
    """The target of one number, as the text gives it."""
    target = Target.objects.create(
        division_id=document.division_id,
        task_id=task_id,
        document=document,
        clause_target=row,
        number=free_rule(row.rule, division=document.division_id),
        title=row.title,
        phrase=row.phrase,
        metric_code=row.metric_code,
        low=row.low,
        high=row.high,
        unit=row.unit,
        comparator=row.comparator,
        force=row.force,
        deadline_on=row.deadline_on,
        starts_on=row.effective_from_on or document.issued_on,
        is_demo=document.is_demo,
    )
    record(actor, "policy_tasks.target.drafted", target)
    return target


def free_rule(rule: str, *, division: str) -> str:
    """The number of the rule, unless a target in force bears it."""
    taken = Target.objects.filter(division_id=division, number=rule, ended_on__isnull=True)
    return "" if rule and taken.exists() else rule


def join_repetitions(document: PolicyDocument) -> None:
    """Point each restated target at the one that counts (重复的目标只计一次)."""
    rows = Target.objects.filter(
        document=document, repeats__isnull=True, clause_target__repeats__isnull=False
    ).select_related("clause_target")
    for target in rows:
        original = Target.objects.filter(
            clause_target_id=target.clause_target.repeats_id if target.clause_target else None
        ).first()
        if original is not None and original.pk != target.pk:
            target.repeats = original
            target.save(update_fields=["repeats"])


@transaction.atomic
def carry_targets_over(
    *, document_id: int, successor_id: int, actor: Actor, today: datetime.date
) -> None:
    """Keep targets that the new version restates; end those that it drops (目标转入新版)."""
    new = PolicyDocument.objects.get(pk=successor_id)
    waiting = list(ClauseTarget.objects.filter(clause__document=new, bound_targets__isnull=True))
    for target in Target.objects.filter(document_id=document_id, ended_on__isnull=True):
        heir = next((row for row in waiting if says_the_same(row, target)), None)
        if heir is None:
            target.ended_on = today
            target.save(update_fields=["ended_on"])
            record(actor, "policy_tasks.target.ended", target, reason=f"{new.reference} 未再规定")
        else:
            waiting.remove(heir)
            target.clause_target = heir
            target.document = new
            target.save(update_fields=["clause_target", "document"])


def says_the_same(row: ClauseTarget, target: Target) -> bool:
    """Whether a number of the new version is the target as it stands, baseline and all."""
    facts = ("title", "low", "high", "unit", "comparator", "deadline_on")
    return all(getattr(row, name) == getattr(target, name) for name in facts)
