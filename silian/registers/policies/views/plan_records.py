"""The register of plans: list, one plan, its checklist and projects, checking (规划登记)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import done_or_refused, status_of
from silian.foundation.ui.tables import Column, Table
from silian.registers.policies.choices import PlanKind, PlanQuestion, PlanRecordState
from silian.registers.policies.commands.plan_records import (
    add_project,
    answer_question,
    change_plan,
    create_plan,
    remove_project,
    reopen_plan,
    return_plan,
    review_plan,
    submit_plan,
)
from silian.registers.policies.forms.plan_records import (
    PlanAnswerForm,
    PlanProjectForm,
    PlanRecordForm,
)
from silian.registers.policies.models.plans import PlanRecord
from silian.registers.policies.permissions.plan_records import (
    may_check_plan,
    may_write_plan,
    require_plan_writer,
    require_reader,
    writes_plans,
)
from silian.registers.policies.queries.clause_choices import citable_clauses
from silian.registers.policies.queries.plan_records import (
    ITEMS,
    answers_with_proof,
    late_plans,
    plan_figures,
    plan_rows,
)

STEPS: dict[str, tuple[Callable[..., Any], str]] = {
    "submit": (submit_plan, "已送核对。"),
    "review": (review_plan, "已核对。"),
    "return": (return_plan, "已退回登记单位。"),
    "reopen": (reopen_plan, "可以重新填写，改好后再送核对。"),
}
COVERED = {"full": "三项都有", "part": "缺项", "late": "逾期未核对"}


@require_safe
def plan_record_list(request: Request) -> HttpResponseBase:
    """Every plan with its checklist, coverage and what is late (规划登记)."""
    require_reader(request.actor)
    rows, today = plan_rows(request.actor), timezone.localdate()
    bar = FilterBar(
        request=request,
        placeholder="规划或编制单位",
        facets=[
            facet(request=request, name="covered", label="核对情况", choices=COVERED.items()),
            facet(request=request, name="kind", label="类别", choices=PlanKind.choices),
            facet(request=request, name="state", label="登记", choices=PlanRecordState.choices),
        ],
    )
    table = plan_table(request, chosen_plans(request, rows, text=bar.text))
    if table.export_wanted:
        return table.export_response()
    context = {
        "bar": bar,
        "table": table,
        "figures": plan_figures(rows, on=today),
        "writes": writes_plans(request.actor),
    }
    template = "policies/plans/_list.html" if request.htmx else "policies/plans/list.html"
    return render(request, template, context)


def chosen_plans(request: Request, rows: QuerySet[Any], *, text: str) -> QuerySet[Any]:
    for name in ("kind", "state"):
        if chosen := request.GET.getlist(name):
            rows = rows.filter(**{f"{name}__in": chosen})
    covered = request.GET.getlist("covered")
    if "full" in covered:
        rows = rows.filter(contained__gte=ITEMS)
    if "part" in covered:
        rows = rows.filter(contained__lt=ITEMS)
    if "late" in covered:
        rows = late_plans(rows, on=timezone.localdate())
    return (
        (rows.filter(title__icontains=text) | rows.filter(lead__icontains=text)) if text else rows
    )


def plan_table(request: Request, rows: QuerySet[Any]) -> Table:
    return Table(
        request=request,
        name="plan_records",
        caption="规划登记",
        rows=rows,
        order="check_by",
        row_url=lambda row: row.get_absolute_url(),
        columns=plan_columns(),
        empty={
            "missing": "还没有登记规划",
            "why": "规划和重大项目编制时在这里核对是否同步产教融合。",
        },
    )


def plan_columns() -> list[Column]:
    cell = "policies/plans/_cell_{}.html".format
    return [
        Column("title", "规划", main=True, sort="title"),
        Column("kind", "类别", value=lambda row: row.get_kind_display(), sort="kind"),
        Column("period", "规划期", sort="starts_year"),
        Column("lead", "编制单位"),
        Column("contained", "核对", template=cell("contained"), sort="contained", export=answered),
        Column("project_count", "重大项目", unit="个", numeric=True),
        Column("check_by", "核对期限", template=cell("check_by"), sort="check_by"),
        Column("state", "登记", template=cell("state"), sort="state", export=state_words),
        Column("owner", "登记单位", value="owner__name", optional=True),
        Column("investment", "投资额", unit="元", numeric=True, optional=True),
    ]


def answered(row: Any) -> str:
    return f"{row.contained}/{ITEMS}"


def state_words(row: Any) -> str:
    return str(row.get_state_display())


def visible_plan(request: Request, plan_id: int) -> PlanRecord:
    return get_object_or_404(plan_rows(request.actor), pk=plan_id)


@require_safe
def plan_record_detail(request: Request, plan_id: int) -> HttpResponse:
    """One plan: three items with their proof, and its major projects (规划)."""
    require_reader(request.actor)
    return plan_page(request, visible_plan(request, plan_id))


def plan_page(request: Request, plan: PlanRecord, *, refused: Any = None) -> HttpResponse:
    writes = may_write_plan(request.actor, plan)
    context = {
        "plan": plan,
        "answers": answers_with_proof(plan),
        "projects": list(plan.projects.all()),
        "late": plan.is_late(on=timezone.localdate(), open_items=plan.open_items),  # type: ignore[attr-defined]
        "items": ITEMS,
        "writes": writes,
        "edits": writes and plan.state == PlanRecordState.DRAFT,
        "checks": may_check_plan(request.actor, plan),
        "refused": refused,
    }
    status = refused.status if refused else 200
    return render(request, "policies/plans/detail.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_record_new(request: Request) -> HttpResponse:
    """Register a plan of one's own department (登记规划)."""
    require_plan_writer(request.actor)
    initial = {"lead": request.actor.organisation_name}
    form = PlanRecordForm(request.POST or None, initial=initial)
    plan = done_or_refused(form, lambda: create_plan(facts=form.facts(), actor=request.actor))
    if plan is not None:
        messages.success(request, "已登记，请逐项核对。")
        return redirect(plan)
    return form_answer(request, form, title="登记规划", plan=None)


def form_answer(
    request: Request, form: Any, *, title: str, plan: PlanRecord | None, lead: str = ""
) -> HttpResponse:
    context = {"form": form, "plan": plan, "form_title": title, "form_lead": lead}
    context["multipart"] = form.is_multipart()
    status = status_of(form)
    return render(request, "policies/plans/form.html", context, status=status)


def own_plan(request: Request, plan_id: int) -> PlanRecord:
    plan = visible_plan(request, plan_id)
    require_plan_writer(request.actor, plan)
    return plan


@require_http_methods(["GET", "HEAD", "POST"])
def plan_record_edit(request: Request, plan_id: int) -> HttpResponse:
    """Change a draft (修改规划登记)."""
    plan = own_plan(request, plan_id)
    initial = {name: getattr(plan, name) for name in PlanRecordForm.base_fields}
    form = PlanRecordForm(request.POST or None, initial=initial)
    done = done_or_refused(
        form, lambda: change_plan(plan_id=plan.pk, facts=form.facts(), actor=request.actor)
    )
    if done is not None:
        messages.success(request, "已保存。")
        return redirect(plan)
    return form_answer(request, form, title="修改规划登记", plan=plan)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_answer(request: Request, plan_id: int, question: str) -> HttpResponse:
    """Answer an item of the checklist with its proof (填写核对项)."""
    plan = own_plan(request, plan_id)
    row = get_object_or_404(plan.answers, question=question)
    initial = {"place": row.place, "note": row.note, "value": row.value, "clause": row.clause_id}
    form = PlanAnswerForm(
        request.POST or None,
        request.FILES or None,
        initial=initial,
        clauses=citable_clauses(division=plan.division_id, actor=request.actor),
    )
    done = done_or_refused(
        form,
        lambda: answer_question(
            plan_id=plan.pk,
            question=question,
            answer=form.answer(),
            upload=form.cleaned_data["file"],
            actor=request.actor,
            now=timezone.now(),
        ),
    )
    if done is not None:
        return redirect(plan)
    title = str(PlanQuestion(question).label)
    return form_answer(request, form, title=title, plan=plan, lead=plan.title)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_project_new(request: Request, plan_id: int) -> HttpResponse:
    """Put a major project under a plan (登记重大项目)."""
    plan = own_plan(request, plan_id)
    form = PlanProjectForm(request.POST or None)
    done = done_or_refused(
        form, lambda: add_project(plan_id=plan.pk, facts=form.project(), actor=request.actor)
    )
    if done is not None:
        return redirect(plan)
    return form_answer(request, form, title="登记重大项目", plan=plan, lead=plan.title)


@require_POST
def plan_project_remove(request: Request, plan_id: int, project_id: int) -> HttpResponse:
    """Take a project off a draft (删除重大项目)."""
    plan = own_plan(request, plan_id)
    try:
        remove_project(plan_id=plan.pk, project_id=project_id, actor=request.actor)
    except DomainError as refusal:
        return plan_page(request, plan, refused=refusal)
    return redirect(plan)


@require_POST
def plan_record_step(request: Request, plan_id: int, name: str) -> HttpResponse:
    """Hand in, check, give back or reopen (办理一步)."""
    if name not in STEPS:
        raise Http404("没有这一步。")
    plan = visible_plan(request, plan_id)
    command, sentence = STEPS[name]
    given: dict[str, Any] = {"plan_id": plan.pk, "actor": request.actor}
    if name == "return":
        given["reason"] = request.POST.get("reason", "")
    if name == "review":
        given["now"] = timezone.now()
    try:
        command(**given)
    except DomainError as refusal:
        return plan_page(request, plan, refused=refusal)
    messages.success(request, sentence)
    return redirect(plan)
