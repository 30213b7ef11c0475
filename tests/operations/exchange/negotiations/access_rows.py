"""Who gets what from the addresses of negotiations, deals, effect and unmet demand."""

from __future__ import annotations

from typing import Any

from silian.operations.exchange.commands.negotiation_team import invite_partner
from silian.operations.exchange.commands.unmet_demand import (
    propose_unmet_demand,
    verify_unmet_demand,
)
from silian.operations.exchange.models.negotiation import Negotiation
from silian.operations.exchange.rules.unmet_demand import MissedSupply
from tests.access import HIDDEN, LOGIN, REFUSED, Row, only, public, signed_in
from tests.operations.exchange.negotiations.stage import (
    NOW,
    agreed,
    completed,
    intended,
    later,
    make_listing,
    opened,
    proposed,
    talking,
)
from tests.world import COUNTY, ROLES, World

DONE = 302
CONFLICT = 409
SIDES = ("enterprise", "school")
SUPERVISORS = ("coordinator", "reviewer")
BUSINESS = ("enterprise", "rival", "school", "coordinator")


def talk_of(world: World) -> dict[str, int]:
    return {"negotiation_id": talking(world).pk}


def intended_of(world: World) -> dict[str, int]:
    return {"negotiation_id": intended(world).pk}


def proposal_of(world: World) -> dict[str, int]:
    intent = proposed(world)
    return {"negotiation_id": intent.negotiation_id, "intent_id": intent.pk}


def deal_of(world: World) -> dict[str, int]:
    return {"deal_id": agreed(world).pk}


def ended_deal_of(world: World) -> dict[str, int]:
    return {"deal_id": completed(world).pk}


def problem_talk(world: World) -> Negotiation:
    listing = make_listing(
        by=world.enterprise, kind="technical_problem", title="薄壁件变形控制", capacity=None
    )
    return opened(world, listing=listing)


def problem_of(world: World) -> dict[str, int]:
    return {"negotiation_id": problem_talk(world).pk}


def seat_of(world: World) -> dict[str, int]:
    """The school invites the rival of the enterprise."""
    seat = invite_partner(
        negotiation_id=problem_talk(world).pk,
        organisation_id=world.rival.organisation.pk,
        contribution="试切",
        actor=world.school.actor,
        now=later(hours=1),
    )
    return {"seat_id": seat.pk}


def proposed_demand(world: World) -> dict[str, int]:
    missed = MissedSupply(
        kind="internship",
        side="demand",
        title="数控实习岗位 30 个",
        description="数控技术 2024 级 30 人，9 月起实习 5 个月。",
        division=COUNTY,
    )
    return {"demand_id": propose_unmet_demand(missed=missed, actor=world.school.actor, now=NOW).pk}


def open_demand(world: World) -> dict[str, int]:
    kwargs = proposed_demand(world)
    verify_unmet_demand(actor=world.reviewer.actor, now=later(hours=1), **kwargs)
    return kwargs


def sending(**values: str) -> Any:
    return lambda world: values


def step(statuses: dict[str, int], *, otherwise: int, **given: Any) -> Row:
    """A posted step: the named roles get their status, others ``otherwise``."""
    every = dict.fromkeys(ROLES, otherwise) | {"anonymous": LOGIN} | statuses
    return Row(statuses=every, method="post", **given)


def sides(**given: Any) -> Row:
    """A page for the members of the two sides; it does not exist for anybody else."""
    return only(*SIDES, otherwise=HIDDEN, **given)


NEGOTIATIONS: dict[str, Row] = {
    "exchange:listing_answer": signed_in(
        kwargs=lambda world: {"listing_id": make_listing(by=world.enterprise).pk}
    ),
    "exchange:negotiation_list": only(*BUSINESS),
    "exchange:negotiation_detail": sides(kwargs=talk_of),
    "exchange:message_send": step(
        dict.fromkeys(SIDES, DONE), otherwise=HIDDEN, kwargs=talk_of, data=sending(text="收到")
    ),
    "exchange:messages_read": step(
        dict.fromkeys(SIDES, DONE), otherwise=HIDDEN, kwargs=talk_of, data=sending(last="1")
    ),
    "exchange:negotiation_refuse": sides(kwargs=talk_of),
    "exchange:negotiation_withdraw": sides(kwargs=talk_of),
    "exchange:intent_propose": sides(kwargs=talk_of),
    "exchange:intent_accept": step(
        {"enterprise": DONE, "school": REFUSED}, otherwise=HIDDEN, kwargs=proposal_of
    ),
    "exchange:deal_record": sides(kwargs=intended_of),
    "exchange:partner_invite": sides(kwargs=problem_of),
    "exchange:team_seat_detail": only("rival", otherwise=HIDDEN, kwargs=seat_of),
    "exchange:team_seat_join": step({"rival": DONE}, otherwise=HIDDEN, kwargs=seat_of),
    "exchange:team_seat_decline": step(
        {"rival": DONE}, otherwise=HIDDEN, kwargs=seat_of, data=sending(reason="设备检修")
    ),
    "exchange:deal_list": only(*BUSINESS, "reviewer"),
    "exchange:deal_detail": only(*SIDES, *SUPERVISORS, otherwise=HIDDEN, kwargs=deal_of),
    "exchange:deal_complete": sides(kwargs=deal_of),
    "exchange:deal_break_off": sides(kwargs=deal_of),
    "exchange:deal_rate": sides(kwargs=ended_deal_of),
    "exchange:effectiveness": public(),
    "exchange:effectiveness_rows": only(*SUPERVISORS),
    "exchange:unmet_demand_list": public(),
    "exchange:unmet_demand_new": only(*BUSINESS),
    "exchange:unmet_demand_queue": only(*SUPERVISORS),
    "exchange:unmet_demand_detail": public(kwargs=open_demand),
    "exchange:unmet_demand_verify": step(
        {**dict.fromkeys(SUPERVISORS, DONE), "school": REFUSED},
        otherwise=HIDDEN,
        kwargs=proposed_demand,
    ),
    "exchange:unmet_demand_refuse": step(
        {**dict.fromkeys(SUPERVISORS, DONE), "school": REFUSED},
        otherwise=HIDDEN,
        kwargs=proposed_demand,
        data=sending(reason="请写明专业"),
    ),
    "exchange:unmet_demand_withdraw": step({"school": DONE}, otherwise=REFUSED, kwargs=open_demand),
    "exchange:unmet_demand_meet": step({"school": DONE}, otherwise=REFUSED, kwargs=open_demand),
    "exchange:unmet_demand_take_up": step(
        {"enterprise": DONE, "rival": DONE, "coordinator": DONE, "school": CONFLICT},
        otherwise=REFUSED,
        kwargs=open_demand,
    ),
}
