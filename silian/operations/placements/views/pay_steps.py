"""What host, student and school do with one month's pay."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.operations.placements.commands.pay_accounts import open_account, reveal_account
from silian.operations.placements.commands.pay_statements import (
    confirm_pay,
    contradict_pay,
    return_payment,
    state_payment,
)
from silian.operations.placements.forms.pay import (
    AccountForm,
    ContraryForm,
    PaymentForm,
    ReasonForm,
)
from silian.operations.placements.models.pay import Payment, PayRecord
from silian.operations.placements.permissions.internships import internships_visible_to
from silian.operations.placements.permissions.pay import (
    accounts_visible_to,
    is_paid_student,
    may_enter_account,
    pay_records_visible_to,
    require_host_of,
    require_student_of,
)
from silian.operations.placements.rules.pay import words

FORM_METHODS = ["GET", "HEAD", "POST"]


def seen_record(request: Request, record_id: int) -> PayRecord:
    rows = pay_records_visible_to(request.actor).select_related("internship__person__guardian")
    return get_object_or_404(rows, pk=record_id)


def page_of(row: PayRecord) -> str:
    return reverse("placements:pay_detail", args=[row.pk])


def month_page(row: PayRecord, *, title: str, button: str, lead: str = "") -> FormPage:
    label = f"{row.internship.person.name} {row.month:%Y-%m}"
    return FormPage(
        title=title,
        button=button,
        lead=lead,
        back=page_of(row),
        crumbs=[("报酬", reverse("placements:pay_list")), (label, page_of(row))],
        help="placements/pay",
    )


@require_http_methods(FORM_METHODS)
def pay_state(request: Request, record_id: int) -> HttpResponse:
    """The host says what reached the student (填报到账)."""
    row = seen_record(request, record_id)
    require_host_of(request.actor, row)

    def send(data: dict[str, Any]) -> str:
        state_payment(actor=request.actor, pay_record_id=row.pk, now=timezone.localtime(), **data)
        return page_of(row)

    form = PaymentForm(*given(request), initial={"amount": row.unpaid})
    lead = f"应得 {words(row.due_amount)} 元，还应付 {words(row.unpaid)} 元，只能付到学生本人账户"
    page = month_page(row, title="填报到账", button="填报", lead=lead)
    return answer_form(request, form=form, page=page, send=send, done="已填报，等学生核对。")


@require_http_methods(FORM_METHODS)
def payment_return(request: Request, payment_id: int) -> HttpResponse:
    """The host says that a transfer came back (登记退回)."""
    seen = pay_records_visible_to(request.actor)
    payment = get_object_or_404(Payment.objects.filter(pay_record__in=seen), pk=payment_id)
    row = seen_record(request, payment.pay_record_id)
    require_host_of(request.actor, row)

    def send(data: dict[str, Any]) -> str:
        return_payment(actor=request.actor, payment_id=payment.pk, now=timezone.localtime(), **data)
        return page_of(row)

    page = month_page(row, title="登记退回", button="登记退回")
    done = "已登记退回，这笔报酬重新计为未付。"
    return answer_form(request, form=ReasonForm(*given(request)), page=page, send=send, done=done)


@require_POST
def pay_confirm(request: Request, record_id: int) -> HttpResponse:
    """The student says: it arrived (确认到账)."""
    row = seen_record(request, record_id)
    require_student_of(request.actor, row)
    try:
        confirm_pay(actor=request.actor, pay_record_id=row.pk, now=timezone.localtime())
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "已确认到账。")
    return redirect(page_of(row))


@require_http_methods(FORM_METHODS)
def pay_contrary(request: Request, record_id: int) -> HttpResponse:
    """The student says what really arrived (与实际不符)."""
    row = seen_record(request, record_id)
    require_student_of(request.actor, row)

    def send(data: dict[str, Any]) -> str:
        proof = data.pop("proof")
        contradict_pay(
            actor=request.actor,
            pay_record_id=row.pk,
            now=timezone.localtime(),
            proofs=[proof] if proof else [],
            **data,
        )
        return page_of(row)

    lead = f"单位填报 {words(row.paid_amount)} 元，应得 {words(row.due_amount)} 元"
    page = month_page(row, title="与实际不符", button="提交", lead=lead)
    done = "已提交，学校当天看到，单位须更正或补发。"
    return answer_form(request, form=ContraryForm(*given(request)), page=page, send=send, done=done)


@require_http_methods(FORM_METHODS)
def account_new(request: Request, internship_id: int) -> HttpResponse:
    """Enter the account that pay goes to (登记报酬账户)."""
    rows = internships_visible_to(request.actor).select_related("person__guardian")
    internship = get_object_or_404(rows, pk=internship_id)
    person = internship.person
    if not may_enter_account(request.actor, person):
        raise NotAllowed("报酬账户由学生本人、监护人或学校经办人登记。")
    is_own = is_paid_student(request.actor, person)
    back = reverse("placements:rights") if is_own else reverse("placements:pay_list")

    def send(data: dict[str, Any]) -> str:
        open_account(actor=request.actor, person_id=person.pk, now=timezone.localtime(), **data)
        return back

    page = FormPage(
        title="登记报酬账户",
        button="保存账户",
        lead="报酬只能转到学生本人的银行账户，换卡后旧账户停用并留存",
        back=back,
        crumbs=[("我的权益" if is_own else "报酬", back)],
    )
    form = AccountForm(*given(request), initial={"holder": person.name})
    return answer_form(request, form=form, page=page, send=send, done="账户已保存。")


@require_http_methods(FORM_METHODS)
def account_reveal(request: Request, account_id: int) -> HttpResponse:
    """Show the full number, for a reason on record (查看完整账号)."""
    account = get_object_or_404(accounts_visible_to(request.actor), pk=account_id)
    back = reverse("placements:rights")

    def send(data: dict[str, Any]) -> str:
        number = reveal_account(actor=request.actor, account_id=account.pk, reason=data["reason"])
        messages.info(request, f"{account.bank} {account.holder}：{number}")
        return (
            back
            if is_paid_student(request.actor, account.person)
            else reverse("placements:pay_list")
        )

    page = FormPage(
        title="查看完整账号",
        button="查看",
        lead="事由会记入审计，本人可以看到",
        back=back,
        crumbs=[("我的权益", back)],
    )
    form = ReasonForm(*given(request))
    return answer_form(request, form=form, page=page, send=send, done="已记入审计。")
