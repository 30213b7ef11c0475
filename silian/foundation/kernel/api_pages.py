"""Words that all interfaces share: cursors, codes, safe text, money, and the shape of a page."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from django.core import signing
from ninja import Field, Schema
from ninja.params.models import Header

from silian.foundation.kernel.api_problems import ApiProblem, field_problem

PAGE_ROWS = 20
MOST_ROWS = 100
LARGEST_KEY = 2**63 - 1
NO_NUL = r"^[^\x00]*$"  # PostgreSQL keeps no NUL in a text

Text = Annotated[str, Field(pattern=NO_NUL)]
Question = Annotated[str, Field(pattern=NO_NUL, max_length=100)]
DivisionCode = Annotated[str, Field(pattern=r"^[0-9]{6}$", examples=["530300"])]
MoneyText = Annotated[str, Field(pattern=r"^[0-9]{1,12}(\.[0-9]{1,2})?$", examples=["6500.00"])]
Key = Annotated[int, Field(ge=1, le=LARGEST_KEY)]
IdempotencyKey = Annotated[
    str,
    Header(
        "",
        alias="Idempotency-Key",
        max_length=80,
        pattern=r"^[\x21-\x7e]*$",
        description="同一个键重复提交，只办理一次，返回第一次的答复；7 天内有效。",
    ),
]


class PageAsked(Schema):
    """Which part of a list is asked for (分页)."""

    cursor: Annotated[
        str, Field(max_length=300, description="上一页答复中的 next_cursor；不填为第一页。")
    ] = ""
    limit: Annotated[int, Field(ge=1, le=MOST_ROWS, description="每页行数。")] = PAGE_ROWS


class PageAnswer(Schema):
    """What every list answers besides its rows."""

    next_cursor: str | None = Field(
        default=None, description="下一页的游标；没有下一页时为 null。新发布的行不会使页错位。"
    )


def sealed(mark: str, *, of: str) -> str | None:
    """A cursor that only this site can have made; nothing when there is no further page."""
    return signing.Signer(salt=f"api.{of}").sign(mark) if mark else None


def opened(cursor: str, *, of: str) -> str:
    """The mark in a cursor of this list; empty for the first page."""
    if not cursor:
        return ""
    try:
        return signing.Signer(salt=f"api.{of}").unsign(cursor)
    except signing.BadSignature:
        sentence = "游标不属于这个列表，或已失效。请从第一页重新读取。"
        raise ApiProblem(422, sentence, errors=[field_problem("cursor", sentence)]) from None


def money_text(amount: Decimal | None) -> str | None:
    """An amount in yuan as a decimal string, e.g. ``6500.00``."""
    return None if amount is None else f"{amount:.2f}"
