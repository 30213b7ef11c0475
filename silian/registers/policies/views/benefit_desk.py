"""The desk of the benefit list: register, review, publish, make known (优惠政策登记)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.exports import file_response
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import done_or_refused, status_of
from silian.foundation.ui.tables import Column, Table
from silian.registers.organisations.models import Organisation
from silian.registers.policies.choices import BenefitKind, BenefitState
from silian.registers.policies.commands.benefit_lists import (
    publish_benefit_list,
    record_publicity,
)
from silian.registers.policies.commands.benefits import (
    change_benefit,
    copy_benefit,
    create_benefit,
    end_benefit,
    publish_benefit,
    return_benefit,
    review_benefit,
    submit_benefit,
)
from silian.registers.policies.exports.benefits import LIST_HEAD
from silian.registers.policies.forms.benefits import BenefitForm, PublicityForm, initial_of
from silian.registers.policies.models.benefits import Benefit, BenefitListEdition
from silian.registers.policies.permissions.benefits import (
    benefits_visible_to,
    keeps_list,
    public_benefits,
    publicity_visible_to,
    require_desk,
    require_list_keeper,
    require_writer,
    writes_benefits,
)
from silian.registers.policies.queries.benefits import desk_rows, editions_of, with_guide
from silian.registers.policies.queries.clause_choices import citable_clauses
from silian.registers.policies.queries.parameters import parameters_in_force
from silian.registers.policies.views.benefits import benefit_page

SHOWN_LOG = 8
Step = tuple[Callable[..., Benefit], str, bool]
STEPS: dict[str, Step] = {
    "submit": (submit_benefit, "已送审。", False),
    "review": (review_benefit, "已审核通过，可以公布。", False),
    "return": (return_benefit, "已退回登记单位。", True),
    "publish": (publish_benefit, "已公布，出现在公开清单里。", False),
    "end": (end_benefit, "已停止，公开页面写明理由。", True),
    "copy": (copy_benefit, "已复制为草稿，改好后送审。", False),
}


@require_safe
def benefit_desk(request: Request) -> HttpResponseBase:
    """All benefits that the actor works on, the editions and the publicity log."""
    require_desk(request.actor)
    rows = desk_rows(request.actor)
    bar = FilterBar(
        request=request,
        placeholder="名称",
        facets=[
            facet(request=request, name="state", label="状态", choices=BenefitState.choices),
            facet(request=request, name="kind", label="类别", choices=BenefitKind.choices),
        ],
    )
    for name in ("state", "kind"):
        if chosen := request.GET.getlist(name):
            rows = rows.filter(**{f"{name}__in": chosen})
    if bar.text:
        rows = rows.filter(title__icontains=bar.text)
    table = desk_table(request, rows)
    if table.export_wanted:
        return table.export_response()
    template = "policies/benefits/_desk.html" if request.htmx else "policies/benefits/desk.html"
    return render(request, template, {"bar": bar, "table": table, **desk_side(request)})


def desk_side(request: Request) -> dict[str, Any]:
    log = publicity_visible_to(request.actor).select_related("benefit")
    return {
        "writes": writes_benefits(request.actor),
        "keeps": keeps_list(request.actor),
        "editions": editions_of(division=request.actor.jurisdiction or "-")[:SHOWN_LOG],
        "log": log[:SHOWN_LOG],
        "log_count": log.count(),
    }


def desk_table(request: Request, rows: Any) -> Table:
    return Table(
        request=request,
        name="benefits",
        caption="优惠政策",
        rows=rows,
        order="-pk",
        row_url=lambda row: row.get_absolute_url(),
        columns=[
            Column("title", "名称", main=True, sort="title"),
            Column("kind", "类别", value=lambda row: row.get_kind_display(), sort="kind"),
            Column("owner", "登记单位", value="owner__name"),
            Column("authority", "办理单位"),
            Column("valid_from", "起用日", sort="valid_from"),
            Column(
                "state",
                "状态",
                template="policies/benefits/_state.html",
                sort="state",
                export=lambda row: row.get_state_display(),
            ),
        ],
        empty={"missing": "还没有登记优惠政策", "why": "从条款登记一项，送审后公布。"},
    )


def form_choices(request: Request, division: str) -> dict[str, Any]:
    today = timezone.localdate()
    rows = parameters_in_force(division=division, on=today, actor=request.actor)
    named = [(row.pk, f"{row.parameter} {row.parameter.key}：{row.words}") for row in rows]
    return {
        "clauses": citable_clauses(division=division, actor=request.actor),
        "parameters": named,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def benefit_new(request: Request) -> HttpResponse:
    """Register a benefit of one's own department (登记优惠政策)."""
    require_writer(request.actor)
    division = own_division(request)
    form = BenefitForm(
        request.POST or None,
        initial={"authority": request.actor.organisation_name},
        **form_choices(request, division),
    )
    benefit = done_or_refused(form, lambda: create_benefit(plan=form.plan(), actor=request.actor))
    if benefit is not None:
        messages.success(request, "已存为草稿，核对后送审。")
        return redirect(benefit)
    return form_answer(request, form, benefit=None)


def own_division(request: Request) -> str:
    return Organisation.objects.values_list("division_id", flat=True).get(
        pk=request.actor.organisation_id or 0
    )


def form_answer(request: Request, form: Any, *, benefit: Benefit | None) -> HttpResponse:
    status = status_of(form)
    context = {"form": form, "benefit": benefit}
    return render(request, "policies/benefits/form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def benefit_edit(request: Request, benefit_id: int) -> HttpResponse:
    """Change a draft (修改优惠政策)."""
    rows = with_guide(benefits_visible_to(request.actor))
    benefit = get_object_or_404(rows, pk=benefit_id)
    require_writer(request.actor, benefit)
    form = BenefitForm(
        request.POST or None,
        initial=initial_of(benefit),
        **form_choices(request, benefit.division_id),
    )
    done = done_or_refused(
        form, lambda: change_benefit(benefit_id=benefit.pk, plan=form.plan(), actor=request.actor)
    )
    if done is not None:
        messages.success(request, "已保存。")
        return redirect(benefit)
    return form_answer(request, form, benefit=benefit)


@require_POST
def benefit_step(request: Request, benefit_id: int, name: str) -> HttpResponse:
    """Submit, review, return, publish, end or copy (办理一步)."""
    if name not in STEPS:
        raise Http404("没有这一步。")
    rows = with_guide(benefits_visible_to(request.actor))
    benefit = get_object_or_404(rows, pk=benefit_id)
    command, sentence, asks_reason = STEPS[name]
    given: dict[str, Any] = {"benefit_id": benefit.pk, "actor": request.actor}
    if asks_reason:
        given["reason"] = request.POST.get("reason", "")
    if name == "publish":
        given["now"] = timezone.now()
    try:
        changed = command(**given)
    except DomainError as refusal:
        return benefit_page(request, benefit, refused=refusal)
    messages.success(request, sentence)
    return redirect(changed)


@require_POST
def benefit_list_publish(request: Request) -> HttpResponse:
    """Freeze the list of today as an edition (公布清单)."""
    try:
        edition = publish_benefit_list(actor=request.actor, now=timezone.now())
    except DomainError as refusal:
        if refusal.status == 403:
            raise
        messages.error(request, refusal.sentence)
    else:
        messages.success(
            request, f"第 {edition.number} 期清单已公布，共 {len(edition.entries)} 项。"
        )
    return redirect("policies:benefit_desk")


@login_not_required
@require_safe
def benefit_list_edition(request: Request, edition_id: int) -> HttpResponseBase:
    """An edition as it stood, for everybody to take away (清单下载)."""
    edition = get_object_or_404(BenefitListEdition, pk=edition_id)
    rows = ([entry.get(name, "") for name in LIST_HEAD] for entry in edition.entries)
    name = f"优惠政策清单第{edition.number}期"
    return file_response(kind="xlsx", name=name, header=LIST_HEAD, rows=rows)


@require_http_methods(["GET", "HEAD", "POST"])
def publicity_new(request: Request) -> HttpResponse:
    """Note how a benefit was made known (登记宣传)."""
    require_list_keeper(request.actor)
    public = public_benefits().filter(division_id=request.actor.jurisdiction).order_by("title")
    form = PublicityForm(
        request.POST or None,
        benefits=list(public.values_list("pk", "title")),
        initial={"held_on": timezone.localdate()},
    )
    done = done_or_refused(
        form,
        lambda: record_publicity(
            publicity=form.publicity(), actor=request.actor, today=timezone.localdate()
        ),
    )
    if done is not None:
        messages.success(request, "已登记宣传。")
        return redirect("policies:benefit_desk")
    status = status_of(form)
    return render(request, "policies/benefits/publicity.html", {"form": form}, status=status)
