"""What the actor can do next in a negotiation, and how things stand in one sentence."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.working_days import WorkingCalendar
from silian.operations.exchange.choices import DealState, NegotiationState
from silian.operations.exchange.models.deal import Deal, Rating
from silian.operations.exchange.models.negotiation import Intent, Negotiation
from silian.operations.exchange.permissions.negotiations import may_write_negotiations
from silian.operations.exchange.rules.negotiation_clocks import working_days_left
from silian.operations.exchange.rules.negotiation_opening import may_ask_again_from
from silian.operations.exchange.rules.negotiation_ratings import rating_ends, reason_not_ratable


@dataclass(frozen=True, kw_only=True)
class NextSteps:
    """The steps of the present state that are the actor's, and the clock that runs."""

    lead: str
    talk: bool = False
    propose: bool = False
    accept: Intent | None = None
    record: bool = False
    refuse: bool = False
    withdraw: bool = False
    again: bool = False
    again_from: datetime.date | None = None
    close_deal: bool = False
    rate: bool = False
    due_at: datetime.datetime | None = None
    days_left: int | None = None


def next_steps(
    *,
    negotiation: Negotiation,
    latest: Intent | None,
    ratings: list[Rating],
    actor: Actor,
    now: datetime.datetime,
    calendar: WorkingCalendar,
) -> NextSteps:
    """The actions for the current step only (当前可办)."""
    writes = may_write_negotiations(actor)
    owner = actor.organisation_id == negotiation.owner_id
    state = negotiation.state
    deal: Deal | None = getattr(negotiation, "deal", None)
    due = negotiation.answer_due_at or negotiation.agreement_due_at
    talking = state == NegotiationState.TALKING
    answered = talking or (owner and state == NegotiationState.OPEN)
    waits = days_to_wait(negotiation, today=timezone.localdate(now))
    theirs = latest is not None and latest.proposed_by_id != actor.organisation_id
    return NextSteps(
        lead=lead(negotiation=negotiation, latest=latest, actor=actor, deal=deal),
        talk=writes and negotiation.is_open,
        propose=writes and answered,
        accept=latest if writes and talking and theirs else None,
        record=writes and state == NegotiationState.INTENDED,
        refuse=writes and owner and negotiation.is_open,
        withdraw=writes and not owner and negotiation.is_open,
        again=writes and not owner and not waits and not negotiation.is_open and deal is None,
        again_from=waits if writes and not owner else None,
        close_deal=writes and deal is not None and deal.state == DealState.RUNNING,
        rate=writes and may_rate(deal=deal, ratings=ratings, actor=actor, now=now),
        due_at=due if negotiation.is_open else rating_clock(deal, now=now),
        days_left=working_days_left(now=now, due=due, calendar=calendar) if due else None,
    )


def days_to_wait(negotiation: Negotiation, *, today: datetime.date) -> datetime.date | None:
    """The day from which a refused side may ask again, while it lies ahead."""
    if negotiation.state != NegotiationState.REFUSED or negotiation.closed_at is None:
        return None
    again = may_ask_again_from(refused_on=timezone.localdate(negotiation.closed_at))
    return again if again > today else None


def may_rate(
    *, deal: Deal | None, ratings: list[Rating], actor: Actor, now: datetime.datetime
) -> bool:
    if deal is None:
        return False
    mine = any(rating.rater_id == actor.organisation_id for rating in ratings)
    return reason_not_ratable(closed_at=deal.closed_at, rated_before=mine, now=now) is None


def rating_clock(deal: Deal | None, *, now: datetime.datetime) -> datetime.datetime | None:
    if deal is None or deal.closed_at is None:
        return None
    ends = rating_ends(closed_at=deal.closed_at)
    return ends if ends > now else None


def lead(
    *, negotiation: Negotiation, latest: Intent | None, actor: Actor, deal: Deal | None
) -> str:
    """How the negotiation stands, in one sentence."""
    mine = negotiation.turn_id == actor.organisation_id
    state = negotiation.state
    if deal is not None:
        return deal_lead(deal)
    if state == NegotiationState.OPEN:
        return (
            "对方在等贵单位首次回应，回应前双方看不到联系方式"
            if mine
            else "已送达，等待对方首次回应"
        )
    if state == NegotiationState.TALKING and latest is not None:
        return "对方提出了意向，请接受或提出修改" if mine else "意向已送达，等待对方答复"
    if state == NegotiationState.TALKING:
        return "双方已建立联系，谈妥后由任一方提出意向"
    if state == NegotiationState.INTENDED:
        return "意向已达成，签约后由任一方登记协议编号"
    reason = f"：{negotiation.close_reason}" if negotiation.close_reason else ""
    return f"{negotiation.get_state_display()}{reason}"


def deal_lead(deal: Deal) -> str:
    if deal.state == DealState.RUNNING:
        return f"协议 {deal.agreement_reference} 履行中，结束后登记结果"
    return f"协议 {deal.agreement_reference} {deal.get_state_display()}"
