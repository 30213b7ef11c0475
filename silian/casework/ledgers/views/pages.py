"""What the pages of ledgers share: words around a form, one step by a button."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import FormPage

FUNDS = ("资金台账", "ledgers:fund_list")
BATCHES = ("付款批次", "ledgers:batch_list")
RECEIVABLES = ("应收款", "ledgers:receivable_list")
STATEMENTS = ("银行对账", "ledgers:statement_list")


def words(
    title: str, button: str, *, back: Any, lead: str = "", of: tuple[str, str] = FUNDS
) -> FormPage:
    """What a form page says of itself; ``of`` is the list it belongs to."""
    label, name = of
    return FormPage(
        title=title, button=button, back=resolve_url(back), lead=lead,
        crumbs=((label, reverse(name)),),
    )  # fmt: skip


def done_or_said(
    request: Request, work: Callable[[], Any], *, done: str, then: Any
) -> HttpResponse:
    """Take one step and go back to the page; a refusal is said there."""
    try:
        work()
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, done)
    return redirect(then)


def reason_of(request: Request) -> str:
    return request.POST.get("reason", "")[:300]


def typed(text: str) -> str:
    """What was typed into a search line, without what a database cannot take."""
    return text.replace("\x00", "")[:60]
