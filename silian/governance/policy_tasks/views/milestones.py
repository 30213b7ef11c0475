"""One step or dated goal: its state, and what is counted beside it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from silian.foundation.kernel.requests import Request
from silian.governance.policy_tasks.commands.milestones import may_reach
from silian.governance.policy_tasks.permissions.tasks import milestones_visible_to
from silian.governance.policy_tasks.queries.counts import (
    count_course,
    figures_of,
    milestone_standings,
)


@require_safe
def milestone_detail(request: Request, milestone_id: int) -> HttpResponse:
    """A step or dated goal with its count and trend (节点详情)."""
    related = ("task__lead", "document", "division", "clause_goal__clause", "reached_by")
    rows = milestones_visible_to(request.actor).select_related(*related)
    milestone = get_object_or_404(rows, pk=milestone_id)
    today = timezone.localdate()
    context = {
        "row": milestone,
        "standing": milestone_standings([milestone], actor=request.actor, on=today)[0],
        "figures": figures_of(
            milestone.clause_goal.clause.figure_codes if milestone.clause_goal else [],
            division=milestone.division_id,
            actor=request.actor,
            on=today,
        ),
        "chart": count_course(milestone, actor=request.actor),
        "is_overdue": milestone.is_overdue(on=today),
        "may_reach": milestone.reached_on is None and may_reach(request.actor, milestone),
    }
    return render(request, "policy_tasks/milestone/detail.html", context)
