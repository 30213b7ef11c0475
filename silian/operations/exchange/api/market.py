"""Reads around the listings for machines: negotiations, unmet demands, events, counts."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

from django.db.models import Q
from django.utils import timezone
from ninja import Field, Query, Schema

from silian.foundation.kernel.actors import subtree_prefix
from silian.foundation.kernel.api_door import ApiRequest, ApiRouter
from silian.foundation.kernel.api_pages import (
    DivisionCode,
    Key,
    PageAsked,
    opened,
    sealed,
)
from silian.foundation.kernel.api_problems import not_found
from silian.foundation.ui.paging import keyset_page
from silian.operations.exchange.choices import EventTheme, NegotiationState
from silian.operations.exchange.exports.market_answers import (
    EventAnswer,
    EventPage,
    FigureAnswer,
    FiguresAnswer,
    NegotiationAnswer,
    NegotiationPage,
    UnmetDemandAnswer,
    UnmetDemandPage,
    demand_answer,
    event_answer,
    negotiation_answer,
)
from silian.operations.exchange.permissions.match_events import match_events_visible_to
from silian.operations.exchange.permissions.negotiations import negotiations_visible_to, side_of
from silian.operations.exchange.permissions.unmet_demands import (
    PUBLIC_STATES,
    unmet_demands_visible_to,
)
from silian.operations.exchange.queries.listing_feed import start_of
from silian.operations.exchange.queries.listing_figures import public_figures
from silian.operations.exchange.queries.unmet_demands import demands_for_list
from silian.registers.organisations.choices import TokenScope

router = ApiRouter(tags=["洽谈、活动与统计"])
NegotiationStateName = Literal[*NegotiationState.values]  # type: ignore[valid-type]
DemandStateName = Literal["open", "taken_up", "met"]
ThemeName = Literal[*EventTheme.values]  # type: ignore[valid-type]
EVENTS = TokenScope.EVENTS_READ.value
NEGOTIATIONS = TokenScope.NEGOTIATIONS_READ.value


class NegotiationsAsked(PageAsked):
    """How negotiations are chosen."""

    state: Annotated[
        list[NegotiationStateName], Field(max_length=7, description="状态，可给多个。")
    ] = []
    listing: Annotated[int, Field(ge=0, le=2**63 - 1, description="供需编号；0 为全部。")] = 0


class DemandsAsked(PageAsked):
    """How unmet demands are chosen."""

    state: Annotated[list[DemandStateName], Field(max_length=3, description="状态。")] = []
    division: Annotated[
        list[DivisionCode], Field(max_length=20, description="区划代码，含下级。")
    ] = []


class EventsAsked(PageAsked):
    """How events are chosen."""

    theme: Annotated[list[ThemeName], Field(max_length=5, description="主题。")] = []
    division: Annotated[
        list[DivisionCode], Field(max_length=20, description="区划代码，含下级。")
    ] = []
    starts_from: Annotated[datetime.date | None, Field(description="这一天起开始的。")] = None


class FiguresAsked(Schema):
    """By what is counted."""

    by: Annotated[
        Literal["kind", "division", "industry", "month"],
        Field(description="kind 类别；division 区划；industry 行业门类；month 发布月份。"),
    ] = "kind"


@router.read(
    "/negotiations",
    name="negotiation_list",
    title="列出本单位洽谈",
    text="本单位发起的和收到的洽谈进展，最新的在前；不含对话内容和联系方式。",
    answer=NegotiationPage,
    needs=NEGOTIATIONS,
)
def list_negotiations(request: ApiRequest, asked: Query[NegotiationsAsked]) -> Any:
    actor = request.auth.actor
    rows = negotiations_visible_to(actor)
    rows = rows.filter(state__in=asked.state) if asked.state else rows
    rows = rows.filter(listing_id=asked.listing) if asked.listing else rows
    page = keyset_page(
        rows=with_names(rows),
        order="-pk",
        size=asked.limit,
        after=opened(asked.cursor, of="negotiations"),
    )
    return NegotiationPage(
        items=[negotiation_answer(row, reader=side_of(actor)) for row in page.rows],
        next_cursor=sealed(page.after, of="negotiations"),
    )


@router.read(
    "/negotiations/{int:negotiation_id}",
    name="negotiation_detail",
    title="查看一次洽谈",
    text="本单位参与的洽谈的进展和成交；他人的为 404。",
    answer=NegotiationAnswer,
    needs=NEGOTIATIONS,
)
def get_negotiation(request: ApiRequest, negotiation_id: Key) -> Any:
    actor = request.auth.actor
    row = with_names(negotiations_visible_to(actor)).filter(pk=negotiation_id).first()
    if row is None:
        raise not_found("次洽谈")
    return negotiation_answer(row, reader=side_of(actor))


def with_names(rows: Any) -> Any:
    return rows.select_related("listing", "asker", "owner", "deal").defer("listing__description")


@router.read(
    "/unmet-demands",
    name="unmet_demand_list",
    title="列出未满足需求",
    text="检索不到、经核实公开征集承接的需求，最新的在前。",
    answer=UnmetDemandPage,
)
def list_unmet_demands(request: ApiRequest, asked: Query[DemandsAsked]) -> Any:
    rows = demands_for_list(public_demands(request))
    rows = rows.filter(state__in=asked.state) if asked.state else rows
    rows = rows.filter(within(asked.division))
    page = keyset_page(
        rows=rows,
        order="-pk",
        size=asked.limit,
        after=opened(asked.cursor, of="unmet"),
    )
    return UnmetDemandPage(
        items=[demand_answer(row) for row in page.rows],
        next_cursor=sealed(page.after, of="unmet"),
    )


@router.read(
    "/unmet-demands/{int:demand_id}",
    name="unmet_demand_detail",
    title="查看一条未满足需求",
    text="需求的用途、数量、期限和承接单位数。",
    answer=UnmetDemandAnswer,
)
def get_unmet_demand(request: ApiRequest, demand_id: Key) -> Any:
    row = demands_for_list(public_demands(request)).filter(pk=demand_id).first()
    if row is None:
        raise not_found("条需求")
    return demand_answer(row)


def public_demands(request: ApiRequest) -> Any:
    """What everybody may read: verified demands."""
    return unmet_demands_visible_to(request.auth.actor).filter(state__in=PUBLIC_STATES)


def within(divisions: list[str]) -> Q:
    """Rows that stand in one of the divisions or below; all rows when none is named."""
    found = Q()
    for code in divisions:
        found |= Q(division__code__startswith=subtree_prefix(code))
    return found


@router.read(
    "/events",
    name="event_list",
    title="列出对接活动",
    text="已公布的对接活动，开始时间最晚的在前。带 events:read 令牌时还有本单位筹备中的。",
    answer=EventPage,
    widens=EVENTS,
)
def list_events(request: ApiRequest, asked: Query[EventsAsked]) -> Any:
    rows = match_events_visible_to(request.auth.actor).select_related("organiser", "division")
    rows = rows.filter(theme__in=asked.theme) if asked.theme else rows
    rows = rows.filter(within(asked.division))
    if asked.starts_from:
        rows = rows.filter(starts_at__gte=start_of(asked.starts_from))
    page = keyset_page(
        rows=rows,
        order="-starts_at",
        size=asked.limit,
        after=opened(asked.cursor, of="events"),
    )
    return EventPage(
        items=[event_answer(row) for row in page.rows],
        next_cursor=sealed(page.after, of="events"),
    )


@router.read(
    "/events/{int:event_id}",
    name="event_detail",
    title="查看一场对接活动",
    text="时间、地点、主题、主办单位和报名截止时间。",
    answer=EventAnswer,
    widens=EVENTS,
)
def get_event(request: ApiRequest, event_id: Key) -> Any:
    rows = match_events_visible_to(request.auth.actor).select_related("organiser", "division")
    row = rows.filter(pk=event_id).first()
    if row is None:
        raise not_found("场活动")
    return event_answer(row)


@router.read(
    "/figures/listings",
    name="listing_figures",
    title="供需统计",
    text="公开供需按类别、区划、行业门类或发布月份的条数，当时计算。",
    answer=FiguresAnswer,
)
def listing_figures(request: ApiRequest, asked: Query[FiguresAsked]) -> Any:
    return FiguresAnswer(
        by=asked.by,
        unit="条",
        source="供需登记",
        as_of=timezone.now(),
        items=[
            FigureAnswer(
                code=line.code,
                label=line.label,
                demand=line.demand,
                supply=line.supply,
                capacity=line.capacity,
            )
            for line in public_figures(by=asked.by)
        ],
    )
