"""Pages of land cases."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.files import files_of
from silian.foundation.kernel.requests import Request
from silian.foundation.reference.models import Division
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import (
    answer_form,
    given,
    page_words,
)
from silian.foundation.ui.tables import Column, Table
from silian.governance.accreditation.permissions.projects import projects_visible_to
from silian.governance.accreditation.permissions.schools import school_projects_visible_to
from silian.governance.incentives.choices.land import LandState, SupplyMode
from silian.governance.incentives.commands import land as commands
from silian.governance.incentives.forms.land import (
    LandForm,
    LandStepForm,
    WithdrawForm,
)
from silian.governance.incentives.models.land import LandCase
from silian.governance.incentives.permissions.land import (
    handles_case,
    keeps_case,
    land_cases_visible_to,
    may_apply,
    oversees_land,
    require_applicant,
    require_case_keeper,
    require_handler,
    require_land_reader,
)
from silian.governance.incentives.permissions.offices import coordinates
from silian.governance.incentives.queries.land import (
    cases_for_list,
    eligibility_of,
    land_numbers,
)
from silian.governance.incentives.workflow.land import land_case
from silian.registers.organisations.models import Organisation

REGISTER = ("用地事项", "incentives:land_cases")
FOLDER = "incentives/land"
OF_APPLICANT = "withdraw"


@require_safe
def case_list(request: Request) -> HttpResponseBase:
    """The land cases of a region, or of one's own unit (用地事项)."""
    actor = request.actor
    require_land_reader(actor)
    bar = FilterBar(
        request=request,
        placeholder="项目或单位",
        facets=[
            facet(request=request, name="state", label="状态", choices=LandState.choices),
            facet(request=request, name="mode", label="供地方式", choices=SupplyMode.choices),
        ],
    )
    table = case_table(request, filtered(request, bar))
    if table.export_wanted:
        return table.export_response()
    context = {"table": table, "bar": bar, "applies": may_apply(actor)}
    if not request.htmx:
        context["numbers"] = land_numbers(actor, on=timezone.localdate())
        context["names_offices"] = coordinates(actor)
        context["oversees"] = oversees_land(actor)
    template = f"{FOLDER}/_listed.html" if request.htmx else f"{FOLDER}/cases.html"
    return render(request, template, context)


def filtered(request: Request, bar: FilterBar) -> QuerySet[LandCase]:
    rows = land_cases_visible_to(request.actor)
    for name in ("state", "mode"):
        if wanted := request.GET.getlist(name):
            rows = rows.filter(**{f"{name}__in": wanted})
    if bar.text:
        text = bar.text.replace("\x00", "")[:60]
        rows = rows.filter(title__icontains=text) | rows.filter(applicant__name__icontains=text)
    return cases_for_list(rows)


def case_table(request: Request, rows: QuerySet[LandCase]) -> Table:
    return Table(
        request=request,
        name="land_cases",
        rows=rows,
        caption="用地事项",
        columns=[
            Column("title", "项目", main=True),
            Column("applicant", "申请单位", lambda row: row.applicant.display_name),
            Column("division", "地区", lambda row: row.division.name),
            Column("land_class", "用地类别", lambda row: row.get_land_class_display()),
            Column("area", "面积", unit="平方米", numeric=True, sort="area", total=True),
            Column("mode", "供地方式", lambda row: row.get_mode_display() or "未定", sort="mode"),
            Column("due_on", "本步期限", template=f"{FOLDER}/_cell_due.html", sort="due_on"),
            Column("state", "状态", template=f"{FOLDER}/_cell_state.html", sort="state"),
        ],
        order="-registered_on",
        export=True,
        row_url=lambda row: row.get_absolute_url(),
        empty={
            "missing": "还没有用地事项",
            "why": "企业、院校登记项目和用地后，由自然资源部门或园区管委会办理。",
        },
    )


def visible_case(request: Request, case_id: int) -> LandCase:
    rows = land_cases_visible_to(request.actor).select_related(
        "applicant", "division", "project", "school_project"
    )
    return get_object_or_404(rows, pk=case_id)


@require_safe
def case_detail(request: Request, case_id: int) -> HttpResponse:
    """One case: eligibility with clause, steps with clocks, what comes next (用地事项)."""
    case, actor = visible_case(request, case_id), request.actor
    handles = handles_case(actor, case)
    steps = [step for step in land_case.steps_from(LandState(case.state))]
    context = {
        "case": case,
        "found": eligibility_of(case, on=timezone.localdate()),
        "steps": case.steps.select_related("office", "done_by"),
        "next": [step for step in steps if step.name != OF_APPLICANT] if handles else [],
        "changes": keeps_case(actor, case) and case.state == LandState.REGISTERED,
        "withdraws": keeps_case(actor, case) and any(step.name == OF_APPLICANT for step in steps),
        "files": files_of(case),
        "names_offices": coordinates(actor),
    }
    return render(request, f"{FOLDER}/case.html", context)


def form_for(request: Request, *, initial: dict[str, Any]) -> LandForm:
    actor = request.actor
    return LandForm(
        *given(request),
        projects=projects_visible_to(actor).filter(owner_id=actor.organisation_id),
        schools=school_projects_visible_to(actor),
        divisions=Division.objects.filter(level=3).order_by("code"),
        initial=initial,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def case_new(request: Request) -> HttpResponse:
    """Register a land case, for a project when one is named (登记用地事项)."""
    actor = request.actor
    require_applicant(actor)
    unit = Organisation.objects.get(pk=actor.organisation_id or 0)
    named = request.GET.get("project", "")
    form = form_for(request, initial={"division": unit.division_id, "project": named})
    return answer_form(
        request,
        form=form,
        page=page_words(
            "登记用地事项",
            "登记",
            back=REGISTER[1],
            register=REGISTER,
            help="incentives/land_new",
        ),
        send=lambda said: commands.register_land_case(
            facts=form.facts(),
            papers=[said["paper"]] if said["paper"] else [],
            actor=actor,
            today=timezone.localdate(),
        ),
        done="已登记，由用地办理单位核对材料。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def case_change(request: Request, case_id: int) -> HttpResponse:
    """Change what was registered (修改用地事项)."""
    case = visible_case(request, case_id)
    require_case_keeper(request.actor, case)
    plain = ("title", "site", "area", "land_class", "investor", "is_school", "catalogue_item",
             "wanted", "project", "school_project", "division")  # fmt: skip
    known = {True: "yes", False: "no", None: ""}[case.in_catalogue]
    start = {name: getattr(case, name) for name in plain} | {"in_catalogue": known}
    form = form_for(request, initial=start)
    return answer_form(
        request,
        form=form,
        page=page_words("修改用地事项", "保存", back=case, register=REGISTER, lead=case.title),
        send=lambda said: commands.change_land_case(
            case_id=case.pk, facts=form.facts(), actor=request.actor
        ),
        done="已保存。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def case_step(request: Request, case_id: int, name: str) -> HttpResponse:
    """Take the next step (办理用地环节)."""
    case, today = visible_case(request, case_id), timezone.localdate()
    require_handler(request.actor, case)
    known = {True: "yes", False: "no", None: ""}[case.in_catalogue]
    start = {"on": today, "mode": case.wanted, "in_catalogue": known}
    start["catalogue_item"] = case.catalogue_item
    form = LandStepForm(request.POST or None, step=name, initial=start)
    label = land_case.by_name[name].label
    return answer_form(
        request,
        form=form,
        page=page_words(label, "登记", back=case, register=REGISTER, lead=case.title),
        send=lambda said: commands.take_land_step(
            case_id=case.pk, name=name, said=form.said(), actor=request.actor, today=today
        ),
        done="已登记。",
        then=case,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def case_withdraw(request: Request, case_id: int) -> HttpResponse:
    """Take the application back (撤回)."""
    case = visible_case(request, case_id)
    require_case_keeper(request.actor, case)
    return answer_form(
        request,
        form=WithdrawForm(request.POST or None),
        page=page_words("撤回用地事项", "撤回", back=case, register=REGISTER, lead=case.title),
        send=lambda said: commands.withdraw_land_case(
            case_id=case.pk,
            reason=said["reason"],
            actor=request.actor,
            today=timezone.localdate(),
        ),
        done="已撤回。",
        then=case,
    )
