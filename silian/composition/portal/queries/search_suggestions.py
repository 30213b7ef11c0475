"""What to offer while somebody types: words first, then things to open (输入提示).

A word is offered only when the asker finds something with it at this moment, and a thing only when
the asker may open it: the vocabulary alone never shows through.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from silian_engines.matching.query_understanding.understanding import understand
from silian_engines.matching.segmentation import normalised, query_tokens

from silian.composition.portal.queries.search import request_for, total_of
from silian.composition.portal.queries.search_cards import PLAIN, rows_of
from silian.composition.portal.rules import SearchQuestion
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.search.backend import search_backend
from silian.foundation.kernel.search.terms import search_vocabulary

LONGEST_TYPED = 40
MOST_WORDS = 6
TRIED_WORDS = 12
MOST_THINGS = 4
COMMON = 100  # public documents; such a word says nothing about any one of them


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A line under the search box: a text to search for, or a thing to open."""

    text: str
    note: str
    url: str = ""


def suggestions_for(*, actor: Actor, text: str, now: datetime.datetime) -> list[Suggestion]:
    """At most ten lines for what is typed so far."""
    typed = normalised(text).strip()[:LONGEST_TYPED]
    if not typed:
        return []
    texts = findable_texts(actor=actor, typed=typed, now=now)
    things = things_to_open(actor=actor, texts=(typed, *texts[:1]), now=now)
    return [*(Suggestion(text=text, note="") for text in texts), *things]


def findable_texts(*, actor: Actor, typed: str, now: datetime.datetime) -> list[str]:
    """The typed text with its last word completed or read, as far as it finds something."""
    head, _, last = typed.rpartition(" ")
    found: list[str] = []
    for word in candidates_for(last)[:TRIED_WORDS]:
        text = f"{head} {word}".strip()
        if _finds_something(actor=actor, text=text, now=now):
            found.append(text)
        if len(found) == MOST_WORDS:
            break
    return found


def candidates_for(last: str) -> list[str]:
    """What the word may become: indexed completions, its readings, then our own terms."""
    vocabulary = search_vocabulary()
    read = understand(last, vocabulary)
    completions = vocabulary.completions(last, limit=TRIED_WORDS)
    indexed = [word for word in completions if vocabulary.frequency[word]]
    readings = [read.text, *read.alternatives] if read.is_changed else []
    further = vocabulary.completions(read.text, limit=MOST_WORDS) if readings else []
    ordered = dict.fromkeys([*indexed[:MOST_WORDS], *readings, *further, *completions])
    return [word for word in ordered if word != last]


def _finds_something(*, actor: Actor, text: str, now: datetime.datetime) -> bool:
    """Whether the asker would find something; what very many documents hold need not be asked."""
    if search_vocabulary().frequency.get(text, 0) >= COMMON:
        return True
    words = query_tokens(text)
    request = request_for(actor=actor, question=SearchQuestion(), words=words, now=now)
    return bool(words) and total_of(request) > 0


def things_to_open(
    *, actor: Actor, texts: tuple[str, ...], now: datetime.datetime
) -> list[Suggestion]:
    """The first hits of the first text that has any, by their titles as the actor may see them."""
    for text in texts:
        words = query_tokens(text)
        request = request_for(actor=actor, question=SearchQuestion(), words=words, now=now)
        few = replace(request, limit=MOST_THINGS, facets=())
        hits = search_backend().search(few).hits if words else []
        if hits:
            rows = rows_of(actor=actor, hits=hits)
            plain = [PLAIN[hit.subject](rows[hit]) for hit in hits if hit in rows]
            return [Suggestion(text=one.title, note=one.label, url=one.url) for one in plain]
    return []
