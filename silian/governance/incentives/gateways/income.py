"""How regions treat rewards and income: the clauses of the place, else the national law."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

from silian_engines.policy_rules.provisions import Provision
from silian_engines.policy_rules.rulebook import rulebook

from silian.governance.incentives.choices.income import IncomeKind
from silian.governance.incentives.gateways.appropriation import registered, registered_number
from silian.governance.incentives.gateways.rulebook import computed, place_of, rule_of
from silian.governance.incentives.rules.appropriation import Number
from silian.governance.incentives.rules.income import LeastReward, Treatment

IN_TOTAL, LIMITED, IN_BASE = (
    "reward_in_performance_total",
    "reward_limited_by_total",
    "reward_in_base",
)
LISTED_APART = "separately_listed_income"
SHARE, NOTICE_DAYS = "income_share_for_performance", "price_notice_days"
HUNDRED = 100


def provision(name: str, *, division: str, on: datetime.date, key: str = "") -> Provision | None:
    """The nearest provision that is set, of the place or the nation."""
    place = place_of(division).code
    found = rulebook().effective(place, on, datetime.date.max).of(name)
    row = found.get(key) if key else next(iter(found.values()), None)
    return row if row is not None and row.is_set else None


def source(row: Provision) -> str:
    return f"{row.document} {row.clause}".strip()


def treatment_of(kind: str, *, division: str, on: datetime.date) -> Treatment:
    """How a kind stands to total, cap and base; without a clause it is 未设定 (归类)."""
    if kind != IncomeKind.CONVERSION:
        label = str(IncomeKind(kind).label)
        row = provision(LISTED_APART, division=division, on=on, key=label)
        if row is None or row.value is not True:
            return Treatment()
        return Treatment(in_total=False, limited=False, in_base=False, clause=source(row))
    rows = [provision(name, division=division, on=on) for name in (IN_TOTAL, LIMITED, IN_BASE)]
    if any(row is None for row in rows):
        return Treatment()
    in_total, limited, in_base = (bool(row.value) for row in rows if row is not None)
    clause = source(rows[0]) if rows[0] is not None else ""
    return Treatment(in_total=in_total, limited=limited, in_base=in_base, clause=clause)


def treatments(*, division: str, on: datetime.date) -> dict[str, Treatment]:
    """Every kind with its clause on the day."""
    return {kind.value: treatment_of(kind.value, division=division, on=on) for kind in IncomeKind}


def income_share(*, division: str, on: datetime.date) -> Number:
    """The share of school income that may feed performance pay, in per cent; open until set.

    Basis: 001 19 一定比例.
    """
    row = registered([SHARE], division=division, on=on).get(SHARE)
    if row is not None:
        found = registered_number(row)
        return found
    stated = provision(SHARE, division=division, on=on)
    if stated is None or not isinstance(stated.value, Fraction):
        return Number()
    value = Decimal(stated.value.numerator) * HUNDRED / Decimal(stated.value.denominator)
    return Number(value=value, source=source(stated))


def notice_days(*, division: str, on: datetime.date) -> Number:
    """How many days such a notice lasts where the region set it (公示天数)."""
    return registered_number(registered([NOTICE_DAYS], division=division, on=on).get(NOTICE_DAYS))


def least_reward(
    *, way: str, gain: Decimal, reward: Decimal, division: str, on: datetime.date
) -> LeastReward | None:
    """The lower bound where nothing was agreed (奖励下限).

    Basis: 促进科技成果转化法第四十五条.
    """
    rule = rule_of(rule="TR-03", place=place_of(division).code, on=on)
    if rule is None:
        return None
    outcome = computed(rule=rule, facts={"way": way, "gain": gain, "reward": reward})
    least, gate = outcome.values["least_reward"], outcome.gates[0]
    if not isinstance(least, Decimal):
        return None
    return LeastReward(
        least=least, word=gate.word, clause=source(gate.provision) if gate.provision else "",
        required=f"{least:,.2f} 元", missing=max(Decimal(0), least - reward),
    )  # fmt: skip


def taxable_reward(
    amount: Decimal, *, division: str, on: datetime.date
) -> tuple[Decimal, str] | None:
    """What counts into the month's wage where the payer qualifies, with the clause (个人所得税).

    Basis: N52、财税〔2018〕58号第一条.
    """
    rule = rule_of(rule="R10", place=place_of(division).code, on=on)
    if rule is None:
        return None
    outcome = computed(rule=rule, facts={"cash_reward": amount, "is_non_profit": True})
    taxable, gate = outcome.values["taxable"], outcome.gates[0]
    if not isinstance(taxable, Decimal) or gate.provision is None:
        return None
    return taxable, source(gate.provision)
