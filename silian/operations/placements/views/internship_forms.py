"""Forms about internships: arrange a class, name guides, change post."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import FormPage, answer_form
from silian.operations.placements.commands.arranging import Arranged, arrange_many
from silian.operations.placements.commands.guiding import name_guides
from silian.operations.placements.commands.moving import propose_move
from silian.operations.placements.forms.internships import ArrangeForm, GuidesForm, MoveForm
from silian.operations.placements.models import Internship
from silian.operations.placements.permissions.internships import require_school_clerk
from silian.operations.placements.queries.arranging import arrangeable_students
from silian.operations.placements.rules.arranging import Arranging
from silian.operations.placements.views.internships import visible_internship

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@GET_OR_POST
def internship_new(request: Request) -> HttpResponse:
    """Choose class, plan, post and days; see what stands against each student; save (安排实习)."""
    require_school_clerk(request.actor)
    given = request.POST if request.method == "POST" else request.GET or None
    form = ArrangeForm(given, school_id=request.actor.organisation_id or 0)
    students: list[Any] = []
    if given and form.is_valid():
        wishes = wishes_of(form)
        students = arrangeable_students(
            school_class=form.cleaned_data["school_class"], wishes=wishes, on=timezone.localdate()
        )
        if request.method == "POST" and "save" in request.POST:
            return save_chosen(request, form)
    context = {"form": form, "students": students, "chosen": set(request.POST.getlist("student"))}
    template = "placements/internships/arrange.html"
    return render(request, template, context, status=422 if form.errors else 200)


def wishes_of(form: ArrangeForm) -> dict[str, Any]:
    """What all wishes of the form share."""
    said = form.cleaned_data
    return {
        "plan_id": said["plan"].pk,
        "host_id": said["host"].pk,
        "post_id": said["post"].pk,
        "starts_on": said["starts_on"],
        "ends_on": said["ends_on"],
        "teacher_id": said["teacher"].pk if said["teacher"] else None,
        "lodging": said["lodging"],
        "filing_number": said["filing_number"],
        "warning_reason": said["warning_reason"],
        "mismatch_reason": said["warning_reason"],
    }


def save_chosen(request: Request, form: ArrangeForm) -> HttpResponse:
    """Place the ticked students; those refused are named with the rule."""
    shared = wishes_of(form)
    ticked = [int(value) for value in request.POST.getlist("student") if value.isdigit()]
    wishes = [Arranging(person_id=pk, **shared) for pk in ticked]
    answers = arrange_many(actor=request.actor, wishes=wishes, on=timezone.localdate())
    placed = [answer for answer in answers if isinstance(answer, Arranged)]
    refused = [answer for answer in answers if not isinstance(answer, Arranged)]
    if placed:
        messages.success(request, f"已安排 {len(placed)} 人。")
    if refused:
        words = "；".join(dict.fromkeys(answer.sentence for answer in refused))
        messages.warning(request, f"{len(refused)} 人未安排：{words[:300]}")
    return redirect(reverse("placements:internship_list") + "?state=planned")


def page(internship: Internship, *, title: str, button: str, lead: str = "") -> FormPage:
    return FormPage(
        title=title,
        button=button,
        lead=lead,
        back=internship.get_absolute_url(),
        crumbs=(
            ("实习台账", reverse("placements:internship_list")),
            (internship.person.name, internship.get_absolute_url()),
        ),
    )


@GET_OR_POST
def internship_guides(request: Request, internship_id: int) -> HttpResponse:
    """Name teacher and mentor (指导人员)."""
    require_school_clerk(request.actor)
    internship = visible_internship(request, internship_id)
    initial = {"teacher": internship.teacher_id, "mentor": internship.mentor_id}
    form = GuidesForm(request.POST or None, internship=internship, initial=initial)
    return answer_form(
        request,
        form=form,
        page=page(internship, title="指定指导人员", button="保存"),
        send=lambda said: name_guides(
            internship_id=internship.pk,
            actor=request.actor,
            teacher_id=said["teacher"].pk,
            mentor_id=said["mentor"].pk,
        ),
        done="指导人员已保存。",
        then=internship.get_absolute_url(),
    )


@GET_OR_POST
def internship_move(request: Request, internship_id: int) -> HttpResponse:
    """Propose another post; the parties sign the amendment (换岗)."""
    require_school_clerk(request.actor)
    internship = visible_internship(request, internship_id)
    return answer_form(
        request,
        form=MoveForm(request.POST or None, internship=internship),
        page=page(
            internship,
            title="换岗",
            button="送各方签署",
            lead="换岗要修订三方协议。各方签齐后，到换岗日自动换岗。",
        ),
        send=lambda said: propose_move(
            internship_id=internship.pk,
            post_id=said["post"].pk,
            on=said["on"],
            reason=said["reason"],
            actor=request.actor,
            now=timezone.now(),
        ),
        done="换岗修订已送签。",
        then=internship.get_absolute_url(),
    )
