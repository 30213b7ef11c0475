"""What rule S63 says of a land case, and how the cases of a region stand."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from silian.foundation.kernel.actors import Actor
from silian.governance.incentives.choices.land import (
    ENDED_LAND,
    SCHOOL_INVESTORS,
    LandState,
    SupplyMode,
)
from silian.governance.incentives.gateways.rulebook import computed, place_of, rule_of
from silian.governance.incentives.models.land import LandCase
from silian.governance.incentives.permissions.land import (
    land_cases_visible_to,
    land_offices_of,
)
from silian.governance.incentives.rules.land import Eligibility, LandGate, modes_open

RULE, ALLOCATION = "S63", "allocation"


def eligibility_of(case: LandCase, *, on: datetime.date) -> Eligibility:
    """How the project may get its land by the rule of its place (供地资格).

    Basis: S63 (L13 and Q13) of the rulebook; what is unknown is named, never guessed.
    """
    place = place_of(case.division_id)
    rule = rule_of(rule=RULE, place=place.code, on=on)
    if rule is None or not rule.effective.of(rule.rule.basis[0]):
        return Eligibility(
            place=place.name,
            has_rule=False,
            managed_as_education=None,
            modes=modes_open(allocation=None),
        )
    is_project = case.is_school and case.investor in SCHOOL_INVESTORS
    missing = () if case.in_catalogue is not None else ("是否符合《划拨用地目录》",)
    facts = {"is_school_project": is_project, "in_catalogue": bool(case.in_catalogue)}
    outcome = computed(rule=rule, facts=facts)
    gates = tuple(
        LandGate(
            title=gate.gate.title,
            passed=None if missing and gate.gate.name == ALLOCATION and is_project else gate.passed,
            clause=f"{gate.provision.document} {gate.provision.clause}" if gate.provision else "",
            cure="" if gate.passed else gate.gate.cure,
        )
        for gate in outcome.gates
    )
    allocation = next((gate.passed for gate in outcome.gates if gate.gate.name == ALLOCATION), None)
    return Eligibility(
        place=place.name,
        has_rule=True,
        managed_as_education=bool(outcome.values.get("managed_as_education")),
        modes=modes_open(allocation=allocation and not missing),
        gates=gates,
        missing=missing,
        version=rule.version,
    )


def frozen_eligibility(found: Eligibility) -> dict[str, Any]:
    """The verdicts as they are kept with the plan."""
    return {
        "place": found.place,
        "has_rule": found.has_rule,
        "managed_as_education": found.managed_as_education,
        "modes": [str(mode) for mode in found.modes],
        "mode_words": "、".join(SupplyMode(mode).label for mode in found.modes),
        "gates": [
            {"title": gate.title, "passed": gate.passed, "clause": gate.clause, "cure": gate.cure}
            for gate in found.gates
        ],
        "version": found.version,
    }


def cases_for_list(rows: QuerySet[LandCase]) -> QuerySet[LandCase]:
    return rows.select_related("applicant", "division")


@dataclass(frozen=True, kw_only=True)
class LandNumbers:
    """How many cases stand where, and how much land was supplied (用地统计)."""

    cases: int
    waiting: int
    late: int
    supplied: Decimal


def land_numbers(actor: Actor, *, on: datetime.date) -> LandNumbers:
    rows = land_cases_visible_to(actor)
    waiting = ~Q(state__in=sorted(ENDED_LAND))
    granted = Q(state__in=[LandState.SUPPLIED, LandState.HANDED_OVER])
    found = rows.aggregate(
        cases=Count("pk"),
        waiting=Count("pk", filter=waiting),
        late=Count("pk", filter=waiting & Q(due_on__lt=on)),
        supplied=Sum("area", filter=granted),
    )
    return LandNumbers(
        cases=found["cases"],
        waiting=found["waiting"],
        late=found["late"],
        supplied=found["supplied"] or Decimal(0),
    )


def cases_to_handle(actor: Actor) -> QuerySet[LandCase]:
    """Cases whose next step is the actor's office's (待办用地)."""
    regions = Q(pk__in=[])
    for office in land_offices_of(actor):
        regions |= Q(division__path__contains=[office.division_id])
    rows = LandCase.objects.filter(regions).exclude(state__in=sorted(ENDED_LAND))
    return cases_for_list(rows).order_by("due_on", "pk")
