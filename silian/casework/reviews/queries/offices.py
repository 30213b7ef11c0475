"""The offices of a batch, who is still missing, and whom the register suggests."""

from __future__ import annotations

from collections.abc import Iterable

from silian.casework.reviews.models import Campaign
from silian.casework.reviews.rules.offices import Gap, Office, office_gaps
from silian.foundation.kernel.actors import subtree_prefix
from silian.foundation.reference.models import Division
from silian.registers.organisations.choices import OrganisationState
from silian.registers.policies.models import PolicyBody
from silian.registers.policies.queries.bodies import standing_body


def offices_of(campaign: Campaign) -> list[Office]:
    """The offices as the rules read them."""
    rows = campaign.offices.order_by("pk").values_list(
        "level", "department", "division_id", "organisation_id"
    )
    return [
        Office(level=level, department=department, division=division, organisation_id=unit)
        for level, department, division, unit in rows
    ]


def divisions_served(campaign: Campaign) -> list[Division]:
    """The counties of the batch's region, or the region itself when it has none (县市区)."""
    below = Division.objects.filter(parent_id=campaign.division_id).order_by("code")
    return list(below) or [campaign.division]


def gaps_of(campaign: Campaign) -> list[Gap]:
    """The levels and departments that have nobody for some county (缺审核单位)."""
    return office_gaps(
        levels=campaign.content.procedure.levels,
        offices=offices_of(campaign),
        divisions=[row.pk for row in divisions_served(campaign)],
    )


def suggested_offices(campaign: Campaign) -> list[Office]:
    """Bodies that bear the function today, the county's own before the city's (建议审核单位).

    A city's body is suggested for the whole region, so that no county is left out.
    """
    levels = campaign.content.procedure.levels
    functions = {name for level in levels for name in level.departments}
    bodies = list(bodies_bearing(functions, division=campaign.division_id))
    offices: list[Office] = []
    for level in levels:
        for department in level.departments:
            for body in bodies:
                if body.function != department or body.organisation_id is None:
                    continue
                row = Office(
                    level=level.code,
                    department=department,
                    division=body.division_id,
                    organisation_id=body.organisation_id,
                )
                if not any(is_same_place(row, other) for other in offices):
                    offices.append(row)
    return offices


def is_same_place(row: Office, other: Office) -> bool:
    return (row.level, row.department, row.division) == (
        other.level,
        other.department,
        other.division,
    )


def bodies_bearing(functions: Iterable[str], *, division: str) -> Iterable[PolicyBody]:
    """The standing bodies with these functions in a region, whose unit is registered."""
    rows = PolicyBody.objects.filter(
        function__in=list(functions), division__code__startswith=subtree_prefix(division)
    ).select_related("successor", "organisation")
    for row in rows:
        body = standing_body(row)
        unit = body.organisation
        if unit is not None and unit.state == OrganisationState.VERIFIED:
            yield body
