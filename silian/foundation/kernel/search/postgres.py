"""Search inside PostgreSQL: a GIN index over our own tokens, facts packed in records.

One statement brings the records of all rows that hold the words; filters, order, total and every
facet come from them, exactly, up to ``SCANNED`` rows. A broader question is answered from two
readings: the hits by a walk along the order asked, the numbers by a sample, which says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from math import log2

import numpy as np
import psycopg
from django.db import connection, transaction

from silian.foundation.kernel.models import SearchEntry
from silian.foundation.kernel.search.documents import SearchDocument
from silian.foundation.kernel.search.frequencies import frequencies
from silian.foundation.kernel.search.lexemes import (
    SMALLEST_SAMPLE,
    filled,
    filter_lexemes,
    quoted,
    sample_lexeme,
    sample_lexemes,
    vector_literal,
)
from silian.foundation.kernel.search.matches import Matches, names_of_subjects, ordered
from silian.foundation.kernel.search.questions import Question
from silian.foundation.kernel.search.records import (
    CODED,
    Records,
    each_once,
    read_records,
    record_of,
)
from silian.foundation.kernel.search.requests import Found, Hit, SearchRequest, Sort
from silian.foundation.kernel.search.values import (
    ValueBook,
    ValueKey,
    book_of,
    codes_for,
)

SCANNED = 12_000  # rows of which everything is read; about 10 ms
SAMPLED = 4_000  # rows from which broader questions are counted: a tenth is told within 1 %
RANKED = 24  # of the likeliest hits, those whose words are looked at one by one
WALKED = 40_000  # rows of an order that are looked at before it is given up
WALKED_WITH_WORDS = 10_000  # the same where each row's words must be fetched from beside it
SMALLER = 4
BATCH = 500
WRITE = """
INSERT INTO kernel_searchentry (subject, object_id, vector, record, published_at, pay, starts_on)
SELECT subject, object_id, vector::tsvector, record, published_at, pay, starts_on
FROM unnest(%s::text[], %s::bigint[], %s::text[], %s::bytea[], %s::timestamptz[], %s::numeric[],
  %s::date[]) AS fresh(subject, object_id, vector, record, published_at, pay, starts_on)
ON CONFLICT (subject, object_id) DO UPDATE SET vector = excluded.vector,
  record = excluded.record, published_at = excluded.published_at, pay = excluded.pay,
  starts_on = excluded.starts_on
"""
EDITION = "SELECT (SELECT max(id) FROM kernel_searchvalue), "
SCAN = EDITION + "kernel_search_scan(%s::tsquery, %s)"
WALKS = {
    Sort.RELEVANCE: EDITION + "kernel_search_newest(%s::tsquery, %s)",
    Sort.NEWEST: EDITION + "kernel_search_newest(%s::tsquery, %s)",
    Sort.PRICE: EDITION + "kernel_search_price(%s::tsquery, %s)",
    Sort.STARTS: EDITION + "kernel_search_starts(%s::tsquery, %s)",
}
# how much a word says by where it stands, in the body, nothing, the names and the title
PLACES = (0.6, 0.6, 0.85, 1.0)
RANK = """
SELECT chosen.place FROM unnest(%s::text[], %s::bigint[]) WITH ORDINALITY
  AS chosen(subject, object_id, place)
JOIN kernel_searchentry entry USING (subject, object_id)
ORDER BY (
  SELECT sum(asked.rarity * ts_rank(%s::real[], entry.vector, asked.word::tsquery))
  FROM unnest(%s::text[], %s::float8[]) AS asked(word, rarity)
) DESC, entry.published_at DESC, object_id DESC
"""


class PostgresSearch:
    """The default backend: visible at commit, nothing besides the database to run."""

    def index(self, documents: Iterable[SearchDocument]) -> None:
        remaining = iter(documents)
        while batch := list(islice(remaining, BATCH)):
            with transaction.atomic():
                write_batch(batch)

    def delete(self, subject: str, ids: Sequence[int]) -> None:
        SearchEntry.objects.filter(subject=subject, object_id__in=list(ids)).delete()

    def prune(self, subject: str, *, after: int, until: int, keep: Sequence[int]) -> None:
        between = SearchEntry.objects.filter(
            subject=subject, object_id__gt=after, object_id__lte=until
        )
        between.exclude(object_id__in=list(keep)).delete()

    def clear(self) -> None:
        SearchEntry.objects.all().delete()

    def size(self) -> int:
        return SearchEntry.objects.count()

    def search(self, request: SearchRequest) -> Found:
        question = Question.of(request, known=frequencies())
        if question.expected <= SCANNED:
            book, records = scanned(question, question.whole)
            if len(records) <= SCANNED:
                return exactly(question, Matches(records, request=request, book=book))
        return roughly(question)


def write_batch(documents: Sequence[SearchDocument]) -> None:
    """Write a few hundred documents in one statement."""
    keys: list[dict[str, ValueKey]] = [coded_values(document) for document in documents]
    codes = codes_for(key for row in keys for key in row.values())
    rows = [
        (
            document.subject,
            document.object_id,
            vector_of(document),
            record_of(document, codes={n: codes[key] for n, key in row.items() if key[1]}),
            document.facts.published_at,
            document.facts.pay,
            document.facts.starts_on,
        )
        for document, row in zip(documents, keys, strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [list(column) for column in zip(*rows, strict=True)])


def coded_values(document: SearchDocument) -> dict[str, ValueKey]:
    named: Mapping[str, Sequence[str]] = {**document.filters, "subject": (document.subject,)}
    return {name: (name, tuple(map(str, named.get(name, ())))) for name in CODED}


def vector_of(document: SearchDocument) -> str:
    filters = [
        *filter_lexemes({**document.filters, "subject": (document.subject,)}),
        *sample_lexemes(document.object_id),
    ]
    return filled(
        vector_literal(
            title=document.title, names=document.names, body=document.body, filters=filters
        )
    )


def read(statement: str, values: Sequence[object]) -> tuple[ValueBook, Records]:
    """Records, and the values as they stood when the records were read."""
    connection.ensure_connection()
    with psycopg.Cursor(connection.connection) as cursor:
        edition, joined = cursor.execute(statement, values, binary=True).fetchone() or (0, b"")
    return book_of(edition or 0), read_records(joined)


def scanned(question: Question, lexemes: str) -> tuple[ValueBook, Records]:
    """The records of the rows that hold the lexemes, one more than is worked with."""
    most = SCANNED + 1
    if not lexemes:
        return read(WALKS[Sort.NEWEST], [None, most])
    return read(SCAN, [lexemes, most])


def exactly(question: Question, matches: Matches) -> Found:
    """The answer when every row that may count has been read."""
    hits = matches.hits
    return Found(
        hits=best(question, hits, matches.book),
        total=len(hits),
        total_is_exact=True,
        sort=question.sort,
        mode=question.request.mode,
        facets=matches.facets(question.request.facets),
    )


def best(question: Question, hits: Records, book: ValueBook) -> list[Hit]:
    """One page of the hits; the likeliest are ranked by their words, the others by their place."""
    request = question.request
    end = request.offset + request.limit
    chosen = ordered(
        hits,
        sort=question.sort,
        most=max(end, RANKED),
        words=question.words,
        rarity=question.known.rarity,
    )
    found = named(chosen, book=book)
    if question.sort is Sort.RELEVANCE and request.offset < RANKED and len(found) > 1:
        found = [*ranked(question, found[:RANKED]), *found[RANKED:]]
    return found[request.offset : end]


def named(records: Records, *, book: ValueBook) -> list[Hit]:
    """What each record belongs to."""
    subjects = names_of_subjects(records, book=book)
    return [
        Hit(subject=subject, object_id=number)
        for subject, number in zip(subjects, records["object_id"].tolist(), strict=True)
    ]


def ranked(question: Question, hits: Sequence[Hit]) -> list[Hit]:
    """These hits by where each word stands in them and how rare it is, the text included."""
    values = [
        [hit.subject for hit in hits],
        [hit.object_id for hit in hits],
        list(PLACES),
        [quoted(word) for word in question.words],
        [question.known.rarity(word) for word in question.words],
    ]
    with psycopg.Cursor(connection.connection) as cursor:
        return [hits[place - 1] for (place,) in cursor.execute(RANK, values)]


def roughly(question: Question) -> Found:
    """The answer to a question that too many rows may answer to read them all."""
    counted, one_in = sample(question)
    expected_hits = len(counted.hits) * one_in
    narrow = narrowed(question) if expected_hits <= SCANNED else None
    if narrow is not None:
        return narrowly(question, narrow, counted, one_in=one_in)
    request = question.request
    sort = Sort.NEWEST if question.sort is Sort.RELEVANCE else question.sort
    book, hits = walked(question, sort=sort, share=expected_hits / max(1, question.known.rows))
    page = ordered(hits, sort=sort, most=request.offset + request.limit)[request.offset :]
    return Found(
        hits=named(page, book=book),
        total=max(expected_hits, len(hits)),
        total_is_exact=False,
        sort=sort,
        mode=request.mode,
        facets=counted.facets(request.facets, scale=one_in),
        facets_are_exact=False,
    )


def narrowly(question: Question, hits: Matches, counted: Matches, *, one_in: int) -> Found:
    """Exact hits and total; only the filters in force are counted from the sample."""
    facets = question.request.facets
    exact = hits.facets([name for name in facets if name not in hits.given])
    return Found(
        hits=best(question, hits.hits, hits.book),
        total=len(hits.hits),
        total_is_exact=True,
        sort=question.sort,
        mode=question.request.mode,
        facets={**counted.facets(facets, scale=one_in), **exact},
        facets_are_exact=exact.keys() == set(facets),
    )


def narrowed(question: Question) -> Matches | None:
    """All rows that obey every filter, when they are few enough to be read."""
    book, records = scanned(question, question.every_filter)
    if len(records) > SCANNED:
        return None
    return Matches(records, request=question.request, book=book)


def sample(question: Question) -> tuple[Matches, int]:
    """A part of the rows that may count, chosen by number and not by content, and its factor."""
    expected = max(question.expected, SMALLER / 2 * SCANNED)  # fewer would have been read whole
    one_in = min(SMALLEST_SAMPLE, 2 ** max(0, round(log2(expected / SAMPLED))))
    while True:
        lexemes = question.within([sample_lexeme(one_in)] if one_in > 1 else [])
        book, records = scanned(question, lexemes)
        if len(records) <= SCANNED or one_in >= SMALLEST_SAMPLE:
            return Matches(records, request=question.request, book=book), one_in
        one_in = min(SMALLER * one_in, SMALLEST_SAMPLE)  # the statistics knew too little


def walked(question: Question, *, sort: Sort, share: float) -> tuple[ValueBook, Records]:
    """The first rows of an order that obey every filter, as many as the page needs.

    Where they lie too far apart, some twenty thousand that hold the lexemes stand in for them.
    """
    needed = question.request.offset + question.request.limit
    farthest = WALKED_WITH_WORDS if question.ways else WALKED
    most = int(np.clip(2 * needed / max(share, 1e-6), 4 * needed, farthest))
    while True:
        book, records = read(WALKS[sort], [question.word_query or None, most])
        hits = Matches(records, request=question.request, book=book).hits
        if len(hits) >= needed:
            return book, hits
        if most >= farthest:
            break
        most = min(4 * most, farthest)
    book, records = scanned(question, question.every_filter)
    others = Matches(records, request=question.request, book=book).hits
    return book, each_once(np.concatenate([hits, others]))
