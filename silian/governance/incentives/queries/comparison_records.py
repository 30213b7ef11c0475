"""Reads of the register of other authorities' lists."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from silian.foundation.reference.jurisdictions import widening
from silian.governance.incentives.models.claims import Claim
from silian.governance.incentives.models.comparison_records import (
    ComparisonList,
    ComparisonRecord,
)
from silian.governance.incentives.rules.comparison_records import (
    ListSaid,
    RecordSaid,
    content_of_list,
)
from silian.registers.people.models import Person
from silian.registers.people.queries import index_of_number


def list_key(said: ListSaid, records: Iterable[RecordSaid]) -> str:
    """What tells a list from all others without telling anything of it (内容标识)."""
    return index_of_number(content_of_list(said, records))


def same_list(key: str, *, division: str) -> ComparisonList | None:
    """The list of the same content that stands in the region already."""
    rows = ComparisonList.objects.filter(division=division, content_key=key)
    return rows.filter(withdrawn_at__isnull=True).first()


def lists_near(division: str) -> QuerySet[ComparisonList]:
    """Lists of a region, of those within it and of those around it, newest state first."""
    near = Q(division__path__contains=[division]) | Q(division__in=list(widening(division)))
    return ComparisonList.objects.standing().filter(near).order_by("-as_of", "-pk")


def claims_concerned(row: ComparisonList, claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Claims that count a person of the list, or for whose months it names everybody."""
    indexes = ComparisonRecord.objects.filter(list=row).values("id_number_index")
    people = Person.objects.filter(id_number_index__in=indexes)
    concerned = Q(items__person__in=people)
    if row.covers_from and row.covers_until:
        concerned |= Q(items__starts_on__lt=row.covers_until, items__ends_on__gt=row.covers_from)
    return claims.filter(concerned, items__counts=True).distinct()
