"""Commitments and their payments, and the batches that go to the bank."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.casework.ledgers.choices import BY_HAND
from silian.casework.ledgers.commands.booking import Subject
from silian.casework.ledgers.commands.commitments import commit, release
from silian.casework.ledgers.commands.payments import Payee, cancel_payment, pay, return_failed
from silian.casework.ledgers.commands.retries import retry_payment
from silian.casework.ledgers.forms import CommitmentForm, PaymentForm, ReleaseForm, RetryForm
from silian.casework.ledgers.models.payments import Commitment, FundPayment
from silian.casework.ledgers.permissions import (
    batches_visible_to,
    commitments_visible_to,
    keeps,
    lines_visible_to,
    may_spend,
    payments_visible_to,
    require_keeper,
    require_spender,
)
from silian.casework.ledgers.queries.balances import balances_of
from silian.casework.ledgers.views.pages import words
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import answer_form, done_or_said


@require_http_methods(["GET", "HEAD", "POST"])
def commitment_new(request: Request, line_id: int) -> HttpResponse:
    """Promise money for a purpose (占用指标)."""
    line = get_object_or_404(lines_visible_to(request.actor), pk=line_id)
    require_spender(request.actor, line.fund)
    left = balances_of([line])[line.pk].available
    return answer_form(
        request,
        form=CommitmentForm(request.POST or None),
        page=words("占用指标", "占用", back=line, lead=f"{line}，可用指标 {left:,.2f} 元"),
        send=lambda said: commit(
            line_id=line.pk, amount=said["amount"], key=said["key"], on=said["on"],
            subject=by_hand(said), actor=request.actor,
        ),
        done="已占用，可以安排支付。",
    )  # fmt: skip


def by_hand(said: dict[str, Any]) -> Subject:
    return Subject(type=BY_HAND, id=said["key"][:40], label=said["label"])


def visible_commitment(request: Request, commitment_id: int) -> Commitment:
    rows = commitments_visible_to(request.actor).select_related("line__fund__office", "created_by")
    return get_object_or_404(rows, pk=commitment_id)


@require_safe
def commitment_detail(request: Request, commitment_id: int) -> HttpResponse:
    """One commitment: how much is ordered, paid, left; its payments (指标占用)."""
    row = visible_commitment(request, commitment_id)
    context = {
        "row": row,
        "payments": row.payments.select_related("batch"),
        "spends": may_spend(request.actor, row.line.fund),
        "keeps": keeps(request.actor, row.line.fund.office),
        "batches": set(
            batches_visible_to(request.actor)
            .filter(payments__commitment=row)
            .values_list("pk", flat=True)
        ),
    }
    return render(request, "ledgers/commitment.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def commitment_release(request: Request, commitment_id: int) -> HttpResponse:
    """Give back what is not needed (释放占用)."""
    row = visible_commitment(request, commitment_id)
    require_spender(request.actor, row.line.fund)
    lead = f"{row.subject_label}，未用 {row.remaining:,.2f} 元"
    return answer_form(
        request,
        form=ReleaseForm(request.POST or None, initial={"amount": row.remaining}),
        page=words("释放占用", "释放", back=row, lead=lead),
        send=lambda said: release(commitment_id=row.pk, actor=request.actor, **said),
        done="已释放，金额回到可用指标。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def payment_new(request: Request, commitment_id: int) -> HttpResponse:
    """Order a payment (安排支付)."""
    row = visible_commitment(request, commitment_id)
    require_spender(request.actor, row.line.fund)
    subject = Subject(type=row.subject_type, id=row.subject_id, label=row.subject_label)
    return answer_form(
        request,
        form=PaymentForm(request.POST or None),
        page=words("安排支付", "安排", back=row, lead=f"未用占用 {row.remaining:,.2f} 元"),
        send=lambda said: pay(
            commitment_id=row.pk, amount=said["amount"], key=said["key"], subject=subject,
            payee=Payee(name=said["payee_name"], bank=said["bank"], account=said["account"]),
            actor=request.actor,
        ),
        done="已安排，等待编入付款批次。",
        then=row,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def payment_retry(request: Request, payment_id: int) -> HttpResponse:
    """Order a failed payment anew to a corrected account (更正账号重付)."""
    rows = payments_visible_to(request.actor).select_related("commitment", "line__fund__office")
    failed: FundPayment = get_object_or_404(rows, pk=payment_id)
    require_keeper(request.actor, failed.line.fund.office)
    start = {"payee_name": failed.payee_name, "bank": failed.bank_name}
    lead = (
        f"{failed.amount:,.2f} 元，{failed.subject_label}；原账号 {failed.account_masked}，"
        f"银行退回原因：{failed.failure}"
    )
    return answer_form(
        request,
        form=RetryForm(request.POST or None, initial=start),
        page=words("更正账号重付", "重付", back=failed.batch or failed.commitment, lead=lead),
        send=lambda said: retry_payment(
            payment_id=failed.pk, reason=said["reason"], on=said["on"], actor=request.actor,
            payee=Payee(name=said["payee_name"], bank=said["bank"], account=said["account"]),
        ),
        done="已按新账号重新安排，等待编入付款批次。",
        then=failed.commitment,
    )  # fmt: skip


@require_POST
def payment_step(request: Request, payment_id: int, name: str) -> HttpResponse:
    """Cancel what waits, or give a failed payment back to its commitment (撤销、退回占用)."""
    rows = payments_visible_to(request.actor).select_related("commitment")
    payment: FundPayment = get_object_or_404(rows, pk=payment_id)
    today = timezone.localdate()
    given: dict[str, Any] = {"payment_id": payment.pk, "actor": request.actor}
    steps = {
        "cancel": (lambda: cancel_payment(**given), "已撤销，金额回到占用。"),
        "return": (lambda: return_failed(**given, on=today), "已退回占用，可以重新安排支付。"),
    }
    work, done = steps[name]
    return done_or_said(request, work, done=done, then=payment.commitment)
