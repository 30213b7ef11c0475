"""What was believed of a claim, and what its own rule gives on the facts of now (认定)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone

from silian.governance.incentives.choices.claims import ClaimScheme
from silian.governance.incentives.models import Claim, Recalculation
from silian.governance.incentives.queries.claim_amounts import amounts_of_claim
from silian.governance.incentives.queries.claim_sources import items_now, keyed
from silian.governance.incentives.rules.claim_money import ZERO, Belief, Head, belief_from


def first_belief(claim: Claim) -> Belief:
    """What was handed in and approved, person by person (申领时认定)."""
    items = [item for item in claim.items.order_by("pk") if item.counts]
    heads = heads_of(items, [item.amount for item in items])
    known = claim.submitted_at or claim.created_at
    return Belief(
        known_on=timezone.localdate(known),
        heads=heads,
        rule_version=claim.rule_version,
        total=sum((head.amount for head in heads), ZERO),
        due_on=due_of(claim, items),
    )


def newest_recalculation(claim: Claim) -> Recalculation | None:
    return claim.recalculations.order_by("-made_at", "-pk").first()


def last_belief(claim: Claim) -> Belief:
    """What was believed last, whatever followed from it (最近认定)."""
    newest = newest_recalculation(claim)
    return belief_from(newest.after) if newest else first_belief(claim)


def belief_on(claim: Claim, *, known_on: datetime.date) -> Belief:
    """What was believed of the claim on a day (当时认定)."""
    rows = claim.recalculations.filter(made_at__date__lte=known_on).order_by("-made_at", "-pk")
    newest = rows.first()
    return belief_from(newest.after) if newest else first_belief(claim)


def belief_now(claim: Claim, *, on: datetime.date, settled: bool = False) -> Belief:
    """The claim on the facts of now, by the rule it keeps, never by a newer one (按现有事实).

    ``settled`` counts what is due, person by person; else what is planned. Whom a reviewer struck
    stays struck.
    """
    items = [item for item in items_now(claim, on=on) if item.counts]
    amounts = amounts_of_claim(claim, items=items)
    parts = [each.due if settled else each.planned for each in amounts.items]
    return Belief(
        known_on=on,
        heads=heads_of(items, parts),
        rule_version=claim.rule_version,
        total=amounts.due if settled else amounts.planned,
        due_on=due_of(claim, items),
    )


def advance_limit_now(claim: Claim, *, on: datetime.date) -> Decimal:
    """What may be paid in advance on the facts of now (预支上限)."""
    items = [item for item in items_now(claim, on=on) if item.counts]
    return amounts_of_claim(claim, items=items).advance_limit


def heads_of(items: Sequence[Any], amounts: Sequence[Decimal]) -> tuple[Head, ...]:
    """Each item with its amount, under the key by which it is found again."""
    by_key = keyed(items)
    return tuple(
        Head(
            key=":".join(map(str, key)),
            label=item.label,
            amount=amount,
            units=units_of(item),
            facts=dict(item.facts),
        )
        for (key, item), amount in zip(by_key.items(), amounts, strict=True)
    )


def units_of(item: Any) -> str:
    return f"{item.units.normalize():f} {item.unit}".strip()


def due_of(claim: Claim, items: Sequence[Any]) -> datetime.date | None:
    """The day by which the last intern's months are complete; breaks move it (应拨付日)."""
    if claim.call.scheme != ClaimScheme.INTERNSHIP:
        return None
    return max((item.ends_on for item in items), default=None)
