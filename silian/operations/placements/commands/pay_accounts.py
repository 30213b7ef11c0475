"""The bank accounts that pay goes to: always the student's own."""

from __future__ import annotations

import datetime

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.encryption import decrypted, encrypted
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.operations.placements.commands.pay_alarms import watch_shared_account
from silian.operations.placements.events.pay import PayAccountOpened
from silian.operations.placements.models.pay import StudentAccount
from silian.operations.placements.permissions.pay import (
    accounts_visible_to,
    is_paid_student,
    may_enter_account,
)
from silian.operations.placements.rules.pay import masked_account, reason_account_refused
from silian.registers.people.models import Person
from silian.registers.people.queries import index_of_number, reason_not_stated


@transaction.atomic
def open_account(
    *,
    actor: Actor,
    person_id: int,
    bank: str,
    holder: str,
    number: str,
    now: datetime.datetime,
) -> StudentAccount:
    """Enter the account for pay; a former one is closed and kept (登记报酬账户).

    Basis: 教职成〔2021〕4号第十八条.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person_id)
    if not may_enter_account(actor, person):
        raise NotAllowed("报酬账户由学生本人、监护人或学校经办人登记。")
    problem = reason_account_refused(holder=holder, student=person.name, number=number, bank=bank)
    if problem:
        raise DomainError(problem, field="holder" if "户名" in problem else "number")
    digits = "".join(number.split())
    close_former(actor=actor, person=person, now=now)
    account = StudentAccount.objects.create(
        person=person,
        bank=bank.strip(),
        holder=holder.strip(),
        number_cipher=encrypted(digits),
        number_index=index_of_number(digits),
        number_mask=masked_account(digits),
        entered_by_id=actor.user_id,
        opened_at=now,
        is_demo=person.is_demo,
    )
    record(actor, "placements.account.opened", account)
    publish(PayAccountOpened(account_id=account.pk))
    watch_shared_account(number_index=account.number_index, now=now)
    return account


def close_former(*, actor: Actor, person: Person, now: datetime.datetime) -> None:
    former = StudentAccount.objects.filter(person=person, closed_at__isnull=True).first()
    if former is None:
        return
    former.closed_at = now
    former.save(update_fields=["closed_at"])
    record(actor, "placements.account.closed", former)
    watch_shared_account(number_index=former.number_index, now=now)


@transaction.atomic
def reveal_account(*, actor: Actor, account_id: int, reason: str) -> str:
    """The full number, for a stated reason on record (查看完整账号)."""
    account = accounts_visible_to(actor).filter(pk=account_id).first()
    if account is None:
        raise NotAllowed("只有本人、监护人和学校经办人可以查看完整账号。")
    problem = None if is_paid_student(actor, account.person) else reason_not_stated(reason)
    if problem:
        raise DomainError(problem, field="reason")
    record(actor, "placements.account.revealed", account, reason=reason)
    return decrypted(account.number_cipher)
