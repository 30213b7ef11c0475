"""The directory of organisations for machines, and how a token becomes a caller."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.utils import timezone
from ninja import Field, Query, Schema

from silian.foundation.kernel.api_door import (
    ApiCaller,
    ApiRequest,
    ApiRouter,
    register_token_reader,
)
from silian.foundation.kernel.api_pages import (
    DivisionCode,
    Key,
    PageAnswer,
    PageAsked,
    Question,
    opened,
    sealed,
)
from silian.foundation.kernel.api_problems import not_found
from silian.foundation.ui.paging import keyset_page
from silian.registers.organisations.choices import OrganisationKind, OrganisationSize, TokenScope
from silian.registers.organisations.commands.tokens import note_token_use
from silian.registers.organisations.models.organisation import Organisation
from silian.registers.organisations.permissions import organisations_visible_to
from silian.registers.organisations.queries.identity import actor_from_token
from silian.registers.organisations.queries.register import DirectoryChoice, directory

router = ApiRouter(tags=["单位名录"])
BY_INTERFACE = "（接口）"
KindName = Literal[*OrganisationKind.values]  # type: ignore[valid-type]
SizeName = Literal[*OrganisationSize.values]  # type: ignore[valid-type]
CreditCode = Annotated[str, Field(pattern=r"^[0-9A-Za-z]{18}$", examples=["91350100M000100Y43"])]
SectionLetter = Annotated[str, Field(pattern=r"^[A-T]$")]
READS = TokenScope.ORGANISATIONS_READ.value


@register_token_reader
def caller_of_token(*, secret: str, address: str) -> ApiCaller | None:
    """The organisation behind a token; its acts are marked 接口 in the audit trail."""
    now = timezone.now()
    found = actor_from_token(secret=secret, now=now, on=timezone.localdate(now), address=address)
    if found is None:
        return None
    note_token_use(token_id=found.token_id, now=now)
    actor = replace(found.actor, name=f"{found.actor.name[:54]}{BY_INTERFACE}")
    return ApiCaller(actor=actor, scopes=found.scopes, counted_as=f"token:{found.token_id}")


class OrganisationsAsked(PageAsked):
    """How organisations are chosen; several conditions hold together."""

    q: Annotated[Question, Field(description="名称、曾用名、拼音首字母或信用代码开头。")] = ""
    kind: Annotated[
        list[KindName],
        Field(max_length=9, description="单位类别，可给多个。"),
    ] = []
    division: Annotated[
        list[DivisionCode], Field(max_length=20, description="区划代码，含下级。")
    ] = []
    section: Annotated[
        list[SectionLetter],
        Field(max_length=20, description="国民经济行业门类字母。"),
    ] = []
    size: Annotated[
        list[SizeName],
        Field(max_length=4, description="规模。"),
    ] = []


class OrganisationAnswer(Schema):
    """What the directory says of an organisation (单位)."""

    id: int
    name: str
    short_name: str
    kind: str = Field(examples=["enterprise"])
    uscc: str = Field(description="统一社会信用代码；政府部门可能为空。")
    division: str = Field(description="所在区划代码。", examples=["530300"])
    division_name: str
    industry: str | None = Field(description="国民经济行业代码。")
    industry_name: str
    size: str
    state: str = Field(
        description="verified 已核验；suspended 已暂停；closed 已注销；merged 已并入。"
    )
    verified_at: datetime.datetime | None


class OrganisationDetail(OrganisationAnswer):
    """One organisation with what it says of itself."""

    introduction: str
    address: str
    website: str
    industry_chain: str
    merged_into: int | None = Field(description="已并入时，承接单位的编号。")
    former_names: list[str]
    url: str = Field(description="公开页面的路径。")


class OrganisationPage(PageAnswer):
    """Organisations by name key."""

    items: list[OrganisationAnswer]


@router.read(
    "/organisations",
    name="organisation_list",
    title="检索单位",
    text="公开名录：核验过的单位。带 organisations:read 令牌时还能看到本单位。按编号排序。",
    answer=OrganisationPage,
    widens=READS,
)
def list_organisations(request: ApiRequest, asked: Query[OrganisationsAsked]) -> Any:
    choice = DirectoryChoice(
        text=asked.q,
        kinds=asked.kind,
        divisions=asked.division,
        sections=asked.section,
        sizes=asked.size,
    )
    page = keyset_page(
        rows=directory(organisations_visible_to(request.auth.actor), choice=choice),
        order="pk",
        size=asked.limit,
        after=opened(asked.cursor, of="organisations"),
    )
    return OrganisationPage(
        items=[OrganisationAnswer(**facts_of(row)) for row in page.rows],
        next_cursor=sealed(page.after, of="organisations"),
    )


@router.read(
    "/organisations/by-uscc/{uscc}",
    name="organisation_by_uscc",
    title="按统一社会信用代码查单位",
    text="18 位代码，字母不分大小写。",
    answer=OrganisationDetail,
    widens=READS,
)
def get_organisation_by_uscc(request: ApiRequest, uscc: CreditCode) -> Any:
    return detail_of(organisations_visible_to(request.auth.actor).filter(uscc=uscc.upper()))


@router.read(
    "/organisations/{int:organisation_id}",
    name="organisation_detail",
    title="查看一个单位",
    text="名录信息、简介、曾用名；联系方式不在接口中提供，请通过洽谈取得。",
    answer=OrganisationDetail,
    widens=READS,
)
def get_organisation(request: ApiRequest, organisation_id: Key) -> Any:
    return detail_of(organisations_visible_to(request.auth.actor).filter(pk=organisation_id))


def detail_of(rows: QuerySet[Organisation]) -> OrganisationDetail:
    row = rows.select_related("division", "industry").prefetch_related("names").first()
    if row is None:
        raise not_found("个单位")
    return OrganisationDetail(
        **facts_of(row),
        introduction=row.introduction,
        address=row.address,
        website=row.website,
        industry_chain=row.industry_chain,
        merged_into=row.merged_into_id,
        former_names=[name.name for name in row.names.all() if name.ends_on],
        url=row.get_absolute_url(),
    )


def facts_of(row: Organisation) -> dict[str, Any]:
    """What both answers say."""
    return {
        "id": row.pk,
        "name": row.name,
        "short_name": row.short_name,
        "kind": row.kind,
        "uscc": row.uscc,
        "division": row.division_id,
        "division_name": row.division.label,
        "industry": row.industry_id,
        "industry_name": row.industry.name if row.industry else "",
        "size": row.size,
        "state": row.state,
        "verified_at": row.verified_at,
    }
