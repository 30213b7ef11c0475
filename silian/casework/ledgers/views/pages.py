"""What the pages of ledgers share: the lists that they belong to, and words around a form."""

from __future__ import annotations

from typing import Any

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import FormPage, page_words

FUNDS = ("资金台账", "ledgers:fund_list")
BATCHES = ("付款批次", "ledgers:batch_list")
RECEIVABLES = ("应收款", "ledgers:receivable_list")
STATEMENTS = ("银行对账", "ledgers:statement_list")


def words(
    title: str, button: str, *, back: Any, lead: str = "", of: tuple[str, str] = FUNDS
) -> FormPage:
    """What a form page says of itself; ``of`` is the list it belongs to."""
    return page_words(title, button, back=back, register=of, lead=lead)


def reason_of(request: Request) -> str:
    return request.POST.get("reason", "")[:300]


def typed(text: str) -> str:
    """What was typed into a search line, without what a database cannot take."""
    return text.replace("\x00", "")[:60]
