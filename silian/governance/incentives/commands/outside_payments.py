"""Register subsidies paid outside the platform, one by one or as a list; withdraw wrong ones."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from silian.foundation.kernel.actors import Actor, system_actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.sheets import sheet_of
from silian.foundation.reference.models import Division
from silian.governance.incentives.choices.outside_payments import OutsideKind, SkillLevel
from silian.governance.incentives.events.outside_payments import (
    OutsidePaymentsEntered,
    OutsidePaymentWithdrawn,
)
from silian.governance.incentives.models.outside_payments import OutsideImport, OutsidePayment
from silian.governance.incentives.permissions.outside_payments import (
    payments_visible_to,
    require_registering,
)
from silian.governance.incentives.queries.outside_payments import (
    content_key,
    keys_taken,
    keys_withdrawn,
    unknown_occupations,
)
from silian.governance.incentives.rules.outside_payments import (
    COLUMNS,
    PaymentLine,
    PaymentSaid,
    read_line,
    reason_not_recordable,
    repeated,
)
from silian.registers.people.commands import unsaved_person
from silian.registers.people.queries import reason_not_an_id_number

MOST_LINES = 2000  # what one look-through and one form still carry
BATCH = 500
YEARS_KEPT = 10  # the shortest time for which accounting papers are kept, from the day paid
KINDS = {str(kind.label): str(kind.value) for kind in OutsideKind}
LEVELS = tuple(str(level) for level in SkillLevel.values)
TAKEN = "这笔发放已经登记过，没有重复写入。"


@transaction.atomic
def enter_payment(
    *, said: PaymentSaid, actor: Actor, now: datetime.datetime, today: datetime.date
) -> OutsidePayment:
    """Register one payment (登记发放记录)."""
    require_registering(actor)
    division = lock_register(actor)
    refused = reason_not_recordable(said, today=today)
    if refused:
        raise DomainError(refused[1], field=refused[0])
    if unknown_occupations([said.occupation]):
        raise DomainError(
            f"职业编码“{said.occupation}”不在职业分类大典中，请核对。", field="occupation"
        )
    row = payment_of(said, actor=actor, now=now)
    if keys_taken([row.content_key], division=division):
        raise DomainError(TAKEN, field="paid_on")
    row.save()
    record(actor, "incentives.outside_payment.entered", row)
    publish(OutsidePaymentsEntered(division=division, payment_id=row.pk))
    return row


def lock_register(actor: Actor) -> str:
    """One writer at a time in a region, so that repeats are seen."""
    Division.objects.select_for_update(of=("self",)).get(pk=actor.jurisdiction)
    return actor.jurisdiction


def payment_of(said: PaymentSaid, *, actor: Actor, now: datetime.datetime) -> OutsidePayment:
    """The row of a payment, its identity number encrypted; refuses a malformed number."""
    person = unsaved_person(name=said.name, id_number=said.id_number)
    return OutsidePayment(
        division_id=actor.jurisdiction, name=said.name,
        id_number_cipher=person.id_number_cipher, id_number_index=person.id_number_index,
        id_number_mask=person.id_number_mask, kind=said.kind, occupation=said.occupation,
        level=said.level, starts_on=said.starts_on, ends_on=said.ends_on, amount=said.amount,
        authority=said.authority, source=said.source, paid_on=said.paid_on,
        content_key=content_key(said), office_id=actor.organisation_id or 0,
        entered_by_id=actor.user_id, entered_at=now,
    )  # fmt: skip


def preview_payments(
    *, name: str, content: bytes, actor: Actor, today: datetime.date
) -> list[PaymentLine]:
    """Read a list line by line and say what is wrong; nothing is written yet (预览)."""
    require_registering(actor)
    sheet = sheet_of(name=name, content=content, most_rows=MOST_LINES)
    sheet.require(*COLUMNS)
    lines = [
        read_line(number, cells, kinds=KINDS, levels=LEVELS, today=today)
        for number, cells in sheet.numbered()
    ]
    if not lines:
        raise DomainError("表里没有数据行。", field="file")
    return checked_lines(lines, division=actor.jurisdiction)


def checked_lines(lines: Sequence[PaymentLine], *, division: str) -> list[PaymentLine]:
    """The same lines with what only the register knows: numbers, occupations, repeats."""
    said = {line.number: line.said for line in lines if line.said is not None}
    keys = {number: content_key(each) for number, each in said.items()}
    taken = keys_taken(keys.values(), division=division)
    gone = keys_withdrawn(keys.values(), division=division) if keys else {}
    strange = unknown_occupations([each.occupation for each in said.values()])
    first = repeated(lines)
    found = []
    for line in lines:
        if line.said is None:
            found.append(line)
            continue
        problems = list(line.problems)
        if problem := reason_not_an_id_number(line.said.id_number):
            problems.append(problem)
        if line.said.occupation in strange:
            problems.append(f"职业编码“{line.said.occupation}”不在职业分类大典中，请核对。")
        key, earlier = keys[line.number], first[line.said.content]
        known = "" if earlier == line.number else f"与第 {earlier} 行相同"
        known = "登记过" if key in taken else known
        known = f"撤销过：{gone[key]}" if key in gone and key not in taken else known
        found.append(replace(line, problems=tuple(problems), known=known))
    return found


@transaction.atomic
def import_payments(
    *, file_name: str, rows: Sequence[dict[str, str]], actor: Actor, now: datetime.datetime,
    today: datetime.date,
) -> OutsideImport:  # fmt: skip
    """Write the list that was looked at; a wrong line keeps all out, repeats are left (确认导入).

    Every line is either added or known, and the batch says how many of each.
    """
    require_registering(actor)
    division = lock_register(actor)
    read = [
        read_line(int(cells["行号"]), cells, kinds=KINDS, levels=LEVELS, today=today)
        for cells in rows
    ]
    lines = checked_lines(read, division=division)
    if not lines or any(line.problems for line in lines):
        raise DomainError("名单和预览时不一样了，请重新上传。", field="file")
    new = [line for line in lines if line.is_new]
    batch = OutsideImport.objects.create(
        division_id=division, file_name=file_name[:200], lines=len(lines), added=len(new),
        known=len(lines) - len(new), office_id=actor.organisation_id or 0,
        made_by_id=actor.user_id, made_at=now,
    )  # fmt: skip
    OutsidePayment.objects.bulk_create(
        [row for line in new for row in rows_of_line(line, batch, actor=actor, now=now)],
        batch_size=BATCH,
    )
    detail = {"lines": batch.lines, "added": batch.added, "known": batch.known}
    record(actor, "incentives.outside_payment.imported", batch, detail=detail)
    publish(OutsidePaymentsEntered(division=division, batch_id=batch.pk))
    return batch


def rows_of_line(
    line: PaymentLine, batch: OutsideImport, *, actor: Actor, now: datetime.datetime
) -> list[OutsidePayment]:
    if line.said is None:
        return []
    row = payment_of(line.said, actor=actor, now=now)
    row.batch, row.line = batch, line.number
    return [row]


@transaction.atomic
def withdraw_payment(
    *, payment_id: int, reason: str, actor: Actor, now: datetime.datetime
) -> OutsidePayment:
    """Withdraw a wrong payment for a reason; the row stays and counts no more (撤销)."""
    require_registering(actor)
    row = payments_visible_to(actor).select_for_update(of=("self",)).get(pk=payment_id)
    if row.is_withdrawn:
        raise WrongState("这条记录已经撤销。")
    if not reason.strip():
        raise DomainError("请写明撤销的理由，如金额录错、人员不符。", field="reason")
    row.withdrawn_at, row.withdrawn_by_id = now, actor.user_id
    row.reason = reason.strip()[:200]
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "reason"])
    record(actor, "incentives.outside_payment.withdrawn", row, reason=row.reason)
    publish(OutsidePaymentWithdrawn(division=row.division_id, payment_id=row.pk))
    return row


@transaction.atomic
def forget_old_payments(*, on: datetime.date) -> int:
    """Empty names and numbers of payments whose time of keeping ended (清除到期个人信息).

    Basis: 《个人信息保护法》第十九条、第四十七条.
    """
    oldest = on.replace(year=on.year - YEARS_KEPT, day=min(on.day, 28))
    rows = OutsidePayment.objects.filter(paid_on__lt=oldest, forgotten_on__isnull=True)
    count = rows.update(
        name="", id_number_cipher="", id_number_index="", id_number_mask="", forgotten_on=on
    )
    if count:
        detail = {"payments": count, "before": oldest.isoformat()}
        record(system_actor(), "incentives.outside_payment.forgotten", detail=detail)
    return count
