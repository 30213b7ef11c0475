"""A search request as SphinxQL statements (检索提问的 SphinxQL 写法)."""

from __future__ import annotations

from collections.abc import Iterable

from silian.foundation.kernel.search.requests import FACETS, VISIBILITY, Mode, SearchRequest, Sort
from silian.foundation.kernel.search.sphinxql.rows import (
    KEPT_VALUES,
    NO_START,
    fen,
    microseconds,
    numbers,
)
from silian.foundation.kernel.search.sphinxql.words import (
    filter_word,
    match_expression,
    quoted,
    share,
)

Filter = tuple[str, tuple[str, ...]]
INDEX = "silian"
VALUES = "silian_values"
MOST_WORDS = 6
ENOUGH_OF_THE_WORDS = 0.7
FEW_VALUES = 300  # a queue of thousands costs each facet some milliseconds, filled or not
MOST_VALUES = 20_000  # more than any catalogue has
FAR_DAY = 9_999_999
NEWEST = "published DESC, id DESC"
WEIGHTS = "title=4, names=2, body=1, filters=0"  # as in PostgreSQL, see search.matches
# each word counts by where it stands and how rare it is; filters are words that count nothing
RANKED = (
    "ranker=expr('sum((tf_idf+word_count)*user_weight)*1000'), "
    f"idf='plain,tfidf_unnormalized', field_weights=({WEIGHTS})"
)
UNRANKED = "ranker=none"


def kept_sort(request: SearchRequest) -> Sort:
    """Without words nothing is more relevant than the newest."""
    if request.sort is Sort.RELEVANCE and not request.words:
        return Sort.NEWEST
    return request.sort


def hits_question(request: SearchRequest, *, hidden: Iterable[int] = ()) -> str:
    """Which documents, in order."""
    order, column, options = {
        Sort.RELEVANCE: (f"rank DESC, {NEWEST}", "WEIGHT() AS rank", RANKED),
        Sort.NEWEST: (NEWEST, "published", UNRANKED),
        Sort.PRICE: (f"pay DESC, {NEWEST}", "pay", UNRANKED),
        Sort.STARTS: (
            f"rank ASC, {NEWEST}",
            f"IF(starts={NO_START}, {FAR_DAY}, starts) AS rank",
            UNRANKED,
        ),
    }[kept_sort(request)]
    last = request.offset + max(1, request.limit)
    return (
        f"SELECT subject, object_id, {column} FROM {INDEX}{where(request, hidden=hidden)} "
        f"ORDER BY {order} LIMIT {request.offset}, {max(1, request.limit)} "
        f"OPTION {options}, max_matches={last}"
    )


def facet_question(
    request: SearchRequest, name: str, *, room: int = FEW_VALUES, hidden: Iterable[int] = ()
) -> str:
    """How many documents carry each value, whatever was chosen of this facet itself.

    The numbers are right as long as there are fewer values than ``room``.
    """
    if name not in FACETS:
        raise ValueError(f"no facet over {name}")
    return (
        f"SELECT GROUPBY() AS value, COUNT(*) AS amount FROM {INDEX}"
        f"{where(request.without(name), hidden=hidden)} GROUP BY value_{name} "
        f"ORDER BY amount DESC LIMIT {room} OPTION {UNRANKED}, max_matches={room}"
    )


def values_question(numbers: Iterable[int]) -> str:
    """What numbers stand for."""
    chosen = sorted(numbers)
    return (
        f"SELECT id, value FROM {VALUES} WHERE id IN ({','.join(map(str, chosen))}) "
        f"LIMIT {len(chosen)} OPTION max_matches={len(chosen)}"
    )


def where(request: SearchRequest, *, hidden: Iterable[int]) -> str:
    as_words, as_attributes = divided_filters(request)
    match = match_expression(
        words=chosen_words(request),
        needed=needed_words(request),
        filters=[[filter_word(name, value) for value in given] for name, given in as_words],
    )
    parts = [f"MATCH({quoted(match)})"] if match else []
    parts += [f"value_{name} IN {numbers(name, given)}" for name, given in as_attributes]
    parts += list(bounds(request))
    left_out = ",".join(map(str, sorted(hidden)))
    if left_out:
        parts.append(f"id NOT IN ({left_out})")
    return f" WHERE {' AND '.join(parts)}" if parts else ""


def divided_filters(request: SearchRequest) -> tuple[list[Filter], list[Filter]]:
    """Filters to look up in the inverted index, and filters to compare row by row.

    Words narrow better than any filter, so beside words the rows that hold them are compared.
    Visibility narrows nothing: looking it up would read the whole index.
    """
    given = [("subject", request.subjects), *request.filters]
    filters = [(name, values) for name, values in given if values]
    compared = {VISIBILITY} if not chosen_words(request) else set(KEPT_VALUES)
    return (
        [item for item in filters if item[0] not in compared],
        [item for item in filters if item[0] in compared],
    )


def chosen_words(request: SearchRequest) -> tuple[str, ...]:
    words = tuple(dict.fromkeys(word for word in request.words if word))
    return words[:MOST_WORDS] if request.mode is Mode.MOST and len(words) > 1 else words


def needed_words(request: SearchRequest) -> int:
    count = len(chosen_words(request))
    if request.mode is Mode.MOST and count > 1:
        return share(count, ENOUGH_OF_THE_WORDS)
    return count


def bounds(request: SearchRequest) -> Iterable[str]:
    if request.pay_at_least is not None:
        yield f"pay >= {max(0, fen(request.pay_at_least))}"
    if request.starts_by is not None:
        yield f"starts <= {request.starts_by.toordinal()}"
    if request.published_since is not None:
        yield f"published >= {microseconds(request.published_since)}"
    if request.published_until is not None:
        yield f"published < {microseconds(request.published_until)}"
