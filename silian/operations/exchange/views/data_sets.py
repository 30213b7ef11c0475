"""Shared data: catalogue, one data set, download, request and answer, join (数据开放与共享)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.exports import file_response
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.paging import keyset_page
from silian.operations.exchange.choices import SharingTerms
from silian.operations.exchange.commands.data_set import (
    import_edition,
    register_data_set,
    withdraw_data_set,
)
from silian.operations.exchange.commands.data_set_access import (
    decide_data_request,
    join_data_sets,
    read_edition,
    request_data,
)
from silian.operations.exchange.forms.data_set import (
    DataDecisionForm,
    DataJoinForm,
    DataRequestForm,
    DataSetForm,
    EditionForm,
)
from silian.operations.exchange.models.data_set import DataSet
from silian.operations.exchange.permissions.data_sets import (
    data_requests_visible_to,
    data_sets_visible_to,
    is_official,
    may_write_data,
    owns,
    require_data_writer,
    require_owner,
)
from silian.operations.exchange.permissions.negotiations import side_of
from silian.operations.exchange.queries.data_sets import (
    data_sets_for_list,
    joinable,
    late_by,
    latest_edition,
    readings_of,
    reason_actor_may_not_read,
    requests_about,
)
from silian.operations.exchange.queries.unmet_demands import division_of
from silian.operations.exchange.views.form_pages import field_of, form_page

PAGE_SIZE = 20


@login_not_required
@require_safe
def data_set_list(request: Request) -> HttpResponse:
    """What is shared: open sets for everybody, the whole catalogue for departments (数据开放)."""
    actor = request.actor
    mine = "mine" in request.GET and may_write_data(actor)
    choices = SharingTerms.choices if may_write_data(actor) else SharingTerms.choices[:1]
    facets = [facet(request=request, name="terms", label="共享属性", choices=choices)]
    bar = FilterBar(request=request, facets=facets, kept=("mine",), placeholder="数据集名称")
    rows = data_sets_for_list(data_sets_visible_to(actor))
    if mine:
        rows = rows.filter(owner_id=side_of(actor))
    if chosen := request.GET.getlist("terms"):
        rows = rows.filter(terms__in=chosen)
    if bar.text:
        rows = rows.filter(title__icontains=bar.text)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = keyset_page(rows=rows, order="title", size=PAGE_SIZE, after=after, before=before)
    today = timezone.localdate()
    context = {
        "bar": bar,
        "page": page,
        "rows": [(row, late_by(row, today=today)) for row in page.rows],
        "mine": mine,
        "writes": may_write_data(actor),
    }
    return render(request, page_name(request, "data_sets"), context)


def page_name(request: Request, name: str) -> str:
    return f"exchange/{'_' if request.htmx else ''}{name}.html"


def visible_data_set(request: Request, data_set_id: int) -> DataSet:
    rows = data_sets_for_list(data_sets_visible_to(request.actor)).prefetch_related("fields")
    return get_object_or_404(rows, pk=data_set_id)


@login_not_required
@require_safe
def data_set_detail(request: Request, data_set_id: int) -> HttpResponse:
    """One data set: fields, terms, editions, and for its owner who read it."""
    return data_set_page(request, visible_data_set(request, data_set_id))


def data_set_page(
    request: Request, data_set: DataSet, *, refused: DomainError | None = None
) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    edition = latest_edition(data_set)
    reason = reason_actor_may_not_read(data_set=data_set, actor=actor, today=today)
    context = {
        "data_set": data_set,
        "edition": edition,
        "editions": data_set.editions.order_by("-number").defer("rows")[:10],
        "late": late_by(data_set, today=today),
        "reason": reason,
        "downloads": edition is not None and reason is None,
        "owns": owns(actor, data_set),
        "asks": is_official(actor)
        and not owns(actor, data_set)
        and data_set.terms == SharingTerms.CONDITIONAL,
        "requests": requests_about(data_set=data_set, actor=actor),
        "readings": readings_of(data_set=data_set, actor=actor),
        "refused": refused,
    }
    status = refused.status if refused else 200
    return render(request, "exchange/data_set.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def data_set_new(request: Request) -> HttpResponse:
    """Put a data set in the catalogue (登记数据集)."""
    require_data_writer(request.actor)
    initial = {"division": division_of(organisation_id=side_of(request.actor))}
    form = DataSetForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            data_set = register_data_set(
                card=form.card(),
                fields=form.declared,
                actor=request.actor,
                now=timezone.localtime(),
            )
        except DomainError as refusal:
            name = "fields_text" if refusal.field == "fields" else field_of(refusal, form)
            form.add_error(name, refusal.sentence)
        else:
            messages.success(request, "已登记。请上传第一版数据。")
            return redirect(data_set)
    return form_page(request, "exchange/data_set_form.html", form=form, context={})


@require_http_methods(["GET", "HEAD", "POST"])
def data_set_refresh(request: Request, data_set_id: int) -> HttpResponse:
    """Upload all rows anew (更新数据)."""
    data_set = visible_data_set(request, data_set_id)
    require_owner(request.actor, data_set)
    form = EditionForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            edition = import_edition(
                data_set_id=data_set.pk,
                name=file.name or "",
                content=file.read(),
                as_of=form.cleaned_data["as_of"],
                actor=request.actor,
                now=timezone.localtime(),
            )
        except DomainError as refusal:
            form.add_error(field_of(refusal, form), refusal.sentence)
        else:
            messages.success(request, f"第 {edition.number} 版，{edition.row_count:,} 行已入库。")
            return redirect(data_set)
    context = {"data_set": data_set}
    return form_page(request, "exchange/data_set_refresh.html", form=form, context=context)


@require_POST
def data_set_withdraw(request: Request, data_set_id: int) -> HttpResponse:
    """Stop sharing (停止共享)."""
    data_set = visible_data_set(request, data_set_id)
    try:
        withdraw_data_set(data_set_id=data_set.pk, actor=request.actor, now=timezone.localtime())
    except DomainError as refusal:
        return data_set_page(request, data_set, refused=refusal)
    messages.success(request, "已停止共享，已同意的使用随之终止。")
    return redirect(data_set)


@login_not_required
@require_POST
def data_set_download(request: Request, data_set_id: int) -> HttpResponseBase:
    """The rows as csv; each download is logged, so it is posted (下载)."""
    data_set = visible_data_set(request, data_set_id)
    try:
        read = read_edition(
            data_set_id=data_set.pk,
            actor=request.actor,
            now=timezone.localtime(),
            purpose=request.POST.get("reason", ""),
        )
    except DomainError as refusal:
        return data_set_page(request, data_set, refused=refusal)
    name = f"{data_set.title}-第{read.edition.number}版"
    return file_response(kind="csv", name=name, header=read.headings, rows=read.rows)


@require_http_methods(["GET", "HEAD", "POST"])
def data_request_new(request: Request, data_set_id: int) -> HttpResponse:
    """Ask for a conditional data set (申请共享)."""
    data_set = visible_data_set(request, data_set_id)
    form = DataRequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            request_data(
                data_set_id=data_set.pk,
                actor=request.actor,
                now=timezone.localtime(),
                **form.cleaned_data,
            )
        except DomainError as refusal:
            form.add_error(field_of(refusal, form), refusal.sentence)
        else:
            messages.success(request, "已提出申请，提供单位 5 个工作日内答复。")
            return redirect(data_set)
    context = {"data_set": data_set}
    return form_page(request, "exchange/data_request.html", form=form, context=context)


@require_http_methods(["GET", "HEAD", "POST"])
def data_request_decide(request: Request, request_id: int) -> HttpResponse:
    """Grant or refuse a request for one's own data set (答复申请)."""
    rows = data_requests_visible_to(request.actor).select_related("data_set", "organisation")
    asked = get_object_or_404(rows, pk=request_id)
    require_owner(request.actor, asked.data_set)
    form = DataDecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            decide_data_request(
                request_id=asked.pk,
                actor=request.actor,
                now=timezone.localtime(),
                **form.cleaned_data,
            )
        except DomainError as refusal:
            form.add_error(field_of(refusal, form), refusal.sentence)
        else:
            return redirect(asked.data_set)
    context = {"asked": asked, "data_set": asked.data_set}
    return form_page(request, "exchange/data_request.html", form=form, context=context)


@require_http_methods(["GET", "HEAD", "POST"])
def data_set_join(request: Request) -> HttpResponse:
    """Join two data sets on their keys: counts and a preview without personal data (关联比对)."""
    require_data_writer(request.actor)
    rows = data_sets_visible_to(request.actor)
    usable = joinable(rows, actor=request.actor, today=timezone.localdate())
    form = DataJoinForm(request.POST or None, data_sets=usable)
    context: dict[str, Any] = {"usable": usable, "joined": None}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            context["joined"] = join_data_sets(
                first_id=given["first"],
                second_id=given["second"],
                purpose=given["purpose"],
                actor=request.actor,
                now=timezone.localtime(),
            )
        except DomainError as refusal:
            form.add_error(field_of(refusal, form), refusal.sentence)
    return form_page(request, "exchange/data_set_join.html", form=form, context=context)
