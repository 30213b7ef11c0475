"""What a machine writes into a listing, checked as strictly as the form of the page."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import ConfigDict

from silian.foundation.kernel.api_pages import NO_NUL, DivisionCode, MoneyText, Text
from silian.foundation.kernel.api_problems import FieldProblem, field_problem
from silian.foundation.kernel.errors import DomainError
from silian.operations.exchange.choices import Side, Visibility
from silian.operations.exchange.errors import ListingHasFindings, ListingIncomplete
from silian.operations.exchange.kinds import listing_kinds
from silian.operations.exchange.kinds.declaration import FieldType, KindField, ListingKind
from silian.operations.exchange.queries.listing_references import KnownCodes, known_codes
from silian.operations.exchange.rules.listing_content import (
    Fault,
    ListingContent,
    fault_of_value,
)

MOST_BULK_ROWS = 500
AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?\Z")
LARGEST_CAPACITY = 2_147_483_647  # PostgreSQL integer
LongText = Annotated[str, Field(pattern=NO_NUL, max_length=5000)]
KindCode = Annotated[
    str,
    Field(pattern=NO_NUL, max_length=24, json_schema_extra={"enum": list(listing_kinds())}),
]
DetailText = Annotated[str, Field(pattern=NO_NUL, max_length=3000)]
DetailValue = (
    bool
    | Annotated[int, Field(ge=-LARGEST_CAPACITY, le=LARGEST_CAPACITY)]
    | DetailText
    | Annotated[list[DetailText], Field(max_length=50)]
    | None
)


class Strict(Schema):
    """Input that refuses fields it does not know."""

    model_config = ConfigDict(extra="forbid")


class ListingBody(Strict):
    """The content of a listing (供需内容): it may be incomplete, but never wrong."""

    kind: Annotated[KindCode, Field(description="类别，见 /listing-kinds。", examples=["job"])]
    side: Annotated[Literal["demand", "supply"], Field(description="demand 需求；supply 供给。")]
    title: Annotated[
        Text, Field(min_length=1, max_length=80, examples=["数控加工中心操作工，12 人"])
    ]
    division: Annotated[
        DivisionCode | None, Field(description="所在区划；不填为本单位所在区划。")
    ] = None
    description: LongText = ""
    place: Annotated[Text, Field(max_length=120, description="地点。")] = ""
    industry: Annotated[
        str | None, Field(max_length=4, pattern=NO_NUL, description="国民经济行业代码。")
    ] = None
    occupation: Annotated[
        str | None, Field(max_length=12, pattern=NO_NUL, description="职业代码。")
    ] = None
    industry_chain: Annotated[Text, Field(max_length=40, description="重点产业链。")] = ""
    majors: Annotated[
        list[Annotated[Text, Field(max_length=20)]],
        Field(max_length=30, description="专业代码（2021 年目录）。"),
    ] = []
    capacity: Annotated[int | None, Field(ge=1, le=LARGEST_CAPACITY, description="数量。")] = None
    price_min: Annotated[MoneyText | None, Field(description="价格或报酬下限，元。")] = None
    price_max: Annotated[MoneyText | None, Field(description="价格或报酬上限，元。")] = None
    price_unit: Annotated[
        Text, Field(max_length=20, description="计价单位，见类别的 price_units。")
    ] = ""
    starts_on: Annotated[datetime.date | None, Field(description="开始日。")] = None
    ends_on: Annotated[datetime.date | None, Field(description="结束日（不含）。")] = None
    visibility: Annotated[
        Literal["public", "members"], Field(description="public 公开；members 登录后可见。")
    ] = "public"
    details: Annotated[
        dict[Annotated[str, Field(pattern=NO_NUL, max_length=40)], DetailValue],
        Field(max_length=60, description="专项字段，见类别的 fields；金额和日期写成字符串。"),
    ] = {}


class NewListingBody(ListingBody):
    """A new draft, perhaps with its number in the caller's own system."""

    external_id: Annotated[
        Text, Field(max_length=80, description="贵单位系统中的编号，本单位内唯一。")
    ] = ""


class BulkRow(ListingBody):
    """One row of a bulk write; its number makes repeating it harmless."""

    external_id: Annotated[
        Text, Field(min_length=1, max_length=80, description="贵单位系统中的编号，必填。")
    ]


class BulkBody(Strict):
    """Up to 500 rows; each is created or updated by its number."""

    rows: Annotated[list[BulkRow], Field(min_length=1, max_length=MOST_BULK_ROWS)]
    publish: Annotated[bool, Field(description="写入后接着发布草稿。")] = False
    all_or_nothing: Annotated[
        bool, Field(description="有一行不合格就全部不写；否则只写合格的行。")
    ] = False


class PublishBody(Strict):
    """How to publish."""

    ask_review: Annotated[bool, Field(description="检查发现不妥时，认为有误可请求人工审核。")] = (
        False
    )
    note: Annotated[Text, Field(max_length=200, description="给审核员的说明。")] = ""


class WithdrawBody(Strict):
    """Why a listing ends."""

    reason: Annotated[Text, Field(min_length=2, max_length=300, examples=["已招满"])]


def codes_in(bodies: Sequence[ListingBody], *, home: str) -> KnownCodes:
    """The usable codes among all that these bodies name."""
    return known_codes(
        divisions=[body.division or home for body in bodies],
        industries=[body.industry or "" for body in bodies],
        occupations=[body.occupation or "" for body in bodies],
        majors=[code for body in bodies for code in body.majors],
    )


def content_of(body: ListingBody, *, codes: KnownCodes, home: str) -> ListingContent:
    """The content to write; everything wrong with it is refused at once."""
    faults = list(faults_of_body(body, codes=codes, home=home))
    if faults:
        raise ListingIncomplete(faults=faults)
    return ListingContent(
        kind=body.kind,
        side=Side(body.side),
        title=body.title.strip(),
        division_id=body.division or home,
        description=body.description.strip(),
        place=body.place.strip(),
        industry_id=body.industry or None,
        occupation_id=body.occupation or None,
        industry_chain=body.industry_chain.strip(),
        majors=tuple(dict.fromkeys(body.majors)),
        capacity=body.capacity,
        price_min=decimal_of(body.price_min),
        price_max=decimal_of(body.price_max),
        price_unit=body.price_unit.strip(),
        starts_on=body.starts_on,
        ends_on=body.ends_on,
        visibility=Visibility(body.visibility),
        details={name: value for name, value in body.details.items() if value not in (None, "")},
    )


def decimal_of(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def faults_of_body(body: ListingBody, *, codes: KnownCodes, home: str) -> Iterator[Fault]:
    """What cannot be written, not even into a draft."""
    kind = listing_kinds().get(body.kind)
    if kind is None:
        names = "、".join(listing_kinds())
        yield Fault(field="kind", sentence=f"没有这个类别。请从 {names} 中选。")
        return
    if body.side not in kind.sides:
        sides = "、".join(kind.sides_in_order)
        yield Fault(field="side", sentence=f"“{kind.label}”没有这个方向。请填 {sides}。")
    if not body.title.strip():
        yield Fault(field="title", sentence="标题不能为空。请写清对象和数量。")
    yield from unknown_codes(body, codes=codes, home=home)
    yield from disordered(body)
    yield from detail_faults(body, kind=kind)


def unknown_codes(body: ListingBody, *, codes: KnownCodes, home: str) -> Iterator[Fault]:
    given = (
        ("division", [body.division or home], codes.divisions, "division"),
        ("industry", [body.industry], codes.industries, "industry"),
        ("occupation", [body.occupation], codes.occupations, "occupation"),
        ("majors", body.majors, codes.majors, "major"),
    )
    for field, values, known, catalogue in given:
        missing = [value for value in values if value and value not in known]
        if missing:
            where = f"请在 /catalogues/{catalogue}/entries 检索现行代码。"
            yield Fault(field=field, sentence=f"目录中没有代码“{missing[0]}”。{where}")


def disordered(body: ListingBody) -> Iterator[Fault]:
    low, high = decimal_of(body.price_min), decimal_of(body.price_max)
    if low is not None and high is not None and high < low:
        yield Fault(field="price_max", sentence="上限低于下限。请核对两个金额。")
    if body.starts_on and body.ends_on and body.ends_on <= body.starts_on:
        yield Fault(field="ends_on", sentence="结束日须晚于开始日。请核对两个日期。")


def detail_faults(body: ListingBody, *, kind: ListingKind) -> Iterator[Fault]:
    asked = {item.name: item for item in kind.fields_on(side=body.side)}
    for name, value in body.details.items():
        item = asked.get(name)
        if item is None:
            names = "、".join(asked) or "无"
            sentence = f"“{kind.label}”没有专项字段“{name}”。请从这些中选：{names}。"
            yield Fault(field=f"details.{name}", sentence=sentence)
        elif value not in (None, "", []):
            sentence = fault_of_value(value, item=item) or fault_of_amount(value, item=item)
            if sentence:
                yield Fault(field=f"details.{name}", sentence=sentence)


def fault_of_amount(value: Any, *, item: KindField) -> str:
    """Amounts are written as the interface writes them, never as 1e9."""
    if item.type is FieldType.MONEY and not (isinstance(value, str) and AMOUNT.match(value)):
        return f"“{item.label}”须是金额字符串。请写作 6500.00。"
    return ""


def field_problems(error: DomainError, *, kind: ListingKind | None = None) -> list[FieldProblem]:
    """Every field that a refusal names, the kind's own fields under ``details``."""
    own = {item.name for item in kind.fields} if kind else set()

    def named(field: str) -> str:
        return f"details.{field}" if field in own else field

    if isinstance(error, ListingIncomplete):
        return [field_problem(named(fault.field), fault.sentence) for fault in error.faults]
    if isinstance(error, ListingHasFindings):
        return [finding_problem(named(found.field), found) for found in error.findings]
    return [field_problem(named(error.field or ""), error.sentence)]


def finding_problem(field: str, found: Any) -> FieldProblem:
    """What a check found, with the very words and the basis."""
    basis = f"（依据：{found.basis}）" if found.basis else ""
    said = field_problem(field, found.sentence)
    return FieldProblem(field=field, rule=f"“{found.words}”：{said.rule}{basis}", cure=said.cure)


def repeated_places(rows: Iterable[BulkRow]) -> set[int]:
    """The places of rows whose number has occurred before in the same request."""
    seen: set[str] = set()
    again: set[int] = set()
    for place, row in enumerate(rows):
        if row.external_id in seen:
            again.add(place)
        seen.add(row.external_id)
    return again
