"""Who meets whom, when and at which table: a plan out of what each side brings.

Basis: 常态化、制度化组织各类产教对接活动；洽谈安排由双方公开的供需生成.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from silian.operations.exchange.rules.matching_facts import (
    MatchFact,
    Side,
    match_facts,
    strength,
)

LEAST_STRENGTH = 1  # more must speak for a pair than against it; a need and an offer are no reason


@dataclass(frozen=True, kw_only=True)
class Brought:
    """A listing that an organisation brings to the event, as far as the plan needs it."""

    listing: int
    signup: int
    is_need: bool
    kind: str
    category: str
    kind_name: str = ""
    chain: str = ""
    facts: Side = field(default_factory=Side)


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A need and an offer of two organisations that may meet, with the reasons."""

    need: Brought
    offer: Brought
    facts: tuple[MatchFact, ...]

    @property
    def signups(self) -> frozenset[int]:
        return frozenset({self.need.signup, self.offer.signup})

    @property
    def weight(self) -> int:
        """For ordering only, never shown."""
        return strength(list(self.facts))


@dataclass(frozen=True, kw_only=True)
class Seat:
    """One meeting of the plan: slot and table count from 1."""

    slot: int
    table: int
    signups: frozenset[int]
    pair: Pair | None = None


def pair_of(*, need: Brought, offer: Brought) -> Pair | None:
    """The pair when the two are counterparts with a reason to meet, None otherwise."""
    if not need.is_need or offer.is_need or need.signup == offer.signup:
        return None
    if need.category != offer.category:
        return None
    facts = match_facts(need=need.facts, offer=offer.facts)
    if need.kind == offer.kind:
        facts.insert(0, MatchFact(text=f"类别：一方需要、一方提供{need.kind_name}", met=True))
    if need.chain and offer.chain:
        facts.insert(0, chain_fact(need=need, offer=offer))
    if strength(facts) < LEAST_STRENGTH:
        return None
    return Pair(need=need, offer=offer, facts=tuple(facts))


def chain_fact(*, need: Brought, offer: Brought) -> MatchFact:
    if need.chain == offer.chain:
        return MatchFact(text=f"产业链：同属{need.chain}", met=True)
    return MatchFact(text=f"产业链：一方{need.chain}，一方{offer.chain}", met=False)


def best_pairs(brought: Sequence[Brought]) -> list[Pair]:
    """The best pair of every two organisations that have one, strongest first."""
    needs = [item for item in brought if item.is_need]
    offers = [item for item in brought if not item.is_need]
    best: dict[frozenset[int], Pair] = {}
    for need in needs:
        for offer in offers:
            pair = pair_of(need=need, offer=offer)
            if pair and (pair.signups not in best or is_better(pair, best[pair.signups])):
                best[pair.signups] = pair
    return sorted(best.values(), key=order_key)


def order_key(pair: Pair) -> tuple[int, int, int]:
    """Strongest first; listing numbers decide ties, so that the same input plans the same."""
    return (-pair.weight, pair.need.listing, pair.offer.listing)


def is_better(pair: Pair, other: Pair) -> bool:
    return order_key(pair) < order_key(other)


def plan_tables(
    *, brought: Sequence[Brought], slots: int, tables: int, fixed: Iterable[Seat] = ()
) -> list[Seat]:
    """Put the pairs into free slots and tables around the ``fixed`` meetings (自动排桌).

    Those who have the fewest meetings so far choose first, then the stronger pair; nobody sits
    at two tables in one slot, no table is taken twice, and no two organisations meet twice.
    """
    seats = list(fixed)
    met = {seat.signups for seat in seats}
    waiting = [pair for pair in best_pairs(brought) if pair.signups not in met]
    load = Counter(signup for seat in seats for signup in seat.signups)
    planned: list[Seat] = []
    while waiting:
        waiting.sort(key=lambda pair: (sum(load[s] for s in pair.signups), *order_key(pair)))
        pair = waiting.pop(0)
        place = free_place(signups=pair.signups, seats=seats, slots=slots, tables=tables)
        if place is None:
            continue
        seat = Seat(slot=place[0], table=place[1], signups=pair.signups, pair=pair)
        seats.append(seat)
        planned.append(seat)
        load.update(pair.signups)
    return planned


def free_place(
    *, signups: frozenset[int], seats: Iterable[Seat], slots: int, tables: int
) -> tuple[int, int] | None:
    """The first slot and table where both are free, or None."""
    busy = {seat.slot for seat in seats if seat.signups & signups}
    taken = {(seat.slot, seat.table) for seat in seats}
    for slot in range(1, slots + 1):
        if slot in busy:
            continue
        for table in range(1, tables + 1):
            if (slot, table) not in taken:
                return slot, table
    return None


def reason_seat_unfit(
    *, seat: Seat, seats: Iterable[Seat], slots: int, tables: int, names: dict[int, str]
) -> str | None:
    """Why a meeting may not stand where it is put by hand, or None (人工调整)."""
    if not (1 <= seat.slot <= slots and 1 <= seat.table <= tables):
        return f"本场共 {slots} 轮、{tables} 桌，没有第 {seat.slot} 轮第 {seat.table} 桌。"
    for other in seats:
        if other.slot != seat.slot:
            continue
        if other.table == seat.table:
            return f"第 {seat.slot} 轮第 {seat.table} 桌已有安排，请换一桌或换一轮。"
        if both := other.signups & seat.signups:
            name = names.get(min(both), "其中一方")
            return f"{name}第 {seat.slot} 轮已在第 {other.table} 桌，请换一轮。"
    return None
