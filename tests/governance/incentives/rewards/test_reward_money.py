"""A reward of money: named source, promised, paid once, corrected, withdrawn, recomputed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from silian.casework.ledgers.commands.payments import fail_payment, return_failed
from silian.casework.ledgers.models.payments import Commitment, FundPayment
from silian.casework.ledgers.queries.checking import differences
from silian.casework.metrics.commands.recounting import recount
from silian.casework.metrics.queries.catalogue import metric_named
from silian.casework.metrics.queries.values import latest_value
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.governance.incentives.commands.reward_decisions import Given, fill_given
from silian.governance.incentives.commands.reward_entries import correct_entry, withdraw_entry
from silian.governance.incentives.commands.reward_money import order_rewards
from silian.governance.incentives.models import Restriction, RewardCandidate, RewardEntry
from silian.governance.incentives.queries.reward_checking import reward_differences
from silian.governance.incentives.queries.reward_sums import money_of_decision, sums_of_reward
from silian.registers.accounts.models import Notification
from tests.governance.incentives.rewards import stage
from tests.governance.incentives.stage import NOW
from tests.world import CITY, World


def correct(world: World, row: RewardEntry, amount: str) -> RewardEntry:
    return correct_entry(
        entry_id=row.pk,
        given=Given(amount=Decimal(amount), words="奖金"),
        ends_on=row.ends_on,
        reason="按文件更正",
        actor=world.reviewer.actor,
        today=stage.AFTER_NOTICE,
    )


def withdraw(world: World, row: RewardEntry) -> RewardEntry:
    return withdraw_entry(
        entry_id=row.pk, reason="材料不实", actor=world.reviewer.actor, today=stage.AFTER_NOTICE
    )


def assert_books_hold() -> None:
    assert differences() == []
    assert reward_differences() == []


def test_an_amount_needs_line_document_and_clause(world: World) -> None:
    row, books = stage.computed(world), stage.books(world)
    key = {"decision_id": row.pk, "actor": world.reviewer.actor}
    with pytest.raises(DomainError, match="先写明资金来源"):
        fill_given(**key, given=Given(amount=Decimal(1)))
    for missing in ({"document": " "}, {"clause": ""}):
        with pytest.raises(DomainError, match="文件和条款"):
            stage.fund(world, row, books, **missing)
    with pytest.raises(DomainError, match="贵单位主管"):
        stage.fund(world, row, books, line_id=0)
    stage.fund(world, row, books)
    fill_given(**key, given=Given(amount=Decimal("0.00"), words="表彰"))
    assert not RewardCandidate.objects.filter(amount__isnull=False).exists()
    fill_given(**key, given=Given(amount=Decimal("5.00")))
    assert row.listed.get(chosen=True).amount_basis == "青澜市奖励办法 第五条"


def test_the_database_keeps_no_amount_without_a_clause(world: World) -> None:
    row = stage.computed(world)
    for amount in (Decimal(1), Decimal(0)):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.listed.update(amount=amount)


def test_publishing_promises_the_money_and_is_refused_when_it_is_not_there(world: World) -> None:
    entry = stage.money_entry(world, stage.books(world))
    source = Commitment.objects.get()
    assert (source.subject_type, source.subject_id) == (
        "incentives.reward",
        str(entry.candidate_id),
    )
    assert source.amount == Decimal("30000.00")
    assert sums_of_reward(entry.candidate_id).to_pay == Decimal("30000.00")
    assert_books_hold()


def test_a_list_without_its_money_is_not_published(world: World) -> None:
    with pytest.raises(DomainError, match="可用指标"):
        stage.money_entry(world, stage.books(world, "100"))
    assert not Commitment.objects.exists()


def test_the_unit_names_its_account_and_is_paid_once_however_often_ordered(world: World) -> None:
    books = stage.books(world)
    entry = stage.money_entry(world, books)
    with pytest.raises(DomainError, match="收款账户"):
        stage.order(world, entry)
    with pytest.raises(RewardEntry.DoesNotExist):
        stage.name_account(world, entry, who="rival")
    with pytest.raises(DomainError, match="8 到 32 位"):
        stage.name_account(world, entry, number="12")
    stage.name_account(world, entry)
    assert "6222020200012345" not in entry.candidate.account.account_cipher
    first = stage.order(world, entry)
    assert stage.order(world, entry) == first
    stage.bank_pays(books, first)
    assert stage.order(world, entry) == first
    assert FundPayment.objects.count() == 1
    assert first.account_tail == "2345"
    assert sums_of_reward(entry.candidate_id).outstanding == 0
    assert_books_hold()


def test_a_returned_payment_is_ordered_anew_and_never_twice(world: World) -> None:
    books = stage.books(world)
    entry = stage.name_account(world, stage.money_entry(world, books))
    first = stage.at_bank(books, stage.order(world, entry))
    fail_payment(payment_id=first.pk, reason="销户", on=stage.AFTER_NOTICE, actor=books.actor)
    with pytest.raises(DomainError, match="退回占用"):
        stage.order(world, entry)
    return_failed(payment_id=first.pk, on=stage.AFTER_NOTICE, actor=books.actor)
    again = stage.order(world, entry)
    assert again.key != first.key
    stage.bank_pays(books, again)
    assert sums_of_reward(entry.candidate_id).paid == Decimal("30000.00")
    assert_books_hold()


def test_only_the_deciding_office_orders_and_nobody_for_a_withheld_unit(world: World) -> None:
    entry = stage.name_account(world, stage.money_entry(world, stage.books(world)))
    with pytest.raises(NotAllowed, match="办理单位"):
        stage.order(world, entry, who="leader")
    with pytest.raises(NotAllowed, match="办理单位"):
        stage.order(world, entry, who="enterprise")
    stage.imposed(world)
    facts = {"measure": "subsidy_withheld", "starts_on": stage.TODAY}
    Restriction.objects.update(organisation=entry.organisation, **facts)
    with pytest.raises(DomainError, match="不予补助"):
        stage.order(world, entry)


def test_all_units_of_a_list_are_ordered_and_refusals_are_said(world: World) -> None:
    entry = stage.money_entry(world, stage.books(world), quota=2)
    stage.name_account(world, entry)
    key = {
        "decision_id": entry.decision_id, "on": stage.AFTER_NOTICE, "actor": world.reviewer.actor
    }  # fmt: skip
    result = order_rewards(**key)
    assert (result.ordered, len(result.refused)) == (1, 1)
    assert order_rewards(**key).ordered == 0
    assert FundPayment.objects.count() == 1
    standings = [str(row.standing) for row in money_of_decision(entry.decision)]
    assert standings == ["ordered", "no_account"]


def test_a_correction_moves_the_promise_and_never_below_what_is_ordered(world: World) -> None:
    books = stage.books(world)
    entry = stage.name_account(world, stage.money_entry(world, books))
    entry = correct(world, entry, "20000")
    assert sums_of_reward(entry.candidate_id).promised == Decimal("20000.00")
    stage.bank_pays(books, stage.order(world, entry))
    with pytest.raises(DomainError, match="不能减少"):
        correct(world, entry, "15000")
    entry = correct(world, entry, "26000")
    assert entry.amount_basis == "青澜市奖励办法 第五条"
    stage.bank_pays(books, stage.order(world, entry))
    sums = sums_of_reward(entry.candidate_id)
    assert (sums.entitled, sums.paid, sums.outstanding) == (26000, 26000, 0)
    assert_books_hold()


def test_withdrawn_before_the_bank_has_it_nothing_is_owed_to_anybody(world: World) -> None:
    books = stage.books(world)
    entry = stage.name_account(world, stage.money_entry(world, books))
    stage.order(world, entry)
    withdraw(world, entry)
    sums = sums_of_reward(entry.candidate_id)
    assert (sums.entitled, sums.promised, sums.outstanding) == (0, 0, 0)
    assert FundPayment.objects.get().state == "cancelled"
    assert_books_hold()


def test_what_the_bank_has_or_paid_is_not_simply_withdrawn(world: World) -> None:
    books = stage.books(world)
    entry = stage.name_account(world, stage.money_entry(world, books))
    payment = stage.at_bank(books, stage.order(world, entry))
    with pytest.raises(DomainError, match="已送银行"):
        withdraw(world, entry)
    stage.confirm_payment(
        payment_id=payment.pk, reference="B1", on=stage.AFTER_NOTICE, actor=books.actor
    )
    with pytest.raises(DomainError, match="告知拟收回"):
        withdraw(world, entry)
    assert_books_hold()


def test_the_check_says_what_ledger_and_rewards_disagree_on(world: World) -> None:
    entry = stage.paid_entry(world, stage.books(world))
    out = StringIO()
    call_command("incentives", "check", stdout=out)
    assert "1 笔奖励" in out.getvalue()
    RewardEntry.objects.filter(pk=entry.pk).update(amount=Decimal("29999.99"))
    found = reward_differences()
    assert [row.computed for row in found] == [Decimal("30000.00")]
    RewardEntry.objects.filter(pk=entry.pk).update(amount=Decimal("30000.00"), state="withdrawn",
                                                   reason="x", ended_on=stage.TODAY)  # fmt: skip
    assert reward_differences()


def test_unit_and_office_read_where_the_money_stands(
    world: World, run_jobs: Callable[[], None]
) -> None:
    books = stage.books(world)
    entry = stage.money_entry(world, books)
    run_jobs()
    todo = world.enterprise.client.get(reverse("portal:todo_list")).content.decode()
    assert "填写奖励收款账户" in todo
    assert "填写收款账户" in world.enterprise.client.get(entry.get_absolute_url()).content.decode()
    account = reverse("incentives:reward_account", args=[entry.pk])
    said = {"bank_name": "青澜农村商业银行", "account_number": "12"}
    assert world.enterprise.client.post(account, said).status_code == 422
    said["account_number"] = "6222 0202 0001 2345"
    assert world.enterprise.client.post(account, said).status_code == 302
    todo = world.reviewer.client.get(reverse("portal:todo_list")).content.decode()
    assert "安排奖励支付" in todo
    order = reverse("incentives:reward_order_all", args=[entry.decision_id])
    assert world.reviewer.client.post(order).status_code == 302
    stage.bank_pays(books, FundPayment.objects.get())
    run_jobs()
    page = world.reviewer.client.get(entry.decision.get_absolute_url()).content.decode()
    assert "应得 30,000 元 ＝ 已付 30,000 元 − 已退回 0 元 ＋ 未结 0 元" in page
    titles = set(
        Notification.objects.filter(user=world.enterprise.user).values_list("title", flat=True)
    )
    assert {"请填写奖励收款账户", "奖励已到账"} <= titles


def test_the_unit_hears_every_step_of_its_list(world: World, run_jobs: Callable[[], None]) -> None:
    row = stage.submitted(world)
    run_jobs()
    mine = world.enterprise.client.get(reverse("incentives:my_rewards")).content.decode()
    assert "待审定" in mine
    stage.approve(world, row)
    run_jobs()
    titles = " ".join(
        Notification.objects.filter(user=world.enterprise.user).values_list("title", flat=True)
    )
    assert "拟列入激励名单" in titles
    assert "正在公示" in titles
    assert not Notification.objects.filter(user=world.rival.user).exists()


def test_money_paid_is_a_measure(world: World) -> None:
    stage.paid_entry(world, stage.books(world))
    metric = metric_named("incentives.reward_money_paid")
    assert metric is not None
    recount(
        metric=metric, since=stage.TODAY.replace(month=1, day=1), now=NOW + 9 * stage.DAY,
        announce=False,
    )  # fmt: skip
    found = latest_value(code=metric.code, division=CITY, on=stage.AFTER_NOTICE)
    assert found is not None
    assert found.value == 30000
