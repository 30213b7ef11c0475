"""Talks: asked, answered within the clock, granted, paid, corrected and never deleted."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.governance.incentives.choices.finance import AnswerState, RecordKind
from silian.governance.incentives.commands.finance_deals import (
    Grant,
    ask_provider,
    correct_record,
    end_answer,
    grant_answer,
    move_answer,
    moved,
    record_money,
    show_interest,
)
from silian.governance.incentives.commands.finance_notices import remind_of_answer, tell_of_answer
from silian.governance.incentives.commands.needs import withdraw_consent
from silian.governance.incentives.models import FinanceAnswer, FinanceRecord
from silian.governance.incentives.permissions.finance import answers_visible_to, needs_visible_to
from silian.governance.incentives.queries.finance_deals import (
    TotalLine,
    answers_overdue,
    public_records,
    suppressed,
    totals,
    whole,
)
from silian.registers.accounts.models import Notification
from tests.governance.incentives.finance import stage
from tests.governance.incentives.stage import NOW
from tests.world import World

pytestmark = pytest.mark.django_db
MONTH = datetime.timedelta(days=40)


def test_who_asks_a_bank_starts_its_clock(world: World) -> None:
    answer = stage.asked(world)
    assert answer.state == AnswerState.ASKED
    assert answer.due_at is not None
    assert answer.due_at > NOW
    assert answer.edition == 1


def test_a_bank_without_consent_cannot_be_asked(world: World) -> None:
    need, product = stage.need(world), stage.product(world)
    with pytest.raises(DomainError, match="授权"):
        ask_provider(
            need_id=need.pk, product_id=product.pk, message="",
            actor=world.enterprise.actor, now=NOW,
        )  # fmt: skip


def test_a_draft_product_cannot_be_asked_for(world: World) -> None:
    need, product = stage.shown_need(world), stage.draft_product(world)
    with pytest.raises(DomainError, match="不受理"):
        ask_provider(
            need_id=need.pk, product_id=product.pk, message="",
            actor=world.enterprise.actor, now=NOW,
        )  # fmt: skip


def test_the_same_talks_are_not_opened_twice(world: World) -> None:
    answer = stage.asked(world)
    with pytest.raises(WrongState, match="已经在对接"):
        show_interest(
            need_id=answer.need_id, product_id=answer.product_id, message="",
            actor=stage.bank(world).actor, now=NOW,
        )  # fmt: skip


def test_a_bank_shows_interest_only_in_what_it_may_see(world: World) -> None:
    need, product = stage.shown_need(world), stage.product(world)
    given = {"need_id": need.pk, "product_id": product.pk, "message": "", "now": NOW}
    answer = show_interest(actor=stage.bank(world).actor, **given)  # type: ignore[arg-type]
    assert answer.state == AnswerState.INTERESTED
    hidden = stage.draft_need(world, title="另一项")
    with pytest.raises(NotAllowed, match="没有授权"):
        show_interest(
            need_id=hidden.pk, product_id=product.pk, message="",
            actor=stage.bank(world).actor, now=NOW,
        )  # fmt: skip


def test_a_refusal_needs_its_reason(world: World) -> None:
    answer, actor = stage.asked(world), stage.bank(world).actor
    with pytest.raises(DomainError, match="理由"):
        move_answer(answer_id=answer.pk, step="refuse", reason=" ", actor=actor, now=NOW)
    refused = move_answer(
        answer_id=answer.pk, step="refuse", reason="现金流不足", actor=actor, now=NOW
    )
    assert (refused.state, refused.due_at) == (AnswerState.REFUSED, None)


def test_nobody_answers_for_another_bank(world: World) -> None:
    answer = stage.asked(world)
    rival = stage.bank(world, "澜江财产保险（演示）")
    assert not answers_visible_to(rival.actor).exists()
    with pytest.raises(FinanceAnswer.DoesNotExist):
        move_answer(answer_id=answer.pk, step="interest", reason="", actor=rival.actor, now=NOW)
    with pytest.raises(NotAllowed):
        move_answer(
            answer_id=answer.pk, step="interest", reason="", actor=world.enterprise.actor, now=NOW
        )


def test_the_owner_breaks_off_with_a_reason(world: World) -> None:
    answer = stage.asked(world)
    with pytest.raises(DomainError, match="终止原因"):
        end_answer(answer_id=answer.pk, reason="", actor=world.enterprise.actor, now=NOW)
    ended = end_answer(
        answer_id=answer.pk, reason="改用自有资金", actor=world.enterprise.actor, now=NOW
    )
    assert ended.state == AnswerState.ENDED


def test_a_grant_is_not_dated_ahead(world: World) -> None:
    answer, actor = stage.asked(world), stage.bank(world).actor
    move_answer(answer_id=answer.pk, step="interest", reason="", actor=actor, now=NOW)
    grant = Grant(amount=Decimal(1), on=stage.TODAY + stage.DAY)
    with pytest.raises(DomainError, match="晚于今天"):
        grant_answer(answer_id=answer.pk, grant=grant, actor=actor, now=NOW)


def test_money_is_paid_only_on_a_grant_and_not_beyond_it(world: World) -> None:
    answer, actor = stage.asked(world), stage.bank(world).actor
    with pytest.raises(WrongState, match="还没有登记同意"):
        record_money(answer_id=answer.pk, movement=stage.movement(), actor=actor, now=NOW)
    stage.granted(world, answer)
    row = record_money(answer_id=answer.pk, movement=stage.movement(), actor=actor, now=NOW)
    assert row.kind == RecordKind.LOAN
    much = stage.movement(3 * stage.MILLION + 1, "借据 002")
    with pytest.raises(DomainError, match="还剩 3,000,000.00"):
        record_money(answer_id=answer.pk, movement=much, actor=actor, now=NOW)
    with pytest.raises(DomainError, match="已登记过"):
        record_money(answer_id=answer.pk, movement=stage.movement(), actor=actor, now=NOW)


def test_a_correction_keeps_the_wrong_record(world: World) -> None:
    answer, actor = stage.granted(world), stage.bank(world).actor
    row = record_money(answer_id=answer.pk, movement=stage.movement(), actor=actor, now=NOW)
    right = stage.movement(2 * stage.MILLION)
    correct_record(record_id=row.pk, movement=right, reason="金额写错", actor=actor, now=NOW)
    assert moved(answer) == 2 * stage.MILLION
    wrong, new = FinanceRecord.objects.order_by("pk")
    assert (wrong.void_reason, new.replaces_id) == ("金额写错", wrong.pk)
    with pytest.raises(DomainError, match="已更正过"):
        correct_record(record_id=row.pk, movement=None, reason="再改", actor=actor, now=NOW)
    correct_record(record_id=new.pk, movement=None, reason="对象错了", actor=actor, now=NOW)
    assert (moved(answer), FinanceRecord.objects.count()) == (0, 2)


def test_a_correction_needs_a_reason(world: World) -> None:
    answer, actor = stage.granted(world), stage.bank(world).actor
    row = record_money(answer_id=answer.pk, movement=stage.movement(), actor=actor, now=NOW)
    with pytest.raises(DomainError, match="更正原因"):
        correct_record(record_id=row.pk, movement=None, reason="", actor=actor, now=NOW)


def test_a_withdrawn_consent_hides_the_need_but_not_what_was_financed(world: World) -> None:
    asked = stage.asked(world)
    withdraw_consent(need_id=asked.need_id, actor=world.enterprise.actor, now=NOW)
    actor = stage.bank(world).actor
    assert set(answers_visible_to(actor)) == {asked}
    assert not needs_visible_to(actor, on=stage.TODAY).exists()
    stage.granted(world, asked)
    assert needs_visible_to(actor, on=stage.TODAY).exists()


def test_an_answer_past_its_clock_is_late_for_officials_and_owner(world: World) -> None:
    answer = stage.asked(world)
    assert not answers_overdue(world.coordinator.actor, now=NOW).exists()
    later = NOW + MONTH
    assert set(answers_overdue(world.coordinator.actor, now=later)) == {answer}
    assert set(answers_overdue(world.enterprise.actor, now=later)) == {answer}
    assert not answers_overdue(world.rival.actor, now=later).exists()


def test_a_bank_is_reminded_once_a_week(world: World) -> None:
    answer = stage.asked(world)
    for _ in range(2):
        remind_of_answer(answer_id=answer.pk, today=stage.TODAY)
    assert Notification.objects.filter(user=stage.bank(world).user).count() == 1


def test_both_sides_hear_of_each_other_once(world: World) -> None:
    answer = stage.asked(world)
    for state in (AnswerState.ASKED, AnswerState.GRANTED, AnswerState.GRANTED):
        tell_of_answer(answer_id=answer.pk, state=state)
    assert Notification.objects.filter(user=stage.bank(world).user).count() == 1
    assert Notification.objects.filter(user=world.enterprise.user).count() == 1


def test_totals_count_deals_and_leave_out_corrected_money(world: World) -> None:
    answer, actor = stage.granted(world), stage.bank(world).actor
    row = record_money(answer_id=answer.pk, movement=stage.movement(), actor=actor, now=NOW)
    correct_record(
        record_id=row.pk, movement=stage.movement(Decimal(700_000)), reason="写错",
        actor=actor, now=NOW,
    )  # fmt: skip
    (line,) = totals(public_records(), year=2026, axis="kind")
    assert (line.label, line.deals, line.amount) == ("贷款", 1, Decimal(700_000))
    assert whole(public_records(), year=2026, smallest=5).amount is None
    assert not totals(public_records(), year=2025, axis="county")


def test_a_small_line_is_hidden_with_another_from_which_it_would_follow() -> None:
    def line(label: str, deals: int) -> TotalLine:
        return TotalLine(label=label, deals=deals, projects=deals, amount=Decimal(deals))

    shown = suppressed([line("贷款", 20), line("担保", 9), line("投资", 2)], smallest=5)
    assert [row.is_hidden for row in shown] == [False, True, True]
    shown = suppressed([line("贷款", 20), line("担保", 3), line("投资", 2)], smallest=5)
    assert [row.is_hidden for row in shown] == [False, True, True]
    shown = suppressed([line("贷款", 20), line("担保", 2), line("投资", 2)], smallest=5)
    assert [row.is_hidden for row in shown] == [True, True, True]
    shown = suppressed([line("贷款", 20), line("担保", 9)], smallest=5)
    assert [row.is_hidden for row in shown] == [False, False]


def test_a_promise_does_not_cover_money_that_would_follow_from_the_whole(world: World) -> None:
    """The whole counts loans, investments and bonds; a guarantee of few deals hides none."""
    facts = {"loan": 6, "investment": 2, "bond": 2, "guarantee": 7}
    answer = stage.granted(world)
    for kind, deals in facts.items():
        for number in range(deals):
            copy = FinanceAnswer.objects.get(pk=answer.pk)
            copy.pk, copy.state, copy.reason = None, AnswerState.REFUSED, "副本"
            copy.save()
            FinanceRecord.objects.create(
                answer=copy, kind=kind, amount=1000, on=stage.TODAY,
                reference=f"{kind}-{number}", entered_at=NOW,
            )  # fmt: skip
    lines = {line.label: line.is_hidden for line in totals(
        public_records(), year=2026, axis="kind", smallest=5
    )}  # fmt: skip
    assert lines == {"贷款": True, "投资": True, "债券": True, "担保": False}
