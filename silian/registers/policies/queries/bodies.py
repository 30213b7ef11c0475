"""Reads of the register of responsible bodies (责任单位名录)."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from silian.foundation.kernel.actors import subtree_prefix
from silian.foundation.reference.models import Division
from silian.registers.organisations.choices import ENDED_STATES, OrganisationKind
from silian.registers.organisations.models import Organisation
from silian.registers.policies.choices import BodyRole
from silian.registers.policies.models.bodies import BodyName, PolicyBody
from silian.registers.policies.models.clauses import ClauseBody
from silian.registers.policies.models.documents import PolicyDocument
from silian.registers.policies.rules.body_names import (
    KnownName,
    comparable_name,
    without_bracket,
)

MOST_SUCCESSORS = 20


def known_names(*, division: str) -> list[KnownName]:
    """Every name borne in a division: the canonical one and its aliases with their days."""
    bodies = PolicyBody.objects.filter(division_id=division)
    aliases = list(BodyName.objects.filter(body__division_id=division))
    aliased = {(each.body_id, each.name) for each in aliases}
    canonical = [
        KnownName(body_id=pk, name=name)
        for pk, name in bodies.values_list("pk", "name")
        if (pk, name) not in aliased
    ]
    dated = [
        KnownName(
            body_id=each.body_id,
            name=each.name,
            valid_from=each.valid_from,
            valid_to=each.valid_to,
        )
        for each in aliases
    ]
    return [*canonical, *dated]


def organisation_for_name(name: str, *, division: Division) -> Organisation | None:
    """The one government body of the division that this name means; None when unsure."""
    wanted = comparable_name(name, division=division.name)
    candidates = Organisation.objects.filter(
        division=division, kind=OrganisationKind.GOVERNMENT
    ).exclude(state__in=sorted(ENDED_STATES))
    found = [
        each
        for each in candidates.filter(name__contains=wanted)
        if comparable_name(each.name, division=division.name) == wanted
    ]
    if not found:
        found = bodies_called_exactly(name, division=division)
    return found[0] if len(found) == 1 else None


def bodies_called_exactly(name: str, *, division: Division) -> list[Organisation]:
    """Organisations of any kind in the region that bear this very name, such as a bank."""
    inside = Organisation.objects.filter(
        division__code__startswith=subtree_prefix(division.code), name__startswith=name
    ).exclude(state__in=sorted(ENDED_STATES))
    return [each for each in inside if without_bracket(each.name) == name]


def with_work(
    rows: QuerySet[PolicyBody], *, documents: QuerySet[PolicyDocument]
) -> QuerySet[PolicyBody]:
    """Bodies with how many clauses of these documents name them, and lead (涉及条款)."""
    named = Q(mentions__clause__document__in=documents)
    return rows.select_related("division", "organisation", "successor").annotate(
        clause_count=Count("mentions__clause", filter=named, distinct=True),
        lead_count=Count(
            "mentions__clause", filter=named & Q(mentions__role=BodyRole.LEAD), distinct=True
        ),
    )


def standing_body(body: PolicyBody) -> PolicyBody:
    """The body that bears the duties today: itself, or its last successor (现承担单位)."""
    present = body
    for _ in range(MOST_SUCCESSORS):
        if present.successor is None:
            return present
        present = present.successor
    raise ValueError(f"the successors of body {body.pk} go in a circle")


def mentions_of(body: PolicyBody, *, documents: QuerySet[PolicyDocument]) -> QuerySet[ClauseBody]:
    """Where these documents name the body, the latest document first (涉及条款)."""
    return (
        body.mentions.filter(clause__document__in=documents)
        .select_related("clause__document")
        .defer("clause__document__text", "clause__document__parsed")
        .order_by("-clause__document__issued_on", "clause__order")
    )


def offered_names(*, division: str) -> list[str]:
    """The names to offer where a body is entered by hand."""
    rows = PolicyBody.objects.filter(division_id=division, successor__isnull=True)
    return list(rows.order_by("name").values_list("name", flat=True))
