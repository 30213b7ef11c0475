"""Which organisation of the directory a partner is, when it is registered at all."""

from __future__ import annotations

from dataclasses import dataclass

from silian.registers.organisations.choices import OrganisationState
from silian.registers.organisations.models import Organisation


@dataclass(frozen=True, kw_only=True)
class Partner:
    """A partner by its full name, and its place in the directory where it has one (合作方)."""

    name: str
    unit_id: int | None


def partner_named(*, name: str, unit_id: int | None) -> Partner:
    """The partner that was picked; else the verified unit of exactly that name; else the name."""
    rows = Organisation.objects.filter(state=OrganisationState.VERIFIED)
    chosen = rows.filter(pk=unit_id) if unit_id else rows.filter(name=name.strip())
    unit = chosen.order_by("pk").first()
    if unit is None:
        return Partner(name=name.strip(), unit_id=None)
    return Partner(name=unit.name, unit_id=unit.pk)
