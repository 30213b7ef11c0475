"""The library's full-text index inside PostgreSQL, over our own words."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.db.models import BooleanField, IntegerField, QuerySet, Value
from django.db.models.expressions import RawSQL

from silian.registers.policies.models.documents import PolicyDocument
from silian.registers.policies.rules.library_words import query_of, vector_of, words_asked

# ranks as whole numbers, so that a page can begin after one
RANK = "(ts_rank(policies_policydocument.search_vector, %s::tsquery) * 1000000)::int"
HOLDS = "policies_policydocument.search_vector @@ %s::tsquery"


def index_documents(*, document_ids: Sequence[int]) -> int:
    """Write the words of these documents; returns how many (建立检索)."""
    rows = PolicyDocument.objects.filter(pk__in=list(document_ids)).select_related("division")
    pairs = [(vector_of_document(document), document.pk) for document in rows]
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE policies_policydocument SET search_vector = %s::tsvector WHERE id = %s", pairs
        )
    return len(pairs)


def vector_of_document(document: PolicyDocument) -> str:
    names = [document.division.name, document.document_number, document.kind, *document.issuers]
    return vector_of(
        title=f"{document.plan_title} {document.title}",
        names=" ".join(names),
        body=document.text,
    )


def documents_holding(rows: QuerySet[PolicyDocument], *, text: str) -> QuerySet[PolicyDocument]:
    """The documents that hold every word asked, with their relevance (检索)."""
    words = words_asked(text)
    if not words:
        return rows.none().annotate(relevance=Value(0))
    query = query_of(words)
    return rows.filter(RawSQL(HOLDS, [query], output_field=BooleanField())).annotate(
        relevance=RawSQL(RANK, [query], output_field=IntegerField())
    )
