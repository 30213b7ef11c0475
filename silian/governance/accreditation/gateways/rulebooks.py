"""Numbers of law from ``rulebooks/``, with where they stand (规则册参数)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from silian_engines.policy_rules.errors import PolicyRuleError
from silian_engines.policy_rules.provisions import NATIONAL, Provision
from silian_engines.policy_rules.rulebook import rulebook


@dataclass(frozen=True, kw_only=True)
class Standard:
    """A value in force, and the document and clause that say so (标准)."""

    value: Decimal
    source: str


def standard_in_force(*, name: str, division: str, on: datetime.date) -> Standard | None:
    """The value of a parameter for a division on a day; None where nothing certain is known.

    Divisions that GB/T 2260 does not have (the demonstration city) follow the nation. What is
    known from memory only decides nothing.
    """
    for provision in provisions_named(name, division=division, on=on):
        if isinstance(provision.value, Fraction) and not provision.is_uncertain:
            value = Decimal(provision.value.numerator) / Decimal(provision.value.denominator)
            return Standard(value=value, source=f"{provision.document}{provision.clause}")
    return None


def provisions_named(name: str, *, division: str, on: datetime.date) -> list[Provision]:
    try:
        effective = rulebook().effective(division, on, datetime.date.max)
    except PolicyRuleError:
        effective = rulebook().effective(NATIONAL, on, datetime.date.max)
    return list(effective.of(name).values())
