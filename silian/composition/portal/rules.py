"""What somebody looks for on the search page (检索提问)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from decimal import Decimal

from silian.foundation.kernel.search.requests import Sort

DAYS_OF_MONTH = 31  # the longest, so that nothing of the last month is missed
SINCE = {"7": "7 天内", "30": "30 天内", "90": "90 天内"}
STARTS = {"3": "3 个月内", "6": "6 个月内", "12": "1 年内"}
GROUPS = ("kind", "side", "division", "chain", "industry", "occupation", "level", "verified")
"""The filters with boxes; each value of a tree holds everything below it."""


@dataclass(frozen=True, kw_only=True)
class SearchQuestion:
    """One question: words, filters, order, page."""

    text: str = ""
    subject: str = ""
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    pay_at_least: Decimal | None = None
    starts_within: str = ""
    since: str = ""
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    as_typed: bool = False

    def starts_by(self, *, today: datetime.date) -> datetime.date | None:
        """The last day on which something may begin."""
        if not self.starts_within:
            return None
        return today + datetime.timedelta(days=DAYS_OF_MONTH * int(self.starts_within))

    def published_since(self, *, midnight: datetime.datetime) -> datetime.datetime | None:
        """The moment from which on something was published, counted from today's midnight."""
        return midnight - datetime.timedelta(days=int(self.since)) if self.since else None
