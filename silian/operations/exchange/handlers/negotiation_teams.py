"""Tells partners that they are invited, and inviters what the partners said."""

from __future__ import annotations

from django.urls import reverse

from silian.foundation.kernel.events import subscribe
from silian.operations.exchange.events import TeamSeatAnswered, TeamSeatOffered
from silian.operations.exchange.handlers.negotiations import tell_side, writers_of
from silian.operations.exchange.models.negotiation_team import TeamSeat
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify


def read(seat_id: int) -> TeamSeat:
    return TeamSeat.objects.select_related(
        "organisation", "negotiation__asker", "negotiation__owner", "negotiation__listing"
    ).get(pk=seat_id)


@subscribe(TeamSeatOffered)
def tell_partner(event: TeamSeatOffered) -> None:
    seat = read(event.seat_id)
    notify(
        user_ids=writers_of(seat.organisation_id),
        kind=NotificationKind.ANSWER,
        title=f"{seat.negotiation.asker.display_name}邀请贵单位组队应答",
        detail=f"{seat.negotiation.listing.title}，分工：{seat.contribution}",
        url=reverse("exchange:team_seat_detail", kwargs={"seat_id": seat.pk}),
        organisation_id=seat.organisation_id,
        key=f"team-seat-{seat.pk}",
    )


@subscribe(TeamSeatAnswered)
def tell_inviter(event: TeamSeatAnswered) -> None:
    seat = read(event.seat_id)
    tell_side(
        negotiation=seat.negotiation,
        organisation_id=seat.negotiation.asker_id,
        title=f"{seat.organisation.display_name}{seat.get_state_display()}：{seat.contribution}",
        detail=seat.reason,
        key=f"team-{seat.pk}",
    )
