"""How one recommendation came to its place: both sides' facts, order, room (名次的来历)."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.recommendation import Recommendation, RecommendationShowing
from silian.operations.exchange.queries.listing_names import major_names
from silian.operations.exchange.queries.matches import terms_of
from silian.operations.exchange.queries.recommendation_standing import (
    UNANSWERED_DAYS,
    unanswered_showings,
)
from silian.operations.exchange.queries.recommendations import Recommended
from silian.operations.exchange.rules.matching_facts import MatchFact
from silian.operations.exchange.rules.recommendations import SHOWN_FIRST, room_for
from silian.operations.exchange.rules.trade_terms import trade_terms

SENTENCE_END = re.compile(r"[。；！？\n]")
NAMES = {
    "occupation": "职业",
    "major": "专业",
    "terms": "内容",
    "chain": "重点产业链",
    "quantity": "数量",
    "period": "时间",
    "place": "区域",
}


@dataclass(frozen=True, kw_only=True)
class ComparedFact:
    """One comparison with what either side wrote (逐项对照)."""

    name: str
    own: str
    other: str
    fact: MatchFact

    @property
    def result(self) -> str:
        """The sentence without the name that stands before it."""
        return self.fact.text.partition("：")[2]


@dataclass(frozen=True, kw_only=True)
class PlaceStory:
    """The place in the list, and every reason for it but the facts."""

    compared: list[ComparedFact]
    lines: list[str]


def place_of(pair: Recommended, *, now: datetime.datetime) -> PlaceStory:
    """What stands on the page 为什么看到这条."""
    shared = terms_of(pair.own) & terms_of(pair.listing)
    values = {row.pk: written(row, shared=shared) for row in (pair.own, pair.listing)}
    compared = [
        ComparedFact(
            name=NAMES.get(fact.code, ""),
            own=values[pair.own.pk].get(fact.code, ""),
            other=values[pair.listing.pk].get(fact.code, ""),
            fact=fact,
        )
        for fact in pair.facts
    ]
    return PlaceStory(compared=compared, lines=[*order_lines(pair), *room_lines(pair, now=now)])


def written(listing: Listing, *, shared: frozenset[str] = frozenset()) -> dict[str, str]:
    """What a listing says on each point; of its text the sentences with the shared words."""
    return {
        "occupation": listing.occupation.name if listing.occupation else "",
        "major": "、".join(major_names(listing.majors).values()),
        "terms": "；".join([listing.title, *sentences_with(listing.description, words=shared)]),
        "chain": listing.industry_chain,
        "quantity": listing.capacity_text,
        "period": listing.period_text,
        "place": f"{listing.division.name} {listing.place}".strip(),
    }


def sentences_with(text: str, *, words: frozenset[str]) -> list[str]:
    """The sentences of a text that hold one of the words or a synonym of it."""
    sentences = [part.strip() for part in SENTENCE_END.split(text)]
    return [one for one in sentences if words & trade_terms(one)]


def order_lines(pair: Recommended) -> list[str]:
    """Place, the other side's view, what spreading moved (名次)."""
    stored = pair.stored
    of = Recommendation.objects.filter(own_id=pair.own.pk).count()
    if stored is None:
        return [unranked_line(of)]
    found = [f"在“{pair.own.title}”的 {of} 条推荐里排第 {stored.rank}，先比双方事实。"]
    if stored.mutual_rank:
        found.append(f"双向比较：贵单位这条供需在对方的推荐里排第 {stored.mutual_rank}。")
    else:
        found.append("双向比较：贵单位这条供需没有进入对方的推荐，名次因此靠后。")
    if stored.moved > 0:
        found.append(f"容量调节：排在前面的机会已满，让后 {stored.moved} 位。")
    elif stored.moved < 0:
        found.append(f"容量调节：更靠前的供需已满，提前 {-stored.moved} 位。")
    if stored.is_new:
        found.append(f"新供需：首次发布不久，前 {SHOWN_FIRST} 位里留有一个试推位。")
    return found


def unranked_line(of: int) -> str:
    """Why a pair has no place: it came after the last computation, or not among its best."""
    if of:
        return f"不在最近一次计算的前 {of} 名里；理由是即时比较得出的。"
    return "这条供需发布后还没有轮到夜间计算，名次由即时比较得出，下次计算后更新。"


def room_lines(pair: Recommended, *, now: datetime.datetime) -> list[str]:
    """To how many it was shown, and how many it can take (展示与容量)."""
    listing = pair.listing
    silent = unanswered_showings(now=now).get(listing.pk, 0)
    room = room_for(capacity_left=listing.capacity_left, unanswered=silent)
    shown = RecommendationShowing.objects.filter(other=listing).count()
    return [
        f"展示：累计向 {shown} 家单位推荐过，近 {UNANSWERED_DAYS} 天有 {silent} 家没有回应；"
        f"按剩余名额还可向 {room} 家推荐，满后自动让位。"
    ]
