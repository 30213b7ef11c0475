"""A list that the bank paid, made through the doors of the ledgers (已办结名单演示数据)."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass

from django.utils import timezone

from silian.casework.ledgers.commands import batches
from silian.casework.ledgers.commands.payments import confirm_payment
from silian.casework.ledgers.models.funds import BudgetLine
from silian.casework.ledgers.models.payments import FundPayment
from silian.foundation.kernel.actors import Actor
from silian.operations.learning.choices import (
    LIVING_AWARDS,
    AwardListState,
    AwardState,
    PromotionState,
)
from silian.operations.learning.commands.award_payments import (
    LIST_SUBJECT,
    pay_list,
    settle_award,
)
from silian.operations.learning.models.awards import Award, AwardList
from silian.operations.learning.models.promotions import PayeeAccount, Promotion, SkillOffice
from silian.operations.learning.queries.candidates import Assessor, Period
from silian.registers.accounts.models import User
from silian.registers.organisations.queries import actor_for

CITY = "990100"
PAID, UNDER_WAY = 4, 4
LINE = "职工岗位技能提升补贴"


@dataclass
class PaidListBuilder:
    """Pays one small list to the end and orders another (奖补支付演示数据)."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0

    def build(self) -> int:
        self.office = SkillOffice.objects.filter(division_id=CITY).first()
        self.line = BudgetLine.objects.filter(name=LINE, fiscal_year=self.on.year).first()
        self.maker = self.actor("demo-skills-clerk")
        clerk, second = self.actor("demo-treasury-clerk"), self.actor("demo-treasury")
        if not (self.office and self.line and self.maker and clerk and second):
            return 0
        paid = self.award_list("技能提升奖补补发名单（一）", most=PAID)
        payments = self.pay(paid)
        if payments:
            self.settle(payments, clerk=clerk, second=second)
        waiting = self.award_list("技能提升奖补补发名单（二）", most=UNDER_WAY)
        return len(payments) + len(self.pay(waiting))

    def actor(self, username: str) -> Actor | None:
        user = User.objects.filter(username=username).first()
        return actor_for(user=user, on=self.on) if user else None

    def moment(self, days: int) -> datetime.datetime:
        day = self.on - datetime.timedelta(days=days)
        return timezone.make_aware(datetime.datetime.combine(day, datetime.time(9, 30)))

    def award_list(self, title: str, *, most: int) -> AwardList:
        """A list of verified promotions that stand on no other, approved already."""
        assert self.office is not None
        starts, ends = self.on - datetime.timedelta(days=330), self.on
        second = User.objects.get(username="demo-skills-second")
        row = AwardList.objects.create(
            title=title, division_id=CITY, office=self.office.organisation, starts_on=starts,
            ends_on=ends, state=AwardListState.APPROVED, made_at=self.moment(40),
            made_by=User.objects.get(username="demo-skills-clerk"), noticed_at=self.moment(39),
            notice_until=self.on - datetime.timedelta(days=32), approved_by=second,
            approved_at=self.moment(30), is_demo=True,
        )  # fmt: skip
        accounts = PayeeAccount.objects.values("person_id")
        living = Award.objects.filter(state__in=LIVING_AWARDS).values("promotion_id")
        rows = Promotion.objects.filter(
            state=PromotionState.VERIFIED, person_id__in=accounts, issued_on__gte=starts
        ).exclude(pk__in=living.filter(promotion__isnull=False))
        chosen = list(rows.select_related("person", "occupation", "employer").order_by("pk"))
        period = Period(division=CITY, starts_on=starts, ends_on=ends, on=self.on)
        assessor = Assessor(period, people=[each.person_id for each in chosen])
        awards = [assessor.promotion(row, each) for each in chosen]
        good = [each for each in awards if each.state == AwardState.PROPOSED][:most]
        for each in good:
            each.state, each.is_demo = AwardState.APPROVED, True
        Award.objects.bulk_create(good)
        return row

    def pay(self, row: AwardList) -> list[FundPayment]:
        """Commit the sum and order every payment; an empty list is discarded."""
        assert self.maker is not None
        assert self.line is not None
        if not row.awards.exists():
            row.delete()
            return []
        pay_list(list_id=row.pk, line_id=self.line.pk, actor=self.maker, on=self.on)
        rows = FundPayment.objects.filter(
            commitment__subject_id=str(row.pk), commitment__subject_type=LIST_SUBJECT
        )
        return list(rows)

    def settle(self, payments: list[FundPayment], *, clerk: Actor, second: Actor) -> None:
        """One batch to the bank, every payment confirmed, every award settled."""
        batch = batches.draft_batch(
            office_id=payments[0].line.fund.office_id, title="技能提升奖补付款",
            payment_ids=[each.pk for each in payments], actor=clerk, now=self.moment(0),
        )  # fmt: skip
        batches.approve_batch(batch_id=batch.pk, actor=second, now=self.moment(0))
        batches.send_batch(batch_id=batch.pk, on=self.on, actor=clerk)
        for number, each in enumerate(payments, start=1):
            confirm_payment(
                payment_id=each.pk, reference=f"JN{self.on:%Y%m%d}{number:03d}", on=self.on,
                actor=clerk,
            )  # fmt: skip
            settle_award(award_id=int(each.subject_id), payment_id=each.pk, on=self.on)
