"""The student learns and is tested, on a phone."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.operations.placements.commands.training import start_attempt, submit_attempt
from silian.operations.placements.forms.training import PaperForm
from silian.operations.placements.models import TrainingAttempt
from silian.operations.placements.permissions.training import own_internships, sittings_of
from silian.operations.placements.queries.training import (
    attempts_of,
    courses_for,
    missed_questions,
    paper_of,
    pass_of,
)


@require_safe
def training(request: Request, internship_id: int) -> HttpResponse:
    """The courses of one's internship, with what one has passed (岗前安全培训)."""
    rows = own_internships(request.actor).select_related("organisation", "school")
    internship = get_object_or_404(rows, pk=internship_id)
    attempts = list(attempts_of(internship))
    context = {
        "internship": internship,
        "courses": courses_for(internship),
        "attempts": attempts,
        "passed": pass_of(internship),
    }
    return render(request, "placements/training/training.html", context)


@require_safe
def lesson(request: Request, internship_id: int, course_id: int) -> HttpResponse:
    """What is to be read before the test (培训内容)."""
    internship = get_object_or_404(own_internships(request.actor), pk=internship_id)
    course = get_object_or_404(courses_for(internship), pk=course_id)
    context = {"internship": internship, "course": course}
    return render(request, "placements/training/lesson.html", context)


@require_POST
def attempt_start(request: Request, internship_id: int, course_id: int) -> HttpResponse:
    """Begin a sitting (开始测试)."""
    internship = get_object_or_404(own_internships(request.actor), pk=internship_id)
    get_object_or_404(courses_for(internship), pk=course_id)
    attempt = start_attempt(
        actor=request.actor,
        internship_id=internship.pk,
        course_id=course_id,
        now=timezone.now(),
    )
    return redirect("placements:attempt", attempt_id=attempt.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def attempt(request: Request, attempt_id: int) -> HttpResponse:
    """The paper, or its result once it is handed in (安全测试)."""
    rows = sittings_of(request.actor).select_related("course", "internship")
    sitting = get_object_or_404(rows, pk=attempt_id)
    if sitting.submitted_at is not None:
        return result_page(request, sitting)
    questions = paper_of(sitting)
    form = PaperForm(given(request)[0], questions=questions)
    back = reverse("placements:training", args=[sitting.internship_id])

    def send(_: dict[str, Any]) -> str:
        submit_attempt(
            actor=request.actor,
            attempt_id=sitting.pk,
            answers=form.answers(),
            now=timezone.now(),
        )
        return reverse("placements:attempt", args=[sitting.pk])

    page = FormPage(
        title=sitting.course.title,
        lead=f"{len(questions)} 题，{sitting.pass_mark} 分合格。有的题不止一个正确选项。",
        button="交卷",
        back=back,
        crumbs=[("安全培训", back)],
        template="placements/training/paper.html",
    )
    return answer_form(request, form=form, page=page, send=send, done="已交卷。")


def result_page(request: Request, sitting: TrainingAttempt) -> HttpResponse:
    context = {"attempt": sitting, "missed": missed_questions(sitting)}
    return render(request, "placements/training/result.html", context)
