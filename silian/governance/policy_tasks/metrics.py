"""The measures that the task ledger takes of itself."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Q, QuerySet, When

from silian.casework.metrics.choices import Direction
from silian.casework.metrics.registry import Drill, Metric, Scope, register_metric, share, stock
from silian.governance.policy_tasks.choices import OPEN_STATES, TaskState
from silian.governance.policy_tasks.models import PolicyTask
from silian.governance.policy_tasks.permissions.tasks import tasks_visible_to

COLUMNS: dict[str, Any] = {
    "任务编号": "number",
    "任务": "title",
    "牵头单位": "lead__name",
    "办结期限": "due_on",
    "状态": lambda task: task.get_state_display(),
}
DRILL = Drill(columns=COLUMNS, visible_to=tasks_visible_to, related=("lead",))


def assigned(scope: Scope) -> QuerySet[PolicyTask]:
    """The tasks given out until the end of the day, without those cancelled."""
    rows = PolicyTask.objects.filter(assigned_at__date__lte=scope.as_of)
    return rows.exclude(state=TaskState.CANCELLED)


def with_outcome(scope: Scope) -> QuerySet[PolicyTask]:
    """The tasks given out, each with whether it was done by the end of the day."""
    done = Case(When(done_on__lte=scope.as_of, then=True), default=False)
    return assigned(scope).annotate(was_done=done)


def overdue(scope: Scope) -> QuerySet[PolicyTask]:
    """The tasks whose day had passed and that were not done then."""
    unfinished = Q(state__in=sorted(OPEN_STATES)) | Q(done_on__gt=scope.as_of)
    return assigned(scope).filter(unfinished, due_on__lt=scope.as_of)


DONE_SHARE: Metric = register_metric(
    stock(
        code="policy_tasks.done_share",
        title="任务办结率",
        unit="%",
        formula="已办结的任务数 ÷ 已下达的任务数（不含已取消）",
        source="任务台账",
        rows=with_outcome,
        reduce=share(Q(was_done=True)),
        decimals=1,
        drill=DRILL,
    )
)
OVERDUE: Metric = register_metric(
    stock(
        code="policy_tasks.overdue",
        title="逾期任务数",
        unit="项",
        formula="办结期限已过、尚未办结的任务，每项计一",
        source="任务台账",
        rows=overdue,
        direction=Direction.FALLING,
        drill=DRILL,
    )
)
