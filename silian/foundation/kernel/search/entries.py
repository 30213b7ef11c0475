"""The index of PostgreSQL as a condition of other queries (检索条目作条件)."""

from __future__ import annotations

from django.contrib.postgres.search import SearchQueryField
from django.db.models import BooleanField, F, Func, QuerySet, Value
from django.db.models.functions import Cast

from silian.foundation.kernel.models import SearchEntry


def entries_of(subject: str) -> QuerySet[SearchEntry]:
    """The entries of one subject."""
    return SearchEntry.objects.filter(subject=subject)


def holding(subject: str, lexemes: str) -> QuerySet[SearchEntry]:
    """The entries that hold these lexemes; served by the GIN index."""
    condition = Func(
        F("vector"),
        Cast(Value(lexemes), SearchQueryField()),
        template="(%(expressions)s)",
        arg_joiner=" @@ ",
        output_field=BooleanField(),
    )
    return entries_of(subject).filter(condition)
