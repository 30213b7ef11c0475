"""Pages of the register of subsidies paid outside the platform."""

from __future__ import annotations

import datetime

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.audit import record
from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import answer_form, page_words
from silian.foundation.ui.histories import entry_of
from silian.foundation.ui.tables import Column, Table
from silian.governance.incentives.choices.outside_payments import OutsideKind
from silian.governance.incentives.commands.outside_payments import (
    YEARS_KEPT,
    enter_payment,
    withdraw_payment,
)
from silian.governance.incentives.forms.outside_payments import PaymentForm, WithdrawPaymentForm
from silian.governance.incentives.models.outside_payments import OutsidePayment
from silian.governance.incentives.permissions.outside_payments import (
    payments_visible_to,
    registers_payments,
    require_payment_reader,
    require_registering,
)
from silian.governance.incentives.queries.payment_overlaps import claims_touched_by

PARTS = "incentives/outside_payments/"
REGISTER = ("其他渠道补贴", "incentives:outside_payments")
ONE_DAY = datetime.timedelta(days=1)
STANDING, WITHDRAWN = "standing", "withdrawn"


@require_safe
def payment_list(request: Request) -> HttpResponseBase:
    """What people received elsewhere, newest first (其他渠道补贴发放记录)."""
    actor = request.actor
    require_payment_reader(actor)
    bar = FilterBar(
        request=request,
        placeholder="姓名、发放单位、来源文件",
        facets=[
            facet(request=request, name="kind", label="补贴类别", choices=OutsideKind.choices),
            facet(
                request=request, name="state", label="状态", single=True,
                choices=[(STANDING, "有效"), (WITHDRAWN, "已撤销")],
            ),
        ],
    )  # fmt: skip
    table = payment_table(request, chosen(request, bar.text))
    if table.export_wanted:
        record(actor, "incentives.outside_payment.exported", detail={"rows": table.count})
        return table.export_response()
    context = {"table": table, "bar": bar, "registers": registers_payments(actor)}
    return render(request, f"{PARTS}{'_list' if request.htmx else 'list'}.html", context)


def chosen(request: Request, text: str) -> QuerySet[OutsidePayment]:
    """The payments that the bar asks for."""
    rows = payments_visible_to(request.actor).select_related("division", "office")
    if kinds := request.GET.getlist("kind"):
        rows = rows.filter(kind__in=kinds)
    if request.GET.get("state") in (STANDING, WITHDRAWN):
        rows = rows.filter(withdrawn_at__isnull=request.GET["state"] == STANDING)
    if request.GET.get("batch", "").isdecimal():
        rows = rows.filter(batch_id=int(request.GET["batch"][:15]))
    text = text.replace("\x00", "")[:60]
    named = Q(name__icontains=text) | Q(authority__icontains=text) | Q(source__icontains=text)
    return rows.filter(named) if text else rows


def payment_table(request: Request, rows: QuerySet[OutsidePayment]) -> Table:
    return Table(
        request=request,
        name="outside_payments",
        rows=rows,
        caption="其他渠道补贴发放记录",
        columns=[
            Column("name", "姓名", main=True, sort="name",
                   value=lambda row: row.name or "（已清除）"),
            Column("id_number_mask", "证件号"),
            Column("kind", "补贴类别", lambda row: row.get_kind_display(), sort="kind"),
            Column("occupation", "职业编码", optional=True),
            Column("level", "技能等级", optional=True),
            Column("starts_on", "起", sort="starts_on"),
            Column("last_day", "止", value=lambda row: row.ends_on - ONE_DAY, sort="ends_on"),
            Column("amount", "金额", sort="amount", unit="元", numeric=True),
            Column("authority", "发放单位", optional=True),
            Column("paid_on", "发放日", sort="paid_on"),
            Column("source", "来源文件", optional=True),
            Column("state", "状态", template=f"{PARTS}_cell_state.html",
                   export=lambda row: f"已撤销：{row.reason}" if row.is_withdrawn else "有效"),
        ],
        order="-paid_on",
        row_url=lambda row: row.get_absolute_url(),
        empty={"missing": "没有发放记录", "why": "换个条件，或导入其他渠道的发放名单。"},
    )  # fmt: skip


def visible(request: Request, payment_id: int) -> OutsidePayment:
    rows = payments_visible_to(request.actor).select_related(
        "division", "office", "entered_by", "withdrawn_by", "batch"
    )
    return get_object_or_404(rows, pk=payment_id)


@require_safe
def payment_detail(request: Request, payment_id: int) -> HttpResponseBase:
    """One payment with where it comes from and which claims it touches (发放记录)."""
    row = visible(request, payment_id)
    context = {
        "row": row,
        "last_day": row.ends_on - ONE_DAY,
        "kept_until": row.paid_on.year + YEARS_KEPT,
        "registers": registers_payments(request.actor),
        "claims": claims_touched_by(row, request.actor),
        "entries": [entry_of(act) for act in history_of(row)],
    }
    return render(request, f"{PARTS}detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def payment_new(request: Request) -> HttpResponse:
    """Register one payment (登记)."""
    actor = request.actor
    require_registering(actor)
    form = PaymentForm(request.POST or None)
    return answer_form(
        request,
        form=form,
        page=page_words(
            "登记发放记录", "登记", back=REGISTER[1], register=REGISTER,
            lead="登记后用于核对补贴申领是否重复；录错的撤销后重新登记",
            help="incentives/outside_payments",
        ),
        send=lambda said: enter_payment(
            said=form.said(), actor=actor, now=timezone.now(), today=timezone.localdate()
        ),
        done="已登记。",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def payment_withdraw(request: Request, payment_id: int) -> HttpResponse:
    """Withdraw a wrong payment (撤销)."""
    require_registering(request.actor)
    row = visible(request, payment_id)
    return answer_form(
        request,
        form=WithdrawPaymentForm(request.POST or None),
        page=page_words("撤销发放记录", "撤销", back=row, register=REGISTER, lead=str(row)),
        send=lambda said: withdraw_payment(
            payment_id=row.pk, actor=request.actor, now=timezone.now(), **said
        ),
        done="已撤销，记录保留，不再参与重复核对。",
    )
