"""Who holds which seat on a dossier."""

from __future__ import annotations

import datetime

from silian.casework.reviews.models import Dossier, DossierSeat
from silian.registers.organisations.models import Membership


def seat_of(*, dossier: Dossier, user_id: int) -> DossierSeat | None:
    """The one seat that a person holds on a dossier."""
    return DossierSeat.objects.filter(dossier=dossier, user_id=user_id).first()


def belongs_to_applicant(*, dossier: Dossier, user_id: int, on: datetime.date) -> bool:
    """Whether the person is a member of the applicant's organisation on a day, in any role."""
    return (
        Membership.objects.in_force(on=on)
        .filter(user_id=user_id, organisation_id=dossier.applicant_id)
        .exists()
    )
