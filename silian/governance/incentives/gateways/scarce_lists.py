"""A region's catalogue of scarce occupations as provisions that a claim keeps (紧缺职业目录)."""

from __future__ import annotations

import datetime
from fractions import Fraction

from silian_engines.policy_rules.provisions import Provision

from silian.foundation.reference.jurisdictions import widening
from silian.governance.incentives.models.scarce_lists import ScarceList

RATE, OCCUPATIONS = "scarce_uplift_rate", "scarce_occupation"


def list_in_force(*, division: str, on: datetime.date) -> ScarceList | None:
    """The nearest catalogue of a region on a day, the newest where two hold."""
    near = list(widening(division))
    rows = ScarceList.objects.in_force(on=on).filter(division__in=near)
    found = sorted(rows, key=lambda row: (near.index(row.division_id), -row.pk))
    return found[0] if found else None


def scarce_provisions(*, division: str, on: datetime.date) -> tuple[Provision, ...]:
    """The rate and the codes of the catalogue in force; nothing while no rate is decided."""
    row = list_in_force(division=division, on=on)
    if row is None or row.rate is None:
        return ()
    return (
        provision(row, RATE, title="紧缺职业补贴上浮比例", value=Fraction(row.rate) / 100),
        provision(row, OCCUPATIONS, title=row.title, value=Fraction(1), key=" ".join(row.codes)),
    )


def provision(
    row: ScarceList, id: str, *, title: str, value: Fraction, key: str | None = None
) -> Provision:
    return Provision(
        id=id,
        jurisdiction=row.division_id,
        title=title,
        unit="比例" if id == RATE else "是否",
        force="mandatory",
        kind="subsidy",
        document=row.source,
        clause=row.place,
        evidence="",
        valid_from=row.valid_from,
        known_from=row.valid_from,
        review_by=datetime.date.max,
        valid_to=row.valid_to,
        value=value,
        key=key,
        number="AP-14",
    )
