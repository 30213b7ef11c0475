"""The seats that an actor holds towards an agreement, and the steps that they open."""

from __future__ import annotations

from silian.casework.agreements.choices import AgreementState, Seat
from silian.casework.agreements.models import Agreement
from silian.casework.agreements.permissions.agreements import is_official
from silian.casework.agreements.registry import is_declared, kind_named
from silian.casework.agreements.workflow.actions import Action, actions_of
from silian.foundation.kernel.actors import Actor
from silian.registers.organisations.choices import WRITING_ROLES


def seats_of(actor: Actor, agreement: Agreement) -> frozenset[Seat]:
    """Everything that the actor is to the agreement (办理身份)."""
    if actor.is_system:
        return frozenset({Seat.CLOCK, Seat.ORGANISER})
    seats = {seat for seat, held in held_seats(actor, agreement) if held}
    return frozenset(seats or {Seat.STRANGER})


def held_seats(actor: Actor, agreement: Agreement) -> list[tuple[Seat, bool]]:
    parties = list(agreement.parties.select_related("person__guardian"))
    people = [party.person for party in parties if party.person is not None]
    writes = actor.organisation_id is not None and actor.has_role(*WRITING_ROLES)
    own = actor.organisation_id == agreement.organiser_id
    units = {party.organisation_id for party in parties}
    drafters = kind_named(agreement.kind).drafters if is_declared(agreement.kind) else ()
    user = actor.user_id
    wards = [person.guardian.user_id for person in people if person.guardian]
    return [
        (Seat.ORGANISER, writes and own),
        (Seat.DRAFTER, own and not writes and actor.has_role(*drafters)),
        (Seat.PARTY, writes and not own and actor.organisation_id in units),
        (Seat.PERSON, user is not None and user in [person.user_id for person in people]),
        (Seat.GUARDIAN, user is not None and user in wards),
        (Seat.OFFICIAL, is_official(actor) and actor.covers(agreement.division_id)),
    ]


def open_actions(actor: Actor, agreement: Agreement) -> list[Action]:
    """The steps that the actor may take now, from the one table (可办理事项)."""
    return actions_of(seats=seats_of(actor, agreement), state=AgreementState(agreement.state))
