"""Reads of listings for machines: kinds, the hall, one listing, one's own."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.utils import timezone
from ninja import Field, Query

from silian.foundation.kernel.api_door import ApiRequest, ApiRouter
from silian.foundation.kernel.api_pages import (
    NO_NUL,
    DivisionCode,
    Key,
    MoneyText,
    PageAsked,
    Question,
    Text,
    opened,
    sealed,
)
from silian.foundation.kernel.api_problems import ApiProblem, field_problem, not_found
from silian.foundation.kernel.search.backend import search_backend
from silian.foundation.kernel.search.requests import SearchRequest, Sort
from silian.foundation.ui.paging import keyset_page
from silian.operations.exchange.choices import ListingState
from silian.operations.exchange.exports.listing_answers import (
    KindAnswer,
    ListingAnswer,
    ListingDetail,
    ListingPage,
    OwnListingAnswer,
    OwnListingPage,
    kind_answer,
    listing_detail,
    listing_facts,
    own_listing,
)
from silian.operations.exchange.forms.listing_api import KindCode
from silian.operations.exchange.kinds import listing_kinds
from silian.operations.exchange.permissions.listings import listings_visible_to, own_listings
from silian.operations.exchange.queries.listing_feed import MOST_RANKED, feed, start_of
from silian.operations.exchange.queries.search import listings_in_order, request_for
from silian.registers.organisations.choices import TokenScope

router = ApiRouter(tags=["供需信息"])
READS = TokenScope.LISTINGS_READ.value
NEWEST = "listings.newest"
RANKED = "listings.relevance"
StateName = Literal[*ListingState.values]  # type: ignore[valid-type]


class ListingsAsked(PageAsked):
    """How listings are chosen; several conditions hold together."""

    q: Annotated[Question, Field(description="检索词；须全部出现。")] = ""
    kind: Annotated[list[KindCode], Field(max_length=20, description="类别，可给多个。")] = []
    side: Annotated[Literal["", "demand", "supply"], Field(description="方向。")] = ""
    division: Annotated[
        list[DivisionCode], Field(max_length=20, description="区划代码，含下级。")
    ] = []
    chain: Annotated[
        list[Annotated[Text, Field(max_length=40)]],
        Field(max_length=20, description="重点产业链名称。"),
    ] = []
    occupation: Annotated[
        str, Field(max_length=12, pattern=NO_NUL, description="职业代码，含下级。")
    ] = ""
    major: Annotated[str, Field(max_length=20, pattern=NO_NUL, description="专业代码。")] = ""
    starts_by: Annotated[
        datetime.date | None, Field(description="最迟在这一天开始的，以及未定开始日的。")
    ] = None
    price_at_least: Annotated[MoneyText | None, Field(description="价格或报酬上限不低于，元。")] = (
        None
    )
    published_since: Annotated[
        datetime.date | None, Field(description="这一天起发布的，用于每日增量读取。")
    ] = None
    sort: Annotated[
        Literal["newest", "relevance"],
        Field(
            description=f"newest 最新发布在前，可读完全部；relevance 最相关的前 {MOST_RANKED} 条。"
        ),
    ] = "newest"


class OwnListingsAsked(PageAsked):
    """How one's own listings are chosen."""

    state: Annotated[list[StateName], Field(max_length=8, description="状态，可给多个。")] = []
    external_id: Annotated[Text, Field(max_length=80, description="贵单位系统中的编号。")] = ""


@router.read(
    "/listing-kinds",
    name="listing_kinds",
    title="列出供需类别",
    text="每一类的方向、数量、计价、期限和专项字段，据此可以生成填报表单。",
    answer=list[KindAnswer],
)
def list_listing_kinds(request: ApiRequest) -> Any:
    return [kind_answer(kind) for kind in listing_kinds().values()]


@router.read(
    "/listings",
    name="listing_list",
    title="检索供需",
    text="已发布的供需。访客看到公开的；带 listings:read 令牌还看到“登录后可见”的。",
    answer=ListingPage,
    widens=READS,
)
def list_listings(request: ApiRequest, asked: Query[ListingsAsked]) -> Any:
    actor = request.auth.actor
    wanted = engine_request(request, asked)
    if asked.sort == "relevance" and wanted.words:
        return ranked_page(request, asked, wanted)
    page = keyset_page(
        rows=feed(actor=actor, request=wanted),
        order="-published_at",
        size=asked.limit,
        after=opened(asked.cursor, of=NEWEST),
    )
    return ListingPage(
        items=[ListingAnswer(**listing_facts(row)) for row in page.rows],
        next_cursor=sealed(page.after, of=NEWEST),
    )


def engine_request(request: ApiRequest, asked: ListingsAsked) -> SearchRequest:
    refuse_unknown_kinds(asked.kind)
    wanted = request_for(
        actor=request.auth.actor,
        today=timezone.localdate(),
        text=asked.q,
        kinds=tuple(asked.kind),
        side=asked.side,
        divisions=tuple(asked.division),
        chains=tuple(asked.chain),
        occupation=asked.occupation,
        major=asked.major,
        starts_by=asked.starts_by,
        price_at_least=Decimal(asked.price_at_least) if asked.price_at_least else None,
    )
    since = start_of(asked.published_since) if asked.published_since else None
    return replace(wanted, published_since=since)


def refuse_unknown_kinds(kinds: list[str]) -> None:
    unknown = [code for code in kinds if code not in listing_kinds()]
    if unknown:
        sentence = f"没有类别“{unknown[0]}”。请从 {'、'.join(listing_kinds())} 中选。"
        raise ApiProblem(422, sentence, errors=[field_problem("kind", sentence)])


def ranked_page(request: ApiRequest, asked: ListingsAsked, wanted: SearchRequest) -> ListingPage:
    """The best answers; the cursor counts rows, because rank has no key."""
    offset = int(opened(asked.cursor, of=RANKED) or 0)
    limit = min(asked.limit, MOST_RANKED - offset)
    found = search_backend().search(
        replace(wanted, sort=Sort.RELEVANCE, offset=offset, limit=limit, facets=())
    )
    following = offset + limit
    more = following < min(found.total, MOST_RANKED)
    rows = listings_in_order(actor=request.auth.actor, found=found)
    return ListingPage(
        items=[ListingAnswer(**listing_facts(row)) for row in rows],
        next_cursor=sealed(str(following) if more else "", of=RANKED),
        warnings=list(found.warnings),
    )


@router.read(
    "/listings/mine",
    name="own_listing_list",
    title="列出本单位供需",
    text="本单位各种状态的供需，最新写入的在前。",
    answer=OwnListingPage,
    needs=READS,
)
def list_own_listings(request: ApiRequest, asked: Query[OwnListingsAsked]) -> Any:
    rows = own_listings(request.auth.actor).select_related("organisation", "division", "occupation")
    rows = rows.filter(state__in=asked.state) if asked.state else rows
    rows = rows.filter(external_id=asked.external_id) if asked.external_id else rows
    page = keyset_page(
        rows=rows,
        order="-pk",
        size=asked.limit,
        after=opened(asked.cursor, of="listings.own"),
    )
    return OwnListingPage(
        items=[own_listing(row) for row in page.rows],
        next_cursor=sealed(page.after, of="listings.own"),
    )


@router.read(
    "/listings/mine/{int:listing_id}",
    name="own_listing_detail",
    title="查看本单位一条供需",
    text="各种状态都能查到，附来源编号和关闭理由。",
    answer=OwnListingAnswer,
    needs=READS,
)
def get_own_listing(request: ApiRequest, listing_id: Key) -> Any:
    return own_listing(one_of(own_listings(request.auth.actor), listing_id))


@router.read(
    "/listings/{int:listing_id}",
    name="listing_detail",
    title="查看一条供需",
    text="已发布的供需全文和专项字段。联系方式不在接口中提供，请通过洽谈取得。",
    answer=ListingDetail,
    widens=READS,
)
def get_listing(request: ApiRequest, listing_id: Key) -> Any:
    return listing_detail(one_of(listings_visible_to(request.auth.actor), listing_id))


def one_of(rows: Any, listing_id: int) -> Any:
    """The listing with its names, or the refusal."""
    chosen = rows.filter(pk=listing_id).select_related("organisation", "division", "occupation")
    row = chosen.first()
    if row is None:
        raise not_found("条供需")
    return row
