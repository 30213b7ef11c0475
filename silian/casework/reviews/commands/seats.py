"""Take a seat on a dossier: every act on a file goes through here."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from silian.casework.reviews.choices.dossiers import SeatRole
from silian.casework.reviews.models import Dossier, DossierSeat
from silian.casework.reviews.queries.seats import belongs_to_applicant, seat_of
from silian.casework.reviews.rules.seats import reason_not_seatable
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import NotAllowed


@transaction.atomic
def take_seat(*, dossier: Dossier, role: SeatRole, actor: Actor) -> DossierSeat:
    """Let the actor act on the dossier in this capacity, once and for all (取得席位).

    Raises the refusal when the person already acts in another capacity or belongs to the applicant;
    the caller has locked the dossier.
    """
    user_id = actor.user_id
    if user_id is None:
        raise NotAllowed("请先登录。")
    held = seat_of(dossier=dossier, user_id=user_id)
    reason = reason_not_seatable(
        wanted=role,
        held=SeatRole(held.role) if held else None,
        is_applicants=belongs_to_applicant(
            dossier=dossier, user_id=user_id, on=timezone.localdate()
        ),
    )
    if reason:
        raise NotAllowed(reason)
    return held or DossierSeat.objects.create(
        dossier=dossier,
        user_id=user_id,
        role=role,
        organisation_id=actor.organisation_id,
        taken_at=timezone.now(),
    )
