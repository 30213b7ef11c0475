"""The days by which a city consortium files, from the rulebook or as officials set them."""

from __future__ import annotations

import datetime
from fractions import Fraction

from silian_engines.policy_rules.errors import PolicyRuleError
from silian_engines.policy_rules.provisions import NATIONAL, Effective, Provision
from silian_engines.policy_rules.rulebook import rulebook

from silian.operations.alliances.rules.duties import DutyDays
from silian.registers.policies.queries.parameters import parameter_value

CODE = "CO-01"
PLAN, SELF_ASSESSMENT = "consortium_plan_due", "consortium_self_assessment_due"
REMOVAL = "consortium_removal_years"
MONTH, DAY = "月", "日"


def duty_days(*, division: str, on: datetime.date) -> DutyDays:
    """When plan and self-assessment of a year are due in a region (年度报送期限).

    Basis: 教职成厅函〔2023〕23号.
    """
    years = number(REMOVAL, division=division, on=on)
    return DutyDays(
        plan=month_and_day(PLAN, division=division, on=on),
        self_assessment=month_and_day(SELF_ASSESSMENT, division=division, on=on),
        years_until_removal=years,
        basis=basis_of(PLAN, division=division, on=on),
    )


def month_and_day(name: str, *, division: str, on: datetime.date) -> tuple[int, int] | None:
    month = number(name, key=MONTH, division=division, on=on)
    day = number(name, key=DAY, division=division, on=on)
    return (month, day) if month and day else None


def number(name: str, *, division: str, on: datetime.date, key: str = "") -> int | None:
    """What officials of the region or above set, else the rulebook's; None when unset."""
    entered = parameter_value(code=CODE, name=name, key=key, division=division, on=on)
    if entered is not None and entered.value is not None:
        return int(entered.value)
    found = provisions(name, division=division, on=on).get(key or None)
    value = found.value if found else None
    return int(value) if isinstance(value, Fraction) else None


def provisions(name: str, *, division: str, on: datetime.date) -> dict[str | None, Provision]:
    return effective(division, on).of(name)


def basis_of(name: str, *, division: str, on: datetime.date) -> str:
    found = list(provisions(name, division=division, on=on).values())
    return f"{found[0].document}{found[0].clause}" if found else ""


def effective(division: str, on: datetime.date) -> Effective:
    """What holds in a division; those that GB/T 2260 does not have follow the nation."""
    try:
        return rulebook().effective(division, on, datetime.date.max)
    except PolicyRuleError:
        return rulebook().effective(NATIONAL, on, datetime.date.max)
