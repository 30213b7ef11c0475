from __future__ import annotations

from dataclasses import replace

import pytest

from silian.foundation.kernel.search import postgres
from silian.foundation.kernel.search.frequencies import Frequencies
from silian.foundation.kernel.search.lexemes import sample_lexemes
from silian.foundation.kernel.search.postgres import PostgresSearch
from silian.foundation.kernel.search.requests import FACETS, Mode, SearchRequest, Sort
from tests.foundation.kernel.search.conformance import (
    MEMBERS,
    expected,
    hit_of,
    in_order,
    library,
    questions,
    sort_key,
)

ROWS = 80
ALL = SearchRequest(filters=MEMBERS, limit=20, facets=FACETS)


@pytest.fixture
def crowded(db: None, monkeypatch: pytest.MonkeyPatch) -> PostgresSearch:
    """The library in an engine that reads ten rows at most, so that nearly all asks too much."""
    monkeypatch.setattr(postgres, "SCANNED", 10)
    monkeypatch.setattr(postgres, "SAMPLED", ROWS)
    monkeypatch.setattr(postgres, "frequencies", lambda: Frequencies(rows=ROWS))
    engine = PostgresSearch()
    engine.index(library(ROWS))
    return engine


def test_the_hits_of_a_broad_question_obey_every_filter(crowded: PostgresSearch) -> None:
    known = library(ROWS)
    for request in questions():
        found = crowded.search(replace(request, limit=20))
        assert set(found.hits) <= expected(request, known).hits, request


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.PRICE, Sort.STARTS])
def test_the_first_page_of_a_broad_question_is_the_first_of_all(
    crowded: PostgresSearch, sort: Sort
) -> None:
    known = {hit_of(item): item for item in library(ROWS)}
    found = crowded.search(replace(ALL, sort=sort))
    assert [sort_key(sort, known[hit]) for hit in found.hits] == in_order(
        replace(ALL, sort=sort), known.values()
    )[:20]
    assert not found.total_is_exact
    assert not found.facets_are_exact


def test_rows_too_far_apart_are_found_beside_the_walk(
    crowded: PostgresSearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "WALKED", 5)
    asked = replace(ALL, filters=(*MEMBERS, ("organisation", ("3",))))
    found = crowded.search(asked)
    assert len(set(found.hits)) == len(found.hits) > 0
    assert set(found.hits) <= expected(asked, library(ROWS)).hits


def test_what_the_reader_may_not_see_is_in_no_estimate(crowded: PostgresSearch) -> None:
    hidden = replace(ALL, filters=(("visibility", ("nobody",)),))
    found = crowded.search(hidden)
    assert (found.hits, found.total) == ([], 0)
    assert not any(found.facets.values())


def test_a_sample_of_a_part_is_multiplied(
    crowded: PostgresSearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "SAMPLED", ROWS // 8)
    monkeypatch.setattr(postgres, "SCANNED", ROWS - 1)
    found = crowded.search(ALL)
    assert found.total % 8 == 0
    assert 0 < found.total < 4 * ROWS
    assert sum(found.facets["subject"].values()) == found.total


def test_the_pages_of_a_ranked_result_hold_each_hit_once(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "RANKED", 10)
    engine = PostgresSearch()
    engine.index(library(ROWS))
    asked = replace(ALL, words=("数控",), limit=7)
    pages = [engine.search(replace(asked, offset=start)).hits for start in range(0, ROWS, 7)]
    hits = [hit for page in pages for hit in page]
    assert sorted(hits) == sorted(expected(asked, library(ROWS)).hits)


def test_one_row_in_two_is_in_the_half_and_one_in_four_in_the_quarter() -> None:
    samples = [sample_lexemes(number) for number in range(1, 4097)]
    for one_in in (2, 4, 16):
        share = sum(f"§sample:{one_in}" in each for each in samples) / len(samples)
        assert share == pytest.approx(1 / one_in, rel=0.1)


def test_a_rare_word_says_more_than_a_common_one_that_stands_better(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    shares = {"培训": 0.9, "真空炉": 0.01}
    monkeypatch.setattr(postgres, "frequencies", lambda: Frequencies(rows=ROWS, shares=shares))
    common, rare = (
        replace(library()[number], title=title, names=(), body=body)
        for number, (title, body) in enumerate([(("培训",), ()), ((), ("真空炉",))])
    )
    engine = PostgresSearch()
    engine.index([common, rare])
    asked = replace(ALL, filters=(), words=("培训", "真空炉"), mode=Mode.MOST)
    assert engine.search(asked).hits == [hit_of(rare), hit_of(common)]
