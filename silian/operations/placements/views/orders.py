"""Pages of order classes."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.casework.agreements.models import Agreement
from silian.casework.agreements.permissions.agreements import agreements_visible_to
from silian.casework.agreements.queries.reading import agreement_of
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import FormPage, answer_form
from silian.foundation.ui.histories import entry_of
from silian.foundation.ui.tables import Column, Table
from silian.operations.placements.choices.orders import (
    OrderState,
)
from silian.operations.placements.commands.orders import (
    SOURCE,
    draft_order,
    revise_order,
)
from silian.operations.placements.forms.agreement_terms import AgreementTermsForm
from silian.operations.placements.forms.orders import OrderForm
from silian.operations.placements.models import ClassOrder
from silian.operations.placements.permissions.internships import is_host_clerk
from silian.operations.placements.permissions.orders import (
    may_read_orders,
    members_visible_to,
    orders_visible_to,
    require_enterprise,
    require_ordering_clerk,
    stands_in,
    writes_for_enterprise,
    writes_for_school,
)
from silian.operations.placements.queries.apprentice_terms import DERIVED
from silian.operations.placements.queries.orders import fulfilment_of_order, with_counts
from silian.registers.programmes.choices import ProgrammeStage
from silian.registers.programmes.models import Programme

KIND = "order_class"


@require_safe
def order_list(request: Request) -> HttpResponseBase:
    """Order classes of the actor's enterprise, school or region (订单班)."""
    if not may_read_orders(request.actor):
        raise NotAllowed("订单班由企业、学校和主管部门查看。")
    shown = orders_visible_to(request.actor)
    counts = dict(shown.values_list("state").annotate(n=Count("pk")))
    bar = order_bar(request, counts=counts)
    shown = chosen_orders(request, shown, text=bar.text)
    table = order_table(request, shown)
    if table.export_wanted:
        return table.export_response()
    context = {"table": table, "bar": bar, "orders": is_host_clerk(request.actor), "counts": counts}
    page = "_list.html" if request.htmx else "list.html"
    return render(request, f"placements/orders/{page}", context)


def order_bar(request: Request, *, counts: dict[str, int]) -> FilterBar:
    return FilterBar(
        request=request,
        placeholder="名称、企业、学校",
        facets=[
            facet(
                request=request,
                name="state",
                label="状态",
                choices=OrderState.choices,
                counts=counts,
            )
        ],
    )


def chosen_orders(
    request: Request, rows: QuerySet[ClassOrder], *, text: str
) -> QuerySet[ClassOrder]:
    """The orders that the bar asks for."""
    if chosen := request.GET.getlist("state"):
        rows = rows.filter(state__in=chosen)
    if not text:
        return rows
    named = Q(enterprise__name__icontains=text) | Q(school__name__icontains=text)
    return rows.filter(Q(title__icontains=text) | named)


def order_table(request: Request, rows: QuerySet[ClassOrder]) -> Table:
    return Table(
        request=request,
        name="class_orders",
        rows=with_counts(rows),
        caption="订单班",
        columns=[
            Column("title", "名称", main=True),
            Column("enterprise__name", "订单企业"),
            Column("school__name", "学校"),
            Column("head_count", "订单", numeric=True, sort="head_count", total=True),
            Column("enrolled", "编入", numeric=True, total=True),
            Column("trained", "合格", numeric=True, total=True),
            Column("hired", "录用", numeric=True, total=True),
            Column("ends_on", "培养至", sort="ends_on", optional=True),
            Column(
                "get_state_display", "状态", template="placements/orders/_state.html", sort="state"
            ),
        ],
        order="-starts_on",
        export=True,
        row_url=lambda row: row.get_absolute_url(),
    )


def visible_order(request: Request, order_id: int) -> ClassOrder:
    rows = orders_visible_to(request.actor).select_related(
        "enterprise", "school", "programme", "occupation", "division"
    )
    return get_object_or_404(rows, pk=order_id)


@require_safe
def order_detail(request: Request, order_id: int) -> HttpResponseBase:
    """One order: who ordered whom, how far it came, its roster (订单班详情)."""
    order = visible_order(request, order_id)
    actor = request.actor
    table = roster_table(request, order) if stands_in(actor, order) else None
    if table is not None and table.export_wanted:
        return table.export_response()
    context = {
        "order": order,
        "fulfilment": fulfilment_of_order(order),
        "agreement": agreement_of(SOURCE, order.pk),
        "reads_agreement": agreements_of_orders(actor, order).exists(),
        "table": table,
        "own": members_visible_to(actor, order).first() if table is None else None,
        "for_enterprise": writes_for_enterprise(actor, order),
        "for_school": writes_for_school(actor, order),
        "entries": [entry_of(act) for act in history_of(order)],
        "groups": typed_lines(order),
    }
    return render(request, "placements/orders/detail.html", context)


def agreements_of_orders(actor: Actor, order: ClassOrder) -> QuerySet[Agreement]:
    """The agreement of the order, if the actor may open it."""
    return agreements_visible_to(actor).filter(source=SOURCE, source_id=order.pk)


def typed_lines(order: ClassOrder) -> list[tuple[str, str]]:
    """The terms that both sides typed, with their labels."""
    form = AgreementTermsForm(kind=KIND, derived=DERIVED[KIND], terms=order.terms)
    return [
        (term.label, str(order.terms[term.code]))
        for term in form.typed
        if order.terms.get(term.code) not in (None, "")
    ]


def roster_table(request: Request, order: ClassOrder) -> Table:
    return Table(
        request=request,
        name="order_roster",
        rows=members_visible_to(request.actor, order).select_related("person"),
        caption=f"{order.title}学生",
        columns=[
            Column("number", "学号", main=True, sort="number"),
            Column("person__name", "姓名"),
            Column("class_name", "班级", sort="class_name"),
            Column("joined_on", "编入", optional=True),
            Column("trained_on", "结业"),
            Column("hired_on", "录用"),
            Column("hired_wage", "实际工资（元/月）", numeric=True),
            Column("reason", "原因", optional=True),
            Column(
                "get_state_display", "状态", template="placements/orders/_state.html", sort="state"
            ),
        ],
        order="number",
        export=True,
    )


def programmes_on_offer() -> QuerySet[Programme]:
    return Programme.objects.filter(stage=ProgrammeStage.RUNNING).select_related("school")


def edit_page(title: str, *, back: str) -> FormPage:
    return FormPage(
        title=title,
        button="保存",
        back=back,
        lead="保存后填写协议条款，再送学校签署",
        help="placements/order_edit",
        crumbs=[("订单班", reverse("placements:order_list"))],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def order_new(request: Request) -> HttpResponse:
    """Order trained people (提出订单)."""
    require_ordering_clerk(request.actor)
    form = OrderForm(request.POST or None, programmes=programmes_on_offer())
    return answer_form(
        request,
        form=form,
        page=edit_page("提出订单", back=reverse("placements:order_list")),
        send=lambda given: draft_order(
            actor=request.actor,
            card={**form.card, "terms": {}},
            today=timezone.localdate(),
        ),
        done="订单已保存，请填写协议条款。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def order_edit(request: Request, order_id: int) -> HttpResponse:
    """Change an order that was not sent yet (修改订单)."""
    order = visible_order(request, order_id)
    require_enterprise(request.actor, order)
    terms = order.terms
    form = OrderForm(request.POST or None, instance=order, programmes=programmes_on_offer())
    return answer_form(
        request,
        form=form,
        page=edit_page("修改订单", back=order.get_absolute_url()),
        send=lambda given: revise_order(
            order_id=order.pk, actor=request.actor, card={**form.card, "terms": terms}
        ),
        done="已保存。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def order_terms(request: Request, order_id: int) -> HttpResponse:
    """The terms of the order agreement that the card does not tell (协议条款)."""
    order = visible_order(request, order_id)
    require_enterprise(request.actor, order)
    form = AgreementTermsForm(
        request.POST or None,
        kind=KIND,
        derived=DERIVED[KIND],
        terms={"hire_promise": order.head_count, **order.terms},
    )
    card = {name: getattr(order, name) for name in OrderForm.Meta.fields}
    return answer_form(
        request,
        form=form,
        page=edit_page("协议条款", back=order.get_absolute_url()),
        send=lambda given: revise_order(
            order_id=order.pk,
            actor=request.actor,
            card={**card, "ends_on": order.ends_on, "terms": form.terms},
        ),
        done="协议条款已保存，可以送签。",
    )


@require_safe
def order_agreement(request: Request, order_id: int) -> HttpResponse:
    """To the agreement of the order."""
    order = visible_order(request, order_id)
    agreement = agreement_of(SOURCE, order.pk)
    if agreement is None:
        return redirect(order)
    return redirect("agreements:detail", agreement_id=agreement.pk)
