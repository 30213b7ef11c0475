"""What a claim comes to by its own rule: planned, due, in advance, item by item (申领金额)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from silian_engines.policy_rules.compiled_rule import Outcome
from silian_engines.policy_rules.errors import FactsRefused
from silian_engines.policy_rules.results import GateOutcome

from silian.foundation.kernel.errors import DomainError
from silian.governance.incentives.choices.claims import ClaimScheme
from silian.governance.incentives.gateways.claim_rules import ClaimRule, kept_rule
from silian.governance.incentives.models import Claim
from silian.governance.incentives.queries.calculations import Answer, answer_of

ZERO = Decimal(0)
ASSESSED = "passed_assessment"


class Counted(Protocol):
    """What is counted: a stored item or one drafted from the registers."""

    @property
    def units(self) -> Decimal: ...
    @property
    def level(self) -> str: ...
    @property
    def occupation(self) -> str: ...
    @property
    def counts(self) -> bool: ...
    @property
    def facts(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True, kw_only=True)
class ItemAmount:
    """What one item comes to: by the plan, and as it stands (明细金额)."""

    planned: Decimal = ZERO
    due: Decimal = ZERO


@dataclass(frozen=True, kw_only=True)
class ClaimAmounts:
    """The amounts of a claim with their reasons (申领测算).

    ``due`` is what the unit may have now; ``to_pay`` and ``to_recover`` compare it with what was
    paid. ``items`` stand in the order of what was given. ``unknown`` names facts that are missing:
    until they are there, nothing is due for them.
    """

    planned: Decimal
    advance_limit: Decimal
    due: Decimal
    to_pay: Decimal
    to_recover: Decimal
    items: tuple[ItemAmount, ...]
    rule_version: str
    answer: Answer
    gates: tuple[GateOutcome, ...]
    unknown: tuple[str, ...] = ()


def amounts_of(
    *,
    rule: ClaimRule,
    items: Sequence[Counted],
    facts: Mapping[str, Any] | None = None,
    advance_paid: Decimal = ZERO,
) -> ClaimAmounts:
    """The amounts of items by the rule of their claim, never by a newer one (申领测算).

    ``facts`` holds ``passed_assessment`` of an internship claim: true, false, or None while there
    is no assessment yet. Items that do not count come to nothing.
    """
    given = dict(facts or {})
    counted = [each for each in items if each.counts]
    outcome = computed(rule, counted, given, advance_paid)
    planned, due = totals(rule.scheme, outcome)
    return ClaimAmounts(
        planned=planned,
        advance_limit=amount(outcome, "advance_limit"),
        due=due,
        to_pay=max(ZERO, due - advance_paid),
        to_recover=max(ZERO, advance_paid - due),
        items=item_amounts(rule, items, given),
        rule_version=rule.version,
        answer=answer_of(outcome),
        gates=tuple(outcome.gates),
        unknown=unknown_facts(rule.scheme, given),
    )


def rule_of_claim(claim: Claim) -> ClaimRule:
    """The rule that the claim keeps since it was drafted or handed in."""
    place = claim.call.place
    kept = claim.facts["rule"]
    rule = kept_rule(scheme=claim.call.scheme, place=place, on=claim.rule_on, kept=kept)
    if rule is None:
        raise DomainError(
            f"规则库中没有这份申领适用的规则 {claim.rule}。请联系系统管理员核对规则库。"
        )
    return rule


def amounts_of_claim(
    claim: Claim, *, items: Sequence[Counted] | None = None, advance_paid: Decimal = ZERO
) -> ClaimAmounts:
    """The amounts of a claim on its frozen facts, or on other items (按原规则测算)."""
    rows: Sequence[Counted] = list(claim.items.order_by("pk")) if items is None else items
    return amounts_of(
        rule=rule_of_claim(claim), items=rows, facts=claim.facts, advance_paid=advance_paid
    )


def computed(
    rule: ClaimRule, items: Sequence[Counted], facts: Mapping[str, Any], advance_paid: Decimal
) -> Outcome:
    """The outcome of the scheme's rule; facts that do not fit are refused with a sentence."""
    try:
        given = FACTS[rule.scheme](items, facts, advance_paid)
        if rule.is_raised:
            for row, each in zip(given["apprentices"], items, strict=True):
                row["is_scarce"] = each.occupation in rule.scarce
        return rule.compiled.compute(facts=given)
    except FactsRefused as refusal:
        raise DomainError(str(refusal)) from refusal


def internship_facts(
    items: Sequence[Counted], facts: Mapping[str, Any], advance_paid: Decimal
) -> dict[str, Any]:
    months = sum((each.units for each in items), ZERO)
    return {"student_months": f"{months:.0f}", ASSESSED: facts.get(ASSESSED) is True}


def apprenticeship_facts(
    items: Sequence[Counted], facts: Mapping[str, Any], advance_paid: Decimal
) -> dict[str, Any]:
    rows = [
        {
            "level": each.level,
            "years": f"{each.units:.1f}",
            "completed": each.facts.get("completed") is True,
        }
        for each in items
    ]
    return {"apprentices": rows, "advance_paid": f"{advance_paid:.2f}"}


def award_facts(
    items: Sequence[Counted], facts: Mapping[str, Any], advance_paid: Decimal
) -> dict[str, Any]:
    return {"results": [{"kind": each.level, "pieces": f"{each.units:.0f}"} for each in items]}


FACTS = {
    ClaimScheme.INTERNSHIP: internship_facts,
    ClaimScheme.APPRENTICESHIP: apprenticeship_facts,
    ClaimScheme.INNOVATION: award_facts,
}
RESULTS = {
    ClaimScheme.INTERNSHIP: ("subsidy_if_passed", "subsidy"),
    ClaimScheme.APPRENTICESHIP: ("planned", "due"),
    ClaimScheme.INNOVATION: ("award", "award"),
}


def totals(scheme: ClaimScheme, outcome: Outcome) -> tuple[Decimal, Decimal]:
    """What the plan comes to and what is due, as the scheme's rule calls them."""
    planned, due = RESULTS[scheme]
    return amount(outcome, planned), amount(outcome, due)


def amount(outcome: Outcome, name: str) -> Decimal:
    """A sum of money that the rule names; nothing where it has no such result."""
    value = outcome.values.get(name)
    return value if isinstance(value, Decimal) else ZERO


def item_amounts(
    rule: ClaimRule, items: Sequence[Counted], facts: Mapping[str, Any]
) -> tuple[ItemAmount, ...]:
    """Each item by itself; equal ones are computed once."""
    found: dict[tuple[Any, ...], ItemAmount] = {}
    amounts = []
    for each in items:
        scarce = each.occupation in rule.scarce
        key = (each.units, each.level, each.facts.get("completed"), scarce)
        if each.counts and key not in found:
            planned, due = totals(rule.scheme, computed(rule, [each], facts, ZERO))
            found[key] = ItemAmount(planned=planned, due=due)
        amounts.append(found[key] if each.counts else ItemAmount())
    return tuple(amounts)


def unknown_facts(scheme: ClaimScheme, facts: Mapping[str, Any]) -> tuple[str, ...]:
    missing = scheme == ClaimScheme.INTERNSHIP and facts.get(ASSESSED) is None
    return (ASSESSED,) if missing else ()
