"""Numbers of law from ``rulebooks/`` that kinds of agreement check (规则册参数)."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

from silian_engines.policy_rules.errors import PolicyRuleError
from silian_engines.policy_rules.provisions import NATIONAL
from silian_engines.policy_rules.rulebook import rulebook

from silian.registers.policies.queries.parameters import parameter_value


def number_in_force(*, code: str, name: str, division: str, on: datetime.date) -> Decimal | None:
    """The value for a division on a day: what its officials entered, else the rulebook's.

    Divisions that GB/T 2260 does not have (the demonstration city) follow the nation.
    """
    entered = parameter_value(code=code, name=name, division=division, on=on)
    if entered is not None and entered.value is not None:
        return entered.value
    try:
        effective = rulebook().effective(division, on, datetime.date.max)
    except PolicyRuleError:
        effective = rulebook().effective(NATIONAL, on, datetime.date.max)
    for provision in effective.by_id.get(name, {}).values():
        if isinstance(provision.value, Fraction):
            return Decimal(provision.value.numerator) / Decimal(provision.value.denominator)
    return None
