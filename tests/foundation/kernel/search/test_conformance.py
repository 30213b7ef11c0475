"""PostgreSQL and a SphinxQL cluster give the same answers to the same questions."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace

import pytest

from silian.foundation.kernel.search.backend import SearchBackend, backend_at
from silian.foundation.kernel.search.requests import FACETS, SearchRequest, Sort
from tests.foundation.kernel.search.conformance import (
    EVERYBODY,
    MEMBERS,
    SUBJECTS,
    expected,
    hit_of,
    in_order,
    library,
    matching,
    questions,
    sort_key,
)

ALL = SearchRequest(filters=MEMBERS, limit=200)


@pytest.fixture(params=["postgres", "sphinxql"])
def backend(request: pytest.FixtureRequest, db: None) -> Iterator[SearchBackend]:
    """Each engine in turn, with the library in it."""
    url = "postgres:"
    if request.param == "sphinxql":
        url = request.getfixturevalue("cluster").url
    engine = backend_at(url)
    engine.clear()
    engine.index(library())
    yield engine
    engine.clear()


def test_every_question_has_its_hits_total_and_counts(backend: SearchBackend) -> None:
    known = library()
    for request in questions():
        found = backend.search(request)
        answer = expected(request, known)
        assert set(found.hits) == answer.hits, request
        assert len(found.hits) == found.total == len(answer.hits), request
        assert {name: dict(found.facets[name]) for name in FACETS} == answer.facets, request
        assert (found.total_is_exact, found.facets_are_exact, found.warnings) == (True, True, ())


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.PRICE, Sort.STARTS])
def test_a_sorted_result_is_in_order_over_all_its_pages(backend: SearchBackend, sort: Sort) -> None:
    known = {hit_of(item): item for item in library()}
    asked = replace(ALL, sort=sort, limit=7)
    pages = [backend.search(replace(asked, offset=start)) for start in range(0, len(known), 7)]
    hits = [hit for page in pages for hit in page.hits]
    assert len(set(hits)) == len(hits) == len(known)
    assert [sort_key(sort, known[hit]) for hit in hits] == in_order(asked, known.values())


def test_a_word_in_the_title_counts_more_than_one_in_the_text(backend: SearchBackend) -> None:
    known = {hit_of(item): item for item in library()}
    found = backend.search(replace(ALL, words=("焊接",)))
    in_title = ["焊接" in known[hit].title for hit in found.hits]
    assert found.sort is Sort.RELEVANCE
    assert in_title == sorted(in_title, reverse=True)
    assert {True, False} == set(in_title)


def test_a_facet_of_many_values_counts_every_one(backend: SearchBackend) -> None:
    pattern = library()[0]
    rows = [
        replace(
            pattern, object_id=number, filters={**pattern.filters, "chain": (f"链{number % 700}",)}
        )
        for number in range(700, 1_700)
    ]
    backend.index(rows)
    asked = replace(ALL, published_until=pattern.facts.published_at + datetime.timedelta(minutes=1))
    counts = backend.search(replace(asked, facets=("chain", "kind"))).facets["chain"]
    assert {counts[f"链{number}"] for number in range(300)} == {2}
    assert {counts[f"链{number}"] for number in range(300, 700)} == {1}


def test_what_only_members_may_read_is_in_no_count(backend: SearchBackend) -> None:
    seen = backend.search(replace(ALL, filters=EVERYBODY, facets=FACETS))
    public = [item for item in library() if item.filters["visibility"] == ("public",)]
    assert set(seen.hits) == {hit_of(item) for item in public}
    assert sum(seen.facets["side"].values()) == seen.total == len(public)


def test_a_changed_document_is_found_as_it_stands_now(backend: SearchBackend) -> None:
    old = library()[0]
    new = replace(
        old, title=("全新",), names=(), body=(), filters={**old.filters, "kind": ("job",)}
    )
    for _ in range(2):
        backend.index([new])
    assert backend.search(replace(ALL, words=("全新",))).hits == [hit_of(new)]
    assert backend.size() == len(library())
    rest = backend.search(replace(ALL, words=(old.title[0],)))
    assert set(rest.hits) == {
        hit_of(item) for item in matching(replace(ALL, words=(old.title[0],)), library()[1:])
    }


def test_a_deleted_document_is_gone_and_its_namesake_stays(backend: SearchBackend) -> None:
    twin = replace(library()[0], subject=SUBJECTS[1])
    backend.index([twin])
    backend.delete(SUBJECTS[0], [twin.object_id, 999_999])
    backend.delete(SUBJECTS[0], [])
    hits = backend.search(replace(ALL, limit=200)).hits
    assert hit_of(twin) in hits
    assert hit_of(library()[0]) not in hits
    assert backend.size() == len(library())


def test_a_rebuild_prunes_what_no_row_stands_behind(backend: SearchBackend) -> None:
    twins = [replace(item, subject=SUBJECTS[1]) for item in library()[:3]]
    backend.index(twins)
    backend.prune(SUBJECTS[0], after=10, until=30, keep=[11, 12])
    left = {hit.object_id for hit in backend.search(ALL).hits if hit.subject == SUBJECTS[0]}
    stood = {item.object_id for item in library() if item.subject == SUBJECTS[0]}
    assert left == {number for number in stood if number <= 12 or number > 30}
    assert {hit_of(twin) for twin in twins} <= set(backend.search(ALL).hits)


def test_an_emptied_index_finds_nothing_and_can_be_filled_again(backend: SearchBackend) -> None:
    backend.clear()
    nothing = backend.search(replace(ALL, facets=("kind",)))
    assert (nothing.hits, nothing.total, nothing.facets["kind"]) == ([], 0, {})
    assert backend.size() == 0
    backend.index(iter(library()))
    assert backend.search(replace(ALL, facets=("kind",))).facets["kind"]
