"""Only words of what everybody may read are kept for understanding a search."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from django.utils import timezone

from silian.foundation.kernel.models import SearchTerm
from silian.foundation.kernel.search import terms
from silian.foundation.kernel.search.documents import Facts, SearchDocument
from silian.foundation.kernel.search.sources import SearchSource

pytestmark = pytest.mark.django_db


def document(number: int, *words: str, visibility: str = "public") -> SearchDocument:
    return SearchDocument(
        subject="thing",
        object_id=number,
        title=words,
        filters={"visibility": (visibility,)},
        facts=Facts(published_at=timezone.now()),
    )


def count(monkeypatch: pytest.MonkeyPatch, *documents: SearchDocument) -> dict[str, int]:
    """Count these documents and give back what is kept."""
    by_number = {one.object_id: one for one in documents}

    def ids(after: int, most: int) -> list[int]:
        return [number for number in sorted(by_number) if number > after][:most]

    def documents_of(numbers: Sequence[int]) -> list[SearchDocument]:
        return [by_number[number] for number in numbers]

    source = SearchSource(
        subject="thing", label="物", documents_of=documents_of, ids=ids,
        total=lambda: len(by_number), visible_to=lambda actor, numbers: {},
    )  # fmt: skip
    monkeypatch.setattr(terms, "sources", lambda: [source])
    monkeypatch.setattr(terms, "BATCH", 2)
    terms.refresh_terms()
    return dict(SearchTerm.objects.values_list("word", "documents"))


def test_words_of_public_documents_are_counted_once_a_document(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = count(
        monkeypatch,
        document(1, "珐琅", "珐琅", "13800000000"),
        document(2, "珐琅", "錾刻"),
        document(3, "景泰蓝", visibility="members"),
    )
    assert kept == {"珐琅": 2, "錾刻": 1}


def test_a_word_that_left_is_forgotten_and_known_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    count(monkeypatch, document(1, "錾刻"))
    assert "錾刻" in terms.search_vocabulary()
    count(monkeypatch, document(1, "珐琅"))
    assert "錾刻" not in terms.search_vocabulary()


def test_the_rarest_words_go_first_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terms, "MOST_TERMS", 1)
    kept = count(monkeypatch, document(1, "珐琅", "錾刻"), document(2, "珐琅"))
    assert kept == {"珐琅": 2}
