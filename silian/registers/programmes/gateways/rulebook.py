"""The share of practice and the time of internship that a region demands, from the rulebook."""

from __future__ import annotations

import datetime
from fractions import Fraction
from functools import lru_cache

from silian_engines.policy_rules.errors import PolicyRuleError
from silian_engines.policy_rules.provisions import NATIONAL, Effective, Provision
from silian_engines.policy_rules.rulebook import rulebook

from silian.registers.programmes.rules.hours import UNSET, Limit

PRACTICE_SHARE = "practice_hours_share"
APPLIED_YEARS = "applied_practice_years"
MONTHS_OF_YEAR = "academic_year_months"


def practice_limit(*, division: str, on: datetime.date) -> Limit:
    """The least share of practice hours (实践性教学课时比例). Basis: N05 N20 N48 N63."""
    return limit_of(PRACTICE_SHARE, division=division, on=on)


def applied_years(*, division: str, on: datetime.date) -> Limit:
    """Least academic years of practice of applied undergraduates (实习实训学年). Basis: N62."""
    return limit_of(APPLIED_YEARS, division=division, on=on)


def academic_year_months(*, division: str, on: datetime.date) -> Limit:
    """How many months count as an academic year; most regions have not said (未设定)."""
    return limit_of(MONTHS_OF_YEAR, division=division, on=on)


@lru_cache(maxsize=1024)
def limit_of(name: str, *, division: str, on: datetime.date) -> Limit:
    """One provision of a region on a day, from the nearest level."""
    found = list(effective(division, on).of(name).values())
    return limit_from(found[0]) if found else UNSET


def effective(division: str, on: datetime.date) -> Effective:
    """What holds in a division; those that GB/T 2260 does not have follow the nation."""
    try:
        return rulebook().effective(division, on, datetime.date.max)
    except PolicyRuleError:
        return rulebook().effective(NATIONAL, on, datetime.date.max)


def limit_from(provision: Provision) -> Limit:
    value = provision.value if isinstance(provision.value, Fraction) else None
    return Limit(
        value=value,
        is_mandatory=not provision.is_soft,
        source=f"{provision.document}{provision.clause}",
    )
