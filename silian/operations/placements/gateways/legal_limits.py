"""The dated provisions of internships in a place: the rulebook, and what a region has set since."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from silian_engines.policy_rules.errors import PolicyRuleError
from silian_engines.policy_rules.provisions import NATIONAL, Provision
from silian_engines.policy_rules.rulebook import rulebook

from silian.operations.placements.rules.prohibitions.limits import Limit, Limits
from silian.registers.policies.models.parameters import Parameter
from silian.registers.policies.queries.parameters import nearest, unissued

INTERNSHIPS, APPRENTICESHIPS = "IN-", "AP-"
PER_CENT = Decimal(100)


def limits_of(*, division: str, on: datetime.date, numbers: str = INTERNSHIPS) -> Limits:
    """Every provision of internships (or apprenticeships) in force in a division on a day.

    The nearest level first. Divisions that GB/T 2260 does not have (the demonstration city)
    follow the nation. Rows that officials entered for the region stand before the rulebook's
    wider ones; one query.
    """
    found = dict(book_limits(division, on, numbers))
    rows = Parameter.objects.filter(code__startswith=numbers).exclude(division_id=NATIONAL)
    rows = rows.exclude(document__in=unissued())
    for row in nearest(rows, division=division, on=on):
        if row.key == "":
            found[row.name] = completed(entered_limit(row), known=found.get(row.name))
    return Limits(division=division, on=on, by_name=found)


def completed(limit: Limit, *, known: Limit | None) -> Limit:
    """A region's row with what it leaves to the wider level: number, words, list of codes."""
    if known is None:
        return limit
    value = known.value if limit.value is None else limit.value
    return replace(limit, value=value, text=known.text, keys=known.keys)


@lru_cache(maxsize=512)
def book_limits(division: str, on: datetime.date, numbers: str) -> dict[str, Limit]:
    """The provisions of the rulebook whose number begins so: IN-…, AP-…."""
    try:
        effective = rulebook().effective(division, on, datetime.date.max)
    except PolicyRuleError:
        effective = rulebook().effective(NATIONAL, on, datetime.date.max)
    return {
        name: book_limit(keyed.values())
        for name, keyed in effective.by_id.items()
        if any((each.number or "").startswith(numbers) for each in keyed.values())
    }


def book_limit(provisions: Iterable[Provision]) -> Limit:
    """One provision, or the list that several of one name make."""
    listed = list(provisions)
    first = listed[0]
    return Limit(
        name=first.id,
        title=first.title,
        document=first.document,
        clause=first.clause,
        force=first.force,
        evidence=first.evidence,
        valid_from=first.valid_from,
        valid_to=first.valid_to,
        value=decimal_of(first.value),
        text=first.value if isinstance(first.value, str) else "",
        unit=first.unit,
        keys={each.key: str(each.value) for each in listed if each.key},
    )


def decimal_of(value: object) -> Decimal | None:
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return None


def entered_limit(row: Parameter) -> Limit:
    """A row of the policy register; shares stand there in per cent."""
    value = row.value
    if value is not None and row.unit == "%":
        value = value / PER_CENT
    return Limit(
        name=row.name,
        title=row.title,
        document=row.source,
        clause=row.place,
        force=row.force,
        evidence=row.evidence,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        value=value,
        unit="比例" if row.unit == "%" else row.unit,
    )
