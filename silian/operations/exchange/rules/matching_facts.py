"""Why a listing may suit an organisation: facts that can be checked, met or missing."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Side:
    """One side of a possible match, as far as facts about it are known."""

    title: str = ""
    division: str = ""
    division_name: str = ""
    occupation: str = ""
    occupation_name: str = ""
    majors: frozenset[str] = field(default_factory=frozenset)
    quantity: int | None = None
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None


@dataclass(frozen=True, kw_only=True)
class MatchFact:
    """One checkable statement; ``met`` is False for what is missing.

    Without an ``essential`` one there is no match: other work, other majors.
    """

    text: str
    met: bool
    essential: bool = False


def rules_out(*, need: Side, offer: Side) -> bool:
    """Whether other work or other majors exclude a match; says in numbers what facts say in words.

    Asked of thousands of pairs before any sentence is written.
    """
    if need.occupation and offer.occupation and need.occupation[:7] != offer.occupation[:7]:
        return True
    return bool(need.majors and offer.majors) and need.majors.isdisjoint(offer.majors)


def match_facts(*, need: Side, offer: Side) -> list[MatchFact]:
    """What speaks for a match and what is missing, most telling first."""
    facts = [
        occupation_fact(need=need, offer=offer),
        major_fact(need=need, offer=offer),
        quantity_fact(need=need, offer=offer),
        period_fact(need=need, offer=offer),
        place_fact(need=need, offer=offer),
    ]
    return [fact for fact in facts if fact is not None]


def occupation_fact(*, need: Side, offer: Side) -> MatchFact | None:
    if not need.occupation or not offer.occupation:
        return None
    if need.occupation == offer.occupation:
        return MatchFact(text=f"职业：同为{offer.occupation_name}", met=True)
    if need.occupation[:7] == offer.occupation[:7]:
        text = f"职业：{offer.occupation_name}，与{need.occupation_name}同属一个小类"
        return MatchFact(text=text, met=True)
    text = f"职业：对方为{offer.occupation_name}，与{need.occupation_name}不同"
    return MatchFact(text=text, met=False, essential=True)


def major_fact(*, need: Side, offer: Side) -> MatchFact | None:
    if not need.majors or not offer.majors:
        return None
    shared = need.majors & offer.majors
    if shared:
        return MatchFact(text=f"专业：{len(shared)} 个专业一致", met=True)
    return MatchFact(text="专业：双方所列专业没有重合", met=False, essential=True)


def quantity_fact(*, need: Side, offer: Side) -> MatchFact | None:
    if need.quantity is None or offer.quantity is None:
        return None
    if offer.quantity >= need.quantity:
        return MatchFact(text=f"数量：对方 {offer.quantity}，可满足 {need.quantity}", met=True)
    short = need.quantity - offer.quantity
    return MatchFact(text=f"数量：对方 {offer.quantity}，还差 {short}", met=False)


def period_fact(*, need: Side, offer: Side) -> MatchFact | None:
    starts = [day for day in (need.starts_on, offer.starts_on) if day]
    ends = [day for day in (need.ends_on, offer.ends_on) if day]
    if not need.starts_on or not offer.starts_on:
        return None
    if not ends or max(starts) < min(ends):
        return MatchFact(text=f"时间：{max(starts):%Y-%m-%d} 起双方都可以", met=True)
    return MatchFact(text="时间：双方的起止时间没有重合", met=False)


def place_fact(*, need: Side, offer: Side) -> MatchFact | None:
    if not need.division or not offer.division:
        return None
    if need.division == offer.division:
        return MatchFact(text=f"区域：同在{offer.division_name}", met=True)
    if need.division[:4] == offer.division[:4]:
        return MatchFact(text=f"区域：同城，在{offer.division_name}", met=True)
    return MatchFact(text=f"区域：在{offer.division_name}，不在同一城市", met=False)


def strength(facts: list[MatchFact]) -> int:
    """For ordering only, never shown: facts met less facts missing."""
    return sum(1 if fact.met else -1 for fact in facts)
