"""Policies of a school: the list, one policy, adding interns, ending it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel import files
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.components import Fact
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.foundation.ui.tables import Column, Table
from silian.operations.placements.choices.insurance import (
    InsuranceKind,
    PolicyState,
)
from silian.operations.placements.commands.insurance_policies import (
    Insured,
    add_insured,
    cancel_policy,
    register_policy,
)
from silian.operations.placements.forms.insurance import AddClassForm, CancelForm, PolicyForm
from silian.operations.placements.gateways.number_sheets import numbers_in
from silian.operations.placements.models import InsurancePolicy
from silian.operations.placements.permissions.insurance import (
    may_read_insurance,
    policies_kept_by,
    policies_visible_to,
    require_insurance_reader,
)
from silian.operations.placements.permissions.internships import is_school_clerk
from silian.operations.placements.permissions.sides import require_school_staff
from silian.operations.placements.queries.insurance_lists import insured_of, policies_for_list
from silian.operations.placements.queries.student_numbers import (
    internships_by_number,
    live_of_classes,
)
from silian.operations.placements.rules.notes import DAY
from silian.operations.placements.views.insurance_tabs import tabs
from silian.operations.placements.views.student_columns import student_column
from silian.registers.programmes.models import SchoolClass

COLUMNS = [
    Column("number", "保单号", sort="number", main=True),
    Column("kind", "险种", value=lambda row: row.get_kind_display(), sort="kind"),
    Column("school", "投保学校", value="school__name", optional=True),
    Column("insurer_name", "保险机构"),
    Column("starts_on", "起保日", sort="starts_on"),
    Column("last_day", "终保日", value=lambda row: row.ends_on - DAY, sort="ends_on"),
    Column("insured_count", "被保险学生", unit="人", numeric=True),
    Column("premium", "保费合计", unit="元", numeric=True, sort="premium", total=True),
    Column("payer", "保费承担", value=lambda row: row.get_payer_display()),
    Column("claim_count", "理赔", unit="件", numeric=True, optional=True),
    Column("state", "状态", template="placements/insurance/_cell_state.html", sort="state"),
]
PEOPLE = [
    Column("school_class", "班级", value="internship__school_class__name"),
    Column("host", "实习单位", value="internship__organisation__name"),
    Column("starts_on", "起保日", sort="starts_on"),
    Column("last_day", "终保日", value=lambda row: row.ends_on - DAY, sort="ends_on"),
]


@require_safe
def policy_list(request: Request) -> HttpResponseBase:
    """The policies that concern the actor's organisation or region (保单)."""
    require_insurance_reader(request.actor)
    bar = policy_bar(request)
    rows = chosen(request, policies_visible_to(request.actor), text=bar.text)
    table = Table(
        request=request,
        name="insurance_policies",
        rows=policies_for_list(rows),
        columns=COLUMNS,
        caption="保单",
        order="-ends_on",
        row_url=lambda row: reverse("placements:insurance_policy", args=[row.pk]),
        empty={"missing": "还没有保单", "why": "登记后可按班级、名单或学号表加保。"},
    )
    if table.export_wanted:
        return table.export_response()
    name = "_policies" if request.htmx else "policies"
    context = {
        "table": table,
        "bar": bar,
        "tabs": tabs(request.actor, here="policies"),
        "may_write": is_school_clerk(request.actor),
    }
    return render(request, f"placements/insurance/{name}.html", context)


def policy_bar(request: Request) -> FilterBar:
    return FilterBar(
        request=request,
        placeholder="保单号、保险机构",
        facets=[
            facet(request=request, name="kind", label="险种", choices=InsuranceKind.choices),
            facet(request=request, name="state", label="状态", choices=PolicyState.choices),
        ],
    )


def chosen(
    request: Request, rows: QuerySet[InsurancePolicy], *, text: str
) -> QuerySet[InsurancePolicy]:
    if kinds := request.GET.getlist("kind"):
        rows = rows.filter(kind__in=kinds)
    if states := request.GET.getlist("state"):
        rows = rows.filter(state__in=states)
    if text:
        rows = rows.filter(Q(number__icontains=text) | Q(insurer_name__icontains=text))
    return rows


@require_safe
def policy_detail(request: Request, policy_id: int) -> HttpResponseBase:
    """One policy with the interns on it (保单)."""
    rows = policies_for_list(policies_visible_to(request.actor))
    policy = get_object_or_404(rows, pk=policy_id)
    table = Table(
        request=request,
        name="insured",
        rows=insured_seen_by(request, policy),
        columns=[student_column(request.actor, of=lambda row: row.internship), *PEOPLE],
        caption=f"{policy.number} 被保险学生",
        order="internship__school_class__name",
        row_url=lambda row: row.internship.get_absolute_url(),
        empty={"missing": "这份保单上还没有学生", "why": "按班级、名单或学号表加保。"},
    )
    if table.export_wanted:
        return table.export_response()
    context = {
        "policy": policy,
        "facts": policy_facts(policy),
        "table": table,
        "evidence": files.files_of(policy),
        "is_own": policies_kept_by(request.actor).filter(pk=policy.pk).exists(),
    }
    return render(request, "placements/insurance/policy.html", context)


def insured_seen_by(request: Request, policy: InsurancePolicy) -> QuerySet[Any]:
    """All on the policy for its school; a host sees its own interns only."""
    rows, actor = insured_of(policy), request.actor
    if may_read_insurance(actor, policy=policy):
        return rows
    return rows.filter(internship__organisation_id=actor.organisation_id or 0)


def policy_facts(policy: InsurancePolicy) -> list[Fact]:
    paid = "未填" if policy.premium is None else f"{policy.premium:,} 元"
    found = [
        Fact(name="险种", value=policy.get_kind_display()),
        Fact(name="保险机构", value=policy.insurer_name),
        Fact(name="期间", value=f"{policy.starts_on} 至 {policy.ends_on - DAY}"),
        Fact(name="保费合计", value=paid),
        Fact(name="保费承担", value=policy.get_payer_display(), source="不得由学生承担"),
        Fact(name="投保学校", value=policy.school.name),
    ]
    if policy.cancel_reason:
        words = f"{policy.cancelled_on}，{policy.cancel_reason}"
        found.append(Fact(name="退保", value=words, wide=True))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def policy_new(request: Request) -> HttpResponse:
    """Register a policy that the school took out (登记保单)."""
    require_school_staff(request.actor)
    form = PolicyForm(*given(request))
    back = reverse("placements:insurance_policies")

    def send(data: dict[str, Any]) -> str:
        policy = register_policy(actor=request.actor, text=form.text())
        if data["policy_file"]:
            files.store_upload(upload=data["policy_file"], subject=policy, actor=request.actor)
        return reverse("placements:insurance_policy_add", args=[policy.pk])

    page = FormPage(
        title="登记保单",
        lead="保费由学校或实习单位承担。登记后按班级或名单加保。",
        button="登记",
        back=back,
        crumbs=[("保险", back)],
    )
    return answer_form(request, form=form, page=page, send=send, done="已登记，请加保学生。")


@require_http_methods(["GET", "HEAD", "POST"])
def policy_add(request: Request, policy_id: int) -> HttpResponse:
    """Put classes or the numbers of a sheet on a policy (加保)."""
    policy = get_object_or_404(policies_kept_by(request.actor), pk=policy_id)
    classes = SchoolClass.objects.filter(internships__school_id=policy.school_id)
    form = AddClassForm(*given(request), classes=classes.distinct().order_by("name"))
    back = reverse("placements:insurance_policy", args=[policy.pk])

    def send(data: dict[str, Any]) -> str:
        result = add_insured(
            actor=request.actor, policy_id=policy.pk, internship_ids=asked_ids(policy, data)
        )
        tell(request, result)
        return back

    page = FormPage(
        title="加保学生",
        lead=f"{policy}，{policy.starts_on} 至 {policy.ends_on - DAY}。已在这份保单上的不会重复。",
        button="加保",
        back=back,
        crumbs=[("保险", reverse("placements:insurance_policies")), (policy.number, back)],
    )
    return answer_form(request, form=form, page=page, send=send, done="加保已登记。")


def asked_ids(policy: InsurancePolicy, data: dict[str, Any]) -> list[int]:
    """The internships that classes and sheet name; unknown numbers refuse the sheet."""
    classes = [row.pk for row in data["classes"]]
    found = live_of_classes(school_id=policy.school_id, class_ids=classes)
    sheet = data["sheet"]
    if sheet is None:
        return found
    numbers = numbers_in(name=sheet.name, content=sheet.read())
    known = internships_by_number(school_id=policy.school_id, numbers=numbers)
    strange = [number for number in numbers if number not in known]
    if strange:
        shown = "、".join(strange[:10]) + ("等" if len(strange) > 10 else "")
        raise DomainError(
            f"{len(strange)} 个学号没有未结束的实习：{shown}。请核对后再上传。", field="sheet"
        )
    return [*found, *known.values()]


def tell(request: Request, result: Insured) -> None:
    """Say who came onto the policy and who did not, with the reasons."""
    messages.info(request, f"{len(result.added)} 人已加保到 {result.policy.number}。")
    for item in result.refused[:5]:
        messages.warning(request, f"{item.internship.person.name}：{item.sentence}")
    if len(result.refused) > 5:
        messages.warning(request, f"另有 {len(result.refused) - 5} 人未加保，原因相同。")


@require_http_methods(["GET", "HEAD", "POST"])
def policy_cancel(request: Request, policy_id: int) -> HttpResponse:
    """End a policy early (登记退保)."""
    policy = get_object_or_404(policies_kept_by(request.actor), pk=policy_id)
    back = reverse("placements:insurance_policy", args=[policy.pk])
    page = FormPage(
        title="登记退保",
        lead="退保后名单上的学生立即显示为未投保，未到岗的不能上岗。",
        button="退保",
        back=back,
        crumbs=[("保险", reverse("placements:insurance_policies")), (policy.number, back)],
    )
    return answer_form(
        request,
        form=CancelForm(request.POST or None),
        page=page,
        send=lambda data: cancel_policy(actor=request.actor, policy_id=policy.pk, **data),
        done="已登记退保。",
        then=back,
    )
