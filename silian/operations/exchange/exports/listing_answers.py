"""Listings and their kinds as the interface answers them."""

from __future__ import annotations

import datetime
from typing import Any

from ninja import Field, Schema

from silian.foundation.kernel.api_pages import PageAnswer, money_text
from silian.foundation.kernel.api_problems import FieldProblem
from silian.operations.exchange.kinds import listing_kinds
from silian.operations.exchange.kinds.declaration import KindField, ListingKind
from silian.operations.exchange.models.listing import Listing


class ListingAnswer(Schema):
    """A listing in a list (供需信息)."""

    id: int
    kind: str = Field(examples=["job"])
    kind_name: str
    side: str = Field(description="demand 需求；supply 供给。")
    title: str
    organisation: int = Field(description="发布单位编号。")
    organisation_name: str
    division: str
    division_name: str
    place: str
    industry: str | None
    occupation: str | None
    occupation_name: str
    industry_chain: str
    majors: list[str]
    capacity: int | None
    capacity_left: int | None
    price_min: str | None = Field(description="元，十进制字符串。", examples=["6500.00"])
    price_max: str | None
    price_unit: str
    starts_on: datetime.date | None
    ends_on: datetime.date | None = Field(description="结束日（不含）。")
    visibility: str
    state: str
    published_at: datetime.datetime | None
    expires_on: datetime.date | None = Field(description="有效期至（不含）。")
    updated_at: datetime.datetime
    url: str = Field(description="页面路径。")


class ListingDetail(ListingAnswer):
    """One listing with its texts and its kind's own fields."""

    description: str
    details: dict[str, Any] = Field(description="专项字段，含义见 /listing-kinds。")


class OwnListingAnswer(ListingDetail):
    """A listing of the caller's organisation, with what only it may know."""

    external_id: str
    source: str
    close_reason: str
    confirmed_on: datetime.date | None


class ListingPage(PageAnswer):
    """Published listings, newest first, or the best answers first."""

    items: list[ListingAnswer]
    warnings: list[str] = Field(
        default=[], description="检索服务只有一部分应答时的说明；此时结果不全，请稍后再取。"
    )


class OwnListingPage(PageAnswer):
    """The listings of the caller's organisation, newest first."""

    items: list[OwnListingAnswer]


class RowAnswer(Schema):
    """What became of one row of a bulk write."""

    row: int = Field(description="第几行，从 0 起。")
    external_id: str
    status: str = Field(description="created 新建；updated 更新；unchanged 未变；refused 未写入。")
    id: int | None
    state: str | None
    detail: str = Field(description="未写入或未发布时的说明。")
    errors: list[FieldProblem]


class BulkAnswer(Schema):
    """What became of all rows."""

    created: int
    updated: int
    unchanged: int
    refused: int
    published: int = Field(description="写入后处于已发布的行数。")
    rows: list[RowAnswer]


class KindFieldAnswer(Schema):
    """A field that a kind declares (专项字段)."""

    name: str
    label: str
    type: str = Field(description="text long_text number money choice choices yes_no date")
    required: bool
    unit: str
    choices: list[str]
    help: str
    least: int
    most: int | None
    only_on: str | None = Field(description="只在这一方向填写；null 为两个方向都填。")


class KindAnswer(Schema):
    """A kind of listing with all that a form needs (供需类别)."""

    code: str
    label: str
    group: str
    category: str = Field(description="人才供需、校企合作、项目研发、技术服务之一。")
    chain: str
    sides: list[str]
    publishers: list[str] = Field(description="可发布的单位类别；空为不限。")
    answerers: list[str] = Field(description="可应答的单位类别；空为不限。")
    valid_days: int = Field(description="一次发布最长有效天数。")
    quantity_label: str | None
    quantity_unit: str | None
    quantity_required: bool
    price_label: str | None
    price_units: list[str]
    price_required: bool
    has_period: bool
    names_occupation: bool
    names_majors: bool
    always_reviewed: bool = Field(description="每条都须人工审核。")
    title_help: str
    fields: list[KindFieldAnswer]


def listing_facts(row: Listing) -> dict[str, Any]:
    """What every answer about a listing says."""
    kind = listing_kinds().get(row.kind)
    plain = (
        "kind side title place industry_chain majors capacity capacity_left price_unit starts_on "
        "ends_on visibility state published_at expires_on updated_at"
    )
    return {
        **{name: getattr(row, name) for name in plain.split()},
        "id": row.pk,
        "kind_name": kind.label if kind else row.kind,
        "organisation": row.organisation_id,
        "organisation_name": row.organisation.name,
        "division": row.division_id,
        "division_name": row.division.label,
        "industry": row.industry_id,
        "occupation": row.occupation_id,
        "occupation_name": row.occupation.name if row.occupation else "",
        "price_min": money_text(row.price_min),
        "price_max": money_text(row.price_max),
        "url": row.get_absolute_url(),
    }


def listing_detail(row: Listing) -> ListingDetail:
    return ListingDetail(**listing_facts(row), description=row.description, details=row.details)


def own_listing(row: Listing) -> OwnListingAnswer:
    return OwnListingAnswer(
        **listing_facts(row),
        description=row.description,
        details=row.details,
        external_id=row.external_id,
        source=row.source,
        close_reason=row.close_reason,
        confirmed_on=row.confirmed_on,
    )


def kind_answer(kind: ListingKind) -> KindAnswer:
    quantity, price = kind.quantity, kind.price
    return KindAnswer(
        code=kind.code,
        label=kind.label,
        group=kind.group,
        category=kind.category.value,
        chain=kind.chain.value,
        sides=[side.value for side in kind.sides_in_order],
        publishers=sorted(kind.publishers),
        answerers=sorted(kind.answerers),
        valid_days=kind.valid_days,
        quantity_label=quantity.label if quantity else None,
        quantity_unit=quantity.unit if quantity else None,
        quantity_required=bool(quantity and quantity.required),
        price_label=price.label if price else None,
        price_units=list(price.units) if price else [],
        price_required=bool(price and price.required),
        has_period=kind.has_period,
        names_occupation=kind.names_occupation,
        names_majors=kind.names_majors,
        always_reviewed=kind.always_reviewed,
        title_help=kind.title_help,
        fields=[kind_field(item) for item in kind.fields],
    )


def kind_field(item: KindField) -> KindFieldAnswer:
    return KindFieldAnswer(
        name=item.name,
        label=item.label,
        type=item.type.value,
        required=item.required,
        unit=item.unit,
        choices=list(item.choices),
        help=item.help,
        least=item.least,
        most=item.most,
        only_on=item.only_on.value if item.only_on else None,
    )
