"""Keyset paging: a page begins after a row, not after a number of rows, so it never shifts."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Q, QuerySet
from django.http import Http404

Row = Any


@dataclass(frozen=True, kw_only=True)
class Page:
    """Some rows in order, and the ways to the neighbouring pages (分页)."""

    rows: list[Row]
    before: str = ""
    after: str = ""
    order: str = field(default="")


def keyset_page(
    *, rows: QuerySet[Any], order: str, size: int, after: str = "", before: str = ""
) -> Page:
    """The page of ``rows`` in ``order`` ("-pay" is falling) after or before a mark.

    Empty values stand last; rows of equal value stand by primary key, so that the order is total.
    """
    backwards = bool(before)
    mark = before or after
    wanted = ordered(rows=rows, order=order, backwards=backwards)
    if mark:
        wanted = wanted.filter(beyond(rows=rows, order=order, mark=mark, backwards=backwards))
    found = list(wanted[: size + 1])
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    has_next = bool(found) and (backwards or more)
    has_previous = bool(found) and (bool(after) or (backwards and more))
    return Page(
        rows=found,
        order=order,
        after=mark_of(found[-1], order=order) if has_next else "",
        before=mark_of(found[0], order=order) if has_previous else "",
    )


def ordered(*, rows: QuerySet[Any], order: str, backwards: bool = False) -> QuerySet[Any]:
    """The rows in a total order; turned round to walk back."""
    name, falling = order.lstrip("-"), order.startswith("-") != backwards
    key = "-pk" if falling else "pk"
    if name == "pk":
        return rows.order_by(key)
    if not may_be_empty(rows=rows, name=name):
        return rows.order_by(f"-{name}" if falling else name, key)
    place = {"nulls_first": True} if backwards else {"nulls_last": True}
    first = F(name).desc(**place) if falling else F(name).asc(**place)
    return rows.order_by(first, key)


def may_be_empty(*, rows: QuerySet[Any], name: str) -> bool:
    """Whether the field can lack a value; those that cannot are ordered by their plain index."""
    try:
        field = rows.model._meta.get_field(name)
    except FieldDoesNotExist:
        return True
    return bool(getattr(field, "null", True))


def beyond(*, rows: QuerySet[Any], order: str, mark: str, backwards: bool) -> Q:
    """Rows that come after the mark in the order walked; empty values are the end of the list."""
    value, pk = read_mark(mark)
    name, falling = order.lstrip("-"), order.startswith("-") != backwards
    step = "lt" if falling else "gt"
    if name == "pk":
        return Q(**{f"pk__{step}": pk})
    if value is None:
        tied = Q(**{f"{name}__isnull": True, f"pk__{step}": pk})
        return tied | Q(**{f"{name}__isnull": False}) if backwards else tied
    tied = Q(**{name: value, f"pk__{step}": pk})
    further = Q(**{f"{name}__{step}": value})
    if backwards or not may_be_empty(rows=rows, name=name):
        # the outer bound says nothing new, but lets the database begin inside its index
        return Q(**{f"{name}__{step}e": value}) & (tied | further)
    return tied | further | Q(**{f"{name}__isnull": True})


def value_at(row: Row, path: str) -> Any:
    """The value along a path with double underscores; nothing when a step is missing.

    >>> class Place: name = "青澜"
    >>> class Row: place = Place()
    >>> value_at(Row(), "place__name")
    '青澜'
    """
    for step in path.split("__"):
        row = row.get(step) if isinstance(row, dict) else getattr(row, step, None)
        if row is None:
            return None
    return row


def mark_of(row: Row, *, order: str) -> str:
    """A short text that names the row's place in the order."""
    value = value_at(row, order.lstrip("-"))
    text = json.dumps([None if value is None else str(value), row.pk], ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_mark(mark: str) -> tuple[str | None, int]:
    """The value and key behind a mark; a mark that is none of ours is a missing page."""
    try:
        padded = mark + "=" * (-len(mark) % 4)
        value, pk = json.loads(base64.urlsafe_b64decode(padded.encode()))
        return (None if value is None else str(value)), int(pk)
    except (binascii.Error, ValueError, TypeError, UnicodeError):
        raise Http404("这一页的位置已失效。请从列表第一页重新打开。")
