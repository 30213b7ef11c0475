"""Tells hosts what of theirs waits, and schools what a host answered."""

from __future__ import annotations

from django.urls import reverse

from silian.foundation.kernel.events import subscribe
from silian.operations.placements.choices.hosts import AnswerState
from silian.operations.placements.events.hosts import PlanAnswered, PlanSent, PostsWaiting
from silian.operations.placements.models import BulkImport, HostAnswer
from silian.operations.placements.queries.reminding import clerks_of
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify


@subscribe(PlanSent)
def tell_hosts_of_plan(event: PlanSent) -> None:
    """Each host that has not answered yet, once for each plan."""
    answers = HostAnswer.objects.filter(
        plan_id=event.plan_id, state=AnswerState.WAITING
    ).select_related("host", "plan__school")
    clerks = clerks_of({answer.host.organisation_id for answer in answers})
    for answer in answers:
        notify(
            user_ids=clerks[answer.host.organisation_id],
            kind=NotificationKind.TASK,
            title=f"请确认实习方案：{answer.plan.title}",
            detail=f"{answer.plan.school.name}送来，双方确认后才能安排学生。",
            url=answer.plan.get_absolute_url(),
            organisation_id=answer.host.organisation_id,
            key=f"placements-plan-{event.plan_id}-{answer.host_id}",
        )


@subscribe(PlanAnswered)
def tell_school_of_answer(event: PlanAnswered) -> None:
    answer = HostAnswer.objects.select_related("plan", "host__organisation").get(
        plan_id=event.plan_id, host_id=event.host_id
    )
    school = answer.plan.school_id
    notify(
        user_ids=clerks_of([school])[school],
        kind=NotificationKind.ANSWER,
        title=f"{answer.host.organisation.name}{answer.get_state_display()}：{answer.plan.title}",
        url=answer.plan.get_absolute_url(),
        organisation_id=school,
        key=f"placements-plan-{event.plan_id}-{event.host_id}-{answer.state}",
    )


@subscribe(PostsWaiting)
def tell_host_of_posts(event: PostsWaiting) -> None:
    row = BulkImport.objects.select_related("organisation").get(pk=event.import_id)
    if row.host_id is None:
        return
    notify(
        user_ids=clerks_of([row.host_id])[row.host_id],
        kind=NotificationKind.TASK,
        title=f"{row.organisation.name}登记了贵单位的 {row.created_rows} 个实习岗位",
        detail="请核对后逐个开放，开放后学校才能安排学生。",
        url=reverse("placements:post_list"),
        organisation_id=row.host_id,
        key=f"placements-posts-{row.pk}",
    )
