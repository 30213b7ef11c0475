"""Services that go with matching: the register, using one, offering one (增值服务)."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import FormPage, answer_form
from silian.foundation.ui.tables import Column, Table
from silian.operations.exchange.choices import ValueAddedCategory
from silian.operations.exchange.commands.value_added_service import (
    close_service,
    note_use,
    register_service,
)
from silian.operations.exchange.forms.value_added_service import ValueAddedServiceForm
from silian.operations.exchange.permissions.value_added_services import (
    may_register_services,
    own_services,
    require_provider,
    services_visible_to,
)
from silian.operations.exchange.queries.value_added_services import services_with_use

COLUMNS = [
    Column(
        "name",
        "服务",
        template="exchange/value_added/_cell_service.html",
        main=True,
        export=lambda row: row.name,
    ),
    Column("category", "类别", value=lambda row: row.get_category_display(), sort="category"),
    Column(
        "provider",
        "提供单位",
        value=lambda row: row.provider.display_name if row.provider else "本平台",
    ),
    Column("fee", "收费"),
    Column("times", "使用", numeric=True, unit="次", sort="times", total=True),
    Column("users", "使用单位", numeric=True, unit="家", sort="users"),
    Column("small_users", "其中中小微", numeric=True, unit="家", sort="small_users"),
    Column("step", "", template="exchange/value_added/_cell_step.html", export=lambda row: ""),
]


@login_not_required
@require_safe
def service_list(request: Request) -> HttpResponseBase:
    """What is on offer and how often it is used (增值服务)."""
    rows = services_with_use(actor=request.actor, today=timezone.localdate())
    chosen = [code for code in request.GET.getlist("category") if code in ValueAddedCategory.values]
    if chosen:
        rows = rows.filter(category__in=chosen)
    for_small = request.GET.get("for_small") == "1"
    if for_small:
        rows = rows.filter(for_small=True)
    table = Table(
        request=request,
        name="value_added",
        rows=rows,
        caption="增值服务",
        columns=COLUMNS,
        order="-times",
        export=True,
        empty={"missing": "没有符合条件的增值服务", "why": "去掉筛选条件再看。"},
    )
    if table.export_wanted:
        return table.export_response()
    context = {
        "table": table,
        "bar": service_filters(request),
        "may_register": may_register_services(request.actor),
        "own": own_services(request.actor),
    }
    template = "exchange/value_added/_services.html" if request.htmx else None
    return render(request, template or "exchange/value_added/services.html", context)


def service_filters(request: Request) -> FilterBar:
    return FilterBar(
        request=request,
        search=False,
        kept=("sort", "columns"),
        facets=[
            facet(
                request=request, name="category", label="类别", choices=ValueAddedCategory.choices
            ),
            facet(
                request=request,
                name="for_small",
                label="对象",
                choices=[("1", "面向中小微企业")],
                single=True,
            ),
        ],
    )


@login_not_required
@require_POST
def service_use(request: Request, service_id: int) -> HttpResponse:
    """Count the use and go where the service is."""
    rows = services_visible_to(request.actor).filter(closed_at__isnull=True)
    service = get_object_or_404(rows, pk=service_id)
    note_use(service_id=service.pk, actor=request.actor, now=timezone.now())
    return redirect(service.address)


def service_new(request: Request) -> HttpResponse:
    """Offer a service (登记增值服务)."""
    require_provider(request.actor)
    back = reverse("exchange:service_list")
    return answer_form(
        request,
        form=ValueAddedServiceForm(request.POST or None),
        page=FormPage(
            title="登记增值服务",
            button="登记",
            back=back,
            lead="登记后公开列出，使用次数自动统计",
            crumbs=[("增值服务", back)],
        ),
        send=lambda given: register_service(actor=request.actor, now=timezone.now(), **given),
        done="已登记，现在可以使用。",
        then=back,
    )


@require_POST
def service_close(request: Request, service_id: int) -> HttpResponse:
    """Offer it no more (停止增值服务)."""
    service = get_object_or_404(services_visible_to(request.actor), pk=service_id)
    close_service(service_id=service.pk, actor=request.actor, now=timezone.now())
    messages.success(request, f"“{service.name}”已停止，使用记录保留。")
    return redirect("exchange:service_list")
