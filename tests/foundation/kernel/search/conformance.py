"""What every search engine must answer: a small library, questions, and the answers by hand.

``expected`` reads the whole library for each question, with the definitions of the protocol and
nothing else; an engine conforms when it says the same.
"""

from __future__ import annotations

import datetime
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import ceil

from silian.foundation.kernel.search.documents import Facts, SearchDocument
from silian.foundation.kernel.search.requests import FACETS, Hit, Mode, SearchRequest, Sort

SUBJECTS = ("sample", "specimen")
WORDS = ("数控", "车床", "焊接", "机器人", "养老", "护理", "电商", "plc", "5g", "cplusplus", "1x")
RARE = "𠮷野"  # a character that needs four bytes
TREE = {"530000": (), "530100": ("530000",), "530102": ("530000", "530100"), "990100": ("990000",)}
CHAINS = ("新能源电池", "It's 100% \\ “引号”")  # values are data, whatever they hold
FIRST_DAY = datetime.datetime(2026, 1, 1, 8, tzinfo=datetime.UTC)
EVERYBODY = (("visibility", ("public",)),)
SortKey = tuple[float, float]
MEMBERS = (("visibility", ("public", "members")),)


def library(size: int = 80) -> list[SearchDocument]:
    """Documents of two subjects, the same at every call."""
    dice = random.Random(20260101)
    return [document(number, dice) for number in range(1, size + 1)]


def document(number: int, dice: random.Random) -> SearchDocument:
    division = dice.choice(list(TREE))
    title = dice.sample(WORDS, 3) + ([RARE] if number % 20 == 0 else [])
    return SearchDocument(
        subject=SUBJECTS[number % 5 == 0],
        object_id=number,
        title=title,
        names=dice.sample(WORDS, 1),
        body=dice.sample(WORDS, 4),
        filters={
            "visibility": ("members",) if number % 7 == 0 else ("public",),
            "kind": (dice.choice(("internship", "job", "research")),),
            "side": (dice.choice(("need", "offer")),),
            "division": (*TREE[division], division),
            "chain": (dice.choice(CHAINS),) if number % 3 else (),
            "organisation": (str(number % 9),),
            "verified": ("yes",) if number % 2 else ("no",),
        },
        facts=Facts(
            published_at=FIRST_DAY + datetime.timedelta(hours=number // 2),
            pay=None if number % 4 == 0 else Decimal(number * 100) + Decimal("0.50"),
            starts_on=None
            if number % 6 == 0
            else datetime.date(2026, 3, 1) + datetime.timedelta(days=number % 11),
        ),
    )


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Everything that matches, and the counts of the facets asked for."""

    hits: set[Hit]
    facets: dict[str, dict[str, int]]


def expected(request: SearchRequest, documents: Iterable[SearchDocument]) -> Answer:
    known = list(documents)
    facets = {}
    for name in request.facets:
        kept = matching(request.without(name), known)
        facets[name] = dict(Counter(value for item in kept for value in values_of(item, name)))
    return Answer(hits={hit_of(item) for item in matching(request, known)}, facets=facets)


def matching(request: SearchRequest, documents: Iterable[SearchDocument]) -> list[SearchDocument]:
    return [item for item in documents if passes(item, request) and has_words(item, request)]


def hit_of(item: SearchDocument) -> Hit:
    return Hit(subject=item.subject, object_id=item.object_id)


def values_of(item: SearchDocument, name: str) -> Sequence[str]:
    return (item.subject,) if name == "subject" else item.filters.get(name, ())


def has_words(item: SearchDocument, request: SearchRequest) -> bool:
    words = list(dict.fromkeys(request.words))
    held = {*item.title, *item.names, *item.body}
    needed = len(words)
    if request.mode is Mode.MOST and needed > 1:
        words = words[:6]
        needed = min(len(words) - 1, ceil(0.7 * len(words)))
    return len(held.intersection(words)) >= needed


def passes(item: SearchDocument, request: SearchRequest) -> bool:
    facts = item.facts
    groups = (("subject", request.subjects), *request.filters)
    return (
        all(set(values_of(item, name)) & set(given) for name, given in groups if given)
        and (
            request.pay_at_least is None
            or (facts.pay is not None and facts.pay >= request.pay_at_least)
        )
        and (
            request.starts_by is None
            or facts.starts_on is None
            or facts.starts_on <= request.starts_by
        )
        and (request.published_since is None or facts.published_at >= request.published_since)
        and (request.published_until is None or facts.published_at < request.published_until)
    )


def in_order(request: SearchRequest, documents: Iterable[SearchDocument]) -> list[SortKey]:
    """The keys of a sorted result; rows of the same key may stand in any order."""
    return sorted(sort_key(request.sort, item) for item in matching(request, documents))


def sort_key(sort: Sort, item: SearchDocument) -> SortKey:
    newest = -item.facts.published_at.timestamp()
    if sort is Sort.PRICE:
        return (float("inf") if item.facts.pay is None else -float(item.facts.pay), newest)
    if sort is Sort.STARTS:
        day = item.facts.starts_on
        return (float("inf") if day is None else float(day.toordinal()), newest)
    return (newest, 0.0)


def questions() -> list[SearchRequest]:
    """Words, filters, bounds and their combinations, every facet counted each time."""
    word_sets: list[tuple[str, ...]] = [
        (),
        ("数控",),
        ("数控", "焊接"),
        ("数控", "焊接", "养老", "plc"),
        ("5g", "cplusplus"),
        (RARE,),
        ("从来没有的词",),
        ("1x", "1x"),
    ]
    filters: list[tuple[tuple[str, tuple[str, ...]], ...]] = [
        (),
        (("kind", ("internship", "job")),),
        (("division", ("530000",)), ("side", ("need",))),
        (("division", ("530102", "990100")), ("verified", ("yes",))),
        (("chain", (CHAINS[1],)),),
        (("kind", ("none of these",)),),
    ]
    plain = [
        SearchRequest(words=words, filters=EVERYBODY + chosen)
        for words in word_sets
        for chosen in filters
    ]
    base = SearchRequest(filters=MEMBERS)
    day = FIRST_DAY + datetime.timedelta(hours=10)
    special = [
        *(replace(base, words=words, mode=Mode.MOST) for words in word_sets),
        replace(base, subjects=("specimen",)),
        replace(base, subjects=SUBJECTS, words=("数控",)),
        replace(base, pay_at_least=Decimal("3000.50")),
        replace(base, pay_at_least=Decimal(0)),
        replace(base, starts_by=datetime.date(2026, 3, 5)),
        replace(base, published_since=day),
        replace(base, published_until=day),
        replace(base, published_since=day, published_until=day + datetime.timedelta(hours=9)),
    ]
    return [replace(request, facets=FACETS, limit=200) for request in (*plain, *special)]
