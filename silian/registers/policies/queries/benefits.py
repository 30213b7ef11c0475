"""Preferential policies: the public list, the guide, and whether an organisation meets one."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.reference.jurisdictions import widening
from silian.registers.organisations.models import Organisation
from silian.registers.policies.choices import Audience, BenefitKind, BenefitState, ConditionFact
from silian.registers.policies.models.benefits import (
    Benefit,
    BenefitCondition,
    BenefitListEdition,
)
from silian.registers.policies.permissions.benefits import (
    ON_TABLE,
    benefits_visible_to,
    public_benefits,
)
from silian.registers.policies.rules.benefit_eligibility import (
    CheckResult,
    Condition,
    OrganisationFacts,
    checked,
)

NATION = "000000"
SHOWN_EDITIONS = 3
AUDIENCE_KEY, REGION_KEY = -1, -2  # conditions that the benefit itself implies


@dataclass(frozen=True, kw_only=True)
class BenefitQuestion:
    """What a reader of the list asks (筛选条件)."""

    text: str = ""
    kinds: Sequence[str] = ()
    audiences: Sequence[str] = ()
    divisions: Sequence[str] = ()
    shows_ended: bool = False


def benefit_rows(question: BenefitQuestion, *, on: datetime.date) -> QuerySet[Benefit]:
    """The published benefits that answer the question, in force unless asked otherwise."""
    rows = public_benefits()
    rows = rows if question.shows_ended else rows.in_force(on=on)  # type: ignore[attr-defined]
    if question.kinds:
        rows = rows.filter(kind__in=question.kinds)
    if question.audiences:
        rows = rows.filter(audiences__overlap=list(question.audiences))
    if question.divisions:
        places = Q(pk__in=[])
        for code in question.divisions:
            places |= Q(division__code__startswith=subtree_prefix(code))
        rows = rows.filter(places)
    for word in question.text.split()[:6]:
        rows = rows.filter(
            Q(title__icontains=word) | Q(given__icontains=word) | Q(authority__icontains=word)
        )
    return rows.select_related("division", "clause__document", "parameter")


def benefit_counts(*, on: datetime.date) -> dict[str, int]:
    """How many benefits of each kind are in force."""
    kinds = public_benefits().in_force(on=on).order_by().values_list("kind", flat=True)  # type: ignore[attr-defined]
    found = list(kinds)
    return {kind: found.count(kind) for kind in BenefitKind.values}


def with_guide(rows: QuerySet[Benefit]) -> QuerySet[Benefit]:
    """With all that the guide shows, in a constant number of queries."""
    conditions = BenefitCondition.objects.select_related("clause__document").order_by("order")
    return rows.select_related(
        "division", "owner", "clause__document", "parameter__division"
    ).prefetch_related(Prefetch("conditions", queryset=conditions), "materials", "steps")


def conditions_of(benefit: Benefit) -> list[Condition]:
    """What must hold: the audience and the region, then the conditions as written."""
    kinds = [value for value in benefit.audiences if value != Audience.PERSON]
    place = "" if benefit.division_id == NATION else benefit.division_id
    implied = [
        Condition(
            key=AUDIENCE_KEY,
            fact=ConditionFact.KIND,
            values=kinds,
            text=f"适用对象：{benefit.audience_words}",
        ),
        Condition(
            key=REGION_KEY,
            fact=ConditionFact.DIVISION,
            values=[place],
            text=f"登记地在{benefit.division.name}",
        ),
    ]
    written = [
        Condition(key=row.pk, fact=row.fact, values=row.values, text=row.text, cure=row.cure)
        for row in benefit.conditions.all()
    ]
    return implied + written


def facts_of_organisation(organisation: Organisation) -> OrganisationFacts:
    """What the register of organisations knows."""
    industry = organisation.industry
    return OrganisationFacts(
        kind=organisation.kind,
        size=organisation.size,
        above_scale=organisation.above_scale,
        industry_path=list(industry.path) if industry else [],
        chain=organisation.industry_chain,
        verified=organisation.is_verified,
        division=organisation.division_id,
    )


def own_organisation(actor: Actor) -> Organisation | None:
    """The organisation that the actor works for, with its industry."""
    rows = Organisation.objects.select_related("industry", "division")
    return rows.filter(pk=actor.organisation_id or 0).first()


def check_of(
    *, benefit: Benefit, organisation: Organisation, stated: Collection[int] = ()
) -> CheckResult:
    """Each condition of a benefit for one organisation (资格自查)."""
    return checked(
        conditions=conditions_of(benefit),
        facts=facts_of_organisation(organisation),
        stated=stated,
    )


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A benefit with how an organisation stands to it."""

    benefit: Benefit
    result: CheckResult


def checks_for(organisation: Organisation, *, on: datetime.date) -> list[Checked]:
    """Every benefit in force for an organisation's kind in its region, the nearest to met first."""
    places = [place or NATION for place in widening(organisation.division_id)]
    rows = public_benefits().in_force(on=on)  # type: ignore[attr-defined]
    rows = rows.filter(division_id__in=places, audiences__contains=[organisation.kind])
    found = [
        Checked(benefit=benefit, result=check_of(benefit=benefit, organisation=organisation))
        for benefit in with_guide(rows)
    ]
    order = {"met": 0, "unknown": 1, "missing": 2}
    return sorted(found, key=lambda item: (order[item.result.standing.value], item.benefit.pk))


def desk_rows(actor: Actor) -> QuerySet[Benefit]:
    """What the desk lists: one's own department's and those of the region on the table."""
    return benefits_visible_to(actor).select_related("division", "owner", "clause__document")


def waiting_for_review(actor: Actor) -> QuerySet[Benefit]:
    """The submitted and reviewed ones in the actor's region that wait for a step."""
    prefix = subtree_prefix(actor.jurisdiction) if actor.jurisdiction else "-"
    rows = benefits_visible_to(actor).filter(state__in=ON_TABLE, division__code__startswith=prefix)
    mine = Q(state=BenefitState.SUBMITTED, edited_by_id=actor.user_id)
    return rows.exclude(mine).select_related("owner")


def latest_editions() -> list[BenefitListEdition]:
    """The lists made public last, of any region."""
    rows = BenefitListEdition.objects.select_related("division")
    return list(rows.order_by("-published_at", "-pk")[:SHOWN_EDITIONS])


def editions_of(*, division: str) -> QuerySet[BenefitListEdition]:
    """The lists that were made public for a region, the latest first."""
    rows = BenefitListEdition.objects.filter(division_id=division)
    return rows.select_related("division").order_by("-number")
