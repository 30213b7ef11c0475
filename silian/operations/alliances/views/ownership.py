"""Pages of schools run with enterprises: register, own and handed-in cases, one case."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import answer_form, done_or_said, given, page_words
from silian.foundation.ui.tables import Column, Table
from silian.operations.alliances.choices.ownership import CaseMode, CaseState
from silian.operations.alliances.commands.ownership import (
    add_asset,
    add_party,
    change_case,
    draft_case,
    remove_asset,
    remove_party,
)
from silian.operations.alliances.forms.choosing import key_of
from silian.operations.alliances.forms.ownership import AssetForm, CaseForm, PartyForm
from silian.operations.alliances.models.ownership import OwnershipCase
from silian.operations.alliances.permissions.keeping import oversees
from silian.operations.alliances.permissions.ownership import (
    cases_visible_to,
    may_apply,
    may_approve,
    may_edit_case,
    may_review,
    owns_case,
    public_cases,
    require_applicant,
    require_editor,
)
from silian.operations.alliances.queries.histories import past_of
from silian.operations.alliances.queries.ownership import (
    case_page,
    cases_for_list,
    missing_reports,
)
from silian.operations.alliances.views.steps import template_for, typed

FOLDER = "alliances/ownership"
REGISTER = ("企业办学案例", "alliances:case_list")


@login_not_required
@require_safe
def case_register(request: Request) -> HttpResponseBase:
    """The approved cases, headline only, for everybody (企业办学案例名录)."""
    bar = FilterBar(
        request=request,
        placeholder="案例、学校、单位",
        facets=[facet(request=request, name="mode", label="办学方式", choices=CaseMode.choices)],
    )
    table = register_table(request, chosen(request, public_cases(), bar))
    if table.export_wanted:
        return table.export_response()
    context = {"table": table, "bar": bar, "total": public_cases().count()}
    fragment = f"{FOLDER}/_cases.html"
    page = template_for(request, page=f"{FOLDER}/register.html", fragment=fragment)
    return render(request, page, context)


def chosen(
    request: Request, rows: QuerySet[OwnershipCase], bar: FilterBar
) -> QuerySet[OwnershipCase]:
    """What the filters leave."""
    for name in ("mode", "state"):
        if wanted := request.GET.getlist(name):
            rows = rows.filter(**{f"{name}__in": wanted})
    if text := typed(bar.text):
        named = Q(title__icontains=text) | Q(school_name__icontains=text)
        rows = rows.filter(named | Q(applicant__name__icontains=text))
    return cases_for_list(rows)


def columns() -> list[Column]:
    return [
        Column("title", "案例", main=True),
        Column("applicant", "申请单位", lambda row: row.applicant.display_name),
        Column("mode", "办学方式", lambda row: row.get_mode_display(), sort="mode"),
        Column("school_name", "学校或机构"),
        Column("legal_person", "法人类型", lambda row: row.get_legal_person_display()),
    ]


def register_table(request: Request, rows: QuerySet[OwnershipCase]) -> Table:
    return Table(
        request=request,
        name="ownership_register",
        rows=rows,
        caption="企业办学案例名录",
        columns=[
            *columns(),
            Column("parties", "参与方", lambda row: parties_of(row)),
            Column("approved_on", "批准日", sort="approved_on"),
            Column("get_state_display", "状态", template="alliances/_cell_state.html"),
        ],
        order="-approved_on",
        empty={"missing": "还没有批准的案例", "why": "批准后公开名称、方式和参与方，材料不公开。"},
    )


def parties_of(case: OwnershipCase) -> str:
    return "、".join(party.name for party in case.parties.all())


@require_safe
def case_list(request: Request) -> HttpResponseBase:
    """One's own cases, or those handed in within the region (办学案例办理)."""
    actor = request.actor
    if not (may_apply(actor) or oversees(actor)):
        raise NotAllowed("办学案例由申请单位和本地区主管部门办理，公众可查看案例名录。")
    bar = FilterBar(
        request=request,
        placeholder="案例、学校、单位",
        facets=[
            facet(request=request, name="state", label="状态", choices=CaseState.choices),
            facet(request=request, name="mode", label="办学方式", choices=CaseMode.choices),
        ],
    )
    table = cases_table(request, chosen(request, cases_visible_to(actor), bar))
    if table.export_wanted:
        return table.export_response()
    fragment = f"{FOLDER}/_cases.html"
    page = template_for(request, page=f"{FOLDER}/cases.html", fragment=fragment)
    return render(request, page, {"table": table, "bar": bar, "applies": may_apply(actor)})


def cases_table(request: Request, rows: QuerySet[OwnershipCase]) -> Table:
    return Table(
        request=request,
        name="ownership_cases",
        rows=rows,
        caption="企业办学案例",
        columns=[
            *columns(),
            Column("applied_at", "提交时间", sort="applied_at"),
            Column("get_state_display", "状态", template="alliances/_cell_state.html"),
        ],
        order="-pk",
        row_url=lambda row: row.get_absolute_url(),
        empty={"missing": "还没有案例", "why": "企业或院校起草，登记参与方和投入后提交申请。"},
    )


def visible_case(request: Request, case_id: int) -> OwnershipCase:
    rows = cases_visible_to(request.actor).select_related("applicant", "division", "reviewed_by")
    return get_object_or_404(rows, pk=case_id)


@require_safe
def case_detail(request: Request, case_id: int) -> HttpResponse:
    """One case: parties, assets, approvals, reports (办学案例)."""
    case, actor = visible_case(request, case_id), request.actor
    reviews = may_review(actor, case)
    context = {
        "case": case,
        "parts": case_page(case),
        "missing": missing_reports([case], today=timezone.localdate()),
        "edits": may_edit_case(actor, case),
        "owns": owns_case(actor, case),
        "reviews": reviews,
        "deciding": reviews and case.state in (CaseState.APPLIED, CaseState.REVIEWED),
        "approves": may_approve(actor, case) and case.state == CaseState.REVIEWED,
        "purchases": case.purchases.select_related("buyer"),
        "entries": past_of(case),
    }
    return render(request, f"{FOLDER}/case.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def case_new(request: Request) -> HttpResponse:
    """Begin a case (起草办学案例)."""
    require_applicant(request.actor)
    form = CaseForm(request.POST or None)
    return answer_form(
        request,
        form=form,
        page=page_words("起草办学案例", "保存", back=REGISTER[1], register=REGISTER),
        send=lambda said: draft_case(facts=form.facts(), actor=request.actor),
        done="已保存，请登记参与方和投入资产，再提交申请。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def case_edit(request: Request, case_id: int) -> HttpResponse:
    """Change a case that is not handed in (修改办学案例)."""
    case = visible_case(request, case_id)
    require_editor(request.actor, case)
    form = CaseForm(request.POST or None, initial=CaseForm.initial_from(case))
    return answer_form(
        request,
        form=form,
        page=page_words("修改办学案例", "保存", back=case, register=REGISTER),
        send=lambda said: change_case(case_id=case.pk, facts=form.facts(), actor=request.actor),
        done="已保存。",
        then=case,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def party_new(request: Request, case_id: int) -> HttpResponse:
    """Add a party (登记参与方)."""
    case = visible_case(request, case_id)
    require_editor(request.actor, case)
    form = PartyForm(request.POST or None)
    return answer_form(
        request,
        form=form,
        page=page_words("登记参与方", "登记", back=case, register=REGISTER, lead=case.title),
        send=lambda said: add_party(
            case_id=case.pk,
            name=said["name"],
            unit_id=key_of(said["unit"]),
            kind=said["kind"],
            share=said["share"],
            actor=request.actor,
        ),
        done="已登记参与方。",
        then=case,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def asset_new(request: Request, case_id: int) -> HttpResponse:
    """Add what a party brings in (登记投入资产)."""
    case = visible_case(request, case_id)
    require_editor(request.actor, case)
    form = AssetForm(*given(request), parties=case.parties.all())

    def work(said: dict[str, Any]) -> Any:
        return add_asset(
            case_id=case.pk, facts=form.facts(), report=said["report"], actor=request.actor
        )

    page = page_words("登记投入资产", "登记", back=case, register=REGISTER, lead=case.title)
    return answer_form(request, form=form, page=page, send=work, done="已登记。", then=case)


@require_POST
def party_drop(request: Request, case_id: int, party_id: int) -> HttpResponse:
    """Take a party out of a draft (删除参与方)."""
    case = visible_case(request, case_id)
    get_object_or_404(case.parties, pk=party_id)
    return done_or_said(
        request,
        lambda: remove_party(case_id=case.pk, party_id=party_id, actor=request.actor),
        done="已删除。",
        then=case,
    )


@require_POST
def asset_drop(request: Request, case_id: int, asset_id: int) -> HttpResponse:
    """Take an asset out of a draft (删除投入资产)."""
    case = visible_case(request, case_id)
    get_object_or_404(case.assets, pk=asset_id)
    return done_or_said(
        request,
        lambda: remove_asset(case_id=case.pk, asset_id=asset_id, actor=request.actor),
        done="已删除。",
        then=case,
    )
