"""Self-chosen hosts: apply, follow, check."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import FormPage, answer_form, done_or_refused, status_of
from silian.foundation.ui.histories import entry_of
from silian.foundation.ui.tables import Column, Table
from silian.operations.placements.choices.internships import (
    SelfChoiceState,
)
from silian.operations.placements.commands.self_choices import (
    apply_for_choice,
    approve_choice,
    refuse_choice,
    withdraw_choice,
)
from silian.operations.placements.forms.internships import DecisionForm, SelfChoiceForm
from silian.operations.placements.models import Internship, SelfChoice
from silian.operations.placements.permissions.internships import (
    is_school_clerk,
    require_school_clerk,
    self_choices_visible_to,
)
from silian.registers.organisations.choices import Role

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
CELL = "placements/internships/_cell_state.html"
COLUMNS = [
    Column("person", "学生", value="person__name", sort="person__name", main=True),
    Column("class", "班级", value="school_class__name"),
    Column("organisation", "单位", value="organisation__name"),
    Column("title", "岗位"),
    Column("starts_on", "起始日", sort="starts_on"),
    Column("due_at", "审核期限", sort="due_at", value=lambda row: row.due_at or "—"),
    Column(
        "state",
        "状态",
        sort="state",
        template=CELL,
        export=lambda row: row.get_state_display(),
    ),
]


@require_safe
def self_choice_list(request: Request) -> HttpResponseBase:
    """Applications of the school's students (自主选择申请)."""
    require_school_clerk(request.actor)
    rows = self_choices_visible_to(request.actor).select_related(
        "person", "school_class", "organisation"
    )
    table = Table(
        request=request,
        name="self_choices",
        rows=rows,
        caption="自主选择申请",
        columns=COLUMNS,
        order="-created_at",
        export=True,
        row_url=lambda row: row.get_absolute_url(),
        empty={"missing": "没有自主选择申请", "why": "学生申请、家长同意后送到这里审核。"},
    )
    if table.export_wanted:
        return table.export_response()
    waiting = rows.filter(state=SelfChoiceState.SUBMITTED).count()
    return render(
        request, "placements/self_choices/list.html", {"table": table, "waiting": waiting}
    )


@GET_OR_POST
def self_choice_new(request: Request) -> HttpResponse:
    """Apply with a host of one's own (申请自主选择)."""
    if not request.actor.has_role(Role.STUDENT):
        raise NotAllowed("自主选择由在读学生本人申请。")
    form = SelfChoiceForm(request.POST or None, initial={"pay_day": 10, "weekly_days": 5})
    mine = reverse("placements:my_internship")
    return answer_form(
        request,
        form=form,
        page=FormPage(
            title="申请自己选择实习单位",
            button="送家长同意",
            lead="家长同意后送学校审核，单位和岗位按同样的规定核对。",
            back=mine,
            crumbs=(("我的实习", mine),),
        ),
        send=lambda said: apply_for_choice(
            actor=request.actor, facts=form.facts(), now=timezone.now()
        ),
        done="申请已送出，等家长同意。",
    )


@GET_OR_POST
def self_choice(request: Request, self_choice_id: int) -> HttpResponse:
    """One application; the clerk decides here (自主选择申请)."""
    rows = self_choices_visible_to(request.actor).select_related(
        "person", "school_class", "organisation", "plan", "division", "internship"
    )
    choice = get_object_or_404(rows, pk=self_choice_id)
    clerk = is_school_clerk(request.actor)
    form = DecisionForm(request.POST or None, school_id=choice.school_id)
    decided = done_or_refused(form, lambda: decide(request, choice, form.cleaned_data))
    if decided is not None:
        return redirect(decided)
    context = {
        "choice": choice,
        "consents": choice.consents.all(),
        "form": form,
        "may_decide": clerk and choice.state == SelfChoiceState.SUBMITTED,
        "may_withdraw": choice.person.user_id == request.actor.user_id
        and choice.state in (SelfChoiceState.WITH_GUARDIAN, SelfChoiceState.SUBMITTED),
        "entries": [entry_of(act) for act in history_of(choice)],
    }
    return render(request, "placements/self_choices/detail.html", context, status=status_of(form))


def decide(request: Request, choice: SelfChoice, said: dict[str, Any]) -> Internship | SelfChoice:
    """Approve or send back; gives the page to go on with."""
    if said["decision"] == "approve":
        internship = approve_choice(
            choice_id=choice.pk,
            actor=request.actor,
            teacher_id=said["teacher"].pk,
            warning_reason=said["warning_reason"],
            now=timezone.now(),
        )
        messages.success(request, "已同意，接着办理手续。")
        return internship
    refuse_choice(
        choice_id=choice.pk, actor=request.actor, reason=said["reason"], now=timezone.now()
    )
    messages.success(request, "已退回，学生会看到原因。")
    return choice


@require_POST
def self_choice_withdraw(request: Request, self_choice_id: int) -> HttpResponse:
    """Take the application back (撤回申请)."""
    choice = get_object_or_404(self_choices_visible_to(request.actor), pk=self_choice_id)
    withdraw_choice(choice_id=choice.pk, actor=request.actor)
    messages.success(request, "申请已撤回。")
    return redirect("placements:my_internship")
