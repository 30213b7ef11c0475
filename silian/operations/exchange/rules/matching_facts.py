"""Why a listing may suit an organisation: facts that can be checked, met or missing."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Side:
    """One side of a possible match, as far as facts about it are known."""

    title: str = ""
    terms: frozenset[str] = field(default_factory=frozenset)
    chain: str = ""
    division: str = ""
    division_name: str = ""
    occupation: str = ""
    occupation_name: str = ""
    majors: frozenset[str] = field(default_factory=frozenset)
    quantity: int | None = None
    unit: str = ""
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None


@dataclass(frozen=True, kw_only=True)
class MatchFact:
    """One checkable statement; ``met`` is False for what is missing.

    Without an ``essential`` one there is no match: other work, other majors. ``code`` names the
    comparison, whatever the sentence says; ``weight`` is for ordering only. ``things`` is how many
    matters it names, as far as ``FEWEST_FACTS`` counts them.
    """

    text: str
    met: bool
    essential: bool = False
    code: str = ""
    weight: int = 1
    things: int = 1


MOST_TERMS = 3  # more words make no better reason
SUBJECT_CODES = frozenset({"occupation", "major", "terms", "chain"})
"""Facts about the matter itself; place, time and number alone are no reason to meet."""
FEWEST_FACTS = 2  # one fact alone, such as the same trade, says little


def is_telling(facts: list[MatchFact]) -> bool:
    """Whether the facts are reason enough to recommend: the matter, and one thing more.

    Two shared words are two things.
    """
    met = [fact for fact in facts if fact.met]
    things = sum(fact.things for fact in met)
    return things >= FEWEST_FACTS and any(fact.code in SUBJECT_CODES for fact in met)


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
        terms_fact(need=need, offer=offer),
        chain_fact(need=need, offer=offer),
        quantity_fact(need=need, offer=offer),
        period_fact(need=need, offer=offer),
        place_fact(need=need, offer=offer),
    ]
    return [fact for fact in facts if fact is not None]


def telling_facts(*, need: Side, offer: Side) -> list[MatchFact] | None:
    """The facts of a pair that nothing rules out and that are reason enough, else None."""
    if rules_out(need=need, offer=offer):
        return None
    facts = match_facts(need=need, offer=offer)
    return facts if is_telling(facts) else None


def occupation_fact(*, need: Side, offer: Side) -> MatchFact | None:
    if not need.occupation or not offer.occupation:
        return None
    if need.occupation == offer.occupation:
        return MatchFact(
            text=f"职业：同为{offer.occupation_name}", met=True, code="occupation", weight=3
        )
    if need.occupation[:7] == offer.occupation[:7]:
        text = f"职业：{offer.occupation_name}，与{need.occupation_name}同属一个小类"
        return MatchFact(text=text, met=True, code="occupation", weight=2)
    text = f"职业：对方为{offer.occupation_name}，与{need.occupation_name}不同"
    return MatchFact(text=text, met=False, essential=True, code="occupation")


def major_fact(*, need: Side, offer: Side) -> MatchFact | None:
    if not need.majors or not offer.majors:
        return None
    shared = need.majors & offer.majors
    if shared:
        return MatchFact(text=f"专业：{len(shared)} 个专业一致", met=True, code="major", weight=2)
    return MatchFact(text="专业：双方所列专业没有重合", met=False, essential=True, code="major")


def terms_fact(*, need: Side, offer: Side) -> MatchFact | None:
    """Words of the trade that both sides use, the longest first; nothing when there are none."""
    shared = need.terms & offer.terms
    if not shared:
        return None
    words = "、".join(longest_words(shared)[:MOST_TERMS])
    return MatchFact(
        text=f"内容：双方都提到{words}",
        met=True,
        code="terms",
        weight=2,
        things=min(len(shared), FEWEST_FACTS),
    )


def longest_words(words: frozenset[str]) -> list[str]:
    """The words without those that stand inside another one, longest first."""
    outer = [word for word in words if not any(word in other for other in words - {word})]
    return sorted(outer, key=lambda word: (-len(word), word))


def chain_fact(*, need: Side, offer: Side) -> MatchFact | None:
    if not need.chain or need.chain != offer.chain:
        return None
    return MatchFact(text=f"产业链：同属{need.chain}", met=True, code="chain")


def quantity_fact(*, need: Side, offer: Side) -> MatchFact | None:
    if need.quantity is None or offer.quantity is None or need.unit != offer.unit:
        return None
    if offer.quantity >= need.quantity:
        return MatchFact(
            text=f"数量：对方 {offer.quantity}，可满足 {need.quantity}", met=True, code="quantity"
        )
    short = need.quantity - offer.quantity
    return MatchFact(text=f"数量：对方 {offer.quantity}，还差 {short}", met=False, code="quantity")


def period_fact(*, need: Side, offer: Side) -> MatchFact | None:
    starts = [day for day in (need.starts_on, offer.starts_on) if day]
    ends = [day for day in (need.ends_on, offer.ends_on) if day]
    if not need.starts_on or not offer.starts_on:
        return None
    if not ends or max(starts) < min(ends):
        return MatchFact(text=f"时间：{max(starts):%Y-%m-%d} 起双方都可以", met=True, code="period")
    return MatchFact(text="时间：双方的起止时间没有重合", met=False, code="period")


def place_fact(*, need: Side, offer: Side) -> MatchFact | None:
    if not need.division or not offer.division:
        return None
    if need.division == offer.division:
        return MatchFact(text=f"区域：同在{offer.division_name}", met=True, code="place")
    if need.division[:4] == offer.division[:4]:
        return MatchFact(text=f"区域：同城，在{offer.division_name}", met=True, code="place")
    return MatchFact(text=f"区域：在{offer.division_name}，不在同一城市", met=False, code="place")


def strength(facts: list[MatchFact]) -> int:
    """For ordering only, never shown: facts met, by weight, less facts missing."""
    return sum(fact.weight if fact.met else -1 for fact in facts)
