"""Shared data sets for machines: the catalogue, reading rows, delivering editions."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

from django.utils import timezone
from ninja import Field, Query, Schema

from silian.foundation.kernel.api_door import ApiRequest, ApiRouter, answered_once
from silian.foundation.kernel.api_pages import (
    IdempotencyKey,
    Key,
    PageAnswer,
    PageAsked,
    Text,
    opened,
    sealed,
)
from silian.foundation.kernel.api_problems import not_found
from silian.foundation.kernel.errors import DomainError
from silian.foundation.ui.paging import keyset_page
from silian.operations.exchange.choices import SharingTerms
from silian.operations.exchange.commands.data_set import store_edition
from silian.operations.exchange.commands.data_set_access import read_edition
from silian.operations.exchange.forms.listing_api import Strict
from silian.operations.exchange.models.data_set import DataSet
from silian.operations.exchange.permissions.data_sets import data_sets_visible_to
from silian.operations.exchange.queries.data_sets import data_sets_for_list
from silian.operations.exchange.rules.data_set_rows import MOST_ROWS
from silian.registers.organisations.choices import TokenScope

router = ApiRouter(tags=["共享数据"])
READS, WRITES = TokenScope.DATA_READ.value, TokenScope.DATA_WRITE.value
SOURCE = "接口写入"
Cell = Annotated[Text, Field(max_length=2000)]
TermsName = Literal[*SharingTerms.values]  # type: ignore[valid-type]


class DataSetsAsked(PageAsked):
    """How data sets are chosen."""

    terms: Annotated[list[TermsName], Field(max_length=3, description="共享属性。")] = []


class DataSetAnswer(Schema):
    """A registered data set (共享数据集)."""

    id: int
    title: str
    owner: int
    owner_name: str
    description: str
    source_system: str
    provenance: str
    terms: str = Field(description="open 无条件共享；conditional 有条件共享；closed 不予共享。")
    terms_note: str
    division: str
    region_note: str
    refresh_days: int = Field(description="更新周期，天。")
    refreshed_on: datetime.date | None
    due_on: datetime.date | None = Field(description="下一版应更新日。")
    rows: int = Field(description="最新一版的行数。")


class DataSetPage(PageAnswer):
    """Data sets by number, the newest first."""

    items: list[DataSetAnswer]


class DataFieldAnswer(Schema):
    """A column of a data set (数据项)."""

    name: str
    type: str
    unit: str
    required: bool
    is_key: bool
    sensitivity: str = Field(description="personal 的数据项不随数据行给出。")


class DataSetDetail(DataSetAnswer):
    """One data set with its columns."""

    fields: list[DataFieldAnswer]


class EditionBody(Strict):
    """A whole new edition: all rows, never a part."""

    as_of: datetime.date = Field(description="数据截至日，不晚于今天。")
    headings: Annotated[
        list[Annotated[Text, Field(max_length=40)]],
        Field(min_length=1, max_length=200, description="列名，须含登记的全部数据项。"),
    ]
    rows: Annotated[
        list[Annotated[list[Cell], Field(max_length=200)]],
        Field(min_length=1, max_length=MOST_ROWS, description="数据行，单元格一律为字符串。"),
    ]


class EditionAnswer(Schema):
    """A stored edition (数据版本)."""

    number: int
    row_count: int
    sha256: str
    as_of: datetime.date
    stored_at: datetime.datetime


class ReadingBody(Strict):
    """What the rows are read for; it is kept in the register of readings."""

    purpose: Annotated[Text, Field(min_length=2, max_length=300, examples=["专业设置论证"])]


class ReadingAnswer(EditionAnswer):
    """The rows of the latest edition, without personal columns."""

    headings: list[str]
    rows: list[list[str]]


@router.read(
    "/data-sets",
    name="data_set_list",
    title="列出共享数据集",
    text="访客看到无条件共享的；带 data:read 令牌时按单位和角色看到目录。",
    answer=DataSetPage,
    widens=READS,
)
def list_data_sets(request: ApiRequest, asked: Query[DataSetsAsked]) -> Any:
    rows = data_sets_for_list(data_sets_visible_to(request.auth.actor))
    rows = rows.filter(terms__in=asked.terms) if asked.terms else rows
    page = keyset_page(
        rows=rows, order="-pk", size=asked.limit, after=opened(asked.cursor, of="data")
    )
    return DataSetPage(
        items=[DataSetAnswer(**facts_of(row)) for row in page.rows],
        next_cursor=sealed(page.after, of="data"),
    )


@router.read(
    "/data-sets/{int:data_set_id}",
    name="data_set_detail",
    title="查看一个数据集",
    text="目录信息和数据项。",
    answer=DataSetDetail,
    widens=READS,
)
def get_data_set(request: ApiRequest, data_set_id: Key) -> Any:
    row = visible_data_set(request, data_set_id)
    plain = "name type unit required is_key sensitivity"
    fields = [
        DataFieldAnswer(**{name: getattr(field, name) for name in plain.split()})
        for field in row.fields.all()
    ]
    return DataSetDetail(**facts_of(row), fields=fields)


@router.write(
    "/data-sets/{int:data_set_id}/readings",
    name="data_set_reading",
    title="读取数据行",
    text="最新一版的全部行；须写明用途，读取记入读取记录，提供单位可见。未获准的为 403。",
    answer=ReadingAnswer,
    needs=READS,
)
def read_data_rows(request: ApiRequest, data_set_id: Key, body: ReadingBody) -> Any:
    visible_data_set(request, data_set_id)
    found = read_edition(
        data_set_id=data_set_id,
        actor=request.auth.actor,
        now=timezone.now(),
        purpose=body.purpose,
    )
    return ReadingAnswer(**edition_facts(found.edition), headings=found.headings, rows=found.rows)


@router.write(
    "/data-sets/{int:data_set_id}/editions",
    name="data_set_edition",
    title="写入新一版数据",
    text="整版写入，逐格检查，有一处不合格就都不入库；相同的数据再次提交不会另成一版。",
    answer=EditionAnswer,
    needs=WRITES,
    status=201,
)
def write_data_edition(
    request: ApiRequest, data_set_id: Key, body: EditionBody, idempotency_key: IdempotencyKey = ""
) -> Any:
    def work() -> tuple[int, EditionAnswer]:
        visible_data_set(request, data_set_id)
        try:
            edition = store_edition(
                data_set_id=data_set_id,
                headings=body.headings,
                rows=body.rows,
                source=SOURCE,
                as_of=body.as_of,
                actor=request.auth.actor,
                now=timezone.now(),
            )
        except DomainError as refusal:
            if refusal.field == "file":  # here the file is the rows
                raise DomainError(refusal.sentence, field="rows") from None
            raise
        return 201, EditionAnswer(**edition_facts(edition))

    return answered_once(request, key=idempotency_key, given=body.model_dump(), work=work)


def visible_data_set(request: ApiRequest, data_set_id: int) -> DataSet:
    rows = data_sets_for_list(data_sets_visible_to(request.auth.actor))
    row = rows.filter(pk=data_set_id).first()
    if row is None:
        raise not_found("个数据集")
    return row


def facts_of(row: Any) -> dict[str, Any]:
    """What both answers say."""
    plain = (
        "title description source_system provenance terms terms_note region_note refresh_days "
        "refreshed_on due_on"
    )
    return {
        **{name: getattr(row, name) for name in plain.split()},
        "id": row.pk,
        "owner": row.owner_id,
        "owner_name": row.owner.name,
        "division": row.division_id,
        "rows": row.row_total,
    }


def edition_facts(edition: Any) -> dict[str, Any]:
    plain = "number row_count sha256 as_of stored_at"
    return {name: getattr(edition, name) for name in plain.split()}
