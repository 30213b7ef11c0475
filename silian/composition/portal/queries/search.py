"""One question to the engine: as it was typed first, as it was meant when that finds nothing.

Whatever the page offers (another spelling, a looser filter) has been asked of the engine under the
asker's own permissions before, so that nothing hidden can be told from what is offered.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils import timezone
from silian_engines.matching.query_understanding.understanding import Understood, understand
from silian_engines.matching.segmentation import query_tokens

from silian.composition.portal.rules import SearchQuestion
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.search.backend import search_backend
from silian.foundation.kernel.search.requests import (
    FACETS,
    VISIBILITY,
    Found,
    Mode,
    SearchRequest,
    Sort,
)
from silian.foundation.kernel.search.terms import search_vocabulary
from silian.operations.exchange.queries.search import readable_by

PAGE_SIZE = 20
SHOWN = 1_000  # nobody turns fifty pages; narrowing the question helps more
FEW = 5
LEAST_LOOSENED = 2
MOST_WORDS = 8  # of a longer question not each word is looked at by itself
MOST_PROPOSALS = 3
MOST_ALONE = 4


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What was found, with which words, and what else might have been meant.

    ``together`` counts those that hold all words; ``unheld`` are words that nothing holds which
    the asker may read, and which were therefore left out.
    """

    request: SearchRequest
    found: Found
    understood: Understood
    together: int
    unheld: tuple[str, ...] = ()
    read_as: str = ""
    proposals: list[str] = field(default_factory=list)

    @property
    def words(self) -> tuple[str, ...]:
        return self.request.words

    @property
    def why_read_so(self) -> tuple[str, ...]:
        """One sentence for each change, when it was the likeliest reading that was taken."""
        return self.understood.explain if self.read_as == self.understood.text else ()

    @property
    def loose(self) -> bool:
        """Whether most words were enough, because all together found too little."""
        return self.found.mode is Mode.MOST

    @property
    def sought(self) -> int:
        """How many answers are what was sought, which one of several words is not."""
        return self.together if len(self.words) - self.loose == 1 else self.found.total

    @property
    def by_date_because_many(self) -> bool:
        asked = self.request.sort
        return bool(self.words) and asked is Sort.RELEVANCE and self.found.sort is not asked


def answered(*, actor: Actor, question: SearchQuestion, now: datetime.datetime) -> Answer:
    """Search as typed; when nothing is found, as meant; when little is found, with most words."""
    understood = understand(question.text, search_vocabulary())
    typed = request_for(actor=actor, question=question, words=understood.typed_words, now=now)
    found = search_backend().search(typed)
    if question.as_typed or not understood.is_changed:
        return _answered_with_most_words(typed, found, understood=understood)
    if found.total == 0 and understood.is_sure:
        meant = _answered_as_meant(typed, understood)
        if meant is not None:
            return meant
    texts = (understood.text, *understood.alternatives)
    proposals = _finding(typed, texts, more_than=found.total)
    return _answered_with_most_words(typed, found, understood=understood, proposals=proposals)


def _answered_as_meant(typed: SearchRequest, understood: Understood) -> Answer | None:
    """The first reading that finds something with all its words; else the likeliest with most.

    Every word that was not typed has been found by itself, so that it tells of nothing hidden.
    """
    texts = (understood.text, *understood.alternatives)
    finding = _finding(typed, texts)
    text = finding[0] if finding else understood.text
    meant = replace(typed, words=query_tokens(text))
    fresh = [] if finding else [word for word in meant.words if word not in typed.words]
    if not all(total_of(replace(meant, words=(word,))) for word in fresh):
        return None
    answer = _answered_with_most_words(
        meant,
        search_backend().search(meant),
        understood=understood,
        read_as=text,
        proposals=finding[1:],
    )
    return answer if answer.found.total else None


def request_for(
    *, actor: Actor, question: SearchQuestion, words: tuple[str, ...], now: datetime.datetime
) -> SearchRequest:
    """The engine's form of a question, bounded to what the actor may read."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return SearchRequest(
        words=words,
        subjects=(question.subject,) if question.subject else (),
        filters=((VISIBILITY, readable_by(actor)), *question.groups.items()),
        pay_at_least=question.pay_at_least,
        starts_by=question.starts_by(today=midnight.date()),
        published_since=question.published_since(midnight=midnight),
        sort=question.sort,
        offset=(question.page - 1) * PAGE_SIZE,
        limit=PAGE_SIZE,
        facets=FACETS,
    )


def total_of(request: SearchRequest) -> int:
    """How many answers a question has, without reading them."""
    return search_backend().search(replace(request, offset=0, limit=1, facets=())).total


def _answered_with_most_words(request: SearchRequest, found: Found, **read: Any) -> Answer:
    together, asked = found.total, request.words
    if together == 0 and (held := _held_words(request)) != asked:
        request = replace(request, words=held)
        found = search_backend().search(request)
    if found.total < FEW and len(request.words) >= LEAST_LOOSENED:
        looser = replace(request, mode=Mode.MOST)
        wider = search_backend().search(looser)
        if wider.total > found.total:
            request, found = looser, wider
    unheld = tuple(word for word in asked if word not in request.words)
    return Answer(request=request, found=found, together=together, unheld=unheld, **read)


def _held_words(request: SearchRequest) -> tuple[str, ...]:
    """The words that something holds which the asker may read; all of them when nothing does."""
    words = request.words
    if not LEAST_LOOSENED <= len(words) <= MOST_WORDS:
        return words
    held = tuple(word for word in words if total_of(replace(request, words=(word,))))
    return held or words


def _finding(request: SearchRequest, texts: tuple[str, ...], *, more_than: int = 0) -> list[str]:
    """Those of the texts with which the asker finds more."""
    return list(_finding_more(request, texts[:MOST_PROPOSALS], more_than))


def _finding_more(request: SearchRequest, texts: tuple[str, ...], more_than: int) -> Iterator[str]:
    for text in dict.fromkeys(texts):
        words = query_tokens(text)
        if words != request.words and total_of(replace(request, words=words)) > more_than:
            yield text


@dataclass(frozen=True, kw_only=True)
class Loosening:
    """A condition without which there would be answers."""

    name: str
    label: str
    total: int


def words_alone(answer: Answer) -> list[Loosening]:
    """For words that nothing holds together: how many answers each has alone, as typed or meant."""
    words = dict.fromkeys((*answer.words, *answer.understood.words))
    if len(words) < 2:
        return []
    found = [
        Loosening(name="q", label=word, total=total_of(replace(answer.request, words=(word,))))
        for word in list(words)[:MOST_ALONE]
        if len(word) > 1
    ]
    return [one for one in found if one.total]


LOOSENED = {
    "kind": "类别",
    "side": "方向",
    "division": "区域",
    "chain": "重点产业链",
    "industry": "行业",
    "occupation": "职业",
    "level": "学历层次",
    "verified": "核验",
}


def loosenings(request: SearchRequest) -> list[Loosening]:
    """Which single condition to drop, and how many answers that gives; the most first."""
    tried = [
        (name, label, request.without(name)) for name, label in LOOSENED.items()
        if request.values_of(name)
    ]  # fmt: skip
    if request.subjects:
        tried.append(("subject", "范围", request.without("subject")))
    for name, label, changed in (
        ("pay", "报酬或价格", replace(request, pay_at_least=None)),
        ("starts", "开始时间", replace(request, starts_by=None)),
        ("since", "发布时间", replace(request, published_since=None)),
    ):
        if changed != request:
            tried.append((name, label, changed))
    found = [
        Loosening(name=name, label=label, total=total_of(changed)) for name, label, changed in tried
    ]
    return sorted((one for one in found if one.total), key=lambda one: -one.total)
