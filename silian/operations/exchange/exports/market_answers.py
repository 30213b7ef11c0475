"""Negotiations, unmet demands, events and counts as the interface answers them."""

from __future__ import annotations

import datetime
from typing import Any

from ninja import Field, Schema

from silian.foundation.kernel.api_pages import PageAnswer
from silian.operations.exchange.kinds import listing_kinds
from silian.operations.exchange.models.deal import Deal
from silian.operations.exchange.models.match_event import MatchEvent
from silian.operations.exchange.models.negotiation import Negotiation
from silian.operations.exchange.models.unmet_demand import UnmetDemand


class DealAnswer(Schema):
    """What a negotiation came to (成交)."""

    quantity: int
    agreement_reference: str
    agreed_on: datetime.date
    state: str = Field(description="running 履行中；completed 已完成；broken_off 已中止。")
    achieved: int | None


class NegotiationAnswer(Schema):
    """Where a negotiation of the caller's organisation stands; never its conversation (洽谈)."""

    id: int
    listing: int
    listing_title: str
    listing_external_id: str = Field(description="供需在发布单位系统中的编号，只对发布单位给出。")
    asker: int = Field(description="发起单位编号。")
    asker_name: str
    owner: int = Field(description="发布单位编号。")
    owner_name: str
    state: str = Field(
        description="open 待回应；talking 洽谈中；intended 已达成意向；agreed 已成交；"
        "refused 已婉拒；withdrawn 已撤回；lapsed 逾期未回应。"
    )
    turn: int | None = Field(description="待回应的单位编号。")
    opened_at: datetime.datetime
    answer_due_at: datetime.datetime | None
    answered_at: datetime.datetime | None
    last_message_at: datetime.datetime
    closed_at: datetime.datetime | None
    close_reason: str
    deal: DealAnswer | None


class NegotiationPage(PageAnswer):
    """Negotiations, the newest first."""

    items: list[NegotiationAnswer]


class UnmetDemandAnswer(Schema):
    """What an organisation looked for in vain (未满足需求)."""

    id: int
    kind: str
    kind_name: str
    side: str = Field(description="所缺的方向：supply 表示缺供给。")
    title: str
    description: str
    quantity: int | None
    needed_by: datetime.date | None
    organisation: int
    organisation_name: str
    division: str
    division_name: str
    state: str = Field(description="open 待承接；taken_up 已有承接；met 已满足。")
    verified_at: datetime.datetime | None
    offers: int = Field(description="承接单位数。")


class UnmetDemandPage(PageAnswer):
    """Unmet demands, the newest first."""

    items: list[UnmetDemandAnswer]


class EventAnswer(Schema):
    """A matchmaking event (对接活动)."""

    id: int
    title: str
    theme: str = Field(
        description="training 教育培训；project 项目合作；research 技术研发；"
        "recruitment 人才招聘；general 综合。"
    )
    organiser: int
    organiser_name: str
    division: str
    division_name: str
    venue: str
    introduction: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    signup_closes_at: datetime.datetime
    capacity: int = Field(description="可报名单位数。")
    state: str = Field(
        description="announced 报名中；closed 报名截止；held 已举办；"
        "followed_up 已办结跟进；cancelled 已取消。"
    )


class EventPage(PageAnswer):
    """Events, the latest start first."""

    items: list[EventAnswer]


class FigureAnswer(Schema):
    """One line of the statistics."""

    code: str
    label: str
    demand: int = Field(description="需求条数。")
    supply: int = Field(description="供给条数。")
    capacity: int | None = Field(description="数量合计；没有一条写数量时为 null。")


class FiguresAnswer(Schema):
    """Published listings in numbers (公开统计)."""

    by: str
    unit: str = Field(examples=["条"])
    source: str
    as_of: datetime.datetime
    items: list[FigureAnswer]


def negotiation_answer(row: Negotiation, *, reader: int) -> NegotiationAnswer:
    deal: Deal | None = getattr(row, "deal", None)
    is_owner = row.owner_id == reader
    plain = "state opened_at answer_due_at answered_at last_message_at closed_at close_reason"
    return NegotiationAnswer(
        **{name: getattr(row, name) for name in plain.split()},
        id=row.pk,
        listing=row.listing_id,
        listing_title=row.listing.title,
        listing_external_id=row.listing.external_id if is_owner else "",
        asker=row.asker_id,
        asker_name=row.asker.name,
        owner=row.owner_id,
        owner_name=row.owner.name,
        turn=row.turn_id,
        deal=deal_answer(deal) if deal else None,
    )


def deal_answer(deal: Deal) -> DealAnswer:
    return DealAnswer(
        quantity=deal.quantity,
        agreement_reference=deal.agreement_reference,
        agreed_on=deal.agreed_on,
        state=deal.state,
        achieved=deal.achieved,
    )


def demand_answer(row: UnmetDemand) -> UnmetDemandAnswer:
    kind = listing_kinds().get(row.kind)
    offers: Any = getattr(row, "offer_count", 0)
    plain = "kind side title description quantity needed_by state verified_at"
    return UnmetDemandAnswer(
        **{name: getattr(row, name) for name in plain.split()},
        id=row.pk,
        kind_name=kind.label if kind else row.kind,
        organisation=row.organisation_id,
        organisation_name=row.organisation.name,
        division=row.division_id,
        division_name=row.division.label,
        offers=offers,
    )


def event_answer(row: MatchEvent) -> EventAnswer:
    plain = "title theme venue introduction starts_at ends_at signup_closes_at capacity state"
    return EventAnswer(
        **{name: getattr(row, name) for name in plain.split()},
        id=row.pk,
        organiser=row.organiser_id,
        organiser_name=row.organiser.name,
        division=row.division_id,
        division_name=row.division.label,
    )
