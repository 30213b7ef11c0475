"""Batches of payments: drafted, approved by another person, sent, answered by the bank."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.casework.ledgers.choices import BatchState, PaymentState
from silian.casework.ledgers.commands.batches import (
    approve_batch,
    discard_batch,
    draft_batch,
    finish_batch,
    note_bank_file,
    return_batch,
    send_batch,
)
from silian.casework.ledgers.commands.payments import confirm_payment, fail_payment
from silian.casework.ledgers.commands.reversals import bounce_payment
from silian.casework.ledgers.exports import bank_file
from silian.casework.ledgers.forms import BankFileForm, BankWordForm, BatchForm, DatedReasonForm
from silian.casework.ledgers.models.payments import FundPayment, PaymentBatch
from silian.casework.ledgers.permissions import (
    batches_visible_to,
    keeps,
    offices_kept_by,
    payments_visible_to,
    require_keeper,
    require_reader,
)
from silian.casework.ledgers.queries.waiting import ready_payments
from silian.casework.ledgers.views.pages import BATCHES, reason_of, typed, words
from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import answer_form, done_or_refused, done_or_said, form_page
from silian.foundation.ui.histories import entry_of
from silian.foundation.ui.tables import Column, Table


@require_safe
def batch_list(request: Request) -> HttpResponseBase:
    """Every batch, with rows and sum (付款批次)."""
    require_reader(request.actor)
    states = facet(request=request, name="state", label="状态", choices=BatchState.choices)
    bar = FilterBar(request=request, placeholder="批次名称", facets=[states])
    rows = batches_visible_to(request.actor)
    if wanted := request.GET.getlist("state"):
        rows = rows.filter(state__in=wanted)
    if text := typed(bar.text):
        rows = rows.filter(title__icontains=text)
    table = batch_table(request, rows)
    if table.export_wanted:
        return table.export_response()
    kept = offices_kept_by(request.actor).first()
    context = {
        "table": table,
        "bar": bar,
        "keeps": kept is not None,
        "ready": ready_payments(kept).count() if kept else 0,
    }
    template = "ledgers/_batches.html" if request.htmx else "ledgers/batches.html"
    return render(request, template, context)


def batch_table(request: Request, rows: QuerySet[PaymentBatch]) -> Table:
    counted = rows.select_related("drafted_by", "approved_by").annotate(
        count=Count("payments"),
        total=Sum("payments__amount"),
        paid=Count("payments", filter=Q(payments__state=PaymentState.CONFIRMED)),
    )
    return Table(
        request=request, name="payment_batches", rows=counted, caption="付款批次",
        columns=[
            Column("title", "批次", main=True),
            Column("count", "笔数", numeric=True),
            Column("total", "金额", unit="元", numeric=True),
            Column("paid", "已支付", lambda row: f"{row.paid} / {row.count}"),
            Column("drafted_by", "编制人", "drafted_by__name", optional=True),
            Column("approved_by", "批准人", "approved_by__name", optional=True),
            Column("drafted_at", "编制时间", sort="drafted_at"),
            Column("sent_on", "送银行日", sort="sent_on"),
            Column("get_state_display", "状态", template="ledgers/_cell_state.html", sort="state"),
        ],
        row_url=lambda row: row.get_absolute_url(), order="-drafted_at",
        empty={"missing": "没有付款批次", "why": "安排了支付后，由记账人员编成批次。"},
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def batch_new(request: Request) -> HttpResponse:
    """Put waiting payments into a batch (编制付款批次)."""
    office = offices_kept_by(request.actor).first()
    if office is None:
        raise NotAllowed("付款批次由记账单位（财政）的人员编制。请联系本地区记账单位。")
    ready = ready_payments(office)
    today = timezone.localdate()
    count = PaymentBatch.objects.filter(office=office, drafted_at__year=today.year).count() + 1
    start = {"title": f"{today.year} 年第 {count} 批付款", "payments": [row.pk for row in ready]}
    form = BatchForm(request.POST or None, ready=ready, initial=start)
    return answer_form(
        request,
        form=form,
        page=words("编制付款批次", "编制", back=BATCHES[1], of=BATCHES,
                   lead=f"{len(start['payments'])} 笔支付等待组批；编制后由另一人批准"),
        send=lambda said: draft_batch(
            office_id=office.pk, title=said["title"], actor=request.actor,
            payment_ids=[row.pk for row in said["payments"]], now=timezone.localtime(),
        ),
        done="已编制，请另一位记账人员批准。",
    )  # fmt: skip


def visible_batch(request: Request, batch_id: int) -> PaymentBatch:
    rows = batches_visible_to(request.actor).select_related(
        "office__organisation", "drafted_by", "approved_by"
    )
    return get_object_or_404(rows, pk=batch_id)


@require_safe
def batch_detail(request: Request, batch_id: int) -> HttpResponseBase:
    """One batch with its rows; accounts show their last four digits (付款批次)."""
    batch = visible_batch(request, batch_id)
    rows = batch.payments.select_related("line__fund").order_by("pk")
    keeper = keeps(request.actor, batch.office)
    table = payment_table(request, rows, keeper=keeper)
    if table.export_wanted:
        return table.export_response()
    sums = dict(rows.order_by().values_list("state").annotate(total=Sum("amount")))
    context = {
        "batch": batch,
        "table": table,
        "total": sum(sums.values()),
        "counts": rows.order_by().values("state").annotate(count=Count("pk")),
        "paid": sums.get(PaymentState.CONFIRMED, 0),
        "failed": sums.get(PaymentState.FAILED, 0),
        "waiting": rows.filter(state=PaymentState.SENT).count(),
        "failures": rows.filter(state=PaymentState.FAILED) if keeper else [],
        "keeps": keeper,
        "drafted_it": batch.drafted_by_id == request.actor.user_id,
        "history": [entry_of(act) for act in history_of(batch)],
    }
    return render(request, "ledgers/batch.html", context)


def payment_table(request: Request, rows: QuerySet[FundPayment], *, keeper: bool) -> Table:
    """The payments; who keeps the books finds the next step beside each state."""
    state = "ledgers/_cell_word.html" if keeper else "ledgers/_cell_state.html"
    return Table(
        request=request, name="batch_payments", rows=rows, caption="付款明细", order="pk",
        columns=[
            Column("payee_name", "收款户名", main=True),
            Column("account_masked", "账号"),
            Column("bank_name", "开户行", optional=True),
            Column("amount", "金额", unit="元", numeric=True, sort="amount", total=True),
            Column("subject_label", "事项"),
            Column("key", "付款编号", optional=True),
            Column("confirmed_on", "支付日", sort="confirmed_on", optional=True),
            Column("failure", "失败原因", optional=True),
            Column("get_state_display", "状态", template=state, sort="state"),
        ],
    )  # fmt: skip


@require_safe
def batch_paper(request: Request, batch_id: int) -> HttpResponse:
    """The list of a batch to print and sign; accounts show their last digits (付款批次清单)."""
    batch = visible_batch(request, batch_id)
    rows = batch.payments.select_related("line__fund").order_by("pk")
    context = {"batch": batch, "rows": rows, "total": sum(row.amount for row in rows)}
    return render(request, "ledgers/batch_paper.html", context)


@require_POST
def batch_step(request: Request, batch_id: int, name: str) -> HttpResponse:
    """Approve, return, discard, send or finish (批准、退回、作废、送银行、办结)."""
    batch, now = visible_batch(request, batch_id), timezone.localtime()
    given: dict[str, Any] = {"batch_id": batch.pk, "actor": request.actor}
    reason = reason_of(request)
    steps = {
        "approve": (lambda: approve_batch(**given, now=now), "已批准，可以导出银行文件。"),
        "return": (lambda: return_batch(**given, reason=reason), "已退回修改。"),
        "discard": (lambda: discard_batch(**given, reason=reason), "已作废，支付等待重新组批。"),
        "send": (lambda: send_batch(**given, on=now.date()), "已记为送银行，等待银行结果。"),
        "finish": (lambda: finish_batch(**given), "批次已办结。"),
    }
    work, done = steps[name]
    return done_or_said(request, work, done=done, then=batch)


@require_http_methods(["GET", "HEAD", "POST"])
def batch_file(request: Request, batch_id: int) -> HttpResponseBase:
    """The file for the bank with whole account numbers; the reason is kept (导出银行文件)."""
    batch = visible_batch(request, batch_id)
    require_keeper(request.actor, batch.office)
    form = BankFileForm(request.POST or None, label="导出的用途")
    noted = done_or_refused(
        form,
        lambda: note_bank_file(
            batch_id=batch.pk, reason=form.cleaned_data["reason"], actor=request.actor
        ),
    )
    if noted is not None:
        return bank_file(batch=batch, kind=form.cleaned_data["format"])
    lead = "文件含完整账号，只用于送银行。导出人、时间和用途会记入审计记录"
    page = words("导出银行文件", "导出", back=batch, lead=lead, of=BATCHES)
    return form_page(request, form=form, page=page)


@require_http_methods(["GET", "HEAD", "POST"])
def payment_word(request: Request, payment_id: int, name: str) -> HttpResponse:
    """Take down what the bank says of one payment (确认、退票、退汇)."""
    rows = payments_visible_to(request.actor).select_related("batch", "line__fund__office")
    payment: FundPayment = get_object_or_404(rows, pk=payment_id, batch__isnull=False)
    require_keeper(request.actor, payment.line.fund.office)
    titles = {"confirm": "确认支付", "fail": "登记退票", "bounce": "登记退汇"}
    sends: dict[str, Callable[..., Any]] = {
        "confirm": confirm_payment,
        "fail": fail_payment,
        "bounce": bounce_payment,
    }
    posted = request.POST or None
    form = BankWordForm(posted) if name == "confirm" else DatedReasonForm(posted)
    lead = f"{payment.payee_name} {payment.amount:,.2f} 元"
    return answer_form(
        request,
        form=form,
        page=words(titles[name], "登记", back=payment.batch, lead=lead, of=BATCHES),
        send=lambda said: sends[name](payment_id=payment.pk, actor=request.actor, **said),
        done="已登记银行结果。",
        then=payment.batch,
    )
