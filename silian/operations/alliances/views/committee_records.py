"""What keepers write about a committee: members, plans, meetings."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.files import files_of
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import answer_form, done_or_said, given, page_words
from silian.operations.alliances.commands.committees import (
    add_plan_item,
    end_membership,
    record_committee_meeting,
    report_plan_progress,
    seat_member,
    write_industry_plan,
)
from silian.operations.alliances.forms.committees import (
    CommitteeMeetingForm,
    CommitteeMemberForm,
    IndustryPlanForm,
    PlanItemForm,
    PlanProgressForm,
)
from silian.operations.alliances.models.committees import CommitteeMeeting
from silian.operations.alliances.permissions.committees import (
    committee_members_kept_by,
    committees_visible_to,
    plan_items_kept_by,
    plans_kept_by,
    require_committee_keeper,
)
from silian.operations.alliances.views.committees import CELLS, REGISTER, visible_committee

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
def committee_member_new(request: Request, committee_id: int) -> HttpResponse:
    """Appoint a member (登记委员)."""
    committee, actor = visible_committee(request, committee_id), request.actor
    require_committee_keeper(actor, committee)
    initial = {"starts_on": timezone.localdate(), "ends_on": committee.term_ends_on}
    form = CommitteeMemberForm(request.POST or None, initial=initial)
    lead = f"{committee.name}；公开页面只列姓名、单位和职务"
    return answer_form(
        request,
        form=form,
        page=page_words("登记委员", "登记", back=committee, register=REGISTER, lead=lead),
        send=lambda said: seat_member(committee_id=committee.pk, seat=form.seat(), actor=actor),
        done="已登记委员。",
        then=committee,
    )


@require_POST
def committee_member_end(request: Request, member_id: int) -> HttpResponse:
    """Write down that a member left (登记离任)."""
    rows = committee_members_kept_by(request.actor).select_related("committee")
    member = get_object_or_404(rows, pk=member_id)
    return done_or_said(
        request,
        lambda: end_membership(member_id=member.pk, on=timezone.localdate(), actor=request.actor),
        done="已登记离任，任职记录保留。",
        then=member.committee,
    )


@require_http_methods(FORM_METHODS)
def industry_plan_new(request: Request, committee_id: int) -> HttpResponse:
    """Write down the industry body's plan (深化产教融合工作计划)."""
    committee, actor = visible_committee(request, committee_id), request.actor
    require_committee_keeper(actor, committee)
    form = IndustryPlanForm(request.POST or None, initial={"starts_on": timezone.localdate()})
    lead = f"{committee.name}；登记后逐项增加计划事项"
    return answer_form(
        request,
        form=form,
        page=page_words(
            "登记深化产教融合工作计划", "登记", back=committee, register=REGISTER, lead=lead
        ),
        send=lambda said: write_industry_plan(committee_id=committee.pk, actor=actor, **said),
        done="计划已登记，请增加计划事项。",
        then=committee,
    )


@require_http_methods(FORM_METHODS)
def plan_item_new(request: Request, plan_id: int) -> HttpResponse:
    """Add an item to a plan (增加计划事项)."""
    rows = plans_kept_by(request.actor).select_related("committee")
    plan = get_object_or_404(rows, pk=plan_id)
    form = PlanItemForm(request.POST or None, initial={"due_on": plan.ends_on})
    return answer_form(
        request,
        form=form,
        page=page_words(
            "增加计划事项", "增加", back=plan.committee, register=REGISTER, lead=plan.title
        ),
        send=lambda said: add_plan_item(plan_id=plan.pk, actor=request.actor, **said),
        done="已增加。",
        then=plan.committee,
    )


@require_http_methods(FORM_METHODS)
def plan_item_progress(request: Request, item_id: int) -> HttpResponse:
    """Say how far an item is (填报进展)."""
    rows = plan_items_kept_by(request.actor).select_related("plan__committee")
    item = get_object_or_404(rows, pk=item_id)
    committee = item.plan.committee
    initial = {"progress": item.progress, "done": item.done_on is not None}
    form = PlanProgressForm(request.POST or None, initial=initial)
    return answer_form(
        request,
        form=form,
        page=page_words("填报进展", "提交", back=committee, register=REGISTER, lead=item.text),
        send=lambda said: report_plan_progress(
            item_id=item.pk, on=timezone.localdate(), actor=request.actor, **said
        ),
        done="进展已提交。",
        then=committee,
    )


@require_http_methods(FORM_METHODS)
def committee_meeting_new(request: Request, committee_id: int) -> HttpResponse:
    """Write down a meeting that was held (登记会议)."""
    committee, actor = visible_committee(request, committee_id), request.actor
    require_committee_keeper(actor, committee)
    today = timezone.localdate()
    form = CommitteeMeetingForm(*given(request), committee=committee, initial={"held_on": today})
    return answer_form(
        request,
        form=form,
        page=page_words("登记会议", "登记", back=committee, register=REGISTER, lead=committee.name),
        send=lambda said: record_committee_meeting(
            committee_id=committee.pk,
            actor=actor,
            today=today,
            **{**said, "came": [int(key) for key in said["came"]]},
        ),
        done="会议已登记，可以据此拟写意见。",
        then=committee,
    )


@require_safe
def committee_meeting(request: Request, meeting_id: int) -> HttpResponse:
    """One meeting: who came, what was said, the minutes, the opinions from it."""
    rows = CommitteeMeeting.objects.filter(
        committee__in=committees_visible_to(request.actor)
    ).select_related("committee")
    meeting = get_object_or_404(rows, pk=meeting_id)
    context = {
        "meeting": meeting,
        "committee": meeting.committee,
        "came": list(meeting.came.select_related("organisation")),
        "files": list(files_of(meeting)),
        "opinions": list(meeting.opinions.filter(state="issued")),
    }
    return render(request, f"{CELLS}/meeting.html", context)
