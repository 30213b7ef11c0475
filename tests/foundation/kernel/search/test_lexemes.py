from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from silian.foundation.kernel.search.lexemes import (
    both,
    filter_lexeme,
    filter_query,
    vector_literal,
    word_query,
)


def test_a_filter_is_a_lexeme_that_no_text_can_contain() -> None:
    forged = filter_lexeme("kind", "job")
    literal = vector_literal(
        title=[forged, "车工"], names=[], body=[], filters=["§kind:internship"]
    )
    assert literal == "'车工':2A '§kind:internship'"
    assert word_query(words=[forged]) == ""


def test_title_words_weigh_more_than_body_words() -> None:
    literal = vector_literal(title=["车工"], names=["启衡"], body=["车工"], filters=[])
    assert literal == "'车工':1A,3D '启衡':2B"


def test_quotes_in_a_word_cannot_leave_the_literal() -> None:
    assert word_query(words=["a' | 'b"]) == "'a'' | ''b'"


def test_all_words_are_asked_for_and_most_when_forgiving() -> None:
    assert word_query(words=["数控", "车工", "实习"]) == "'数控' & '车工' & '实习'"
    forgiving = word_query(words=["数控", "车工", "实习"], forgiving=True)
    assert forgiving == "('数控' & '车工') | ('数控' & '实习') | ('车工' & '实习')"


def test_one_word_cannot_be_forgiven() -> None:
    assert word_query(words=["数控"], forgiving=True) == "'数控'"


def test_values_of_a_filter_are_alternatives_and_filters_add_up() -> None:
    query = filter_query([["§kind:job", "§kind:internship"], [], ["§side:demand"]])
    assert query == "('§kind:job' | '§kind:internship') & ('§side:demand')"
    assert both("", query, "'车工'") == f"({query}) & ('车工')"


@given(st.lists(st.text(min_size=1, max_size=12), max_size=8))
def test_any_words_make_a_query_with_balanced_quotes(words: list[str]) -> None:
    assert word_query(words=words, forgiving=True).count("'") % 2 == 0
