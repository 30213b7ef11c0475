"""Enter, correct and import receipts and use of the local education surcharge."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.sheets import sheet_of
from silian.foundation.reference.models import Division
from silian.governance.incentives.choices.surcharge import SurchargeKind
from silian.governance.incentives.events.appropriation import SurchargeEntered
from silian.governance.incentives.models.surcharge import SurchargeEntry
from silian.governance.incentives.permissions.surcharge import (
    entries_visible_to,
    require_surcharge_entering,
)
from silian.governance.incentives.queries.surcharge import counties_of, vouchers_taken
from silian.governance.incentives.rules.surcharge import (
    COLUMNS,
    RowRead,
    Said,
    read_row,
    reason_not_bookable,
)

MOST_ROWS = 500  # what a person can look through before they confirm
KINDS = {str(kind.value): str(kind.label) for kind in SurchargeKind}
TAKEN = "这个凭证号在本年度同类收支里已经有了，请核对是否重复。"


@transaction.atomic
def enter_surcharge(
    *, said: Said, actor: Actor, now: datetime.datetime, today: datetime.date
) -> SurchargeEntry:
    """Enter one sum of a county (填报收支)."""
    require_surcharge_entering(actor, division=said.division)
    Division.objects.select_for_update(of=("self",)).get(pk=said.division)
    if reason := reason_not_bookable(booked_on=said.booked_on, today=today, amount=said.amount):
        raise DomainError(reason, field="amount" if said.amount <= 0 else "booked_on")
    if vouchers_taken([key_of(said)]):
        raise DomainError(TAKEN, field="voucher")
    row = entry_of(said, actor=actor, now=now)
    row.save()
    record(actor, "incentives.surcharge.entered", row)
    publish(SurchargeEntered(division=row.division_id, year=row.year))
    return row


def key_of(said: Said) -> tuple[str, str, str, int]:
    return said.division, said.kind, said.voucher, said.booked_on.year


def entry_of(said: Said, *, actor: Actor, now: datetime.datetime) -> SurchargeEntry:
    return SurchargeEntry(
        division_id=said.division, kind=said.kind, year=said.booked_on.year,
        booked_on=said.booked_on, amount=said.amount, item=said.item, voucher=said.voucher,
        office_id=actor.organisation_id or 0, entered_by_id=actor.user_id, entered_at=now,
    )  # fmt: skip


@transaction.atomic
def correct_surcharge(
    *, entry_id: int, amount: Decimal, item: str, reason: str, actor: Actor,
    now: datetime.datetime,
) -> SurchargeEntry:  # fmt: skip
    """Put another row in the place of a wrong one; an amount of zero withdraws it (更正)."""
    rows = entries_visible_to(actor).select_for_update(of=("self",))
    wrong = rows.get(pk=entry_id)
    require_surcharge_entering(actor, division=wrong.division_id)
    if wrong.replaced_at is not None:
        raise WrongState("这笔已经更正过，请更正最新的一笔。")
    if amount < 0:
        raise DomainError("金额不能小于零；撤销这一笔填 0。", field="amount")
    if not reason.strip():
        raise DomainError("请写明更正的理由。", field="reason")
    wrong.replaced_at = now
    wrong.save(update_fields=["replaced_at"])
    row = SurchargeEntry.objects.create(
        division_id=wrong.division_id, kind=wrong.kind, year=wrong.year,
        booked_on=wrong.booked_on, amount=amount, item=item, voucher=wrong.voucher,
        office_id=actor.organisation_id or 0, entered_by_id=actor.user_id, entered_at=now,
        corrects=wrong, reason=reason.strip()[:200],
    )  # fmt: skip
    record(actor, "incentives.surcharge.corrected", row, reason=reason)
    publish(SurchargeEntered(division=row.division_id, year=row.year))
    return row


def preview_import(
    *, name: str, content: bytes, actor: Actor, today: datetime.date
) -> list[RowRead]:
    """Read a sheet line by line and say what is wrong; nothing is written yet (预览)."""
    require_surcharge_entering(actor)
    sheet = sheet_of(name=name, content=content, most_rows=MOST_ROWS)
    sheet.require(*COLUMNS)
    rows = [read_row(number, cells, kinds=KINDS, today=today) for number, cells in sheet.numbered()]
    if not rows:
        raise DomainError("表里没有数据行。", field="file")
    return checked_rows(rows, division=actor.jurisdiction)


def checked_rows(rows: Sequence[RowRead], *, division: str) -> list[RowRead]:
    """The same rows with what only the register knows: the place, and double vouchers."""
    places = counties_of(division)
    taken = vouchers_taken([key_of(row.said) for row in rows if row.said and not row.problems])
    seen: set[tuple[str, str, str, int]] = set()
    found = []
    for row in rows:
        problems = list(row.problems)
        if row.said and row.said.division not in places:
            problems.append("行政区划代码不在本地区。")
        if row.said and not problems:
            key = key_of(row.said)
            problems += [TAKEN] if key in taken else []
            problems += ["这个凭证号在表里出现了两次。"] if key in seen else []
            seen.add(key)
        found.append(
            RowRead(number=row.number, cells=row.cells, said=row.said, problems=tuple(problems))
        )
    return found


@transaction.atomic
def import_surcharge(
    *, rows: Sequence[dict[str, str]], actor: Actor, now: datetime.datetime, today: datetime.date
) -> int:
    """Write the rows that were looked at; one wrong row keeps all out (确认导入)."""
    require_surcharge_entering(actor)
    Division.objects.select_for_update(of=("self",)).get(pk=actor.jurisdiction)
    read = [read_row(place, cells, kinds=KINDS, today=today) for place, cells in enumerate(rows)]
    checked = checked_rows(read, division=actor.jurisdiction)
    if any(row.problems for row in checked):
        raise DomainError("表里的内容和预览时不一样了，请重新上传。", field="file")
    entries = [entry_of(row.said, actor=actor, now=now) for row in checked if row.said]
    SurchargeEntry.objects.bulk_create(entries)
    record(actor, "incentives.surcharge.imported", entries[0], detail={"rows": len(entries)})
    for division, year in sorted({(row.division_id, row.year) for row in entries}):
        publish(SurchargeEntered(division=division, year=year))
    return len(entries)
