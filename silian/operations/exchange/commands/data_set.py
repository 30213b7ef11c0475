"""Register a data set, store editions, and stop sharing."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.operations.exchange.choices import DataRequestState, SharingTerms
from silian.operations.exchange.gateways.sheets import read_sheet
from silian.operations.exchange.models.data_set import DataEdition, DataField, DataSet
from silian.operations.exchange.permissions.data_sets import (
    data_sets_visible_to,
    require_data_writer,
    require_owner,
)
from silian.operations.exchange.permissions.negotiations import side_of
from silian.operations.exchange.queries.data_sets import specs_of
from silian.operations.exchange.rules.data_set_rows import (
    MOST_ROWS,
    SHOWN_FAULTS,
    FieldSpec,
    checked_rows,
    edition_digest,
    missing_headings,
)


@dataclass(frozen=True, kw_only=True)
class DeclaredField:
    """One column as its owner declares it (数据项)."""

    name: str
    type: str
    sensitivity: str
    unit: str = ""
    required: bool = True
    is_key: bool = False


@dataclass(frozen=True, kw_only=True)
class DataSetCard:
    """What the catalogue says about a data set (目录信息)."""

    title: str
    description: str
    source_system: str
    provenance: str
    terms: str
    terms_note: str
    division: str
    region_note: str
    refresh_days: int


@transaction.atomic
def register_data_set(
    *,
    card: DataSetCard,
    fields: Sequence[DeclaredField],
    actor: Actor,
    now: datetime.datetime,
) -> DataSet:
    """Put a data set of one's organisation in the catalogue (登记数据集)."""
    require_data_writer(actor)
    refuse_unfit(card=card, fields=fields, actor=actor)
    data_set = DataSet.objects.create(
        title=card.title,
        owner_id=side_of(actor),
        description=card.description,
        source_system=card.source_system,
        provenance=card.provenance,
        terms=card.terms,
        terms_note=card.terms_note,
        division_id=card.division,
        region_note=card.region_note,
        refresh_days=card.refresh_days,
        registered_at=now,
        registered_by_id=actor.user_id,
    )
    DataField.objects.bulk_create(
        DataField(
            data_set=data_set,
            place=place,
            name=field.name,
            type=field.type,
            sensitivity=field.sensitivity,
            unit=field.unit,
            required=field.required,
            is_key=field.is_key,
        )
        for place, field in enumerate(fields, start=1)
    )
    record(actor, "exchange.data_set.registered", data_set)
    return data_set


def refuse_unfit(*, card: DataSetCard, fields: Sequence[DeclaredField], actor: Actor) -> None:
    if card.terms != SharingTerms.OPEN and not card.terms_note.strip():
        raise DomainError("有条件共享或不予共享的，须写明条件或依据。", field="terms_note")
    names = [field.name for field in fields]
    if not names:
        raise DomainError("请至少写一个数据项。", field="fields")
    if len(names) != len(set(names)):
        raise DomainError("数据项名称有重复，请改名。", field="fields")
    if sum(field.is_key for field in fields) > 1:
        raise DomainError("关联项只能有一个。", field="fields")
    hidden = [field.name for field in fields if field.sensitivity != "plain"]
    if card.terms == SharingTerms.OPEN and hidden:
        raise DomainError(
            f"无条件共享的数据集只能有可公开的数据项，请调整：{'、'.join(hidden[:3])}。",
            field="fields",
        )
    if DataSet.objects.filter(owner_id=side_of(actor), title=card.title).exists():
        raise DomainError("本单位已有同名数据集，请在原数据集上更新版本。", field="title")


def locked_data_set(*, data_set_id: int, actor: Actor) -> DataSet:
    """The data set, locked, when the actor's organisation owns it."""
    rows = data_sets_visible_to(actor).select_for_update(of=("self",))
    data_set = rows.get(pk=data_set_id)
    require_owner(actor, data_set)
    return data_set


@transaction.atomic
def import_edition(
    *,
    data_set_id: int,
    name: str,
    content: bytes,
    as_of: datetime.date,
    actor: Actor,
    now: datetime.datetime,
) -> DataEdition:
    """Store a new edition out of a csv or xlsx file (文件更新)."""
    sheet = read_sheet(name=name, content=content)
    return store_edition(
        data_set_id=data_set_id,
        headings=sheet.headings,
        rows=sheet.rows,
        source=name,
        as_of=as_of,
        actor=actor,
        now=now,
    )


@transaction.atomic
def store_edition(
    *,
    data_set_id: int,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    source: str,
    as_of: datetime.date,
    actor: Actor,
    now: datetime.datetime,
) -> DataEdition:
    """Check all rows and keep them as a new edition; the same rows again make none (更新版本)."""
    data_set = locked_data_set(data_set_id=data_set_id, actor=actor)
    if data_set.withdrawn_at is not None:
        raise WrongState("已停止共享，不能再更新。")
    if as_of > now.date():
        raise DomainError("数据截至日不能在今天之后。", field="as_of")
    clean = clean_rows(headings=headings, rows=rows, fields=specs_of(data_set))
    digest = edition_digest(clean)
    edition = data_set.editions.filter(sha256=digest).first()
    if edition is None:
        edition = DataEdition.objects.create(
            data_set=data_set,
            number=data_set.editions.count() + 1,
            sha256=digest,
            row_count=len(clean),
            rows=clean,
            source=source[:160],
            as_of=as_of,
            stored_at=now,
            stored_by_id=actor.user_id,
        )
    data_set.refreshed_on = max(as_of, data_set.refreshed_on or as_of)
    data_set.save(update_fields=["refreshed_on"])
    detail = {"edition": edition.number, "rows": edition.row_count, "sha256": digest}
    record(actor, "exchange.data_set.refreshed", data_set, detail=detail)
    return edition


def clean_rows(
    *, headings: Sequence[str], rows: Sequence[Sequence[str]], fields: Sequence[FieldSpec]
) -> list[list[str]]:
    """The rows as they are kept; refuses missing columns and wrong cells, each by its place."""
    if missing := missing_headings(headings=headings, fields=fields):
        raise DomainError(
            f"文件缺少列：{'、'.join(missing)}。第一行须是登记的数据项名称。", field="file"
        )
    if len(rows) > MOST_ROWS:
        raise DomainError(f"一次最多 {MOST_ROWS:,} 行，请按地区或时间拆分。", field="file")
    clean, faults = checked_rows(headings=list(headings), rows=rows, fields=fields)
    if faults:
        shown = "；".join(str(fault) for fault in faults[:SHOWN_FAULTS])
        raise DomainError(f"{len(faults)} 处不符合登记的格式，没有入库。{shown}", field="file")
    if not clean:
        raise DomainError("文件里没有数据行。", field="file")
    return clean


@transaction.atomic
def withdraw_data_set(*, data_set_id: int, actor: Actor, now: datetime.datetime) -> DataSet:
    """Stop sharing; what was granted ends (停止共享)."""
    data_set = locked_data_set(data_set_id=data_set_id, actor=actor)
    if data_set.withdrawn_at is not None:
        raise WrongState("已经停止共享。")
    data_set.withdrawn_at = now
    data_set.save(update_fields=["withdrawn_at"])
    data_set.requests.filter(
        state__in=[DataRequestState.WAITING, DataRequestState.APPROVED]
    ).update(state=DataRequestState.ENDED)
    record(actor, "exchange.data_set.withdrawn", data_set)
    return data_set
