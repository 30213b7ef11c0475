"""What the nightly refresh compares: published listings as numbers (推荐计算的输入)."""

from __future__ import annotations

import datetime
from array import array
from collections import Counter
from collections.abc import Iterator
from typing import Any

from silian.operations.exchange.choices import Side
from silian.operations.exchange.gateways.match_refresh_files import ComparedListing
from silian.operations.exchange.kinds import listing_kinds
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.queries.matches import counterpart_kinds, unit_of
from silian.operations.exchange.queries.recommendation_choices import paused_organisations
from silian.operations.exchange.rules.trade_terms import (
    RARITY_DIGITS,
    rare_limit,
    rarity,
    trade_terms,
)

READ_AT_ONCE = 5_000
COLUMNS = (
    "pk", "organisation_id", "kind", "side", "occupation_id", "industry_chain",
    "division_id", "capacity_left", "starts_on", "ends_on", "first_published_at", "majors",
)  # fmt: skip
SPREADING = 2_654_435_761  # multiplied by it, neighbouring numbers lie far apart
NIGHTLY = 668_265_263
TURNS = 2**32
MOST_TEXT_WORDS = 12  # the rarest; each one is a block to compare within


class Numbers:
    """A number for each word, in the order of first meeting; 0 is for no word."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def of(self, word: str) -> int:
        return self._known.setdefault(word, len(self._known) + 1) if word else 0

    def of_all(self, words: Any) -> list[int]:
        return sorted(self.of(word) for word in words)


class Words:
    """The words of all listings as numbers, and how many listings hold each one."""

    def __init__(self) -> None:
        self._numbers = Numbers()
        self._held_by: Counter[int] = Counter()
        self._title: dict[int, array[int]] = {}
        self._text: dict[int, array[int]] = {}

    def read(self, listing_id: int, *, title: str, text: str) -> None:
        in_title = trade_terms(title)
        self._title[listing_id] = array("i", self._numbers.of_all(in_title))
        self._text[listing_id] = array("i", self._numbers.of_all(trade_terms(text) - in_title))
        self._held_by.update(self._title[listing_id])
        self._held_by.update(self._text[listing_id])

    def terms_of(self, listing_id: int) -> list[int]:
        """The words of the title and the rarest of the text, each with its rarity behind it."""
        held, most = self._held_by, rare_limit(len(self._title))
        title, text = self._title.get(listing_id, ()), self._text.get(listing_id, ())
        rare = sorted((held[word], word) for word in text if 1 < held[word] <= most)
        kept = [*title, *(word for _, word in rare[:MOST_TEXT_WORDS])]
        return sorted(word * RARITY_DIGITS + self._rarity(word) for word in kept)

    def _rarity(self, word: int) -> int:
        return rarity(held_by=self._held_by[word], of=len(self._title))


def compared_listings(*, today: datetime.date) -> Iterator[ComparedListing]:
    """Published listings of organisations that take part, read in bulk."""
    words = Words()
    for pk, title, text in rows_of("pk", "title", "description"):
        words.read(pk, title=title, text=text)
    majors, units, chains = Numbers(), Numbers(), Numbers()
    numbers = {code: number for number, code in enumerate(sorted(listing_kinds()))}
    for row in rows_of(*COLUMNS):
        (pk, organisation, kind, side, occupation, chain, division, quantity, starts,
         ends, published, named_majors) = row  # fmt: skip
        if kind in numbers:
            yield ComparedListing(
                id=pk,
                organisation=organisation,
                kind=numbers[kind],
                side=int(side == Side.SUPPLY),
                occupation=int((occupation or "").replace("-", "") or 0),
                chain=chains.of(chain),
                division=int(division),
                city=int(division[:4]),
                quantity=quantity,
                starts=starts.toordinal() if starts else None,
                ends=ends.toordinal() if ends else None,
                published=published.date().toordinal() if published else 0,
                turn=turn_of(pk, today=today),
                unit=units.of(unit_of(kind)),
                majors=majors.of_all(named_majors),
                terms=words.terms_of(pk),
            )


def rows_of(*columns: str) -> Iterator[tuple[Any, ...]]:
    rows = (
        Listing.objects.published()
        .exclude(organisation_id__in=paused_organisations())
        .order_by("pk")
        .values_list(*columns)
    )
    return rows.iterator(chunk_size=READ_AT_ONCE)


def turn_of(listing_id: int, *, today: datetime.date) -> int:
    """Whose turn it is where more stand in a block than can be compared; another order nightly."""
    return (listing_id * SPREADING + today.toordinal() * NIGHTLY) % TURNS


def counterparts() -> list[tuple[int, int]]:
    """Each kind with every kind that answers it or that it answers, by number."""
    numbers = {code: number for number, code in enumerate(sorted(listing_kinds()))}
    return [
        (number, numbers[other])
        for code, number in numbers.items()
        for other in sorted(counterpart_kinds(code))
        if other in numbers
    ]
