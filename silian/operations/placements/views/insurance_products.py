"""The public directory of insurance products, and the insurer's own desk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.components import Fact
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import FormPage, answer_form
from silian.foundation.ui.tables import Column, Table
from silian.operations.placements.choices.insurance import (
    InsuranceKind,
)
from silian.operations.placements.commands.insurance_products import (
    publish_product,
    withdraw_product,
    write_product,
)
from silian.operations.placements.forms.insurance import ProductForm
from silian.operations.placements.models import InsuranceProduct
from silian.operations.placements.permissions.insurance import (
    is_insurer,
    products_kept_by,
    products_visible_to,
    require_insurer,
)
from silian.operations.placements.queries.insurance_lists import UNSET, dedicated_rate

EMPTY = {
    "missing": "还没有公布的产品",
    "why": "保险机构公布产品和专门费率后列在这里；费率未确定的显示“未设定”。",
}
COLUMNS = [
    Column("name", "产品", sort="name", main=True),
    Column("kind", "险种", value=lambda row: row.get_kind_display(), sort="kind"),
    Column("insurer", "保险机构", value="insurer__name"),
    Column(
        "premium",
        "保费",
        unit="元/人·年",
        numeric=True,
        sort="premium",
        value=lambda row: UNSET if row.premium is None else row.premium,
    ),
    Column(
        "sum_insured",
        "每人保额",
        unit="元",
        numeric=True,
        sort="sum_insured",
        value=lambda row: UNSET if row.sum_insured is None else row.sum_insured,
    ),
    Column("dedicated", "专门费率", value=lambda row: "是" if row.is_dedicated else "否"),
    Column("state", "状态", template="placements/insurance/_cell_state.html"),
]


@login_not_required
@require_safe
def product_directory(request: Request) -> HttpResponseBase:
    """Insurance products for interns and apprentices, open to everybody (保险产品目录)."""
    bar = FilterBar(
        request=request,
        placeholder="产品、保险机构",
        facets=[facet(request=request, name="kind", label="险种", choices=InsuranceKind.choices)],
    )
    rows = chosen(request, products_visible_to(request.actor), text=bar.text)
    table = Table(
        request=request,
        name="insurance_products",
        rows=rows.select_related("insurer"),
        columns=COLUMNS,
        caption="实习和学徒保险产品",
        order="name",
        row_url=lambda row: reverse("placements:insurance_product", args=[row.pk]),
        empty=EMPTY,
    )
    if table.export_wanted:
        return table.export_response()
    name = "_products" if request.htmx else "products"
    context = {
        "table": table,
        "bar": bar,
        "may_write": is_insurer(request.actor),
        "rate": dedicated_rate(on=timezone.localdate()),
    }
    return render(request, f"placements/insurance/{name}.html", context)


def chosen(
    request: Request, rows: QuerySet[InsuranceProduct], *, text: str
) -> QuerySet[InsuranceProduct]:
    if kinds := request.GET.getlist("kind"):
        rows = rows.filter(kind__in=kinds)
    if text:
        rows = rows.filter(name__icontains=text) | rows.filter(insurer__name__icontains=text)
    return rows


@login_not_required
@require_safe
def product_detail(request: Request, product_id: int) -> HttpResponse:
    """One product with its rate, cover and what it leaves out (保险产品)."""
    rows = products_visible_to(request.actor).select_related("insurer")
    product = get_object_or_404(rows, pk=product_id)
    context = {
        "product": product,
        "facts": product_facts(product),
        "is_own": products_kept_by(request.actor).filter(pk=product.pk).exists(),
    }
    return render(request, "placements/insurance/product.html", context)


def product_facts(product: InsuranceProduct) -> list[Fact]:
    rate = UNSET if product.premium is None else f"{product.premium:,} 元/人·年"
    whole = UNSET if product.sum_insured is None else f"{product.sum_insured:,.0f} 元"
    return [
        Fact(name="险种", value=product.get_kind_display()),
        Fact(name="保费", value=rate, source="保险机构公布"),
        Fact(name="每人保额", value=whole),
        Fact(name="专门确定费率", value="是" if product.is_dedicated else "否"),
        Fact(name="条款备案号", value=product.filing_number or "未填"),
        Fact(name="咨询电话", value=product.contact or "未填"),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def product_new(request: Request) -> HttpResponse:
    """Write a product down (登记保险产品)."""
    require_insurer(request.actor)
    return product_form(request, product=None)


@require_http_methods(["GET", "HEAD", "POST"])
def product_edit(request: Request, product_id: int) -> HttpResponse:
    """Change a product that is not published (修改保险产品)."""
    require_insurer(request.actor)
    return product_form(
        request, product=get_object_or_404(products_kept_by(request.actor), pk=product_id)
    )


def product_form(request: Request, *, product: InsuranceProduct | None) -> HttpResponse:
    names = list(ProductForm.base_fields)
    initial = {name: getattr(product, name) for name in names} if product else {}
    form = ProductForm(request.POST or None, initial=initial)
    back = reverse("placements:insurance_products")

    def send(_: dict[str, Any]) -> str:
        made = write_product(
            actor=request.actor, text=form.text(), product_id=product.pk if product else None
        )
        return reverse("placements:insurance_product", args=[made.pk])

    page = FormPage(
        title="修改保险产品" if product else "登记保险产品",
        lead="保存后核对，再公布到产品目录。费率未确定的留空，目录显示“未设定”。",
        button="保存",
        back=back,
        crumbs=[("保险产品目录", back)],
    )
    return answer_form(request, form=form, page=page, send=send, done="已保存，核对后公布。")


@require_POST
def product_step(request: Request, product_id: int, name: str) -> HttpResponse:
    """Publish a product or take it back (公布、停售)."""
    product = get_object_or_404(products_kept_by(request.actor), pk=product_id)
    if name == "publish":
        publish_product(actor=request.actor, product_id=product.pk, now=timezone.now())
        messages.success(request, "已公布到保险产品目录。")
    elif name == "withdraw":
        withdraw_product(actor=request.actor, product_id=product.pk)
        messages.success(request, "已停售，已有保单不受影响。")
    else:
        raise Http404("没有这一步。")
    return redirect("placements:insurance_product", product_id=product.pk)
