"""Draft, send, run and close order classes."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from silian.casework.agreements.commands.drafting import PartyDraft, draft_agreement, withdraw
from silian.casework.agreements.commands.sending import send_for_signature
from silian.casework.agreements.queries.reading import agreement_of
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish
from silian.operations.placements.choices.orders import (
    OrderState,
)
from silian.operations.placements.commands.numbering import next_number
from silian.operations.placements.events.orders import OrderChanged
from silian.operations.placements.models import ClassOrder
from silian.operations.placements.permissions.orders import (
    orders_visible_to,
    require_enterprise,
    require_ordering_clerk,
    writes_for_school,
)
from silian.operations.placements.rules.orders import UNDECIDED
from silian.operations.placements.workflow.order import order as steps
from silian.registers.organisations.models import Organisation

SOURCE = "placements.order"
CARD = (
    "title",
    "programme",
    "occupation",
    "shortage_reference",
    "head_count",
    "wage",
    "commitments",
    "terms",
    "starts_on",
    "ends_on",
)
"""What the enterprise writes of an order; the school follows from the programme."""


@transaction.atomic
def draft_order(*, actor: Actor, card: Mapping[str, Any], today: datetime.date) -> ClassOrder:
    """Order trained people from a school's programme (起草订单)."""
    require_ordering_clerk(actor)
    enterprise = Organisation.objects.get(pk=actor.organisation_id or 0)
    order = ClassOrder(
        number=next_number(ClassOrder, prefix="DD", year=today.year),
        enterprise=enterprise,
        division_id=enterprise.division_id,
    )
    write_card(order, card)
    order.save()
    record(actor, "placements.order.drafted", order)
    return order


def write_card(order: ClassOrder, card: Mapping[str, Any]) -> None:
    for name in CARD:
        setattr(order, name, card[name])
    order.school_id = order.programme.school_id
    if order.ends_on <= order.starts_on:
        raise DomainError("培养终止日应晚于起始日。", field="ends_on")


def locked_order(order_id: int, *, actor: Actor) -> ClassOrder:
    rows = orders_visible_to(actor).select_related("programme", "enterprise", "school")
    return rows.select_for_update(of=("self",)).get(pk=order_id)


@transaction.atomic
def revise_order(*, order_id: int, actor: Actor, card: Mapping[str, Any]) -> ClassOrder:
    """Change an order that was not sent yet (修改订单)."""
    order = locked_order(order_id, actor=actor)
    require_enterprise(actor, order)
    if order.state != OrderState.DRAFT:
        raise WrongState("订单协议已送签，不能直接修改。需要变更的，请在协议中提出修订。")
    write_card(order, card)
    order.save()
    record(actor, "placements.order.revised", order)
    return order


@transaction.atomic
def send_order(*, order_id: int, actor: Actor, now: datetime.datetime) -> ClassOrder:
    """Draft the order agreement and send it to both sides (送签订单协议)."""
    order = locked_order(order_id, actor=actor)
    require_enterprise(actor, order)
    order.state = steps.target(
        "send", state=OrderState(order.state), starts_on=order.starts_on, today=now.date()
    )
    order.save(update_fields=["state"])
    agreement = draft_agreement(
        actor=actor,
        kind="order_class",
        title=f"{order.title}订单培养协议",
        division_id=order.division_id,
        parties=[
            PartyDraft(role="enterprise", organisation_id=order.enterprise_id),
            PartyDraft(role="school", organisation_id=order.school_id),
        ],
        terms=terms_of(order),
        starts_on=order.starts_on,
        ends_on=order.ends_on,
        source=SOURCE,
        source_id=order.pk,
        is_demo=order.is_demo,
    )
    send_for_signature(agreement_id=agreement.pk, actor=actor, now=now)
    return told(order, step="sent", actor=actor, on=now.date())


def terms_of(order: ClassOrder) -> dict[str, Any]:
    """The terms of the order agreement: read from the order, and what both sides typed."""
    return {
        **order.terms,
        "occupation": order.occupation.name if order.occupation else order.programme.name,
        "programme": order.programme.name,
        "headcount": order.head_count,
        "start_wage": str(order.wage),
        "commitments": order.commitments,
    }


def told(order: ClassOrder, *, step: str, actor: Actor, on: datetime.date) -> ClassOrder:
    record(actor, f"placements.order.{step}", order)
    publish(OrderChanged(order_id=order.pk, step=step, on=on))
    return order


@transaction.atomic
def note_agreement(*, order_id: int, signed: bool, actor: Actor, on: datetime.date) -> None:
    """Follow the agreement: signed by both runs the class, refused or lapsed reopens the draft."""
    order = locked_order(order_id, actor=actor)
    if order.state != OrderState.SENT:
        return
    name = "run" if signed else "unsign"
    order.state = steps.target(name, state=OrderState(order.state))
    order.save(update_fields=["state"])
    told(order, step="run" if signed else "unsigned", actor=actor, on=on)


@transaction.atomic
def end_training(*, order_id: int, actor: Actor, on: datetime.date) -> ClassOrder:
    """The days of training are over; hiring is to be settled (培养期满)."""
    order = locked_order(order_id, actor=actor)
    order.state = steps.target("hire", state=OrderState(order.state))
    order.save(update_fields=["state"])
    return told(order, step="hiring", actor=actor, on=on)


@transaction.atomic
def close_order(*, order_id: int, actor: Actor, on: datetime.date) -> ClassOrder:
    """Close an order all of whose students have a result (结束订单)."""
    order = locked_order(order_id, actor=actor)
    if not writes_for_school(actor, order):
        require_enterprise(actor, order)
    undecided = order.members.filter(state__in=sorted(UNDECIDED)).count()
    order.state = steps.target("close", state=OrderState(order.state), undecided=undecided)
    order.closed_on = on
    order.save(update_fields=["state", "closed_on"])
    return told(order, step="closed", actor=actor, on=on)


@transaction.atomic
def cancel_order(*, order_id: int, actor: Actor, reason: str, now: datetime.datetime) -> ClassOrder:
    """Give up an order, with the reason that the school reads (取消订单).

    Students on the roster leave it; an agreement in force is ended in the agreement itself.
    """
    order = locked_order(order_id, actor=actor)
    require_enterprise(actor, order)
    if order.members.filter(state__in=sorted(UNDECIDED)).exists():
        raise WrongState("订单班还有在培学生，不能取消。请先与学校商定学生去向。")
    was_sent = order.state == OrderState.SENT
    order.state = steps.target("cancel", state=OrderState(order.state), reason=reason)
    order.end_reason, order.closed_on = reason.strip(), now.date()
    order.save(update_fields=["state", "end_reason", "closed_on"])
    agreement = agreement_of(SOURCE, order.pk)
    if was_sent and agreement is not None:
        withdraw(agreement_id=agreement.pk, actor=actor, reason=reason, now=now)
    return told(order, step="cancelled", actor=actor, on=now.date())
