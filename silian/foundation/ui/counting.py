"""Count many lists at once: the numbers of a menu are one question to the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

WorkWaiting = int | QuerySet[Any] | Sequence["int | QuerySet[Any]"]  # what a menu line counts


def counted_together(answers: Sequence[WorkWaiting]) -> list[int]:
    """The number behind each answer; all lists among them are counted in one query.

    An answer is a number, a list of rows still to be counted, or several of both to add up.
    """
    parts = [parts_of(answer) for answer in answers]
    lists = [part for group in parts for part in group if isinstance(part, QuerySet)]
    numbers = iter(sizes_of(lists))
    return [
        sum(next(numbers) if isinstance(part, QuerySet) else part for part in group)
        for group in parts
    ]


def parts_of(answer: WorkWaiting) -> Sequence[int | QuerySet[Any]]:
    return [answer] if isinstance(answer, int | QuerySet) else answer


def sizes_of(lists: Sequence[QuerySet[Any]]) -> list[int]:
    """How many rows each list has."""
    compiled = [statement_of(rows) for rows in lists]
    asked = [found for found in compiled if found is not None]
    if not asked:
        return [0 for _ in compiled]
    columns = ", ".join(f"(SELECT COUNT(*) FROM ({sql}) AS counted)" for sql, _ in asked)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}", [value for _, given in asked for value in given])
        sizes = iter(cursor.fetchone() or ())
    return [0 if found is None else next(sizes) for found in compiled]


def statement_of(rows: QuerySet[Any]) -> tuple[str, tuple[Any, ...]] | None:
    """The rows' SQL with its values; None when they are known to be none."""
    slim = rows.values("pk") if rows.query.is_sliced else rows.order_by().values("pk")
    try:
        return slim.query.sql_with_params()
    except EmptyResultSet:
        return None
