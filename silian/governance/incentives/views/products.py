"""The public catalogue of financial products, and the provider's own desk."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.components import Fact
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import answer_form, done_or_said, page_words
from silian.foundation.ui.tables import Column, Table
from silian.governance.incentives.choices.finance import FinanceKind, NeedState, ProductState
from silian.governance.incentives.commands.products import (
    publish_product,
    withdraw_product,
    write_product,
)
from silian.governance.incentives.forms.needs import ReasonForm
from silian.governance.incentives.forms.products import ProductForm, initial_of
from silian.governance.incentives.models import FinanceProduct
from silian.governance.incentives.permissions.finance import (
    is_provider,
    needs_kept_by,
    needs_visible_to,
    products_kept_by,
    products_visible_to,
    require_provider,
)
from silian.governance.incentives.queries.finance_matching import (
    Match,
    matches,
    scheme_titles,
    terms_of,
)
from silian.governance.incentives.queries.funds import region_choices
from silian.governance.incentives.rules.finance_matching import Terms, range_words, wan
from silian.governance.incentives.views.finance_acts import Act, act_page, plain

CELL = "incentives/finance/products/"
REGISTER = ("金融产品", "incentives:finance_products")
SHOWN_NEEDS = 50  # needs beside one product; more are found in the list of needs
EMPTY = {
    "missing": "没有符合条件的金融产品",
    "why": "减少筛选条件，或换一个关键词；金融机构公布产品后列在这里。",
}
COLUMNS = (
    Column("name", "产品", template=f"{CELL}_cell_name.html", sort="name", main=True),
    Column("kind", "类别", value=lambda row: row.get_kind_display(), sort="kind"),
    Column(
        "amount",
        "额度",
        value=lambda row: range_words(wan(row.amount_from), wan(row.amount_to), "万元"),
        sort="amount_to",
    ),
    Column(
        "months",
        "期限",
        value=lambda row: range_words(row.months_from, row.months_to, "个月"),
        sort="months_to",
    ),
    Column("rate", "年利率（费率）", value=lambda row: rate_words(row), sort="rate_from"),
    Column(
        "state",
        "状态",
        value=lambda row: row.get_state_display(),
        template="incentives/finance/_cell_state.html",
        sort="state",
    ),
    Column("provider", "金融机构", value="provider__name", sort="provider__name", optional=True),
    Column("valid_from", "有效期起", sort="valid_from", optional=True),
)


def rate_words(product: FinanceProduct) -> str:
    """Annual percent as it is written: 3.85% 至 4.2%."""
    low, high = product.rate_from, product.rate_to
    if low is not None and low == high:
        return f"{low.normalize():f}%"
    shown = [None if rate is None else f"{rate.normalize():f}%" for rate in (low, high)]
    return range_words(shown[0], shown[1], "").strip()


@login_not_required
@require_safe
def product_list(request: Request) -> HttpResponseBase:
    """Every published product, open to everybody (金融产品目录)."""
    seen = products_visible_to(request.actor)
    bar = FilterBar(request=request, placeholder="产品、金融机构", facets=product_facets(request))
    table = product_table(request, chosen(request, seen, text=bar.text))
    if table.export_wanted:
        return table.export_response()
    count = seen.filter(state=ProductState.PUBLISHED)
    context = {
        "table": table,
        "bar": bar,
        "count": count.count(),
        "providers": count.order_by().values("provider").distinct().count(),
        "writes": is_provider(request.actor),
    }
    return render(request, f"{CELL}{'_list' if request.htmx else 'list'}.html", context)


def product_table(request: Request, rows: QuerySet[FinanceProduct]) -> Table:
    return Table(
        request=request,
        name="finance_products",
        rows=rows.select_related("provider"),
        columns=COLUMNS,
        caption="金融产品目录",
        order="-published_at",
        row_url=lambda row: row.get_absolute_url(),
        empty=EMPTY,
    )


def product_facets(request: Request) -> list[Any]:
    """The provider also sorts out its own products by state."""
    facets = [facet(request=request, name="kind", label="类别", choices=FinanceKind.choices)]
    if is_provider(request.actor):
        own = [("own", "本机构的产品")]
        facets.append(facet(request=request, name="whose", label="机构", choices=own))
        states = ProductState.choices
        facets.append(facet(request=request, name="state", label="状态", choices=states))
    return facets


def chosen(
    request: Request, rows: QuerySet[FinanceProduct], *, text: str
) -> QuerySet[FinanceProduct]:
    for name in ("kind", "state"):
        if picked := request.GET.getlist(name):
            rows = rows.filter(**{f"{name}__in": picked})
    if request.GET.get("whose") == "own":
        rows = rows.filter(provider_id=request.actor.organisation_id)
    if text:
        words = Q(name__icontains=text) | Q(provider__name__icontains=text)
        rows = rows.filter(words | Q(purpose__icontains=text))
    return rows


@login_not_required
@require_safe
def product_detail(request: Request, product_id: int) -> HttpResponse:
    """One product: what it offers and asks, its editions, and how one's own needs stand to it."""
    rows = products_visible_to(request.actor).select_related("provider")
    product = get_object_or_404(rows, pk=product_id)
    terms = terms_of([product])[product.pk]
    today = timezone.localdate()
    context = {
        "product": product,
        "facts": facts_of(product),
        "asks": conditions_in_words(terms),
        "documents": [line for line in product.documents.splitlines() if line.strip()],
        "editions": list(product.editions.all()),
        "is_own": products_kept_by(request.actor).filter(pk=product.pk).exists(),
        "matches": matches_beside(request, product, on=today),
    }
    return render(request, f"{CELL}detail.html", context)


def matches_beside(request: Request, product: FinanceProduct, *, on: datetime.date) -> list[Match]:
    """Needs that the reader may match: one's own, or for the provider those shown to it."""
    if products_kept_by(request.actor).filter(pk=product.pk).exists():
        rows = needs_visible_to(request.actor, on=on).filter(state=NeedState.OPEN)
    else:
        rows = needs_kept_by(request.actor).filter(state__in=[NeedState.DRAFT, NeedState.OPEN])
    needs = list(rows.select_related("owner", "project").order_by("-pk")[:SHOWN_NEEDS])
    return matches(needs=needs, products=[product], on=on) if needs else []


def facts_of(product: FinanceProduct) -> list[Fact]:
    low, high = wan(product.amount_from), wan(product.amount_to)
    last = product.last_day
    term = f"{product.valid_from} 起" if last is None else f"{product.valid_from} 至 {last}"
    return [
        Fact(name="类别", value=product.get_kind_display()),
        Fact(name="金融机构", value=product.provider.name),
        Fact(name="额度", value=range_words(low, high, "万元")),
        Fact(name="期限", value=range_words(product.months_from, product.months_to, "个月")),
        Fact(name="年利率（费率）", value=rate_words(product)),
        Fact(name="有效期", value=term),
        Fact(name="联系方式", value=product.contact or "未填写"),
        Fact(name="版本", value=f"第 {product.edition} 版" if product.edition else "未公布"),
        Fact(name="适用范围", value=product.purpose, wide=True),
    ]


def conditions_in_words(terms: Terms) -> list[str]:
    """The conditions that the platform checks, as the catalogue tells them."""
    found = [
        f"项目在{'、'.join(terms.regions.values())}" if terms.regions else "",
        f"申请单位为{'、'.join(terms.owner_kinds.values())}" if terms.owner_kinds else "",
        f"企业规模为{'、'.join(terms.sizes.values())}" if terms.sizes else "",
        "关联已登记的产教融合工程项目" if terms.needs_project else "",
        f"建设类别为{'、'.join(terms.project_kinds.values())}" if terms.project_kinds else "",
        "项目已入项目库" if terms.needs_library else "",
        f"持有“{terms.recognition_label}”" if terms.recognition else "",
        "没有公示的失信记录" if terms.clean_credit else "",
    ]
    return [text for text in found if text]


@require_http_methods(["GET", "HEAD", "POST"])
def product_new(request: Request) -> HttpResponse:
    """Write a product down (登记产品)."""
    require_provider(request.actor)
    return product_form(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def product_edit(request: Request, product_id: int) -> HttpResponse:
    """Change a product that is not published (修改产品)."""
    require_provider(request.actor)
    return product_form(request, get_object_or_404(products_kept_by(request.actor), pk=product_id))


def product_form(request: Request, product: FinanceProduct | None) -> HttpResponse:
    form = ProductForm(
        request.POST or None,
        initial=initial_of(product) if product else {"valid_from": timezone.localdate()},
        regions=region_choices(request.actor.organisation_id or 0),
        schemes=scheme_titles(),
    )

    def send(said: dict[str, Any]) -> FinanceProduct:
        chosen_id = product.pk if product else None
        return write_product(text=form.text(), actor=request.actor, product_id=chosen_id)

    title = "修改金融产品" if product else "登记金融产品"
    back = product or "incentives:finance_products"
    lead = "保存为草稿，核对后公布。选中的条件由平台逐项核对，申请单位能看到差哪一项。"
    page = page_words(title, "保存", back=back, register=REGISTER, lead=lead)
    return answer_form(request, form=form, page=page, send=send, done="已保存，核对后公布。")


@require_POST
def product_publish(request: Request, product_id: int) -> HttpResponse:
    """Put a product into the catalogue (公布)."""
    require_provider(request.actor)
    product = get_object_or_404(products_kept_by(request.actor), pk=product_id)
    return done_or_said(
        request,
        lambda: publish_product(product_id=product.pk, actor=request.actor, now=timezone.now()),
        done="已公布到金融产品目录。",
        then=product,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def product_withdraw(request: Request, product_id: int) -> HttpResponse:
    """Take a product out of the catalogue (下架)."""
    require_provider(request.actor)
    product = get_object_or_404(products_kept_by(request.actor), pk=product_id)
    return act_page(request, ACTS, "withdraw", product, register=REGISTER)


ACTS = {
    "withdraw": Act(
        title="下架金融产品",
        button="下架",
        done="已下架，正在对接的不受影响。",
        lead="目录不再显示；改好后可以重新公布，会生成新版本。",
        form=plain(ReasonForm, label="下架原因"),
        require=lambda request, product: require_provider(request.actor),
        send=lambda request, product, form: withdraw_product(
            product_id=product.pk,
            reason=form.cleaned_data["reason"],
            actor=request.actor,
            now=timezone.now(),
        ),
    )
}
