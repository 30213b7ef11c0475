"""Pay an approved list through the ledgers, and follow what the bank says of each award."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, QuerySet, Sum

from silian.casework.ledgers.choices import PaymentState
from silian.casework.ledgers.commands.booking import Subject
from silian.casework.ledgers.commands.commitments import commit
from silian.casework.ledgers.commands.payments import Payee, pay
from silian.foundation.kernel.actors import Actor, system_actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.encryption import decrypted
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.operations.learning import workflow
from silian.operations.learning.choices import AwardListState, AwardState
from silian.operations.learning.commands.award_lists import locked_list, moved
from silian.operations.learning.events import AwardPaid, AwardReturned
from silian.operations.learning.models.awards import Award, AwardList
from silian.operations.learning.models.promotions import PayeeAccount

LIST_SUBJECT, AWARD_SUBJECT = "learning.awardlist", "learning.award"
SETTLED = (AwardState.PAID, AwardState.REFUSED)


@dataclass(frozen=True, kw_only=True)
class PaidOut:
    """How many awards were ordered, and how many wait for an account (安排支付结果)."""

    ordered: int
    without_account: int


@transaction.atomic
def pay_list(*, list_id: int, line_id: int | None, actor: Actor, on: datetime.date) -> PaidOut:
    """Commit the list's sum once and order what can be paid; again for the rest (安排支付)."""
    row = locked_list(list_id=list_id, actor=actor)
    if row.state != AwardListState.APPROVED:
        raise DomainError(f"当前为“{row.get_state_display()}”，批准后才能安排支付。")
    commitment_id = committed(row, line_id=line_id, actor=actor, on=on)
    accounts = accounts_of(row)
    waiting = list(payable(row).select_related("person").order_by("pk"))
    ready = [award for award in waiting if award.person_id in accounts]
    if not ready:
        raise DomainError("没有可以安排支付的人员：收款账户还没有填写，或退票还没有退回占用。")
    for award in ready:
        order(award, account=accounts[award.person_id], commitment_id=commitment_id, actor=actor)
    record(actor, "learning.awards.paid_out", row, detail={"ordered": len(ready)})
    return PaidOut(ordered=len(ready), without_account=len(waiting) - len(ready))


def payable(row: AwardList) -> QuerySet[Award]:
    """Approved awards, and failed ones whose money is back in the commitment."""
    back = Q(state=AwardState.FAILED, payment__state=PaymentState.RETURNED)
    rows = row.awards.select_for_update(of=("self",))
    return rows.filter(Q(state=AwardState.APPROVED) | back)


def accounts_of(row: AwardList) -> dict[int, PayeeAccount]:
    people = row.awards.values("person_id")
    return {each.person_id: each for each in PayeeAccount.objects.filter(person_id__in=people)}


def committed(row: AwardList, *, line_id: int | None, actor: Actor, on: datetime.date) -> int:
    """The commitment of the list, made at the first order (占用指标)."""
    if row.commitment_id is not None:
        return row.commitment_id
    if line_id is None:
        raise DomainError("请选择从哪个预算项目支付。", field="line")
    approved = row.awards.filter(state=AwardState.APPROVED)
    amount = approved.aggregate(total=Sum("amount"))["total"] or Decimal(0)
    made = commit(
        line_id=line_id,
        amount=amount,
        subject=Subject(type=LIST_SUBJECT, id=str(row.pk), label=row.title),
        key=f"learning-awards-{row.pk}",
        on=on,
        actor=actor,
    )
    row.commitment = made
    row.save(update_fields=["commitment"])
    return made.pk


def order(award: Award, *, account: PayeeAccount, commitment_id: int, actor: Actor) -> None:
    """One payment to the person; each attempt has a key of its own (安排一笔支付)."""
    award.state = workflow.award.target("order", state=AwardState(award.state))
    award.attempt += 1
    label = f"{award.award_list.title} {award.reached}"
    award.payment = pay(
        commitment_id=commitment_id,
        amount=award.due,
        payee=Payee(
            name=award.person.name, bank=account.bank, account=decrypted(account.account_cipher)
        ),
        subject=Subject(type=AWARD_SUBJECT, id=str(award.pk), label=label),
        key=f"learning-award-{award.pk}-{award.attempt}",
        actor=actor,
    )
    award.save(update_fields=["state", "attempt", "payment"])


def locked_award(*, award_id: int, payment_id: int) -> Award | None:
    """The award of a payment, its list locked first; None when a later payment took its place."""
    seen = Award.objects.filter(pk=award_id).first()
    if seen is None:
        return None
    AwardList.objects.select_for_update(of=("self",)).get(pk=seen.award_list_id)
    rows = Award.objects.select_related("award_list").select_for_update(of=("self",))
    return rows.filter(pk=award_id, payment_id=payment_id).first()


@transaction.atomic
def settle_award(*, award_id: int, payment_id: int, on: datetime.date) -> None:
    """Take down that the bank paid; the list ends with its last award (支付成功)."""
    row = locked_award(award_id=award_id, payment_id=payment_id)
    if row is None or row.state == AwardState.PAID:
        return
    row.state = workflow.award.target("pay", state=AwardState(row.state))
    row.paid_on = on
    row.save(update_fields=["state", "paid_on"])
    record(system_actor(), "learning.award.pay", row)
    publish(AwardPaid(award_id=row.pk))
    award_list = row.award_list
    left = award_list.awards.exclude(state__in=SETTLED)
    if award_list.state == AwardListState.APPROVED and not left.exists():
        moved(award_list, step="close", actor=system_actor())


@transaction.atomic
def fail_award(*, award_id: int, payment_id: int, reason: str) -> None:
    """Take down that the bank did not pay or sent the money back (支付失败)."""
    row = locked_award(award_id=award_id, payment_id=payment_id)
    if row is None or row.state == AwardState.FAILED:
        return
    row.state = workflow.award.target("fail", state=AwardState(row.state))
    if row.paid_on is not None:
        publish(AwardReturned(award_id=row.pk, division=row.division_id, paid_on=row.paid_on))
    row.paid_on = None
    row.save(update_fields=["state", "paid_on"])
    record(system_actor(), "learning.award.fail", row, reason=reason)
    if row.award_list.state == AwardListState.CLOSED:
        moved(row.award_list, step="reopen", actor=system_actor())
