"""The question of the search page, as the address line carries it (检索提问)."""

from __future__ import annotations

from django.http import QueryDict

from silian.composition.portal.rules import GROUPS, SINCE, STARTS, SearchQuestion
from silian.foundation.kernel.search.requests import Sort
from silian.operations.exchange.choices import Side
from silian.operations.exchange.forms.hall import (
    LONGEST_QUESTION,
    MOST_CHOICES,
    SORTS,
    money_from,
    page_from,
)

SORT_LABELS = {sort.value: label for sort, label in SORTS.items()}
LONGEST_VALUE = 40


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
