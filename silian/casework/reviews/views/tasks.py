"""An expert's task: what is shown before the declaration, and scoring side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.casework.reviews.choices.judging import AssignmentState
from silian.casework.reviews.commands.assignments import (
    accept_task,
    decline_task,
    recuse_from_task,
)
from silian.casework.reviews.commands.scoring import save_scores, submit_scores
from silian.casework.reviews.forms.judging import AcceptForm, ReasonForm, ScoreForm
from silian.casework.reviews.models import Assignment
from silian.casework.reviews.permissions.judging import tasks_of
from silian.casework.reviews.queries.conflicts import conflicts_of
from silian.casework.reviews.queries.dossier_page import answered_sections
from silian.casework.reviews.queries.judging import expert_items, own_scores
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.drafts import drop_draft
from silian.foundation.ui.form_pages import (
    FormPage,
    answer_form,
    done_or_refused,
    given,
    status_of,
)

READING = (AssignmentState.ACCEPTED, AssignmentState.SUBMITTED)


def own_task(request: Request, assignment_id: int) -> Assignment:
    rows = tasks_of(request.actor).select_related(
        "dossier__campaign__version__scheme",
        "dossier__applicant",
        "dossier__division",
        "expert__organisation",
        "expert__user",
    )
    return get_object_or_404(rows, pk=assignment_id)


@require_safe
def assignment_detail(request: Request, assignment_id: int) -> HttpResponse:
    """A task: before the declaration only who applies for what (评审任务)."""
    task = own_task(request, assignment_id)
    if task.state in READING:
        return score_page(request, task, score_form(task, None))
    known = []
    if task.state == AssignmentState.INVITED:
        known = conflicts_of(expert=task.expert, dossier=task.dossier, on=timezone.localdate())
    context = {"task": task, "known": known, "form": AcceptForm()}
    return render(request, "reviews/task_invited.html", context)


@require_http_methods(["POST"])
def assignment_accept(request: Request, assignment_id: int) -> HttpResponse:
    """Declare no interest and begin (申明并接受)."""
    task = own_task(request, assignment_id)
    form = AcceptForm(request.POST)
    done = done_or_refused(
        form,
        lambda: accept_task(
            assignment_id=task.pk,
            declares_no_interest=form.cleaned_data["declares"],
            actor=request.actor,
        ),
    )
    if done is None:
        context = {"task": task, "known": [], "form": form}
        return render(request, "reviews/task_invited.html", context, status=status_of(form))
    messages.success(request, "已接受。评分提交前只有您自己看得到。")
    return redirect(task)


@require_http_methods(["GET", "HEAD", "POST"])
def assignment_recuse(request: Request, assignment_id: int) -> HttpResponse:
    """Say that one has an interest (回避)."""
    return give_back(
        request,
        assignment_id,
        command=recuse_from_task,
        title="回避",
        lead="写明与申报单位的关系，系统随即补抽专家。",
        done="已回避，系统已补抽专家。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def assignment_decline(request: Request, assignment_id: int) -> HttpResponse:
    """Say that one cannot judge in time (不能参加)."""
    return give_back(
        request,
        assignment_id,
        command=decline_task,
        title="不能参加",
        lead="写明原因，系统随即补抽专家。",
        done="已记录，系统已补抽专家。",
    )


def give_back(
    request: Request,
    assignment_id: int,
    *,
    command: Callable[..., Assignment],
    title: str,
    lead: str,
    done: str,
) -> HttpResponse:
    task, desk = own_task(request, assignment_id), reverse("reviews:expert_desk")
    page = FormPage(
        title=title,
        button=title,
        back=task.get_absolute_url(),
        lead=f"{task.dossier.subject_name}：{lead}",
        crumbs=(("我的评审", desk),),
    )
    return answer_form(
        request,
        form=ReasonForm(given(request)[0]),
        page=page,
        send=lambda said: command(
            assignment_id=task.pk, reason=said["reason"], actor=request.actor
        ),
        done=done,
        then=desk,
    )


def score_form(task: Assignment, data: Any) -> ScoreForm:
    items = expert_items(task.dossier.campaign)
    return ScoreForm(data, items=items, kept=own_scores(task), summary=task.comment)


def draft_name(task: Assignment) -> str:
    return f"review-score-{task.pk}"


@require_http_methods(["POST"])
def assignment_score(request: Request, assignment_id: int) -> HttpResponse:
    """Keep the scores, or hand them in for good (暂存、提交评分)."""
    task, actor = own_task(request, assignment_id), request.actor
    if task.state not in READING:  # before the declaration nothing of the file is shown
        return redirect(task)
    form = score_form(task, request.POST)
    submits = request.POST.get("step") == "submit"
    command = submit_scores if submits else save_scores
    done = done_or_refused(
        form,
        lambda: command(
            assignment_id=task.pk,
            given=form.given(),
            comment=form.cleaned_data["comment"],
            actor=actor,
        ),
        boxes=form.refused_boxes,
    )
    if done is None:
        return score_page(request, task, form)
    drop_draft(actor=actor, name=draft_name(task))
    messages.success(request, "评分已提交，不能再改。" if submits else "已暂存。")
    return redirect("reviews:expert_desk") if submits else redirect(task)


def score_page(request: Request, task: Assignment, form: ScoreForm) -> HttpResponse:
    """Criteria with points, beside what the applicant says (评分页)."""
    kept = own_scores(task)
    campaign = task.dossier.campaign
    procedure, number = campaign.content.procedure, campaign.values.number
    total = sum((row.points for row in kept.values()), start=0)  # type: ignore[call-overload]
    context = {
        "task": task,
        "form": form,
        "lines": [(item, *form.boxes(item), kept.get(item.code)) for item in form.items],
        "sections": answered_sections(task.dossier),
        "total": total,
        "most": sum(item.most for item in form.items),
        "below": percent(number(procedure.comment_below)),
        "above": percent(number(procedure.comment_above)),
        "is_open": task.state == AssignmentState.ACCEPTED,
        "draft": draft_name(task),
    }
    return render(request, "reviews/task_score.html", context, status=status_of(form))


def percent(share: Any) -> int | None:
    return None if share is None else int(share * 100)
