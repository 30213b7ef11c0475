"""Follow the ledger, and tell units and departments what happened to the money of claims."""

from __future__ import annotations

from django.utils import timezone

from silian.casework.ledgers.events import PaymentConfirmed, PaymentFailed, ReceivableSettled
from silian.foundation.kernel.events import subscribe
from silian.foundation.kernel.money import format_yuan
from silian.governance.incentives.choices.claims import PaymentStanding
from silian.governance.incentives.choices.recovery import AppealState, RecalculationState
from silian.governance.incentives.commands.claim_following import (
    follow_payment,
    follow_receivable,
)
from silian.governance.incentives.events.claim_money import AppealMoved, ClaimRecalculated
from silian.governance.incentives.events.claims import ClaimPaymentMoved, RecoveryMoved
from silian.governance.incentives.models import (
    Claim,
    ClaimAppeal,
    ClaimPayment,
    Recalculation,
    RecoveryCase,
)
from silian.governance.incentives.permissions.claims import CLERKS, WRITERS
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.organisations.queries.members import user_ids_with_role

TO_UNIT = {
    "notice": "拟追回补贴，请陈述申辩",
    "decide": "已作出追回决定",
    "drop": "不予追回补贴",
    "collect": "已确定补贴收回方式",
    "settle": "补贴追回已结清",
    "remind": "补贴退回已逾期，请尽快退回",
}


@subscribe(PaymentConfirmed)
def payment_confirmed(event: PaymentConfirmed) -> None:
    follow_payment(fund_payment_id=event.payment_id)


@subscribe(PaymentFailed)
def payment_failed(event: PaymentFailed) -> None:
    follow_payment(fund_payment_id=event.payment_id)


@subscribe(ReceivableSettled)
def receivable_settled(event: ReceivableSettled) -> None:
    follow_receivable(receivable_id=event.receivable_id)


def tell_unit(claim: Claim, *, title: str, detail: str, url: str, key: str) -> None:
    tell(claim.organisation_id, roles=sorted(WRITERS), title=title, detail=detail, url=url, key=key)


def tell_lead(claim: Claim, *, title: str, detail: str, url: str, key: str) -> None:
    owner = claim.call.owner_id
    tell(owner, roles=sorted(CLERKS), title=title, detail=detail, url=url, key=key)


def tell(
    organisation_id: int, *, roles: list[str], title: str, detail: str, url: str, key: str
) -> None:
    people = user_ids_with_role(
        organisation_id=organisation_id, roles=roles, on=timezone.localdate()
    )
    notify(
        user_ids=people,
        kind=NotificationKind.TASK,
        title=title,
        detail=detail,
        url=url,
        organisation_id=organisation_id,
        key=key,
    )


@subscribe(ClaimPaymentMoved)
def tell_of_payment(event: ClaimPaymentMoved) -> None:
    """The unit hears what arrived; the department what failed or can be paid."""
    row = ClaimPayment.objects.select_related("claim__call").get(pk=event.claim_payment_id)
    if str(row.standing) != event.standing:
        return  # it went on meanwhile
    key = f"claim-payment-{row.pk}-{row.standing}-{row.attempt}"
    words = f"{row.claim.number}，{row.get_kind_display()} {format_yuan(row.amount)} 元"
    if row.standing == PaymentStanding.PAID:
        tell_unit(row.claim, title="补贴已到账", detail=words, url=row.get_absolute_url(), key=key)
    if row.standing == PaymentStanding.FAILED:
        detail = f"{words}：{row.failure}"
        for say in (tell_unit, tell_lead):
            say(row.claim, title="补贴支付失败", detail=detail, url=row.get_absolute_url(), key=key)


@subscribe(ClaimRecalculated)
def tell_of_recalculation(event: ClaimRecalculated) -> None:
    """The lead department handles a difference."""
    rows = Recalculation.objects.select_related("claim__call", "claim__organisation")
    row = rows.get(pk=event.recalculation_id)
    if row.state != RecalculationState.FOUND:
        return
    tell_lead(
        row.claim,
        title=f"申领事实有变化，差额 {format_yuan(row.difference)} 元",
        detail=f"{row.claim.organisation.name} {row.claim.number}",
        url=row.get_absolute_url(),
        key=f"recalculation-{row.pk}",
    )


@subscribe(RecoveryMoved)
def tell_of_recovery(event: RecoveryMoved) -> None:
    """The unit hears every step; the department that the unit replied."""
    case = RecoveryCase.objects.select_related("claim__call", "claim__organisation").get(
        pk=event.recovery_id
    )
    amount = case.decided_amount or case.amount
    day = case.reminded_on if event.step == "remind" else ""
    key = f"recovery-{case.pk}-{event.step}-{amount}-{day}"
    detail = f"{case.number}，{format_yuan(amount)} 元，{case.cause}"
    url = case.get_absolute_url()
    if event.step in TO_UNIT:
        tell_unit(case.claim, title=TO_UNIT[event.step], detail=detail, url=url, key=key)
    if event.step == "reply":
        name = case.claim.organisation.name
        title = f"{name}已陈述申辩，待决定"
        tell_lead(case.claim, title=title, detail=detail, url=url, key=f"{key}-{case.replied_at}")


@subscribe(AppealMoved)
def tell_of_appeal(event: AppealMoved) -> None:
    """The department hears of an appeal, the unit of the answer."""
    rows = ClaimAppeal.objects.select_related("claim__call", "claim__organisation", "recovery")
    row = rows.get(pk=event.appeal_id)
    url = (row.recovery or row.claim).get_absolute_url()
    key = f"claim-appeal-{row.pk}-{row.state}"
    if row.state == AppealState.OPEN:
        title = f"{row.claim.organisation.name}申请复核"
        detail = f"答复期限 {row.due_on}"
        tell_lead(row.claim, title=title, detail=detail, url=url, key=key)
        return
    title = f"复核结论：{row.get_state_display()}"
    tell_unit(row.claim, title=title, detail=row.answer[:200], url=url, key=key)
