"""Measures of the expert pool and of expert judgement."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from silian.casework.metrics.choices import Direction
from silian.casework.metrics.registry import (
    Drill,
    Metric,
    Scope,
    Touch,
    Touched,
    register_metric,
    share,
    stock,
)
from silian.casework.reviews.choices.judging import AssignmentState, ExpertState
from silian.casework.reviews.events.judging import ExpertChanged, TaskChanged
from silian.casework.reviews.models import Assignment, Expert
from silian.casework.reviews.permissions.experts import experts_visible_to
from silian.casework.reviews.permissions.judging import assignments_visible_to

LEFT_OR_NEW = (ExpertState.PROPOSED, ExpertState.LEFT)
POOL, TASKS = "评审专家库", "评审任务"


def in_pool(scope: Scope) -> QuerySet[Expert]:
    """Experts whose term holds the day; those paused count, they are still appointed."""
    return Expert.objects.exclude(state__in=LEFT_OR_NEW).filter(
        starts_on__lte=scope.as_of, ends_on__gt=scope.as_of
    )


def due_tasks(scope: Scope) -> QuerySet[Assignment]:
    """Tasks that came to an end by being judged or by time, counted on their last day."""
    ended = (AssignmentState.SUBMITTED, AssignmentState.LAPSED)
    return Assignment.objects.filter(state__in=ended)


def drawn_tasks(scope: Scope) -> QuerySet[Assignment]:
    return Assignment.objects.all()


def touched_by_expert(event: Any) -> Iterable[Touch]:
    expert = Expert.objects.filter(pk=event.expert_id).first()
    if expert is not None:
        yield Touch(division=expert.division_id, day=timezone.localdate())


def touched_by_task(event: Any) -> Iterable[Touch]:
    task = Assignment.objects.select_related("dossier", "draw").get(pk=event.assignment_id)
    place = task.dossier.division_id
    yield Touch(division=place, day=task.due_on)
    yield Touch(division=place, day=timezone.localdate(task.draw.drawn_at))


TASK_EVENTS: dict[Any, Touched] = {TaskChanged: touched_by_task}
TASK_DRILL = Drill(
    columns={
        "申报编号": "dossier.number",
        "批次": "dossier.campaign.title",
        "期限": "due_on",
        "结果": lambda row: row.get_state_display(),
    },
    visible_to=assignments_visible_to,
    url=lambda row: row.dossier.get_absolute_url(),
    related=("dossier__campaign",),
)

register_metric(
    stock(
        code="reviews.experts_in_pool",
        title="在库评审专家",
        unit="人",
        formula="统计日在聘期内、已入库且未出库的评审专家人数，含暂停抽取",
        source=POOL,
        rows=in_pool,
        drill=Drill(
            columns={
                "专家": "user.name",
                "所在单位": "organisation.name",
                "聘期止": "ends_on",
                "状态": lambda row: row.get_state_display(),
            },
            visible_to=experts_visible_to,
            url=lambda row: row.get_absolute_url(),
            related=("user", "organisation"),
        ),
        stale_on={ExpertChanged: touched_by_expert},
    )
)
register_metric(
    Metric(
        code="reviews.tasks_in_time",
        title="专家按期评审率",
        unit="%",
        formula="统计期内到期且已提交或逾期的评审任务中，在期限内提交的占比；回避和不能参加的不计",
        source=TASKS,
        rows=due_tasks,
        division="dossier__division",
        day="due_on",
        reduce=share(Q(state=AssignmentState.SUBMITTED, submitted_at__date__lte=F("due_on"))),
        decimals=1,
        drill=TASK_DRILL,
        stale_on=TASK_EVENTS,
    )
)
register_metric(
    Metric(
        code="reviews.share_recused",
        title="抽中专家回避率",
        unit="%",
        formula="统计期内抽出的评审任务中，专家因利害关系回避的占比",
        source=TASKS,
        rows=drawn_tasks,
        division="dossier__division",
        day="draw__drawn_at",
        reduce=share(Q(state=AssignmentState.CONFLICTED)),
        decimals=1,
        direction=Direction.FALLING,
        drill=TASK_DRILL,
        stale_on=TASK_EVENTS,
    )
)
