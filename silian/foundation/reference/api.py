"""The catalogues for machines: editions, entries, search, one entry with its changes."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

from ninja import Field, Query, Schema

from silian.foundation.kernel.api_door import ApiRequest, ApiRouter
from silian.foundation.kernel.api_pages import (
    PageAnswer,
    PageAsked,
    Question,
    Text,
    opened,
    sealed,
)
from silian.foundation.kernel.api_problems import not_found
from silian.foundation.reference.queries.browsing import overviews
from silian.foundation.reference.queries.entries import (
    MODELS,
    MOST_RESULTS,
    changes_of,
    full_names,
    search_entries,
    usable_entries,
)

router = ApiRouter(tags=["分类目录"])
CatalogueName = Literal["division", "industry", "occupation", "major"]
EntryKey = Annotated[str, Field(max_length=20, pattern=r"^[0-9A-Za-z:-]*$")]


class LevelAnswer(Schema):
    """A level of a catalogue and how many entries stand there."""

    name: str = Field(examples=["县级"])
    count: int


class CatalogueAnswer(Schema):
    """A catalogue with the edition in force (分类目录)."""

    catalogue: CatalogueName
    name: str = Field(examples=["行政区划"])
    edition: str | None = Field(description="现行版本；尚未载入时为 null。")
    title: str | None
    source: str | None
    valid_from: datetime.date | None
    levels: list[LevelAnswer]


class EntryAnswer(Schema):
    """An entry of a catalogue (目录条目)."""

    key: str = Field(description="唯一键；专业的键含版本年份。", examples=["2021:460104"])
    code: str = Field(examples=["460104"])
    name: str
    full_name: str = Field(description="自上而下的全称，用“ · ”分隔。")
    level: int
    parent: str | None = Field(description="上级条目的键。")
    aliases: list[str]


class EntryPage(PageAnswer):
    """Entries in the order asked for."""

    items: list[EntryAnswer]


class ChangeAnswer(Schema):
    """A dated change of an entry (目录变更)."""

    kind: str = Field(examples=["renamed"])
    happened_on: datetime.date
    name: str
    former_name: str
    basis: str


class EntryDetail(EntryAnswer):
    """One entry with its period and its changes."""

    valid_from: datetime.date | None
    valid_to: datetime.date | None = Field(description="停用日（不含）；仍在用时为 null。")
    changes: list[ChangeAnswer]


class EntriesAsked(PageAsked):
    """How entries are chosen."""

    limit: Annotated[int, Field(ge=1, le=500, description="每页行数。")] = 100
    q: Annotated[
        Question, Field(description=f"名称、别名、拼音或代码；最相近的最多 {MOST_RESULTS} 条。")
    ] = ""
    within: Annotated[EntryKey, Field(description="只要这一条目及其下级。")] = ""
    level: Annotated[int, Field(ge=0, le=4, description="只要这一层级；0 为全部。")] = 0


@router.read(
    "/catalogues",
    name="catalogue_list",
    title="列出分类目录",
    text="行政区划、国民经济行业、职业、专业四套目录的现行版本和各层条数。",
    answer=list[CatalogueAnswer],
)
def list_catalogues(request: ApiRequest) -> Any:
    return [
        CatalogueAnswer(
            catalogue=found.catalogue.value,  # type: ignore[arg-type]
            name=str(found.catalogue.label),
            edition=found.version.edition if found.version else None,
            title=found.version.title if found.version else None,
            source=found.version.source if found.version else None,
            valid_from=found.version.valid_from if found.version else None,
            levels=[LevelAnswer(name=level.name, count=level.count) for level in found.levels],
        )
        for found in overviews()
    ]


@router.read(
    "/catalogues/{catalogue}/entries",
    name="catalogue_entries",
    title="检索目录条目",
    text="给出 q 时按相近程度返回最多 50 条、不分页；不给 q 时按键的顺序分页，可取回整套目录。",
    answer=EntryPage,
)
def list_catalogue_entries(
    request: ApiRequest, catalogue: CatalogueName, asked: Query[EntriesAsked]
) -> Any:
    if asked.q:
        rows = search_entries(
            catalogue=catalogue,
            text=asked.q,
            limit=asked.limit,
            within=asked.within,
            level=asked.level or None,
        )
        return EntryPage(items=answers_for(catalogue, rows))
    entries = usable_entries(catalogue=catalogue)
    entries = entries.below(asked.within) if asked.within else entries
    entries = entries.at_level(asked.level) if asked.level else entries
    after = opened(asked.cursor, of=f"catalogue.{catalogue}")
    entries = entries.filter(pk__gt=after) if after else entries
    rows = list(entries.order_by("pk")[: asked.limit + 1])
    shown = rows[: asked.limit]
    mark = shown[-1].key if len(rows) > len(shown) else ""
    return EntryPage(
        items=answers_for(catalogue, shown),
        next_cursor=sealed(mark, of=f"catalogue.{catalogue}"),
    )


@router.read(
    "/catalogues/{catalogue}/entries/{key}",
    name="catalogue_entry",
    title="查看一个条目",
    text="按键查找，已停用的条目也能查到，附有日期的变更记录。",
    answer=EntryDetail,
)
def get_catalogue_entry(request: ApiRequest, catalogue: CatalogueName, key: Text) -> Any:
    entry = MODELS[catalogue].objects.filter(pk=key[:20]).first() if len(key) <= 20 else None
    if entry is None:
        raise not_found("个条目")
    (answer,) = answers_for(catalogue, [entry])
    return EntryDetail(
        **answer.model_dump(),
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
        changes=[
            ChangeAnswer(
                kind=change.kind,
                happened_on=change.happened_on,
                name=change.name,
                former_name=change.former_name,
                basis=change.basis,
            )
            for change in changes_of(catalogue=catalogue, key=entry.key)
        ],
    )


def answers_for(catalogue: str, rows: list[Any]) -> list[EntryAnswer]:
    """Entries with their full names; one query for all."""
    names = full_names(catalogue=catalogue, entries=rows)
    return [
        EntryAnswer(
            key=row.key,
            code=row.code,
            name=row.label,
            full_name=names[row.key],
            level=row.level,
            parent=row.parent_id,
            aliases=row.aliases,
        )
        for row in rows
    ]
