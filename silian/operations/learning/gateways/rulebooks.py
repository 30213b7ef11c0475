"""What the policies in force say of a year's training fund (规则册核对).

The rules and their numbers come from ``rulebooks/``; rows that officials entered for the region
stand before them. What nobody set is 未设定 and judges nothing.
"""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from silian_engines.policy_rules.compiled_rule import CompiledRule, Outcome
from silian_engines.policy_rules.errors import PolicyRuleError
from silian_engines.policy_rules.provisions import FORCES, NATIONAL, UNSET, Provision
from silian_engines.policy_rules.rulebook import rulebook

from silian.operations.learning.rules.figures import Figures
from silian.operations.learning.rules.verdicts import Collection, Deduction, Verdict, in_per_cent
from silian.registers.policies.models.parameters import Parameter
from silian.registers.policies.queries.parameters import nearest, unissued

EXTRACTION, FRONTLINE, DEDUCTION, COLLECTION = "R06", "R01", "R07", "TX-13"
NAMES = ("fund_extraction_band", "frontline_share", "staff_education_cap")
RATIOS = {EXTRACTION: "rate", FRONTLINE: "share"}
MISSING = {"enough": "missing", "within": "above", "frontline": "missing"}
EMPLOYMENT_LAW = "就业促进法 第六十七条"
HUNDRED = 100
Entered = tuple[Provision, ...]


def verdicts_on(
    figures: Figures, *, division: str, on: datetime.date, entered: Entered | None = None
) -> list[Verdict]:
    """Every gate of the fund's rules for one return (核对结论).

    Who asks for many returns of one place and day reads ``entered`` once.
    """
    entered = entered_provisions(division, on=on) if entered is None else entered
    facts = {
        EXTRACTION: {"wages": figures.wages, "extracted": figures.extracted},
        FRONTLINE: {
            "training_fund": figures.extracted,
            "frontline_spent": figures.frontline_spent,
        },
    }
    found: list[Verdict] = []
    for rule_id, given in facts.items():
        rule = compiled(rule_id, division, on, entered)
        if rule is None:
            found.append(unset_verdict(rule_id))
        else:
            found += verdicts_of(rule_id, rule.compute(facts=given))
    return found


def deduction_of(
    figures: Figures, *, division: str, on: datetime.date, entered: Entered | None = None
) -> Deduction | None:
    """What may be deducted and what is carried on; None where the rule is not set (税前扣除)."""
    entered = entered_provisions(division, on=on) if entered is None else entered
    rule = compiled(DEDUCTION, division, on, entered)
    if rule is None:
        return None
    facts = {
        "wages": figures.wages,
        "spent": figures.spent,
        "carried_in": figures.carried_in,
    }
    values = rule.compute(facts=facts).values
    limit, deducted, carry_out = (values[name] for name in ("limit", "deducted", "carry_out"))
    if not (
        isinstance(limit, Decimal)
        and isinstance(deducted, Decimal)
        and isinstance(carry_out, Decimal)
    ):
        return None
    provision = next(iter(rule.effective.of(NAMES[2]).values()))
    return Deduction(
        limit=limit,
        deducted=deducted,
        carry_out=carry_out,
        rate=asked(provision),
        clause=f"{provision.document} {provision.clause}".strip(),
    )


def collection_of(
    figures: Figures, *, shortfall: Decimal, refused: bool, division: str, on: datetime.date
) -> Collection | None:
    """What is to be collected after a refusal; None where no rule stands or nothing is missing.

    Basis: 《职业教育法》第六十四条、《就业促进法》第六十七条.
    """
    rule = compiled(COLLECTION, division, on, ())
    if rule is None or shortfall <= 0:
        return None
    due = figures.extracted + shortfall
    facts = {"due": due, "paid": figures.extracted, "refused_to_correct": refused}
    amount = rule.compute(facts=facts).values["collected"]
    if not isinstance(amount, Decimal) or amount <= 0:
        return None
    provision = next(iter(rule.effective.of("fund_shortfall_collected").values()))
    return Collection(
        rule=COLLECTION,
        due=due,
        paid=figures.extracted,
        amount=amount,
        clause=f"{provision.document} {provision.clause}；{EMPLOYMENT_LAW}",
    )


def verdicts_of(rule_id: str, outcome: Outcome) -> list[Verdict]:
    values = outcome.values
    found = []
    for gate in outcome.gates:
        source = gate.provision
        missing = values.get(MISSING.get(gate.gate.name, ""))
        found.append(
            Verdict(
                rule=rule_id,
                gate=gate.gate.name,
                title=gate.gate.title,
                word=gate.word,
                value=in_per_cent(values.get(RATIOS[rule_id])),
                required=asked(source) if source else UNSET,
                missing=missing if isinstance(missing, Decimal) and missing > 0 else None,
                clause=f"{source.document} {source.clause}".strip() if source else "",
                force=FORCES[source.force] if source else "",
                cure="" if gate.passed else gate.gate.cure,
            )
        )
    return found


def unset_verdict(rule_id: str) -> Verdict:
    """Nobody has set a number here: shown, judged by nobody."""
    title = rulebook().definitions(jurisdiction=NATIONAL)[rule_id].title
    return Verdict(rule=rule_id, gate="unset", title=title, word=UNSET, required=UNSET)


@lru_cache(maxsize=512)
def compiled(
    rule_id: str, division: str, on: datetime.date, entered: tuple[Provision, ...]
) -> CompiledRule | None:
    """A rule as the region has it; places that GB/T 2260 does not have follow the nation."""
    place = division
    try:
        effective = rulebook().effective(place, on, datetime.date.max)
    except PolicyRuleError:
        place = NATIONAL
        effective = rulebook().effective(place, on, datetime.date.max)
    own: dict[str, dict[str | None, Provision]] = {each.id: {None: each} for each in entered}
    effective = replace(effective, by_id={**effective.by_id, **own})
    rule = rulebook().definitions(jurisdiction=place).get(rule_id)
    if rule is None or not effective.of(rule.basis[0]):
        return None
    return CompiledRule(rule=rule, effective=effective)


def entered_provisions(division: str, *, on: datetime.date) -> tuple[Provision, ...]:
    """What officials of the region or above entered in the policy register, as provisions."""
    rows = Parameter.objects.filter(name__in=NAMES, key="").exclude(document__in=unissued())
    return tuple(provision_of(row) for row in nearest(rows, division=division, on=on) if row.is_set)


def provision_of(row: Parameter) -> Provision:
    low, high, value = (fraction(row, name) for name in ("low", "high", "value"))
    return Provision(
        id=row.name,
        jurisdiction=row.division_id,
        title=row.title,
        unit="比例",
        force=row.force,
        kind="threshold",
        document=row.source,
        clause=row.place,
        evidence=row.evidence,
        valid_from=row.valid_from,
        known_from=row.valid_from,
        review_by=row.review_by or datetime.date.max,
        valid_to=row.valid_to,
        value=value,
        low=low,
        high=high,
        comparator=row.comparator or ">=",
        number=row.code,
    )


def fraction(row: Parameter, name: str) -> Fraction | None:
    """Shares stand in the policy register in per cent."""
    value = getattr(row, name)
    if value is None:
        return None
    return Fraction(value) / HUNDRED if row.unit in ("%", "比例") else Fraction(value)


def asked(provision: Provision) -> str:
    """The number of a provision as people write it: 60%, 1.5%—2.5%."""
    ends: list[Any] = [provision.low, provision.high]
    if not any(end is not None for end in ends):
        ends = [provision.value]
    shown = [
        in_per_cent(Decimal(end.numerator) / Decimal(end.denominator))
        for end in ends
        if isinstance(end, Fraction)
    ]
    return "—".join(shown) or UNSET
