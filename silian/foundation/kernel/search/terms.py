"""The words that everybody may read, and the vocabulary made of them (检索词).

Counted over the public documents of every source, so nothing that only members, or nobody, may
read is ever known to it. What has been hidden since the last count is no answer either: whoever
offers a word asks the index first whether the asker finds anything with it.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from threading import Lock, Thread

from django.db import connection, transaction
from django.db.models import Count, Sum
from silian_engines.matching.query_understanding.vocabulary import Vocabulary, vocabulary_of

from silian.foundation.kernel.models import SearchTerm
from silian.foundation.kernel.search.documents import SearchDocument
from silian.foundation.kernel.search.requests import VISIBILITY
from silian.foundation.kernel.search.sources import SearchSource, sources

PUBLIC = "public"
BATCH = 500
MOST_TERMS = 40_000  # about 90 MB a process and a second to read; the rarest are left out
LONGEST_TERM = 40
FRESH_SECONDS = 60.0


def refresh_terms() -> int:
    """Count the words of all public documents anew; returns how many are kept (检索词统计)."""
    counts: Counter[str] = Counter()
    for source in sources():
        _count_source(source, counts)
    kept = [
        SearchTerm(word=word, documents=count)
        for word, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_TERMS]
    ]
    with transaction.atomic():
        SearchTerm.objects.all().delete()
        SearchTerm.objects.bulk_create(kept, batch_size=5_000)
    forget_vocabulary()
    return len(kept)


def _count_source(source: SearchSource, counts: Counter[str]) -> None:
    last = 0
    while ids := source.ids(last, BATCH):
        for document in source.documents_of(ids):
            if PUBLIC in document.filters.get(VISIBILITY, ()):
                counts.update(words_of_document(document))
        last = ids[-1]


def words_of_document(document: SearchDocument) -> set[str]:
    """Each word of a document once, without bare numbers such as telephones."""
    words = {*document.title, *document.names, *document.body}
    return {word for word in words if len(word) <= LONGEST_TERM and not word.isdigit()}


@dataclass
class _Kept:
    """The vocabulary of this process, and what the table looked like when it was read."""

    lock: Lock = field(default_factory=Lock)
    vocabulary: Vocabulary | None = None
    mark: tuple[int, int] = (0, 0)
    checked_at: float = 0.0


_kept = _Kept()


def search_vocabulary() -> Vocabulary:
    """Our own terms and the counted words.

    Once a minute the table is looked at; when it has changed, a thread reads it while the old
    vocabulary goes on answering.
    """
    with _kept.lock:
        if _kept.vocabulary is None:
            _kept.vocabulary, _kept.mark = _read_table()
            _kept.checked_at = time.monotonic()
        elif time.monotonic() - _kept.checked_at > FRESH_SECONDS:
            _kept.checked_at = time.monotonic()
            if _table_mark() != _kept.mark:
                Thread(target=_read_again, daemon=True).start()
        return _kept.vocabulary


def forget_vocabulary() -> None:
    """Read the table again at the next question."""
    with _kept.lock:
        _kept.vocabulary = None


def _read_again() -> None:
    try:
        vocabulary, mark = _read_table()
    finally:
        connection.close()  # a thread's own
    with _kept.lock:
        _kept.vocabulary, _kept.mark = vocabulary, mark


def _read_table() -> tuple[Vocabulary, tuple[int, int]]:
    mark = _table_mark()
    return vocabulary_of(dict(SearchTerm.objects.values_list("word", "documents"))), mark


def _table_mark() -> tuple[int, int]:
    found = SearchTerm.objects.aggregate(words=Count("word"), documents=Sum("documents"))
    return found["words"], found["documents"] or 0
