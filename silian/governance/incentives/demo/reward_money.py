"""Rewards of money in the demonstration city: paid, on the way, waiting; objections to a list."""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from silian.casework.ledgers.choices import BatchState, PaymentState
from silian.casework.ledgers.commands.batches import approve_batch, draft_batch, send_batch
from silian.casework.ledgers.commands.funds import appropriate
from silian.casework.ledgers.commands.payments import confirm_payment
from silian.casework.ledgers.models.funds import BudgetLine
from silian.casework.ledgers.models.payments import FundPayment, PaymentBatch
from silian.casework.reviews.queries.objections import digest_of_code
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.encryption import encrypted
from silian.foundation.kernel.site_calendar import site_deadline
from silian.governance.accreditation.demo.cast import CITY, Cast
from silian.governance.incentives.choices.claims import ObjectionState
from silian.governance.incentives.choices.rewards import RewardMeasure, RewardState
from silian.governance.incentives.commands.reward_entries import write_ledger
from silian.governance.incentives.commands.reward_money import order_reward, promise_rewards
from silian.governance.incentives.demo.rewards import candidate_of
from silian.governance.incentives.gateways.reward_rules import frozen, rewards_of
from silian.governance.incentives.models import (
    RewardAccount,
    RewardCandidate,
    RewardDecision,
    RewardEntry,
    RewardObjection,
)
from silian.governance.incentives.queries.reward_sums import REWARD
from silian.governance.incentives.queries.rewards import results_counted, subjects_of
from silian.governance.incentives.rules.rewards import frozen_row, placed
from silian.registers.accounts.models import User
from silian.registers.organisations.choices import Role
from silian.registers.organisations.models import Membership
from silian.registers.organisations.queries import actor_for

OFFICE, LINE = "青澜市发展和改革委员会", "产教融合型企业奖励"
AMOUNT = Decimal("100000.00")
DOCUMENT, CLAUSE = "青澜市产教融合型企业奖励办法（演示）", "第五条"
PLACES = 5
LISTS = (
    ("产教融合型企业奖励", RewardMeasure.AWARD_MONEY),
    ("校企合作项目补助", RewardMeasure.PROJECT_SUPPORT),
)
OBJECTIONS = (
    ("认定材料里的实训设备投入与我们了解的不一致，请核实发票和验收记录。", ""),
    (
        "名单没有写明入选的计算次序，请公开排序依据。",
        "次序按评价等次、得分排列，已在名单页补充说明。",
    ),
)


@dataclass
class RewardMoneyBuilder:
    """Makes one list that is paid and two objections, the same from the same day."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0

    def build(self) -> int:
        """Decide, promise, order and pay through the ledgers; returns how many units."""
        self.cast = Cast(on=self.on)
        lines = BudgetLine.objects.select_related("fund__office")
        line = lines.filter(name=LINE, fiscal_year=self.on.year).first()
        if not self.cast.ready() or line is None:
            return 0
        self.coordinator = self.cast.coordinator()
        self.decider = User.objects.get(username="demo-leader")
        self.actor = actor_for(user=self.coordinator, on=self.on)
        self.grant(line)
        entries = self.published(line)
        self.pay(entries)
        return len(entries) + self.objections()

    def grant(self, line: BudgetLine) -> None:
        """What the list needs is granted to the line beforehand."""
        keepers = self.keepers(line.fund.office.organisation_id)
        appropriate(
            line_id=line.pk, amount=AMOUNT * PLACES, actor=keepers[0], on=self.on,
            document=f"青财预〔{self.on.year}〕31号 追加（演示）",
        )  # fmt: skip

    def published(self, line: BudgetLine) -> list[RewardEntry]:
        """The list as it stood, then its money promised; a small city supports projects."""
        for title, measure in LISTS:
            decision = self.decision(line, title, measure)
            rows = self.listed(decision)
            if any(row.chosen for row in rows):
                entries = write_ledger(decision, listed=rows, today=self.cast.day(4))
                promise_rewards(decision, entries=entries, on=self.on, actor=self.actor)
                return entries
            decision.listed.all().delete()
            decision.delete()
        return []

    def decision(self, line: BudgetLine, title: str, measure: RewardMeasure) -> RewardDecision:
        rows = rewards_of(CITY, on=self.on).values()
        return RewardDecision.objects.create(
            title=f"{self.on.year} 年{title}",
            measure=measure,
            rules=[frozen(row) for row in rows if row.measure == measure],
            division_id=CITY,
            office=self.cast.organisation(OFFICE),
            starts_on=datetime.date(self.on.year - 2, 1, 1),
            ends_on=self.on + datetime.timedelta(days=1),
            lasts_until=datetime.date(self.on.year + 1, 12, 31),
            quota=PLACES,
            line=line,
            amount_document=DOCUMENT,
            amount_clause=CLAUSE,
            state=RewardState.GIVEN,
            proposed_by=self.coordinator,
            proposed_at=self.cast.moment(21),
            computed_at=self.cast.moment(21),
            submitted_at=self.cast.moment(20),
            decided_by=self.decider,
            decided_at=self.cast.moment(18),
            opinion="同意。",
            notice_until=self.cast.day(8),
            objection_days=5,
            contact=f"{OFFICE}，0000-000000",
            published_on=self.cast.day(4),
            is_demo=True,
        )

    def listed(self, decision: RewardDecision) -> list[RewardCandidate]:
        rows = [frozen_row(row) for row in decision.rules]
        results = {row.pk: row for row in results_counted(decision, rows, on=self.on)}
        order = placed(
            subjects_of(list(results.values()), vetoes={}), rows=rows, quota=decision.quota
        )
        given = {"words": "市级奖励资金", "amount": AMOUNT, "amount_basis": decision.amount_basis}
        made = [candidate_of(decision, each, results, given) for each in order]
        return RewardCandidate.objects.bulk_create(made)

    def pay(self, entries: Sequence[RewardEntry]) -> None:
        """Two are paid, one is on the way, one can be ordered, the last has no account."""
        named = entries[:-1] if len(entries) > 1 else entries
        for place, entry in enumerate(named):
            self.name_account(entry, place)
        for entry in named[:2]:
            order_reward(entry_id=entry.pk, on=self.on, actor=self.actor)
        self.bank_pays()
        for entry in named[2:3]:
            order_reward(entry_id=entry.pk, on=self.on, actor=self.actor)

    def name_account(self, entry: RewardEntry, place: int) -> None:
        number = f"6228{place:015d}"
        RewardAccount.objects.create(
            candidate_id=entry.candidate_id, bank_name="青澜农村商业银行",
            account_cipher=encrypted(number), account_tail=number[-4:],
            stated_at=self.cast.moment(3),
        )  # fmt: skip

    def bank_pays(self) -> None:
        """The treasury sends a batch, and the bank pays it."""
        rows = FundPayment.objects.filter(
            state=PaymentState.READY, commitment__subject_type=REWARD
        ).select_related("line__fund__office")
        ready = list(rows.order_by("pk"))
        keepers = self.keepers(ready[0].line.fund.office.organisation_id) if ready else []
        if len(keepers) < 2:
            return
        first, second = keepers[:2]
        now = self.cast.moment(1)
        batch = draft_batch(
            office_id=ready[0].line.fund.office_id, title="奖励资金付款",
            payment_ids=[row.pk for row in ready], actor=first, now=now,
        )  # fmt: skip
        approve_batch(batch_id=batch.pk, actor=second, now=now)
        send_batch(batch_id=batch.pk, on=self.on, actor=first)
        for row in ready:
            confirm_payment(payment_id=row.pk, reference=f"JL{row.pk:08d}", on=self.on, actor=first)
        PaymentBatch.objects.filter(pk=batch.pk).update(state=BatchState.DONE, is_demo=True)

    def keepers(self, bureau_id: int) -> list[Actor]:
        seats = Membership.objects.filter(organisation_id=bureau_id, role=Role.REVIEWER)
        users = [seat.user for seat in seats.select_related("user").order_by("pk")]
        return [actor_for(user=user, on=self.on) for user in users]

    def objections(self) -> int:
        """One open against a unit of the list on notice, one answered about the whole list."""
        rows = RewardDecision.objects.filter(state=RewardState.NOTICE, is_demo=True)
        decision = rows.order_by("pk").first()
        if decision is None:
            return 0
        unit = decision.listed.filter(chosen=True).order_by("order").first()
        made = [
            self.objection(decision, unit if not answer else None, place, text, answer)
            for place, (text, answer) in enumerate(OBJECTIONS)
        ]
        return len(RewardObjection.objects.bulk_create(made))

    def objection(
        self,
        decision: RewardDecision,
        unit: RewardCandidate | None,
        place: int,
        text: str,
        answer: str,
    ) -> RewardObjection:
        raised = self.cast.moment(2)
        return RewardObjection(
            decision=decision,
            candidate=unit,
            about=unit.subject_name if unit else "名单整体",
            text=text,
            name_cipher=encrypted("群众（演示）"),
            contact_cipher=encrypted("0000-000000"),
            code=digest_of_code(f"DEM{place}22222222"),
            raised_at=raised,
            due_on=site_deadline(raised, working_days=5).due_on,
            state=ObjectionState.DISMISSED if answer else ObjectionState.OPEN,
            answer=answer,
            taken_by=self.decider if answer else None,
            taken_at=raised if answer else None,
            answered_by=self.decider if answer else None,
            answered_at=self.cast.moment(1) if answer else None,
            is_demo=True,
        )
