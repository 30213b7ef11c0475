"""What is sent to a SphinxQL server is words that it keeps whole, and data that stays data."""

from __future__ import annotations

import pytest

from silian.foundation.kernel.search.requests import Mode, SearchRequest
from silian.foundation.kernel.search.sphinxql.questions import needed_words, where
from silian.foundation.kernel.search.sphinxql.servers import servers_at
from silian.foundation.kernel.search.sphinxql.words import document_number, quoted, word_of


@pytest.mark.parametrize("token", ["数控车床", "5g", "cplusplus"])
def test_a_token_of_our_alphabet_is_sent_as_it_is(token: str) -> None:
    assert word_of(token) == token


@pytest.mark.parametrize("token", ["𠮷野", "a|b", '"', "@title", "!数控", "-", "_f00"])
def test_any_other_token_becomes_a_digest(token: str) -> None:
    assert word_of(token).startswith("_w")
    assert word_of(token).replace("_w", "").isalnum()


def test_a_string_ends_where_it_should() -> None:
    assert quoted("it's \\ end\\") == "'it\\'s \\\\ end\\\\'"


def test_most_words_are_a_quorum() -> None:
    request = SearchRequest(words=("数控", "焊接", "数控", "养老", "plc"), mode=Mode.MOST)
    assert needed_words(request) == 3
    assert where(request, hidden=[7]) == (
        " WHERE MATCH('\"数控 焊接 养老 plc\"/3') AND id NOT IN (7)"
    )


def test_subjects_share_numbers_without_meeting() -> None:
    pairs = [(subject, number) for subject in ("listing", "programme") for number in (1, 2**48 - 1)]
    assert len({document_number(*pair) for pair in pairs}) == len(pairs)
    with pytest.raises(ValueError, match="48 bits"):
        document_number("listing", 2**48)


def test_an_address_names_coordinators_and_shards() -> None:
    servers = servers_at("sphinxql://one:9300,two?shards=a:9301,b:9302")
    assert [str(server) for server in servers.coordinators] == ["one:9300", "two:9306"]
    assert [str(server) for server in servers.shards] == ["a:9301", "b:9302"]
    for wrong in ("sphinxql://one:9300", "sphinxql://one:x?shards=a:1", "sphinxql://?shards=a:1"):
        with pytest.raises(ValueError):
            servers_at(wrong)
