"""Form a team: bring partners into one's answer to a research need."""

from __future__ import annotations

import datetime

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish
from silian.operations.exchange.choices import TeamSeatState
from silian.operations.exchange.commands.negotiation_messages import locked_negotiation
from silian.operations.exchange.events import TeamSeatAnswered, TeamSeatOffered
from silian.operations.exchange.kinds import kind_of
from silian.operations.exchange.kinds.declaration import PolicyCategory
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.negotiation import Negotiation
from silian.operations.exchange.models.negotiation_team import TeamSeat
from silian.operations.exchange.permissions.negotiations import (
    require_verified,
    require_writer,
    team_seats_visible_to,
)
from silian.registers.organisations.models import Organisation

MOST_PARTNERS = 8  # a team that signs one contract; larger alliances are another thing


def takes_teams(listing: Listing) -> bool:
    """Whether the listing may be answered by a team: research needs and results (项目研发)."""
    return kind_of(listing.kind).category == PolicyCategory.RESEARCH


@transaction.atomic
def invite_partner(
    *,
    negotiation_id: int,
    organisation_id: int,
    contribution: str,
    actor: Actor,
    now: datetime.datetime,
) -> TeamSeat:
    """Ask another organisation to join one's answer, with its part of the work (邀请组队)."""
    negotiation = locked_negotiation(negotiation_id=negotiation_id, actor=actor)
    require_writer(actor, organisation_ids={negotiation.asker_id})
    refuse_unfit_partner(negotiation=negotiation, organisation_id=organisation_id)
    if not contribution.strip():
        raise DomainError("请写明这家单位承担的分工。", field="contribution")
    seat = TeamSeat.objects.create(
        negotiation=negotiation,
        organisation_id=organisation_id,
        contribution=contribution.strip(),
        invited_at=now,
        invited_by_id=actor.user_id,
    )
    record(actor, "exchange.team_seat.offered", negotiation, detail={"seat": seat.pk})
    publish(TeamSeatOffered(seat_id=seat.pk))
    return seat


def refuse_unfit_partner(*, negotiation: Negotiation, organisation_id: int) -> None:
    if not takes_teams(negotiation.listing):
        raise DomainError("只有项目研发类供需可以组队应答。")
    if not negotiation.is_open:
        raise WrongState("洽谈已经结束，不能再邀请成员。")
    if organisation_id in (negotiation.asker_id, negotiation.owner_id):
        raise DomainError("洽谈双方不需要邀请，请选择其他单位。", field="organisation")
    partner = Organisation.objects.get(pk=organisation_id)
    if not partner.is_verified:
        raise DomainError(f"“{partner.name}”尚未核验，不能加入团队。", field="organisation")
    seats = list(negotiation.team.values_list("organisation_id", flat=True))
    if organisation_id in seats:
        raise DomainError(f"已邀请过“{partner.name}”。", field="organisation")
    if len(seats) >= MOST_PARTNERS:
        raise DomainError(f"一个团队最多邀请 {MOST_PARTNERS} 家单位。")


def locked_seat(*, seat_id: int, actor: Actor) -> TeamSeat:
    seat = (
        team_seats_visible_to(actor)
        .select_related("negotiation__listing")
        .select_for_update(of=("self",))
        .get(pk=seat_id)
    )
    require_writer(actor, organisation_ids={seat.organisation_id})
    if seat.state != TeamSeatState.INVITED:
        raise WrongState(f"当前为“{seat.get_state_display()}”，已经答复过。")
    return seat


@transaction.atomic
def join_team(*, seat_id: int, actor: Actor, now: datetime.datetime) -> TeamSeat:
    """Join the team that invited one's organisation (加入团队)."""
    seat = locked_seat(seat_id=seat_id, actor=actor)
    require_verified(actor)
    if not seat.negotiation.is_open:
        raise WrongState("这次洽谈已经结束，不能再加入。")
    answer_seat(seat=seat, state=TeamSeatState.JOINED, reason="", now=now)
    record(actor, "exchange.team_seat.joined", seat.negotiation, detail={"seat": seat.pk})
    return seat


@transaction.atomic
def decline_seat(*, seat_id: int, reason: str, actor: Actor, now: datetime.datetime) -> TeamSeat:
    """Decline with a reason that the inviting side reads (不参加)."""
    seat = locked_seat(seat_id=seat_id, actor=actor)
    if not reason.strip():
        raise DomainError("请写明不参加的理由，邀请单位会看到。", field="reason")
    answer_seat(seat=seat, state=TeamSeatState.DECLINED, reason=reason.strip()[:300], now=now)
    record(actor, "exchange.team_seat.declined", seat.negotiation, reason=reason)
    return seat


def answer_seat(
    *, seat: TeamSeat, state: TeamSeatState, reason: str, now: datetime.datetime
) -> None:
    seat.state, seat.reason, seat.answered_at = state, reason, now
    seat.save(update_fields=["state", "reason", "answered_at"])
    publish(TeamSeatAnswered(seat_id=seat.pk))
