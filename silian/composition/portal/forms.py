"""The question of the search page, as the address line carries it (检索提问)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from decimal import Decimal

from django.http import QueryDict
from django.utils import timezone

from silian.foundation.kernel.search.requests import Sort
from silian.operations.exchange.choices import Side
from silian.operations.exchange.forms.hall import (
    LONGEST_QUESTION,
    MOST_CHOICES,
    SORTS,
    STARTS,
    money_from,
    page_from,
)

DAYS_OF_MONTH = 31  # the longest, so that nothing of the last month is missed
SINCE = {"7": "7 天内", "30": "30 天内", "90": "90 天内"}
SORT_LABELS = {sort.value: label for sort, label in SORTS.items()}
LONGEST_VALUE = 40
GROUPS = ("kind", "side", "division", "chain", "industry", "occupation", "level", "verified")
"""The filters with boxes; each value of a tree holds everything below it."""


@dataclass(frozen=True, kw_only=True)
class SearchQuestion:
    """What is looked for. Values that make no sense have been dropped."""

    text: str = ""
    subject: str = ""
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    pay_at_least: Decimal | None = None
    starts_within: str = ""
    since: str = ""
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    as_typed: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked, so that the page shows what is new."""
        narrowed = any((self.groups, self.pay_at_least, self.starts_within, self.since))
        return not self.text and not narrowed

    def starts_by(self, *, today: datetime.date) -> datetime.date | None:
        if not self.starts_within:
            return None
        return today + datetime.timedelta(days=DAYS_OF_MONTH * int(self.starts_within))

    def published_since(self, *, now: datetime.datetime) -> datetime.datetime | None:
        if not self.since:
            return None
        midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight - datetime.timedelta(days=int(self.since))


def question_from(data: QueryDict) -> SearchQuestion:
    """Read a question from the address line; nothing in it can make the page fail."""
    groups = {name: values_of(data, name) for name in GROUPS}
    starts, since = data.get("starts", ""), data.get("since", "")
    return SearchQuestion(
        text=data.get("q", "").replace("\x00", "").strip()[:LONGEST_QUESTION],
        subject=data.get("subject", "").replace("\x00", "")[:16],
        groups={name: values for name, values in groups.items() if values},
        pay_at_least=money_from(data.get("pay", "")),
        starts_within=starts if starts in STARTS else "",
        since=since if since in SINCE else "",
        sort=next((one for one in Sort if one.value == data.get("sort")), Sort.RELEVANCE),
        page=page_from(data.get("page", "1")),
        as_typed=data.get("exact") == "1",
    )


def values_of(data: QueryDict, name: str) -> tuple[str, ...]:
    given = [value.replace("\x00", "")[:LONGEST_VALUE] for value in data.getlist(name) if value]
    if name == "side":
        given = [value for value in given if value in Side.values][:1]
    return tuple(dict.fromkeys(given))[:MOST_CHOICES]
