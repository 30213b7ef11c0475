"""The rules of appropriation and surcharge as a region has them (规则库).

What officials registered for the region stands before the rulebook; what nobody set is 未设定.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from silian_engines.policy_rules.compiled_rule import CompiledRule
from silian_engines.policy_rules.errors import PolicyRuleError
from silian_engines.policy_rules.provisions import FORCES, NATIONAL, UNSET, Effective, Provision
from silian_engines.policy_rules.rulebook import rulebook

from silian.governance.incentives.rules.appropriation import Number
from silian.governance.incentives.rules.surcharge import Verdict
from silian.registers.policies.models.parameters import Parameter
from silian.registers.policies.queries.parameters import nearest, unissued

FORMULA, SHARE = "S60", "R05"
BASE, WEIGHT, FACTOR = "appropriation_per_student", "programme_cost_weight", "performance_factor"
SURCHARGE = "surcharge_vocational_share"
HUNDRED = 100
Own = dict[str, dict[str | None, Provision]]


def in_force(division: str, on: datetime.date) -> tuple[str, Effective]:
    """The place whose provisions count; one that GB/T 2260 does not have follows the nation."""
    try:
        return division, rulebook().effective(division, on, datetime.date.max)
    except PolicyRuleError:
        return NATIONAL, rulebook().effective(NATIONAL, on, datetime.date.max)


@lru_cache(maxsize=1024)
def appropriation_rule(
    division: str, on: datetime.date, base: Decimal, weight: Decimal, factor: Decimal
) -> CompiledRule:
    """The formula with the region's numbers put in."""
    place, effective = in_force(division, on)
    values = {BASE: base, WEIGHT: weight, FACTOR: factor}
    own: Own = {name: {None: stated(name, value, on)} for name, value in values.items()}
    rule = rulebook().definitions(jurisdiction=place)[FORMULA]
    return CompiledRule(rule=rule, effective=replace(effective, by_id={**effective.by_id, **own}))


def stated(name: str, value: Decimal, on: datetime.date) -> Provision:
    """A number that the region set by a document kept beside the line."""
    return Provision(
        id=name, jurisdiction=NATIONAL, title=name, unit="", force="mandatory", kind="open",
        document="", clause="", evidence="", valid_from=on, known_from=on,
        review_by=datetime.date.max, value=Fraction(value),
    )  # fmt: skip


def amount_of(
    *, students: int, base: Number, weight: Number, factor: Number, division: str,
    on: datetime.date,
) -> tuple[Decimal | None, str]:  # fmt: skip
    """The amount of one line to the cent with the version of the rule; None while open."""
    if base.value is None or weight.value is None or factor.value is None:
        return None, ""
    rule = appropriation_rule(division, on, base.value, weight.value, factor.value)
    found = rule.compute(facts={"students": students}).values["appropriation"]
    assert isinstance(found, Decimal)
    return found, rule.version


def registered(names: Iterable[str], *, division: str, on: datetime.date) -> dict[str, Parameter]:
    """What the policy register has set for the region or above, by name."""
    rows = Parameter.objects.filter(name__in=list(names), key="").exclude(document__in=unissued())
    return {row.name: row for row in nearest(rows, division=division, on=on) if row.is_set}


def registered_number(row: Parameter | None) -> Number:
    if row is None or row.value is None:
        return Number()
    return Number(value=row.value, source=f"{row.source} {row.place}".strip())


def surcharge_verdict(
    *,
    receipts: Decimal,
    used: Decimal,
    division: str,
    on: datetime.date,
    entered: Provision | None = None,
) -> Verdict:
    """What the rule in force on the last day of the year says (地方教育附加比例核对)."""
    rule = share_rule(division, on, entered)
    if rule is None or not receipts:
        return Verdict(word=UNSET if rule is None else "本年没有征收")
    outcome = rule.compute(facts={"surcharge": receipts, "vocational_use": used})
    gate, source = outcome.gates[0], outcome.gates[0].provision
    required, missing = outcome.values["required"], outcome.values["missing"]
    return Verdict(
        word=gate.word,
        required=per_cent(source),
        amount=required if isinstance(required, Decimal) else None,
        missing=missing if isinstance(missing, Decimal) and missing > 0 else None,
        clause=f"{source.document} {source.clause}".strip() if source else "",
        force=FORCES[source.force] if source else "",
    )


@lru_cache(maxsize=256)
def share_rule(division: str, on: datetime.date, entered: Provision | None) -> CompiledRule | None:
    place, effective = in_force(division, on)
    if entered:
        own: Own = {SURCHARGE: {None: entered}}
        effective = replace(effective, by_id={**effective.by_id, **own})
    rule = rulebook().definitions(jurisdiction=place).get(SHARE)
    if rule is None or not effective.of(SURCHARGE):
        return None
    return CompiledRule(rule=rule, effective=effective)


def entered_shares(
    divisions: Iterable[str], *, region: str, on: datetime.date
) -> dict[str, Provision | None]:
    """What the register has for each division; one question for all without a row of their own."""
    rows = Parameter.objects.filter(name=SURCHARGE, division_id__in=list(divisions))
    own = set(rows.values_list("division_id", flat=True))
    usual = entered_share(region, on)
    return {place: entered_share(place, on) if place in own else usual for place in divisions}


def entered_share(division: str, on: datetime.date) -> Provision | None:
    """The share as the region's register has it; shares stand there in per cent."""
    row = registered([SURCHARGE], division=division, on=on).get(SURCHARGE)
    if row is None or row.value is None:
        return None
    value = Fraction(row.value) / HUNDRED if row.unit in ("%", "比例") else Fraction(row.value)
    return Provision(
        id=SURCHARGE, jurisdiction=row.division_id, title=row.title, unit="比例", force=row.force,
        kind="threshold", document=row.source, clause=row.place, evidence=row.evidence,
        valid_from=row.valid_from, known_from=row.valid_from,
        review_by=row.review_by or datetime.date.max, value=value,
        comparator=row.comparator or ">=", number=row.code,
    )  # fmt: skip


def per_cent(source: Provision | None) -> str:
    if source is None or not isinstance(source.value, Fraction):
        return UNSET
    value = Decimal(source.value.numerator) * HUNDRED / Decimal(source.value.denominator)
    return f"{value.normalize():f}%"
