"""An expert's answer to a task: no interest and accept, recuse, decline; and what time does."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from silian.casework.reviews.choices.dossiers import SeatRole
from silian.casework.reviews.choices.judging import AssignmentState
from silian.casework.reviews.commands.draws import draw_replacement, locked_campaign
from silian.casework.reviews.commands.seats import take_seat
from silian.casework.reviews.events.judging import TaskChanged
from silian.casework.reviews.models import Assignment, Dossier
from silian.casework.reviews.permissions.judging import tasks_of
from silian.casework.reviews.queries.conflicts import conflicts_of
from silian.casework.reviews.workflow.assignment import assignment as steps
from silian.foundation.kernel.actors import Actor, system_actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish

NO_INTEREST = "本人与申报单位没有任职、投资、亲属、合作等利害关系，承诺独立、公正评审并保密。"
LONGEST_REASON = 500


def locked_task(*, assignment_id: int, actor: Actor, with_campaign: bool = True) -> Assignment:
    """One's own task, locked after its batch and dossier, so that two steps never cross."""
    found = tasks_of(actor).filter(pk=assignment_id).select_related("dossier").first()
    if found is None:
        raise NotAllowed("这项评审任务不是派给您的。")
    return lock(found, with_campaign=with_campaign)


def lock(found: Assignment, *, with_campaign: bool) -> Assignment:
    campaign = None
    if with_campaign:
        campaign = locked_campaign(campaign_id=found.dossier.campaign_id)
    dossier = (
        Dossier.objects.select_for_update(of=("self",))
        .select_related("campaign__version", "applicant")
        .get(pk=found.dossier_id)
    )
    if campaign is not None:
        dossier.campaign = campaign
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("expert__user")
    task = rows.get(pk=found.pk)
    task.dossier = dossier
    return task


def take_step(
    task: Assignment, step: str, *, actor: Actor, declaration: str = "", **facts: object
) -> None:
    task.state = steps.target(step, state=AssignmentState(task.state), **facts)
    task.declaration = declaration[:LONGEST_REASON] or task.declaration
    task.declared_at = task.declared_at or timezone.now()
    task.save(update_fields=["state", "declaration", "declared_at"])
    publish(TaskChanged(assignment_id=task.pk, state=task.state))


@transaction.atomic
def accept_task(*, assignment_id: int, declares_no_interest: bool, actor: Actor) -> Assignment:
    """Declare that one has no interest, and take the seat of an expert (申明并接受评审).

    What the platform knows of ties is asked again on this day.
    """
    task = locked_task(assignment_id=assignment_id, actor=actor, with_campaign=False)
    if not declares_no_interest:
        raise DomainError("请先申明没有利害关系；有利害关系的请选“回避”。", field="declares")
    known = conflicts_of(expert=task.expert, dossier=task.dossier, on=timezone.localdate())
    take_step(task, "accept", actor=actor, declaration=NO_INTEREST, conflicts=known)
    take_seat(dossier=task.dossier, role=SeatRole.EXPERT, actor=actor)
    record(actor, "reviews.assignment.accepted", task)
    return task


@transaction.atomic
def recuse_from_task(*, assignment_id: int, reason: str, actor: Actor) -> Assignment:
    """Say that one has an interest; another expert is drawn at once (回避)."""
    task = locked_task(assignment_id=assignment_id, actor=actor)
    require_reason(reason, "请写明是什么利害关系，组织单位会看到。")
    drop_scores(task)
    take_step(task, "recuse", actor=actor, declaration=reason.strip())
    record(actor, "reviews.assignment.recused", task, reason=reason)
    draw_replacement(dossier=task.dossier, occasion="专家回避后补抽")
    return task


@transaction.atomic
def decline_task(*, assignment_id: int, reason: str, actor: Actor) -> Assignment:
    """Say that one cannot judge in time; another expert is drawn at once (不能参加)."""
    task = locked_task(assignment_id=assignment_id, actor=actor)
    require_reason(reason, "请写明不能参加的原因。")
    take_step(task, "decline", actor=actor, declaration=reason.strip())
    record(actor, "reviews.assignment.declined", task, reason=reason)
    draw_replacement(dossier=task.dossier, occasion="专家不能参加后补抽")
    return task


def require_reason(reason: str, sentence: str) -> None:
    if not reason.strip():
        raise DomainError(sentence, field="reason")


def drop_scores(task: Assignment) -> None:
    """What was begun by somebody who goes is nobody's score."""
    task.scores.all().delete()


@transaction.atomic
def lapse_task(*, assignment_id: int) -> Assignment | None:
    """End a task whose days are over, and draw another expert (逾期未评)."""
    found = Assignment.objects.select_related("dossier").get(pk=assignment_id)
    task = lock(found, with_campaign=True)
    if task.state not in (AssignmentState.INVITED, AssignmentState.ACCEPTED):
        return None
    drop_scores(task)
    take_step(task, "lapse", actor=system_actor())
    record(system_actor(), "reviews.assignment.lapsed", task)
    draw_replacement(dossier=task.dossier, occasion="专家逾期后补抽")
    return task


def lapse_overdue_tasks(*, on: datetime.date) -> int:
    """End every task whose last day is past; returns how many (逾期处理)."""
    late = Assignment.objects.filter(
        state__in=[AssignmentState.INVITED, AssignmentState.ACCEPTED], due_on__lt=on
    )
    return sum(lapse_task(assignment_id=pk) is not None for pk in late.values_list("pk", flat=True))


@transaction.atomic
def stop_tasks(*, dossier_id: int) -> int:
    """End the open tasks of a dossier that left judgement; nobody is drawn (任务终止)."""
    rows = Assignment.objects.select_for_update(of=("self",)).filter(
        dossier_id=dossier_id, state__in=[AssignmentState.INVITED, AssignmentState.ACCEPTED]
    )
    tasks = list(rows)
    for task in tasks:
        drop_scores(task)
        take_step(task, "lapse", actor=system_actor(), declaration="材料已退出评审，任务终止")
        record(system_actor(), "reviews.assignment.stopped", task)
    return len(tasks)
