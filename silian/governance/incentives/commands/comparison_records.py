"""Bring in lists of other authorities, withdraw wrong ones, delete what was kept long enough."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction

from silian.foundation.kernel.actors import Actor, system_actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.sheets import sheet_of
from silian.foundation.reference.models import Division
from silian.governance.incentives.events.comparison_records import ComparisonListEntered
from silian.governance.incentives.models.comparison_records import (
    ComparisonList,
    ComparisonRecord,
)
from silian.governance.incentives.permissions.comparison_records import (
    comparison_lists_visible_to,
    require_importing,
)
from silian.governance.incentives.queries.comparison_records import list_key, same_list
from silian.governance.incentives.rules.comparison_records import (
    COLUMNS,
    ListSaid,
    RecordLine,
    RecordSaid,
    read_record,
    reason_list_not_recordable,
    with_repeats,
)
from silian.registers.people.commands import unsaved_person
from silian.registers.people.queries import reason_not_an_id_number

MOST_LINES = 5000  # what one look-through and one form still carry
BATCH = 500


def preview_list(
    *, said: ListSaid, name: str, content: bytes, actor: Actor, today: datetime.date
) -> list[RecordLine]:
    """Read a list line by line and say what is wrong; nothing is written yet (预览)."""
    require_importing(actor)
    refuse_strange_list(said, today=today)
    sheet = sheet_of(name=name, content=content, most_rows=MOST_LINES)
    sheet.require(*COLUMNS[said.kind])
    lines = lines_of(said, list(sheet.numbered()))
    if not lines:
        raise DomainError("表里没有数据行。", field="file")
    if not any(line.problems for line in lines):
        refuse_known_list(said, lines, division=actor.jurisdiction)
    return lines


def refuse_strange_list(said: ListSaid, *, today: datetime.date) -> None:
    refused = reason_list_not_recordable(said, today=today)
    if refused:
        raise DomainError(refused[1], field=refused[0])


def lines_of(said: ListSaid, rows: Sequence[tuple[int, dict[str, str]]]) -> list[RecordLine]:
    """Every line with its problems and repeats (逐行检查)."""
    return with_repeats(
        read_record(number, cells, about=said, number_problem=reason_not_an_id_number)
        for number, cells in rows
    )


def said_in(lines: Sequence[RecordLine]) -> list[RecordSaid]:
    """What the list says, each once."""
    return [line.said for line in lines if line.said is not None and not line.same_as]


def refuse_known_list(said: ListSaid, lines: Sequence[RecordLine], *, division: str) -> None:
    known = same_list(list_key(said, said_in(lines)), division=division)
    if known is not None:
        raise DomainError(
            f"内容相同的名单已于 {known.made_at:%Y-%m-%d} 导入，没有重复写入。", field="file"
        )


@transaction.atomic
def import_list(
    *, said: ListSaid, file_name: str, rows: Sequence[tuple[int, dict[str, str]]], actor: Actor,
    now: datetime.datetime, today: datetime.date,
) -> ComparisonList:  # fmt: skip
    """Write the list that was looked at; the same list twice is written once (确认导入)."""
    require_importing(actor)
    Division.objects.select_for_update(of=("self",)).get(pk=actor.jurisdiction)
    refuse_strange_list(said, today=today)
    lines = lines_of(said, rows)
    if not lines or any(line.problems for line in lines):
        raise DomainError("名单和预览时不一样了，请重新上传。", field="file")
    records = said_in(lines)
    key = list_key(said, records)
    known = same_list(key, division=actor.jurisdiction)
    if known is not None:
        return known
    row = ComparisonList.objects.create(
        division_id=actor.jurisdiction, kind=said.kind, authority=said.authority,
        document=said.document, as_of=said.as_of, covers_from=said.covers_from,
        covers_until=said.covers_until, completeness=said.completeness,
        kept_until=said.kept_until, file_name=file_name[:200], content_key=key,
        lines=len(lines), added=len(records), repeated=len(lines) - len(records),
        office_id=actor.organisation_id or 0, made_by_id=actor.user_id, made_at=now,
    )  # fmt: skip
    ComparisonRecord.objects.bulk_create(records_of(row, lines), batch_size=BATCH)
    detail = {"lines": row.lines, "added": row.added, "kept_until": said.kept_until.isoformat()}
    record(actor, "incentives.comparison_list.imported", row, detail=detail)
    publish(ComparisonListEntered(list_id=row.pk))
    return row


def records_of(row: ComparisonList, lines: Sequence[RecordLine]) -> list[ComparisonRecord]:
    """The rows of a list, their identity numbers encrypted."""
    return [
        record_of(row, line.said, line.number)
        for line in lines
        if line.said is not None and not line.same_as
    ]


def record_of(row: ComparisonList, said: RecordSaid, number: int) -> ComparisonRecord:
    person = unsaved_person(name=said.name, id_number=said.id_number)
    return ComparisonRecord(
        list=row, line=number, name=said.name, id_number_cipher=person.id_number_cipher,
        id_number_index=person.id_number_index, id_number_mask=person.id_number_mask,
        employer_code=said.employer_code, employer_name=said.employer_name, month=said.month,
        starts_on=said.starts_on, ends_on=said.ends_on,
    )  # fmt: skip


@transaction.atomic
def withdraw_list(
    *, list_id: int, reason: str, actor: Actor, now: datetime.datetime, today: datetime.date
) -> ComparisonList:
    """Withdraw a wrong list for a reason; its rows are deleted, the list stays (撤销名单)."""
    require_importing(actor)
    row = comparison_lists_visible_to(actor).select_for_update(of=("self",)).get(pk=list_id)
    if not row.is_standing:
        raise WrongState("这份名单已经撤销，或明细已到期删除。")
    if not reason.strip():
        raise DomainError("请写明撤销的理由，如出具机关更正、类别选错。", field="reason")
    row.withdrawn_at, row.withdrawn_by_id = now, actor.user_id
    row.reason, row.deleted_on = reason.strip()[:200], today
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "reason", "deleted_on"])
    row.records.all().delete()
    record(actor, "incentives.comparison_list.withdrawn", row, reason=row.reason)
    return row


@transaction.atomic
def delete_expired_records(*, on: datetime.date) -> int:
    """Delete what lists say of people once their time of keeping ended (删除到期明细).

    Basis: 《个人信息保护法》第十九条、第四十七条.
    """
    rows = ComparisonList.objects.select_for_update(of=("self",)).filter(
        kept_until__lte=on, deleted_on__isnull=True
    )
    lists = list(rows.order_by("pk"))
    for row in lists:
        gone, _ = row.records.all().delete()
        row.deleted_on = on
        row.save(update_fields=["deleted_on"])
        detail = {"records": gone, "kept_until": row.kept_until.isoformat()}
        record(system_actor(), "incentives.comparison_list.expired", row, detail=detail)
    return len(lists)
