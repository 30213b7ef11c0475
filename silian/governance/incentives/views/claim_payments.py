"""Payments of claims: what may be ordered, each with its gates, one by one or many."""

from __future__ import annotations

import datetime

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import answer_form, done_or_said, page_words
from silian.foundation.ui.histories import entry_of
from silian.foundation.ui.tables import BulkAction, Column, Table
from silian.governance.incentives.choices.claims import (
    ClaimScheme,
    PaymentKind,
    PaymentStanding,
)
from silian.governance.incentives.commands.claim_checks import check_payment, override_gate
from silian.governance.incentives.commands.claim_orders import order_payment, order_payments
from silian.governance.incentives.commands.claim_payments import (
    NOT_ORDERED,
    cancel_payment,
    renew_payment,
    require_paying,
)
from silian.governance.incentives.forms.claim_money import OverrideForm, in_days
from silian.governance.incentives.models import ClaimPayment, PaymentGate
from silian.governance.incentives.permissions.claim_money import require_money_reader
from silian.governance.incentives.permissions.claims import (
    is_clerk,
    leads,
    owns,
    payments_visible_to,
)
from silian.governance.incentives.queries.claim_money import acts_on, row_of

PAYMENTS = ("补贴拨付", "incentives:payment_list")
SUGGESTED_DAYS = 30


@require_safe
def payment_list(request: Request) -> HttpResponseBase:
    """What claims give a right to, and where each payment stands (补贴拨付)."""
    require_money_reader(request.actor)
    facets = [
        facet(request=request, name="standing", label="状态", choices=PaymentStanding.choices),
        facet(request=request, name="kind", label="类别", choices=PaymentKind.choices),
        facet(request=request, name="scheme", label="补贴项目", choices=ClaimScheme.choices),
    ]
    bar = FilterBar(request=request, placeholder="单位、申领编号", facets=facets)
    rows = payments_visible_to(request.actor)
    for name, column in (
        ("standing", "standing"),
        ("kind", "kind"),
        ("scheme", "claim__call__scheme"),
    ):
        if wanted := request.GET.getlist(name):
            rows = rows.filter(**{f"{column}__in": wanted})
    if text := bar.text.replace("\x00", "")[:60]:
        rows = rows.filter(claim__organisation__name__icontains=text) | rows.filter(
            claim__number__icontains=text
        )
    table = payment_table(request, rows)
    if table.export_wanted:
        return table.export_response()
    name = "_payments.html" if request.htmx else "payments.html"
    return render(request, f"incentives/claim_money/{name}", {"table": table, "bar": bar})


def payment_table(request: Request, rows: QuerySet[ClaimPayment]) -> Table:
    bulk = [BulkAction(label="安排支付", url=reverse("incentives:payments_order"))]
    return Table(
        request=request, name="claim_payments", caption="补贴拨付", order="due_on",
        rows=rows.select_related("claim__call", "claim__organisation"),
        columns=[
            Column("organisation", "申领单位", "claim__organisation__name", main=True),
            Column("number", "申领编号", "claim__number"),
            Column("title", "补贴项目", "claim__call__title"),
            Column("get_kind_display", "类别", sort="kind"),
            Column("amount", "金额", unit="元", numeric=True, sort="amount", total=True),
            Column("set_off", "已抵扣", unit="元", numeric=True, optional=True),
            Column("paid", "已到账", unit="元", numeric=True, sort="paid", total=True),
            Column("due_on", "应拨付日", sort="due_on"),
            Column("paid_on", "到账日", sort="paid_on", optional=True),
            Column("get_standing_display", "状态",
                   template="incentives/claim_money/_cell_state.html", sort="standing"),
        ],
        row_url=lambda row: row.get_absolute_url(),
        bulk_actions=bulk if is_clerk(request.actor) else [],
        empty={"missing": "没有拨付", "why": "申领公示期满批准后，应拨付的款项列在这里。"},
    )  # fmt: skip


def visible_payment(request: Request, payment_id: int) -> ClaimPayment:
    rows = payments_visible_to(request.actor).select_related(
        "claim__call__owner", "claim__call__line__fund", "claim__organisation", "ordered_by",
        "fund_payment__batch",
    )  # fmt: skip
    return get_object_or_404(rows, pk=payment_id)


@require_safe
def payment_detail(request: Request, payment_id: int) -> HttpResponse:
    """One payment with every gate, its clause and its cure (补贴拨付)."""
    payment = visible_payment(request, payment_id)
    acts = leads(request.actor, payment.claim.call) and acts_on(payment.claim, request.actor)
    context = {
        "row": row_of(payment, on=timezone.localdate()),
        "payment": payment,
        "claim": payment.claim,
        "acts": acts,
        "is_open": payment.standing in NOT_ORDERED,
        "corrects_account": is_correctable(payment, request.actor),
        "is_cancelled": payment.standing == PaymentStanding.CANCELLED,
        "history": [entry_of(act) for act in history_of(payment)],
    }
    return render(request, "incentives/claim_money/payment.html", context)


def is_correctable(payment: ClaimPayment, actor: Actor) -> bool:
    """Whether the unit may put its account right now (更正收款账户)."""
    return payment.standing == PaymentStanding.FAILED and owns(actor, payment.claim)


@require_POST
def payment_check(request: Request, payment_id: int) -> HttpResponse:
    """Ask every gate again (核对)."""
    payment = visible_payment(request, payment_id)
    require_paying(request.actor, payment.claim)
    now, on = timezone.now(), timezone.localdate()
    return done_or_said(
        request,
        lambda: check_payment(payment_id=payment.pk, on=on, now=now, actor=request.actor),
        done="已核对，各项条件和结论已保存。",
        then=payment,
    )


@require_POST
def payment_order(request: Request, payment_id: int) -> HttpResponse:
    """Order one payment (安排支付)."""
    payment = visible_payment(request, payment_id)
    now, on = timezone.now(), timezone.localdate()
    return done_or_said(
        request,
        lambda: order_payment(payment_id=payment.pk, on=on, now=now, actor=request.actor),
        done="已安排，等记账单位组批送银行。",
        then=payment,
    )


@require_POST
def payments_order(request: Request) -> HttpResponse:
    """Order the chosen payments in the background (批量安排)."""
    chosen = [int(key) for key in request.POST.getlist("chosen") if key.isdecimal()]
    if not chosen:
        messages.error(request, "请先选择要安排的拨付。")
        return redirect(PAYMENTS[1])
    job = order_payments(payment_ids=chosen, actor=request.actor)
    return redirect("kernel:job_detail", job.pk)


@require_POST
def payment_cancel(request: Request, payment_id: int) -> HttpResponse:
    """Cancel with a reason (取消)."""
    payment = visible_payment(request, payment_id)
    reason = request.POST.get("reason", "")[:300]
    return done_or_said(
        request,
        lambda: cancel_payment(payment_id=payment.pk, reason=reason, actor=request.actor),
        done="已取消。应得金额不变，需要时可以重新生成。",
        then=payment,
    )


@require_POST
def payment_renew(request: Request, payment_id: int) -> HttpResponse:
    """Set a cancelled payment down anew (重新生成)."""
    payment = visible_payment(request, payment_id)
    on = timezone.localdate()
    return done_or_said(
        request,
        lambda: renew_payment(payment_id=payment.pk, on=on, actor=request.actor),
        done="已重新生成，请核对条件。",
        then=payment.claim,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def gate_override(request: Request, gate_id: int) -> HttpResponse:
    """Let a payment pass a closed gate until a day (放行)."""
    seen = PaymentGate.objects.filter(payment__in=payments_visible_to(request.actor).values("pk"))
    gate = get_object_or_404(seen.select_related("payment__claim__call__owner"), pk=gate_id)
    require_paying(request.actor, gate.payment.claim)
    now, on = timezone.now(), timezone.localdate()
    suggested: datetime.date = in_days(SUGGESTED_DAYS)
    return answer_form(
        request,
        form=OverrideForm(request.POST or None, initial={"until": suggested}),
        page=page_words(
            "放行拨付条件", "放行", back=gate.payment, register=PAYMENTS,
            lead=f"{gate.title}：{gate.value or gate.get_outcome_display()}（{gate.clause}）",
        ),
        send=lambda sent: override_gate(
            gate_id=gate.pk, actor=request.actor, now=now, on=on, **sent
        ),
        done="已放行，到期自动失效。",
        then=gate.payment,
    )  # fmt: skip
