"""Keyset pages: the rows after a key, so that page 1000 costs what page 1 costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest

RowT = TypeVar("RowT", bound=Model)
PAGE_SIZE = 30


@dataclass(frozen=True)
class Page(Generic[RowT]):
    """Rows of one page and the address of the next."""

    rows: Sequence[RowT]
    next_url: str
    is_first: bool
    first_url: str


def key_in(request: HttpRequest) -> int | None:
    """The key after which the page starts; nonsense means the first page."""
    text = request.GET.get("before", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def page_of(rows: QuerySet[Any], *, request: HttpRequest, size: int = PAGE_SIZE) -> Page[Any]:
    """A page of rows ordered by ``-pk``."""
    before = key_in(request)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return as_page(list(rows[: size + 1]), request=request, size=size)


def as_page(
    found: Sequence[Any], *, request: HttpRequest, size: int = PAGE_SIZE, key: str = "pk"
) -> Page[Any]:
    """A page from ``size`` + 1 rows: the extra row only tells that there is more."""
    shown = found[:size]
    query = request.GET.copy()
    query.pop("before", None)
    first_url = f"{request.path}?{query.urlencode()}" if query else request.path
    next_url = ""
    if len(found) > size:
        query["before"] = str(getattr(shown[-1], key))
        next_url = f"{request.path}?{query.urlencode()}"
    return Page(shown, next_url, key_in(request) is None, first_url)
