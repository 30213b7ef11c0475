"""Money of the demonstration city's claims: paid, in advance, in recovery, passed over."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from silian.casework.ledgers.choices import BatchState, PaymentState
from silian.casework.ledgers.commands.batches import approve_batch, draft_batch, send_batch
from silian.casework.ledgers.commands.payments import confirm_payment
from silian.casework.ledgers.commands.receivables import receive
from silian.casework.ledgers.models.payments import FundPayment, PaymentBatch
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import DomainError
from silian.governance.accreditation.demo.cast import CITY, Cast
from silian.governance.incentives.choices.claims import (
    ClaimScheme,
    ClaimState,
    StepKind,
    StepState,
)
from silian.governance.incentives.choices.recovery import RecoveryWay
from silian.governance.incentives.commands.claim_checks import check_payment, override_gate
from silian.governance.incentives.commands.claim_following import follow_payment
from silian.governance.incentives.commands.claim_orders import order_payment
from silian.governance.incentives.commands.claim_payments import prepare_payments
from silian.governance.incentives.commands.recoveries import (
    Notice,
    choose_way,
    decide_recovery,
    notice_recovery,
    reply_to_recovery,
)
from silian.governance.incentives.models import Claim, ClaimPayment
from silian.governance.incentives.queries.payment_checks import blocking, newest_gates
from silian.registers.accounts.models import User
from silian.registers.organisations.choices import Role
from silian.registers.organisations.models import Membership
from silian.registers.organisations.queries import actor_for

LABOUR = "青澜市人力资源和社会保障局"
CLERKS = (("demo-claims-clerk", "罗思敏"), ("demo-claims-second", "江以安"))
PARTS = 3
ONE_DAY = datetime.timedelta(days=1)


@dataclass
class ClaimMoneyBuilder:
    """Takes claims under review to their money, as officials would."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0

    def build(self) -> int:
        """Prepare, check, order, pay and recover; returns how many payments."""
        self.cast = Cast(on=self.on)
        if not self.cast.ready():
            return 0
        self.first, self.second = (self.clerk(*names) for names in CLERKS)
        claims = self.claims_to_pay()
        payments = [made for claim in claims for made in self.approved(claim)]
        for payment in payments[:-1]:
            self.order(payment)
        for payment in payments[-1:]:  # it waits to be ordered, one gate passed over
            self.pass_over(payment)
        self.bank_pays()
        self.recover(claims)
        return len(payments)

    def clerk(self, username: str, name: str, unit_name: str = LABOUR) -> Actor:
        """A reviewer of a department who entered no claim."""
        unit = self.cast.organisation(unit_name)
        user, made = User.objects.get_or_create(username=username, defaults={"name": name})
        if made:
            Membership.objects.create(
                user=user, organisation=unit, role=Role.REVIEWER, jurisdiction_id=CITY,
                starts_on=datetime.date(self.on.year - 1, 1, 1),
            )  # fmt: skip
        return actor_for(user=user, on=self.on)

    def claims_to_pay(self) -> list[Claim]:
        """Apprenticeships first, then interns; some are left to the offices."""
        rows = Claim.objects.filter(
            state__in=(ClaimState.REVIEW, ClaimState.AGREED), planned__gt=0,
            call__owner_id=self.first.organisation_id,
        )  # fmt: skip
        rows = rows.select_related("call__line__fund__office", "call__owner", "organisation")
        schemes = (ClaimScheme.APPRENTICESHIP, ClaimScheme.INTERNSHIP)
        return [
            claim
            for scheme in schemes
            for claim in rows.filter(call__scheme=scheme).order_by("pk")[:2]
        ]

    def approved(self, claim: Claim) -> list[ClaimPayment]:
        """Agreed to by all offices, made public, approved."""
        moment = self.cast.moment(18)
        claim.steps.exclude(state__in=(StepState.AGREED, StepState.SILENT)).update(
            state=StepState.AGREED, opened_on=self.cast.day(24), due_on=self.cast.day(18),
            answered_at=moment, opinion="同意",
        )  # fmt: skip
        claim.steps.filter(kind=StepKind.DECIDE).update(answered_by=self.second.user_id)
        Claim.objects.filter(pk=claim.pk).update(
            state=ClaimState.APPROVED, entitled=claim.planned, decided_by=self.second.user_id,
            decided_at=moment,
        )  # fmt: skip
        claim.refresh_from_db()
        return prepare_payments(claim=claim, on=self.day(), actor=self.first)

    def day(self, ago: int = 0) -> datetime.date:
        """A day of this month or the last: older months are closed."""
        return max(self.on - ago * ONE_DAY, self.on.replace(day=1))

    def order(self, payment: ClaimPayment) -> None:
        """Order what passes its gates; what does not waits with the gate that stops it."""
        now = self.cast.moment(2)
        try:
            with transaction.atomic():
                order_payment(payment_id=payment.pk, on=self.on, now=now, actor=self.first)
        except DomainError:
            check_payment(payment_id=payment.pk, on=self.on, now=now, actor=self.first)

    def pass_over(self, payment: ClaimPayment) -> None:
        """The bank's name is missing; a second clerk lets that pass for a month, by name."""
        now = self.cast.moment(2)
        Claim.objects.filter(pk=payment.claim_id).update(bank_name="")
        check_payment(payment_id=payment.pk, on=self.on, now=now, actor=self.first)
        payment.refresh_from_db()
        for gate in blocking(newest_gates(payment), on=self.on):
            if gate.code == "account":
                self.let_pass(gate.pk, now=now)

    def let_pass(self, gate_id: int, *, now: datetime.datetime) -> None:
        try:
            override_gate(
                gate_id=gate_id, reason="单位回函已写明开户行，已电话核对", actor=self.second,
                until=self.on + 30 * ONE_DAY, now=now, on=self.on,
            )  # fmt: skip
        except DomainError:
            return

    def bank_pays(self) -> None:
        """The treasury sends one batch, and the bank pays it."""
        rows = FundPayment.objects.filter(
            state=PaymentState.READY, commitment__subject_type="incentives.claim"
        )
        ready = list(rows.select_related("line__fund__office").order_by("pk"))
        keepers = self.keepers(ready[0].line.fund.office.organisation_id) if ready else []
        if len(keepers) < 2:
            return
        first, second = keepers[:2]
        now, office = self.cast.moment(1), ready[0].line.fund.office_id
        batch = draft_batch(
            office_id=office, title="补贴申领付款", payment_ids=[row.pk for row in ready],
            actor=first, now=now,
        )  # fmt: skip
        approve_batch(batch_id=batch.pk, actor=second, now=now)
        send_batch(batch_id=batch.pk, on=self.on, actor=first)
        for row in ready:
            confirm_payment(payment_id=row.pk, reference=f"BT{row.pk:08d}", on=self.on, actor=first)
            follow_payment(fund_payment_id=row.pk)
        PaymentBatch.objects.filter(pk=batch.pk).update(state=BatchState.DONE, is_demo=True)
        self.keeper = first

    def keepers(self, bureau_id: int) -> list[Actor]:
        """Those who keep the books."""
        seats = Membership.objects.filter(organisation_id=bureau_id, role=Role.REVIEWER)
        users = [seat.user for seat in seats.select_related("user").order_by("pk")]
        return [actor_for(user=user, on=self.on) for user in users]

    def recover(self, claims: list[Claim]) -> None:
        """One apprentice of an advance left: noticed, decided, in instalments, one of them paid."""
        paid = ClaimPayment.objects.filter(claim__in=claims, paid__gt=0)
        advance = paid.filter(kind="advance").order_by("pk").first() or paid.order_by("pk").first()
        if advance is None:
            return
        case_of = advance.claim
        heads = max(1, case_of.items.filter(counts=True).count())
        amount = (advance.paid / heads).quantize(Decimal("0.01"))
        if amount <= 0:
            return
        case = notice_recovery(
            claim_id=case_of.pk, actor=self.first, now=self.cast.moment(1),
            notice=Notice(
                amount=amount, cause="抽查发现一人已离职，未完成培养，预支部分应退回",
                basis=f"{case_of.call.line.document} {case_of.call.line.clause}", reply_days=5,
                reply_basis="青澜市补贴资金管理办法（演示）第十二条",
            ),
        )  # fmt: skip
        writer = self.writer(case_of)
        if writer is None:
            return
        reply_to_recovery(
            recovery_id=case.pk, text="该人因个人原因离职，单位同意退回，申请分三期。",
            actor=writer, now=self.cast.moment(1),
        )  # fmt: skip
        decide_recovery(
            recovery_id=case.pk, amount=amount, decision="离职属实，单位无异议，同意分期退回。",
            pay_by=self.on + 90 * ONE_DAY, actor=self.second, now=self.cast.moment(0),
        )  # fmt: skip
        case = choose_way(
            recovery_id=case.pk, way=RecoveryWay.INSTALMENTS, reason="单位申请分期", count=PARTS,
            first_on=self.on, actor=self.second,
        )  # fmt: skip
        part = case.receivable.instalments.first() if case.receivable else None
        if part is not None and hasattr(self, "keeper"):
            receive(
                receivable_id=case.receivable_id or 0, amount=part.amount, note="第 1 期退回",
                key=f"SKBT{case.pk:06d}", on=self.on, actor=self.keeper,
            )  # fmt: skip

    def writer(self, claim: Claim) -> Actor | None:
        """Somebody who writes for the unit."""
        roles = Q(role__in=(Role.MANAGER, Role.AGENT))
        seats = Membership.objects.filter(roles, organisation_id=claim.organisation_id)
        seat = seats.select_related("user").order_by("-user__username", "pk").first()
        return actor_for(user=seat.user, on=self.on) if seat else None
