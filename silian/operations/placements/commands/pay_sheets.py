"""Payroll sheets of hosts: read and checked, then taken once."""

from __future__ import annotations

import datetime
import hashlib
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish_each
from silian.operations.placements.choices.pay import (
    PaySheetState,
)
from silian.operations.placements.commands.pay_alarms import watch_records
from silian.operations.placements.events.pay import PayStated
from silian.operations.placements.gateways.payroll_sheets import table_in
from silian.operations.placements.models.pay import Payment, PayRecord, PaySheet
from silian.operations.placements.permissions.pay import require_host_clerk
from silian.operations.placements.queries.pay import accounts_in_force
from silian.operations.placements.queries.pay_sheets import owed_by_number
from silian.operations.placements.rules.pay import month_start
from silian.operations.placements.rules.pay_sheets import columns_of, read_rows

MOST_BYTES = 5 * 1024 * 1024  # a sheet of 5,000 rows is far below
BATCH = 500


@transaction.atomic
def upload_sheet(
    *,
    actor: Actor,
    month: datetime.date,
    upload: UploadedFile[bytes],
    now: datetime.datetime,
) -> PaySheet:
    """Read a sheet for the preview; nothing is paid yet (上传发放表)."""
    require_host_clerk(actor)
    first = month_start(month)
    content = upload.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise DomainError("文件超过 5 MB，请分几次上传。", field="file")
    table = table_in(name=upload.name or "", content=content)
    rows = read_rows(
        table[1:],
        places=columns_of(table[0]),
        owed=owed_by_number(organisation_id=actor.organisation_id or 0, month=first),
        month=first,
        today=now.date(),
    )
    good = sum(row.is_good for row in rows)
    sheet = PaySheet.objects.create(
        organisation_id=actor.organisation_id or 0,
        month=first,
        name=(upload.name or "发放表")[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        rows=[row.stored() for row in rows],
        good=good,
        bad=len(rows) - good,
        uploaded_by_id=actor.user_id,
        uploaded_at=now,
    )
    record(actor, "placements.pay_sheet.uploaded", sheet)
    return sheet


def locked_sheet(sheet_id: int, *, actor: Actor) -> PaySheet:
    sheet = PaySheet.objects.select_for_update(of=("self",)).get(pk=sheet_id)
    if sheet.organisation_id != actor.organisation_id:
        raise NotAllowed("只能办理本单位的发放表。")
    require_host_clerk(actor)
    if sheet.state != PaySheetState.PREVIEW:
        raise DomainError(f"这张发放表{sheet.get_state_display()}，不能再办理。")
    return sheet


@transaction.atomic
def take_sheet(
    *, actor: Actor, sheet_id: int, now: datetime.datetime, only_good: bool = False
) -> int:
    """Enter the good rows as payments; all or, when asked, only those (入账).

    The same file is never taken twice for a month.
    """
    sheet = locked_sheet(sheet_id, actor=actor)
    taken = PaySheet.objects.filter(
        organisation_id=sheet.organisation_id,
        month=sheet.month,
        sha256=sheet.sha256,
        state=PaySheetState.TAKEN,
    )
    if taken.exists():
        raise DomainError("同一个文件已经入账，没有重复入账。")
    if sheet.bad and not only_good:
        raise DomainError(f"还有 {sheet.bad} 行有误，请改正后重新上传，或只入账无误的行。")
    payments = payments_of(sheet, actor=actor, now=now)
    Payment.objects.bulk_create(payments, batch_size=BATCH)
    follow(payments, now=now)
    sheet.state, sheet.taken_at = PaySheetState.TAKEN, now
    sheet.save(update_fields=["state", "taken_at"])
    record(actor, "placements.pay_sheet.taken", sheet, detail={"rows": len(payments)})
    return len(payments)


def payments_of(sheet: PaySheet, *, actor: Actor, now: datetime.datetime) -> list[Payment]:
    """A payment to the student's own account for each good row."""
    good = [row for row in sheet.rows if row["is_good"]]
    records = {
        row.pk: row
        for row in PayRecord.objects.select_for_update(of=("self",))
        .filter(
            pk__in=[row["pay_record_id"] for row in good],
            internship__organisation_id=sheet.organisation_id,
        )
        .select_related("internship")
        .order_by("pk")
    }
    accounts = accounts_in_force(person_ids=[row.internship.person_id for row in records.values()])
    return [
        Payment(
            pay_record=records[row["pay_record_id"]],
            account=accounts[records[row["pay_record_id"]].internship.person_id],
            amount=Decimal(row["amount"]),
            paid_on=datetime.date.fromisoformat(row["paid_on"]),
            sheet=sheet,
            stated_by_id=actor.user_id,
            stated_at=now,
        )
        for row in good
    ]


def follow(payments: list[Payment], *, now: datetime.datetime) -> None:
    """Let the months follow their payments, and the alarms follow the months."""
    months: dict[int, PayRecord] = {}
    for payment in payments:
        month = months.setdefault(payment.pay_record_id, payment.pay_record)
        month.paid_amount += payment.amount
        month.paid_on = max(month.paid_on or payment.paid_on, payment.paid_on)
        month.stated_at = now
    PayRecord.objects.bulk_update(
        months.values(), ["paid_amount", "paid_on", "stated_at"], batch_size=BATCH
    )
    watch_records(record_ids=months, now=now)
    publish_each(PayStated(pay_record_id=key) for key in months)


@transaction.atomic
def drop_sheet(*, actor: Actor, sheet_id: int) -> PaySheet:
    """Put a sheet aside; nothing was paid by it (放弃)."""
    sheet = locked_sheet(sheet_id, actor=actor)
    sheet.state = PaySheetState.DROPPED
    sheet.save(update_fields=["state"])
    record(actor, "placements.pay_sheet.dropped", sheet)
    return sheet
