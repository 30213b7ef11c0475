"""The file that the bank pays by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponseBase

from silian.casework.ledgers.models.payments import PaymentBatch
from silian.foundation.ui.exports import file_response

HEADER = ("付款编号", "户名", "账号", "开户行", "金额", "用途")


def bank_file(*, batch: PaymentBatch, kind: str) -> HttpResponseBase:
    """Every payment of a batch with its whole account number (银行付款文件)."""
    name = f"付款批次{batch.pk}-{batch.title}"
    return file_response(kind=kind, name=name, header=HEADER, rows=bank_lines(batch))


def bank_lines(batch: PaymentBatch) -> Iterator[list[Any]]:
    """Account numbers are text: a spreadsheet would round them."""
    for row in batch.payments.order_by("pk"):
        yield [
            row.key, row.payee_name, account_text(row.account_number), row.bank_name, row.amount,
            row.subject_label,
        ]  # fmt: skip


def account_text(number: str) -> str:
    """In groups of four, as cards show it, so that no program takes it for a number.

    >>> account_text("6222020200012345678")
    '6222 0202 0001 2345 678'
    """
    return " ".join(number[place : place + 4] for place in range(0, len(number), 4))
