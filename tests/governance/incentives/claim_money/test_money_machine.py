"""Whatever happens in whatever order: entitled = paid - recovered + outstanding, to the 分."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from silian.casework.ledgers.choices import PaymentState
from silian.casework.ledgers.commands.payments import confirm_payment, fail_payment
from silian.casework.ledgers.commands.receivables import receive
from silian.casework.ledgers.models.payments import FundPayment
from silian.foundation.kernel.errors import DomainError
from silian.governance.incentives.choices.recovery import RecoveryWay
from silian.governance.incentives.commands import (
    claim_appeals,
    claim_payments,
    recalculations,
    recoveries,
)
from silian.governance.incentives.commands.claim_following import (
    follow_payment,
    follow_receivable,
)
from silian.governance.incentives.models import (
    Claim,
    ClaimAppeal,
    ClaimPayment,
    Recalculation,
    RecoveryCase,
)
from silian.governance.incentives.queries.claim_sums import sums_of
from silian.operations.placements.choices.orders import ApprenticeState
from silian.operations.placements.models import Apprentice, ApprenticeBreak
from tests.governance.incentives.claim_money import stage
from tests.governance.incentives.claim_money.stage import DAY, NOW
from tests.governance.incentives.claim_money.test_recalculate_and_settle import LONG
from tests.world import make_world

PLACE = st.integers(min_value=0, max_value=5)
CENTS = st.integers(min_value=1, max_value=900_000).map(lambda cents: Decimal(cents) / 100)


class Money(RuleBasedStateMachine):
    """Two claims of one unit: people, bank and treasury act as they like."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.given = stage.make_stage(make_world())
        for heads in (2, 3):
            stage.prepared(self.given, heads=heads)
        self.serial = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def try_(self, command: Any, **given: Any) -> Any:
        """A refusal is a right answer; anything else is a bug."""
        try:
            with transaction.atomic():
                return command(actor=given.pop("actor", self.given.clerk.actor), **given)
        except DomainError:
            return None

    def pick(self, rows: Any, place: int) -> Any:
        found = list(rows.order_by("pk"))
        return found[place % len(found)] if found else None

    @rule(place=PLACE)
    def order(self, place: int) -> None:
        row = self.pick(ClaimPayment.objects, place)
        try:
            with transaction.atomic():
                stage.ordered(self.given, row)
        except DomainError:
            pass

    @rule(place=PLACE, fails=st.booleans(), told=st.integers(min_value=1, max_value=2))
    def bank(self, place: int, fails: bool, told: int) -> None:
        stage.send(self.given)
        row = self.pick(FundPayment.objects.filter(state=PaymentState.SENT), place)
        if row is None:
            return
        keeper = self.given.books.actor
        if fails:
            self.try_(fail_payment, payment_id=row.pk, reason="账号不符", on=DAY, actor=keeper)
        else:
            self.try_(confirm_payment, payment_id=row.pk, reference="B", on=DAY, actor=keeper)
        for _ in range(told):
            follow_payment(fund_payment_id=row.pk)

    @rule()
    def give_back(self) -> None:
        stage.take_back(self.given)

    @rule(place=PLACE, again=st.booleans())
    def cancel(self, place: int, again: bool) -> None:
        row = self.pick(ClaimPayment.objects, place)
        self.try_(claim_payments.cancel_payment, payment_id=row.pk, reason="换账户")
        if again:
            self.try_(claim_payments.renew_payment, payment_id=row.pk, on=DAY)

    @rule(place=PLACE, ends=st.booleans())
    def facts_change(self, place: int, ends: bool) -> None:
        row = self.pick(Apprentice.objects, place)
        if ApprenticeBreak.objects.filter(apprentice=row).exists():
            row.breaks.all().delete()
        else:
            ApprenticeBreak.objects.create(
                apprentice=row, starts_on=LONG[0], ends_on=LONG[1], reason="借调"
            )
        state = ApprenticeState.QUALIFIED if ends else ApprenticeState.ENROLLED
        Apprentice.objects.filter(pk=row.pk).update(state=state)

    @rule(place=PLACE, apply=st.booleans(), aside=st.booleans())
    def recalculate(self, place: int, apply: bool, aside: bool) -> None:
        claim = self.pick(Claim.objects, place)
        self.try_(recalculations.recalculate, claim_id=claim.pk, cause="更正", on=DAY, now=NOW)
        row = self.pick(Recalculation.objects.filter(state="found"), place)
        if row and apply:
            self.try_(
                recalculations.apply_recalculation, recalculation_id=row.pk, reason="", on=DAY,
                now=NOW,
            )  # fmt: skip
        elif row and aside:
            self.try_(recalculations.set_aside, recalculation_id=row.pk, reason="不调", now=NOW)

    @rule(place=PLACE)
    def settle(self, place: int) -> None:
        claim = self.pick(Claim.objects, place)
        self.try_(recalculations.settle_heads, claim_id=claim.pk, on=DAY, now=NOW)

    @rule(place=PLACE, amount=CENTS, way=st.sampled_from(RecoveryWay))
    def recover(self, place: int, amount: Decimal, way: RecoveryWay) -> None:
        claim = self.pick(Claim.objects, place)
        found = self.pick(claim.recalculations.filter(state="found"), place)
        case = self.try_(
            recoveries.notice_recovery, claim_id=claim.pk, notice=stage.notice(str(amount)),
            now=NOW, recalculation_id=found.pk if found else None,
        )  # fmt: skip
        if case is None:
            return
        later = stage.at(DAY.replace(day=27))
        second = self.given.second.actor
        self.try_(
            recoveries.decide_recovery, recovery_id=case.pk, amount=amount, decision="属实",
            pay_by=DAY.replace(month=5), now=later, actor=second,
        )  # fmt: skip
        self.try_(
            recoveries.choose_way, recovery_id=case.pk, way=way, reason="同意", actor=second,
            count=3, first_on=DAY.replace(month=4),
        )  # fmt: skip

    @rule(place=PLACE, amount=CENTS)
    def money_comes_back(self, place: int, amount: Decimal) -> None:
        case = self.pick(RecoveryCase.objects.filter(receivable__state="open"), place)
        if case is None:
            return
        self.serial += 1
        part = min(amount, case.receivable.outstanding)
        self.try_(
            receive, receivable_id=case.receivable_id, amount=part, note="", on=DAY,
            key=f"m-{self.serial}", actor=self.given.books.actor,
        )  # fmt: skip
        follow_receivable(receivable_id=case.receivable_id)

    @rule(place=PLACE, amount=CENTS)
    def appeal(self, place: int, amount: Decimal) -> None:
        case = self.pick(RecoveryCase.objects, place)
        if case is None:
            return
        self.try_(
            claim_appeals.appeal_recovery, recovery_id=case.pk, text="有误", now=NOW,
            actor=self.given.unit.actor,
        )  # fmt: skip
        row = self.pick(ClaimAppeal.objects.filter(state="open"), place)
        if row:
            self.try_(
                claim_appeals.answer_appeal, appeal_id=row.pk, changed=True, answer="变更",
                amount=amount, now=NOW, actor=self.given.third.actor,
            )  # fmt: skip

    @invariant()
    def the_equation_holds(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for claim in Claim.objects.all():
            sums = sums_of(claim)
            assert sums.entitled == sums.paid - sums.recovered + sums.outstanding
            assert sums.outstanding == sums.to_pay - sums.to_recover
            assert sums.paid <= sums.promised
        stage.assert_books_hold()


@pytest.mark.slow
@pytest.mark.django_db
def test_no_way_leads_to_money_that_does_not_add_up() -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Money,
        settings=settings(
            max_examples=6,
            stateful_step_count=18,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
