"""Numbers of orders and programmes: prefix, year, place in the year."""

from __future__ import annotations

from django.db import connection
from django.db.models import Model

PLACES = 4


def next_number(model: type[Model], *, prefix: str, year: int) -> str:
    """The next number of the year, such as DD2026-0007; waits for whoever takes one now."""
    head = f"{prefix}{year}-"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [head])
    rows = model._default_manager.filter(number__startswith=head)
    last = rows.order_by("-number").values_list("number", flat=True).first()
    place = int(last.removeprefix(head)) + 1 if last else 1
    return f"{head}{place:0{PLACES}d}"
