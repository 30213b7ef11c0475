"""Students without cover, and the one step that puts them on policies."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import FormPage, answer_form
from silian.foundation.ui.tables import Column, Table
from silian.operations.placements.choices.insurance import (
    InsuranceKind,
)
from silian.operations.placements.commands.insurance_policies import add_insured
from silian.operations.placements.forms.insurance import RosterForm
from silian.operations.placements.models import Internship
from silian.operations.placements.permissions.insurance import require_insurance_reader
from silian.operations.placements.permissions.internships import (
    internships_visible_to,
    is_school_clerk,
)
from silian.operations.placements.permissions.sides import require_school_staff
from silian.operations.placements.queries.insurance import REQUIRED_KINDS
from silian.operations.placements.queries.insurance_lists import Uninsured, uninsured
from silian.operations.placements.rules.notes import DAY
from silian.operations.placements.views.insurance_policies import tell
from silian.operations.placements.views.insurance_tabs import tabs
from silian.operations.placements.views.student_columns import student_column

COLUMNS = [
    Column("school_class", "班级", value=lambda row: row.internship.school_class.name),
    Column("host", "实习单位", value=lambda row: row.internship.organisation.name),
    Column("starts_on", "起始日", value=lambda row: row.internship.starts_on),
    Column("last_day", "终止日", value=lambda row: row.internship.ends_on - DAY),
    Column("state", "实习状态", value=lambda row: row.internship.get_state_display()),
    Column("lacking", "缺什么", value=lambda row: row.words),
    Column("gap", "未保天数", unit="天", numeric=True, value=lambda row: row.gap_days),
]


@require_safe
def uninsured_list(request: Request) -> HttpResponseBase:
    """Live internships that lack cover on some day, with one step to cure it (未投保学生)."""
    require_insurance_reader(request.actor)
    kinds = [(kind.value, kind.label) for kind in REQUIRED_KINDS]
    bar = FilterBar(
        request=request,
        placeholder="学生、班级、实习单位",
        facets=[facet(request=request, name="kind", label="缺的险种", choices=kinds)],
    )
    rows = chosen(request, text=bar.text)
    table = Table(
        request=request,
        name="uninsured",
        rows=rows,
        columns=[student_column(request.actor, of=lambda row: row.internship), *COLUMNS],
        caption="未投保学生",
        row_url=lambda row: row.internship.get_absolute_url(),
        empty={"missing": "没有未投保的学生", "why": "未结束的实习都在保障期内。"},
    )
    if table.export_wanted:
        return table.export_response()
    name = "_uninsured" if request.htmx else "uninsured"
    context = {
        "table": table,
        "bar": bar,
        "tabs": tabs(request.actor, here="uninsured"),
        "lacking": counts(rows),
        "may_add": is_school_clerk(request.actor) and bool(rows),
    }
    return render(request, f"placements/insurance/{name}.html", context)


def chosen(request: Request, *, text: str) -> list[Uninsured]:
    """The uninsured that the filters leave."""
    rows: QuerySet[Internship] = internships_visible_to(request.actor)
    if text:
        rows = rows.filter(
            Q(person__name__icontains=text)
            | Q(school_class__name__icontains=text)
            | Q(organisation__name__icontains=text)
        )
    found, kinds = uninsured(rows), set(request.GET.getlist("kind"))
    if not kinds:
        return found
    return [row for row in found if kinds & {item.kind for item in row.lacking}]


def counts(rows: list[Uninsured]) -> list[tuple[str, int]]:
    told = Counter(item.kind for row in rows for item in row.lacking)
    return [(InsuranceKind(kind).label, told[kind]) for kind in REQUIRED_KINDS if told[kind]]


@require_http_methods(["GET", "HEAD", "POST"])
def roster(request: Request) -> HttpResponse:
    """Put everybody who lacks a kind on the policy chosen for it, in one step (生成加保名单)."""
    require_school_staff(request.actor)
    school_id = request.actor.organisation_id or 0
    rows = uninsured(Internship.objects.filter(school_id=school_id))
    lacking = Counter(item.kind for row in rows for item in row.lacking)
    form = RosterForm(request.POST or None, school_id=school_id, lacking=dict(lacking))
    back = reverse("placements:insurance_uninsured")

    def send(data: dict[str, Any]) -> str:
        policies = {kind: policy for kind, policy in data.items() if policy}
        if not policies:
            raise DomainError("请至少选一份保单；没有有效保单的，先登记保单。")
        for kind, policy in policies.items():
            ids = [row.pk for row in rows if kind in {item.kind for item in row.lacking}]
            given: dict[str, Any] = {"policy_id": policy.pk, "internship_ids": ids}
            tell(request, add_insured(actor=request.actor, **given))
        return back

    page = FormPage(
        title=f"生成加保名单，{len(rows)} 人",
        lead="向保险机构办妥加保后在这里登记。保费由学校或实习单位付，不向学生收。",
        button="登记加保",
        back=back,
        crumbs=[("保险", reverse("placements:insurance_policies")), ("未投保学生", back)],
        template="placements/insurance/roster.html",
        context={"rows": rows},
    )
    return answer_form(request, form=form, page=page, send=send, done="加保名单已登记。")
