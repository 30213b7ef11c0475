"""Which authorities a complaint or an incident of a place goes to."""

from __future__ import annotations

from collections.abc import Sequence

from silian.foundation.reference.jurisdictions import widening
from silian.operations.placements.rules.complaints import Ladder
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Organisation
from silian.registers.policies.models import PolicyBody

EDUCATION_FUNCTION, LABOUR_FUNCTION = "教育", "人力资源社会保障"
EDUCATION_NAME, LABOUR_NAME = "教育", "人力资源"
"""What the register of bodies calls the duty, and what an office's own name says of it."""


def ladder_of(*, division: str, school_id: int | None) -> Ladder:
    """The ways that complaints of a place can go, narrow before wide (受理层级)."""
    return Ladder(
        school=school_id,
        education=authorities_of(
            division=division, function=EDUCATION_FUNCTION, name=EDUCATION_NAME
        ),
        labour=authorities_of(division=division, function=LABOUR_FUNCTION, name=LABOUR_NAME),
    )


def education_authority(*, division: str) -> int | None:
    """The nearest authority of education (主管教育部门)."""
    found = authorities_of(division=division, function=EDUCATION_FUNCTION, name=EDUCATION_NAME)
    return found[0] if found else None


def authorities_of(*, division: str, function: str, name: str) -> list[int]:
    """The offices with a duty in the division and above it, one for each level.

    The register of bodies goes first; where it joins no office, the office's own name tells.
    """
    places = [place for place in widening(division) if place]
    return [
        found
        for place in places
        if (found := joined(place, function=function) or named(place, name=name)) is not None
    ]


def joined(division: str, *, function: str) -> int | None:
    rows = PolicyBody.objects.filter(
        division_id=division,
        function=function,
        organisation__isnull=False,
        organisation__state=OrganisationState.VERIFIED,
        ended_on__isnull=True,
        is_generic=False,
    )
    return rows.order_by("pk").values_list("organisation_id", flat=True).first()


def named(division: str, *, name: str) -> int | None:
    rows = Organisation.objects.filter(
        kind=OrganisationKind.GOVERNMENT,
        division_id=division,
        state=OrganisationState.VERIFIED,
        name__contains=name,
    )
    return rows.order_by("pk").values_list("pk", flat=True).first()


def names_of(organisation_ids: Sequence[int]) -> dict[int, str]:
    rows = Organisation.objects.filter(pk__in=organisation_ids)
    return dict(rows.values_list("pk", "name"))
