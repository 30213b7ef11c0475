from __future__ import annotations

from collections.abc import Sequence

import pytest
from django.db import transaction

from silian.foundation.kernel.models import SearchBuild
from silian.foundation.kernel.search import feed, sources
from silian.foundation.kernel.search.documents import SearchDocument
from silian.foundation.kernel.search.postgres import PostgresSearch
from silian.foundation.kernel.search.rebuilding import AT_ONCE, build_missing, rebuild
from silian.foundation.kernel.search.requests import SearchRequest
from silian.foundation.kernel.search.sources import SearchSource
from tests.foundation.kernel.search.conformance import library

SUBJECT = "sample"


class Shelf:
    """Rows that may be found, as a module would keep them."""

    def __init__(self) -> None:
        self.documents = {item.object_id: item for item in library() if item.subject == SUBJECT}

    def documents_of(self, ids: Sequence[int]) -> list[SearchDocument]:
        return [self.documents[number] for number in ids if number in self.documents]

    def ids(self, after: int, most: int) -> list[int]:
        return [number for number in sorted(self.documents) if number > after][:most]

    def source(self) -> SearchSource:
        return SearchSource(
            subject=SUBJECT,
            label="样本",
            documents_of=self.documents_of,
            ids=self.ids,
            total=lambda: len(self.documents),
            visible_to=lambda actor, ids: {},
        )


@pytest.fixture
def shelf(db: None, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    shelf = Shelf()
    monkeypatch.setitem(sources._sources, SUBJECT, shelf.source())
    return shelf


def found() -> set[int]:
    return set(PostgresSearch().search(SearchRequest(limit=200)).ids_of(SUBJECT))


def test_what_changed_is_found_and_what_left_is_not(shelf: Shelf) -> None:
    first, second, *_ = shelf.documents
    feed.changed(SUBJECT, [first, second])
    assert found() == {first, second}
    feed.left(SUBJECT, [second])
    del shelf.documents[first]
    feed.changed(SUBJECT, [first])
    assert found() == set()


def test_a_rolled_back_change_is_never_found(shelf: Shelf) -> None:
    with transaction.atomic():
        feed.changed(SUBJECT, list(shelf.documents))
        transaction.set_rollback(True)
    assert found() == set()


def test_a_rebuilt_index_holds_what_the_tables_hold_and_nothing_else(shelf: Shelf) -> None:
    feed.changed(SUBJECT, list(shelf.documents))
    gone, *_, last = shelf.documents
    del shelf.documents[gone], shelf.documents[last]
    told: list[tuple[int, int]] = []
    count = rebuild(shelf.source(), resume=False, tell=lambda *heard: told.append(heard))
    assert found() == set(shelf.documents)
    assert told == [(count, count)] == [(len(shelf.documents), len(shelf.documents))]


def test_an_interrupted_rebuilding_goes_on_where_it_stood(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("silian.foundation.kernel.search.rebuilding.AT_ONCE", 10)
    assert AT_ONCE > 10

    def power_cut(done: int, total: int) -> None:
        if done == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(shelf.source(), resume=False, tell=power_cut)
    assert len(found()) == 20
    heard: list[int] = []
    rebuild(shelf.source(), resume=True, tell=lambda done, total: heard.append(done))
    assert heard[0] == 30
    assert found() == set(shelf.documents)
    assert SearchBuild.objects.get(subject=SUBJECT).ended_at is not None


def test_an_index_that_was_never_built_is_built_once(shelf: Shelf) -> None:
    assert build_missing() == [SUBJECT]
    assert found() == set(shelf.documents)
    assert build_missing() == []
