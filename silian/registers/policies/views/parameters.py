"""Parameters of a region: those in force, one with its history, and setting a value."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.reference.models import Division
from silian.foundation.ui.clocks import end_of
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import done_or_refused, status_of
from silian.foundation.ui.tables import Column, Table
from silian.registers.policies.commands.parameters import set_parameter
from silian.registers.policies.forms.parameter_opening import KnownForm
from silian.registers.policies.forms.parameters import ParameterForm
from silian.registers.policies.models.parameters import Parameter
from silian.registers.policies.permissions.parameters import (
    may_open_parameters,
    may_set_parameters,
    parameters_visible_to,
    require_parameter_keeper,
)
from silian.registers.policies.queries.clause_choices import citable_clauses
from silian.registers.policies.queries.parameters import (
    InForce,
    demanding_document,
    divisions_with_parameters,
    history_of_parameter,
    open_count,
    parameter_value,
    parameters_in_force,
    present_row,
    words_of,
)

STATES = {"set": "已设定", "unset": "未设定"}
ORIGINS = {"own": "本级设定", "inherited": "沿用上级"}


@login_not_required
@require_safe
def parameter_list(request: Request) -> HttpResponseBase:
    """The dated parameters of a region with their clauses; open ones read 未设定 (政策参数)."""
    regions = divisions_with_parameters(request.actor)
    region = chosen_region(request, regions)
    rows = region_rows(request, region)
    bar = FilterBar(
        request=request,
        placeholder="编号或名称",
        kept=("division", "columns"),
        facets=[
            facet(request=request, name="state", label="状态", choices=STATES.items()),
            facet(request=request, name="origin", label="来自", choices=ORIGINS.items()),
        ],
    )
    table = parameter_table(request, [row for row in rows if row_fits(request, row, bar.text)])
    if table.export_wanted:
        return table.export_response()
    context = {"bar": bar, "table": table, "region": region, "regions": regions}
    context["opens"] = may_open_parameters(request.actor)
    context |= {"total": len(rows), "open_count": open_count(rows)}
    template = "policies/parameters/_list.html" if request.htmx else "policies/parameters/list.html"
    return render(request, template, context)


def region_rows(request: Request, region: Division | None) -> list[InForce]:
    if region is None:
        return []
    today = timezone.localdate()
    return parameters_in_force(division=region.pk, on=today, actor=request.actor)


def chosen_region(request: Request, regions: list[Division]) -> Division | None:
    """The region in the address, else the actor's or the site's, else the first that has values."""
    known = {region.pk: region for region in regions}
    asked = request.GET.get("division", "")
    if asked in known:
        return known[asked]
    if asked:
        return get_object_or_404(Division, pk=asked[:6])
    home = request.actor.jurisdiction or settings.SITE_JURISDICTION or ""
    return Division.objects.filter(pk=home).first() or (regions[-1] if regions else None)


def row_fits(request: Request, row: InForce, text: str) -> bool:
    states, origins = request.GET.getlist("state"), request.GET.getlist("origin")
    state = "set" if row.parameter.is_set else "unset"
    origin = "own" if row.is_own else "inherited"
    named = f"{row.parameter.code} {row.parameter.title} {row.parameter.key}"
    return (
        (not states or state in states)
        and (not origins or origin in origins)
        and text.lower() in named.lower()
    )


def parameter_table(request: Request, rows: list[InForce]) -> Table:
    cell = "policies/parameters/_cell_{}.html".format
    return Table(
        request=request,
        name="parameters",
        caption="政策参数",
        rows=rows,
        views=False,
        columns=[
            Column("code", "编号", value="parameter__code"),
            Column("title", "参数", template=cell("title"), main=True, export=full_title),
            Column("words", "数值", template=cell("value"), export=lambda row: row.words),
            Column("force", "力度", value=lambda row: row.parameter.get_force_display()),
            Column("basis", "依据", template=cell("basis"), export=basis_words),
            Column("valid", "有效期", value=lambda row: period_words(row.parameter)),
            Column("origin", "来自", value=lambda row: row.origin),
        ],
        empty={"missing": "这个地区没有参数", "why": "换一个地区，或去掉筛选条件。"},
    )


def full_title(row: InForce) -> str:
    return f"{row.parameter.title} {row.parameter.key}".strip()


def basis_words(row: InForce) -> str:
    return f"{row.parameter.source} {row.parameter.place}".strip()


def period_words(parameter: Any) -> str:
    until = f"至 {parameter.valid_to:%Y-%m-%d}（不含）" if parameter.valid_to else "起，长期"
    return f"{parameter.valid_from:%Y-%m-%d} {until}"


@login_not_required
@require_safe
def parameter_detail(request: Request, parameter_id: int) -> HttpResponse:
    """One parameter: where its value comes from and what it was before (参数沿革)."""
    rows = parameters_visible_to(request.actor)
    related = rows.select_related("division", "document", "clause__document", "correction")
    parameter = get_object_or_404(related, pk=parameter_id)
    region = own_region(request, parameter)
    history = history_of_parameter(parameter, actor=request.actor)
    standing = not parameter.withdraws and not hasattr(parameter, "correction")
    context = {
        "parameter": parameter,
        "words": words_of(parameter),
        "history": [(row, words_of(row), period_words(row)) for row in history],
        "region": region if any(stands(row) for row in history) else "",
        "withdrawable": standing and parameter.is_entered and region == parameter.division_id,
        **known_words(request, parameter),
    }
    return render(request, "policies/parameters/detail.html", context)


def stands(row: Parameter) -> bool:
    return not row.withdraws and not hasattr(row, "correction")


def known_words(request: Request, parameter: Parameter) -> dict[str, Any]:
    """What was known of the parameter on a day, where the reader asks for it (当时所知)."""
    today = timezone.localdate()
    form = KnownForm(
        request.GET if "known" in request.GET else None, initial={"on": today, "known": today}
    )
    context: dict[str, Any] = {"known_form": form}
    if form.is_valid():
        found = parameter_value(
            code=parameter.code,
            name=parameter.name,
            key=parameter.key,
            division=parameter.division_id,
            on=form.cleaned_data["on"],
            known_at=end_of(form.cleaned_data["known"]),
        )
        context |= {"then": found, "then_words": words_of(found) if found else ""}
        context["asked"] = form.cleaned_data
    return context


def own_region(request: Request, parameter: Parameter) -> str:
    """For which region the actor may set this parameter, or nothing."""
    home, document = request.actor.jurisdiction, demanding_document(parameter)
    for division in (parameter.division_id, home):
        if division and may_set_parameters(request.actor, division=division, document=document):
            return division
    return ""


@require_http_methods(["GET", "HEAD", "POST"])
def parameter_set(request: Request, parameter_id: int) -> HttpResponse:
    """Set a value from a day on, or put a mistake right (设定参数)."""
    like = get_object_or_404(parameters_visible_to(request.actor), pk=parameter_id)
    region = own_region(request, like)
    require_parameter_keeper(request.actor, division=region, document=demanding_document(like))
    form = ParameterForm(
        request.POST or None, clauses=citable_clauses(division=region, actor=request.actor)
    )
    row = done_or_refused(
        form,
        lambda: set_parameter(
            parameter_id=like.pk,
            division=region,
            setting=form.setting(),
            actor=request.actor,
            now=timezone.now(),
        ),
    )
    if row is not None:
        messages.success(request, f"已设定为 {words_of(row)}，自 {row.valid_from:%Y-%m-%d} 起用。")
        return redirect("policies:parameter_detail", parameter_id=row.pk)
    return set_page(request, like, region=region, form=form)


def set_page(request: Request, like: Any, *, region: str, form: ParameterForm) -> HttpResponse:
    place = Division.objects.filter(pk=region).first()
    if place is None:
        raise Http404("没有这个地区。")
    present = present_row(like=like, division=region, on=timezone.localdate())
    context = {
        "form": form,
        "parameter": like,
        "region": place,
        "present": present,
        "present_words": words_of(present) if present else "",
    }
    status = status_of(form)
    return render(request, "policies/parameters/set.html", context, status=status)
