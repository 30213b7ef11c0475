"""A document as a row of a shard's index, see deploy/search/shard.conf."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_CEILING, Decimal

from silian.foundation.kernel.search.documents import SearchDocument
from silian.foundation.kernel.search.requests import FACETS, VISIBILITY
from silian.foundation.kernel.search.sphinxql.words import (
    document_number,
    filter_word,
    quoted,
    value_number,
    words_of,
)

KEPT_VALUES = (*FACETS, VISIBILITY)  # those whose numbers a row keeps
DOCUMENTS = "silian_shard"
VALUES = "silian_values_shard"
COLUMNS = (
    "id, title, names, body, filters, subject, object_id, pay, starts, published, "
    + ", ".join(f"value_{name}" for name in KEPT_VALUES)
)
BATCH_CHARACTERS = 1_000_000  # a third of a packet when every character takes three bytes
PRUNED_AT_ONCE = 1_000
NO_PAY = -1
NO_START = 0
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


def filters_of(document: SearchDocument) -> dict[str, Sequence[str]]:
    """The filters with the subject among them."""
    return {**document.filters, "subject": (document.subject,)}


def facet_values(documents: Iterable[SearchDocument]) -> dict[int, str]:
    """Each value of a facet by the number that stands for it."""
    return {
        value_number(name, value): value
        for document in documents
        for name, values in filters_of(document).items()
        if name in FACETS
        for value in values
    }


def document_row(document: SearchDocument) -> str:
    """The parenthesis of a document in a REPLACE statement."""
    filters = filters_of(document)
    marks = " ".join(filter_word(name, item) for name, given in filters.items() for item in given)
    texts = [words_of(part) for part in (document.title, document.names, document.body)]
    facts = document.facts
    values = [
        str(document_number(document.subject, document.object_id)),
        *(quoted(text) for text in (*texts, marks, document.subject)),
        str(document.object_id),
        str(NO_PAY if facts.pay is None else fen(facts.pay)),
        str(NO_START if facts.starts_on is None else facts.starts_on.toordinal()),
        str(microseconds(facts.published_at)),
        *(numbers(name, filters.get(name, ())) for name in KEPT_VALUES),
    ]
    return f"({', '.join(values)})"


def numbers(name: str, values: Iterable[str]) -> str:
    return f"({','.join(str(value_number(name, value)) for value in dict.fromkeys(values))})"


def fen(pay: Decimal) -> int:
    """Hundredths of a yuan, upwards, so that a bound keeps its meaning."""
    return int((pay * 100).to_integral_value(ROUND_CEILING))


def microseconds(moment: datetime.datetime) -> int:
    return (moment - EPOCH) // datetime.timedelta(microseconds=1)


def replacing(documents: Iterable[SearchDocument]) -> Iterator[str]:
    """Statements that write the documents, none too long for a packet."""
    rows: list[str] = []
    size = 0
    for document in documents:
        row = document_row(document)
        if rows and size + len(row) > BATCH_CHARACTERS:
            yield f"REPLACE INTO {DOCUMENTS} ({COLUMNS}) VALUES {', '.join(rows)}"
            rows, size = [], 0
        rows.append(row)
        size += len(row)
    if rows:
        yield f"REPLACE INTO {DOCUMENTS} ({COLUMNS}) VALUES {', '.join(rows)}"


def naming(values: dict[int, str]) -> str:
    """The statement that writes what numbers stand for."""
    rows = ", ".join(f"({number}, '', {quoted(value)})" for number, value in values.items())
    return f"REPLACE INTO {VALUES} (id, word, value) VALUES {rows}"


def forgetting(numbers: Iterable[int]) -> str:
    """The statement that deletes documents."""
    return f"DELETE FROM {DOCUMENTS} WHERE id IN ({','.join(map(str, numbers))})"


def numbers_question(after: int, until: int) -> str:
    """Which documents a shard holds in a range of numbers, the lowest of them."""
    return (
        f"SELECT id FROM {DOCUMENTS} WHERE id > {after} AND id <= {until} "
        f"ORDER BY id ASC LIMIT {PRUNED_AT_ONCE}"
    )
