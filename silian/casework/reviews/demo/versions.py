"""The version of a built-in scheme that holds in the demonstration city."""

from __future__ import annotations

import datetime

from silian.casework.reviews.choices.schemes import SchemeVersionState
from silian.casework.reviews.commands.schemes import load_built_in_schemes
from silian.casework.reviews.models import SchemeVersion
from silian.foundation.kernel.actors import system_actor
from silian.foundation.reference.models import Division
from silian.registers.organisations.models import Organisation

PROVINCE, CITY = "990000", "990100"


def version_in_force(
    code: str, *, owner: Organisation, published_at: datetime.datetime
) -> SchemeVersion:
    """The published version of the city or its province; the built-in one when there is none."""
    rows = SchemeVersion.objects.filter(
        scheme__code=code, scheme__division_id__in=[CITY, PROVINCE]
    ).select_related("scheme")
    found = rows.filter(state=SchemeVersionState.PUBLISHED).first()
    if found is not None:
        return found
    division = Division.objects.get(pk=CITY)
    load_built_in_schemes(owner=owner, division=division, actor=system_actor())
    drafts = rows.filter(state=SchemeVersionState.DRAFT, number=1)
    drafts.update(state=SchemeVersionState.PUBLISHED, published_at=published_at)
    return rows.get(state=SchemeVersionState.PUBLISHED)
