"""The question that a visitor of the hall asks, as the address line carries it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.http import QueryDict

from silian.foundation.kernel.search.requests import Sort
from silian.operations.exchange.choices import Side
from silian.operations.exchange.kinds import listing_kinds

LONGEST_QUESTION = 100
MOST_CHOICES = 20
LAST_PAGE = 50
DAYS_OF_MONTH = 31  # the longest, so that nothing of the last month is missed
LARGEST_AMOUNT = 10**10
PUBLISHED = {"7": "7 天内发布", "30": "30 天内发布", "90": "90 天内发布"}
VERIFIED = {"yes": "已核验单位", "no": "未核验单位"}
STARTS = {"3": "3 个月内", "6": "6 个月内", "12": "1 年内"}
SORTS = {
    Sort.RELEVANCE: "综合",
    Sort.NEWEST: "最新发布",
    Sort.PRICE: "报酬或价格从高到低",
    Sort.STARTS: "开始时间最近",
}


@dataclass(frozen=True, kw_only=True)
class HallQuestion:
    """What is looked for. Values that make no sense have been dropped."""

    text: str = ""
    kinds: tuple[str, ...] = ()
    side: str = ""
    divisions: tuple[str, ...] = ()
    chains: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    occupation: str = ""
    major: str = ""
    levels: tuple[str, ...] = ()
    verified: str = ""
    published_within: str = ""
    starts_within: str = ""
    price_at_least: Decimal | None = None
    sort: Sort = Sort.RELEVANCE
    page: int = 1

    @property
    def is_empty(self) -> bool:
        return self == HallQuestion(sort=self.sort, page=self.page)

    @property
    def starts_within_days(self) -> int | None:
        return DAYS_OF_MONTH * int(self.starts_within) if self.starts_within else None

    def starts_by(self, *, today: datetime.date) -> datetime.date | None:
        days = self.starts_within_days
        return None if days is None else today + datetime.timedelta(days=days)

    def published_since(self, *, now: datetime.datetime) -> datetime.datetime | None:
        if not self.published_within:
            return None
        return now - datetime.timedelta(days=int(self.published_within))


def question_from(data: QueryDict) -> HallQuestion:
    """Read a question from the address line; nothing in it can make the page fail."""
    side = data.get("side", "")
    return HallQuestion(
        text=data.get("q", "").replace("\x00", "").strip()[:LONGEST_QUESTION],
        kinds=tuple(code for code in data.getlist("kind") if code in listing_kinds()),
        side=side if side in Side.values else "",
        divisions=tuple(code for code in data.getlist("division") if is_code(code))[:MOST_CHOICES],
        chains=tuple(name[:40] for name in data.getlist("chain") if name)[:MOST_CHOICES],
        industries=tuple(code[:4] for code in data.getlist("industry") if code)[:MOST_CHOICES],
        occupation=data.get("occupation", "")[:12],
        major=data.get("major", "")[:20],
        levels=tuple(name[:20] for name in data.getlist("level") if name)[:MOST_CHOICES],
        verified=one_of(data.get("verified", ""), VERIFIED),
        published_within=one_of(data.get("published", ""), PUBLISHED),
        starts_within=one_of(data.get("starts", ""), STARTS),
        price_at_least=money_from(data.get("pay", "")),
        sort=sort_from(data.get("sort", "")),
        page=page_from(data.get("page", "1")),
    )


def one_of(value: str, known: Mapping[str, str]) -> str:
    return value if value in known else ""


def is_code(text: str) -> bool:
    return len(text) == 6 and text.isascii() and text.isdigit()


def money_from(text: str) -> Decimal | None:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 < amount < LARGEST_AMOUNT else None


def sort_from(text: str) -> Sort:
    return next((sort for sort in Sort if sort.value == text), Sort.RELEVANCE)


def page_from(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 4):
        return 1
    return min(max(int(text), 1), LAST_PAGE)
