"""Cooperation projects and pairings as joint projects, so that no partner judges a partner.

To belong to the same alliance is no joint project: an alliance has a hundred members.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from django.db.models import Q
from django.db.models.functions import Coalesce

from silian.casework.reviews.queries.ties import Tie, register_tie
from silian.operations.alliances.choices.pairings import PUBLIC_PAIRINGS
from silian.operations.alliances.models.cooperation import CooperationProject
from silian.operations.alliances.models.pairings import Pairing


def alliance_ties(
    *, organisation_id: int, since: datetime.date, on: datetime.date
) -> Iterable[Tie]:
    """Partners of signed cooperation, and zones' offices with their schools (合作项目、结对)."""
    yield from cooperation_ties(organisation_id, since=since, on=on)
    yield from pairing_ties(organisation_id, since=since, on=on)


def cooperation_ties(
    organisation_id: int, *, since: datetime.date, on: datetime.date
) -> Iterator[Tie]:
    """Projects that were signed and lasted into the period; a talk without a signature is none."""
    either = Q(organisation_id=organisation_id) | Q(partner_unit_id=organisation_id)
    lasting = Q(ended_on__isnull=True) | Q(ended_on__gt=since)
    rows = CooperationProject.objects.filter(either, lasting, starts_on__lte=on)
    for project in rows.order_by("pk"):
        for other in {project.organisation_id, project.partner_unit_id} - {organisation_id, None}:
            yield Tie(
                organisation_id=other or 0,
                what=f"合作项目《{project.title}》"[:120],
                until=project.ended_on,
            )


def pairing_ties(organisation_id: int, *, since: datetime.date, on: datetime.date) -> Iterator[Tie]:
    """Confirmed pairings of a school with the office of a zone."""
    either = Q(school_id=organisation_id) | Q(zone__committee_id=organisation_id)
    rows = (
        Pairing.objects.filter(either, state__in=sorted(PUBLIC_PAIRINGS), starts_on__lte=on)
        .annotate(over_on=Coalesce("ended_on", "ends_on"))
        .filter(over_on__gt=since, school__isnull=False, zone__committee__isnull=False)
        .select_related("zone")
    )
    for pairing in rows.order_by("pk"):
        zone = pairing.zone
        sides = {pairing.school_id, zone.committee_id if zone else None}
        for other in sides - {organisation_id, None}:
            yield Tie(
                organisation_id=other or 0,
                what=f"结对共建 {zone.name if zone else ''}"[:120],
                until=pairing.ended_on or pairing.ends_on,
            )


register_tie(alliance_ties)
