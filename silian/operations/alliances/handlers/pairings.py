"""Tells the zone's committee and the department of a proposal, and the school of the answer."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.utils import timezone

from silian.foundation.kernel.events import subscribe
from silian.foundation.reference.jurisdictions import widening
from silian.operations.alliances.choices.pairings import PairingState
from silian.operations.alliances.events.pairings import PairingAnswered, PairingProposed
from silian.operations.alliances.models.pairings import Pairing
from silian.operations.alliances.permissions.keeping import KEEPING_ROLES, UNIT_WRITERS
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.organisations.queries.members import official_ids, user_ids_with_role


def pairing_with_sides(pairing_id: int) -> Pairing:
    related = ("zone", "school", "helper", "division")
    return Pairing.objects.select_related(*related).get(pk=pairing_id)


def keepers_of(division: str, *, roles: Sequence[str], on: datetime.date) -> list[int]:
    """Who keeps the register of the place: its own officials, else those of the next level."""
    levels = (
        official_ids(division=place, roles=roles, on=on) for place in widening(division) if place
    )
    return next((found for found in levels if found), [])


@subscribe(PairingProposed)
def tell_who_answers(event: PairingProposed) -> None:
    pairing, today = pairing_with_sides(event.pairing_id), timezone.localdate()
    if pairing.state != PairingState.PROPOSED or pairing.zone is None:
        return
    committee = pairing.zone.committee_id
    roles, writers = list(KEEPING_ROLES), list(UNIT_WRITERS)
    if committee is not None:
        told = user_ids_with_role(organisation_id=committee, roles=writers, on=today)
    else:
        told = keepers_of(pairing.division_id, roles=roles, on=today)
    notify(
        user_ids=told,
        kind=NotificationKind.TASK,
        title=f"院校提出对口合作：{pairing.title}",
        detail=f"请在 {timezone.localtime(pairing.due_at):%Y-%m-%d} 前答复。",
        url=pairing.get_absolute_url(),
        key=f"pairing-{pairing.pk}-proposed-{pairing.proposed_at:%Y%m%d%H%M}",
    )


@subscribe(PairingAnswered)
def tell_of_answer(event: PairingAnswered) -> None:
    pairing = pairing_with_sides(event.pairing_id)
    notify(
        user_ids=[pairing.proposed_by_user_id],
        kind=NotificationKind.TASK,
        title=f"对口合作{pairing.get_state_display()}：{pairing.title}",
        detail=pairing.answer,
        url=pairing.get_absolute_url(),
        organisation_id=pairing.proposed_by_id,
        key=f"pairing-{pairing.pk}-{pairing.state}-{pairing.proposed_at:%Y%m%d%H%M}",
    )
