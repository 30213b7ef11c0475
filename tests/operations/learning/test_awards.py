"""Standards, lists, notice, approval, payment through the ledgers, and one award for one thing."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from silian.casework.ledgers.commands import payments as ledger_payments
from silian.casework.ledgers.events import PaymentConfirmed, PaymentFailed
from silian.casework.ledgers.models.payments import FundPayment
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.operations.learning.choices import AwardListState, AwardState, ObjectionState
from silian.operations.learning.commands import (
    award_lists,
    award_payments,
    objections,
    promotions,
)
from silian.operations.learning.commands.entrants import correct_result
from silian.operations.learning.handlers.skills import follow_failure, follow_payment
from silian.operations.learning.models.awards import Award, AwardList, AwardStandard
from silian.operations.learning.queries.awards import paid_awards, public_awards
from silian.operations.learning.queries.standards import standard_lines
from tests.casework.ledgers import stage as books_stage
from tests.casework.ledgers.stage import Books
from tests.operations.learning import skill_stage as stage
from tests.operations.learning.skill_stage import DAY
from tests.operations.learning.stage import NOW, TODAY, unit
from tests.world import CITY, World

LATER = NOW + 20 * DAY


def test_what_nobody_set_is_unset_and_nobody_is_awarded(world: World) -> None:
    assert all(line.row is None for line in standard_lines(division=CITY, on=TODAY))
    stage.verified(world)
    row = stage.made(world).awards.get()
    assert (row.state, row.amount) == (AwardState.REFUSED, None)
    assert "没有设定金额" in row.refusal


def test_a_standard_needs_its_document_and_a_second_one_a_reason(world: World) -> None:
    stage.standard(world)
    with pytest.raises(DomainError, match="更正理由"):
        stage.standard(world, value="1200")
    row = stage.standard(world, value="1200", reason="原件为 1200 元")
    assert row.corrects is not None
    [held] = [line for line in standard_lines(division=CITY, on=TODAY) if line.row]
    assert held.row is not None
    assert held.row.value == Decimal(1200)
    with pytest.raises(NotAllowed):
        award_lists.make_list(
            facts=stage.list_facts(), actor=world.enterprise.actor, now=NOW, today=TODAY
        )


def test_a_list_holds_amount_clause_and_every_condition(world: World) -> None:
    row = stage.listed(world).awards.get()
    assert (row.state, row.amount) == (AwardState.PROPOSED, Decimal(1000))
    assert row.clause == "青人社发〔2026〕8号 第三条"
    words = {gate["name"]: gate["word"] for gate in row.gates}
    assert words == {
        "proven": "符合", "once": "符合", "employed": "符合", "term": "未设定", "amount": "符合",
    }  # fmt: skip


def test_a_second_list_refuses_who_stands_on_the_first(world: World) -> None:
    first = stage.listed(world)
    second = stage.made(world, title="又一份名单").awards.get()
    assert second.state == AwardState.REFUSED
    assert first.title in second.refusal


def test_who_stands_on_a_discarded_list_is_free_again(world: World) -> None:
    first = stage.listed(world)
    award_lists.discard_list(list_id=first.pk, reason="期间写错", actor=world.coordinator.actor)
    assert stage.made(world).awards.get().state == AwardState.PROPOSED


def test_who_left_the_region_and_who_came_too_late_are_refused(world: World) -> None:
    stage.standard(world)
    stage.standard(world, name="term", key="", value="12")
    row = stage.verified(world)
    late = stage.made(world, today=datetime.date(2027, 3, 3)).awards.get()
    assert "申领期限" in late.refusal
    row.person.affiliations.update(ends_on=TODAY)
    gone = stage.made(world).awards.get()
    assert "在本地区就业" in gone.refusal


def test_a_prize_is_awarded_after_the_days_for_objections(world: World) -> None:
    stage.standard(world, name="competition", key="city:first", value="3000")
    contest = stage.published(world)
    with pytest.raises(DomainError, match="没有已核验"):
        stage.made(world)
    after = TODAY + 20 * DAY
    row = stage.made(world, today=after).awards.get()
    assert (row.competition, row.amount) == (contest, Decimal(3000))
    with pytest.raises(DomainError, match="已列入奖补名单"):
        correct_result(
            competition_id=contest.pk, entrant_id=stage.first_entrant(contest).pk,
            result=stage.won(2, "second"), reason="错", actor=world.reviewer.actor, now=NOW,
        )  # fmt: skip


def test_the_maker_does_not_approve_and_the_notice_ends_first(world: World) -> None:
    row = stage.noticed(world)
    assert row.notice_until == datetime.date(2026, 3, 25)
    with pytest.raises(DomainError, match="编制名单的人不能批准"):
        award_lists.approve_list(list_id=row.pk, actor=world.coordinator.actor, now=LATER)
    with pytest.raises(DomainError, match="才结束"):
        award_lists.approve_list(list_id=row.pk, actor=world.reviewer.actor, now=NOW)
    row = award_lists.approve_list(list_id=row.pk, actor=world.reviewer.actor, now=LATER)
    assert row.state == AwardListState.APPROVED
    assert row.awards.get().state == AwardState.APPROVED


def test_a_region_sets_the_days_of_its_notice(world: World) -> None:
    stage.standard(world, name="notice", key="", value="7")
    stage.standard(world)
    assert stage.noticed(world).notice_until == datetime.date(2026, 3, 27)


def test_an_open_objection_holds_the_approval(world: World) -> None:
    row = stage.noticed(world)
    made = objections.object_to_list(
        list_id=row.pk, about="第 1 行", text="已离职", actor=world.rival.actor, now=NOW
    )
    with pytest.raises(DomainError, match="1 件异议"):
        award_lists.approve_list(list_id=row.pk, actor=world.reviewer.actor, now=LATER)
    made = objections.answer_objection(
        objection_id=made.pk, upheld=False, answer="核实在职", actor=world.reviewer.actor, now=NOW
    )
    assert made.state == ObjectionState.REJECTED
    award_lists.approve_list(list_id=row.pk, actor=world.reviewer.actor, now=LATER)
    with pytest.raises(DomainError, match="不在公示期"):
        objections.object_to_list(
            list_id=row.pk, about="", text="晚了", actor=world.rival.actor, now=LATER
        )


def test_everybody_reads_a_shown_list_with_masked_names(world: World) -> None:
    draft = stage.listed(world)
    client = world.anonymous.client
    url = reverse("learning:public_award_list", args=[draft.pk])
    assert client.get(url).status_code == 404
    row = award_lists.notice_list(list_id=draft.pk, actor=world.coordinator.actor, now=NOW)
    page = client.get(url).content.decode()
    assert "韩志远" not in page
    assert "1,000" in page
    assert public_awards(row)[0].employer == "启衡精密制造（演示）"


def books(world: World) -> Books:
    found = books_stage.make_books("0")
    line = books_stage.make_line(
        found.office, owner_id=unit(world.reviewer).pk, actor=found.clerk.actor
    )
    books_stage.grant(line, "5000", actor=found.clerk.actor)
    return Books(
        office=found.office, clerk=found.clerk, second=found.second, owner=world.reviewer, line=line
    )


def account(world: World, row: AwardList, number: str = "6222020200012345678") -> None:
    promotions.give_account(
        person_id=row.awards.get().person_id, bank="青澜农商行", account=number,
        actor=world.enterprise.actor, now=NOW,
    )  # fmt: skip


def pay(world: World, row: AwardList, line_id: int | None) -> award_payments.PaidOut:
    return award_payments.pay_list(
        list_id=row.pk, line_id=line_id, actor=world.reviewer.actor, on=TODAY
    )


def sent(world: World) -> tuple[Books, AwardList, FundPayment]:
    ledger = books(world)
    row = stage.approved(world)
    account(world, row)
    pay(world, row, ledger.line.pk)
    payment = FundPayment.objects.get()
    books_stage.sent(ledger, payment)
    return ledger, row, payment


def test_nobody_is_paid_without_an_account_or_twice(world: World) -> None:
    ledger = books(world)
    row = stage.approved(world)
    with pytest.raises(DomainError, match="收款账户"):
        pay(world, row, ledger.line.pk)
    account(world, row)
    assert pay(world, row, ledger.line.pk).ordered == 1
    with pytest.raises(DomainError, match="没有可以安排支付"):
        pay(world, row, None)
    payment = FundPayment.objects.get()
    assert (payment.payee_name, payment.amount) == ("韩志远", Decimal(1000))
    assert payment.account_number == "6222020200012345678"
    with pytest.raises(DomainError, match="不能作废"):
        award_lists.discard_list(list_id=row.pk, reason="不", actor=world.coordinator.actor)


def test_a_confirmed_payment_pays_the_award_and_closes_the_list(world: World) -> None:
    ledger, row, payment = sent(world)
    ledger_payments.confirm_payment(
        payment_id=payment.pk, reference="B1", on=TODAY, actor=ledger.actor
    )
    event: Any = event_of(payment)
    follow_payment(event)
    follow_payment(event)
    award = row.awards.get()
    assert (award.state, award.paid_on) == (AwardState.PAID, TODAY)
    row.refresh_from_db()
    assert row.state == AwardListState.CLOSED
    [paid] = paid_awards(since=TODAY, until=TODAY + DAY)
    assert (paid.award_id, paid.amount) == (award.pk, Decimal(1000))


def event_of(payment: FundPayment, reason: str = "") -> Any:
    given: dict[str, Any] = {
        "payment_id": payment.pk,
        "subject_type": payment.subject_type,
        "subject_id": payment.subject_id,
        "amount": payment.amount,
    }
    return PaymentFailed(**given, reason=reason) if reason else PaymentConfirmed(**given)


def test_a_failed_payment_is_ordered_anew_when_the_money_is_back(world: World) -> None:
    ledger, row, payment = sent(world)
    ledger_payments.fail_payment(
        payment_id=payment.pk, reason="账号与户名不符", on=TODAY, actor=ledger.actor
    )
    follow_failure(event_of(payment, "账号与户名不符"))
    assert row.awards.get().state == AwardState.FAILED
    with pytest.raises(DomainError, match="退票还没有退回占用"):
        pay(world, row, None)
    ledger_payments.return_failed(payment_id=payment.pk, on=TODAY, actor=ledger.actor)
    account(world, row, "6222020200099999999")
    assert pay(world, row, None).ordered == 1
    award = row.awards.get()
    assert (award.state, award.attempt) == (AwardState.ORDERED, 2)
    follow_payment(event_of(payment))
    award.refresh_from_db()
    assert award.state == AwardState.ORDERED


def test_a_person_taken_off_a_list_says_why(world: World) -> None:
    row = stage.noticed(world)
    award = row.awards.get()
    given: dict[str, Any] = {"award_id": award.pk, "actor": world.reviewer.actor}
    with pytest.raises(DomainError, match="理由"):
        award_lists.refuse_award(**given, reason="")
    award = award_lists.refuse_award(**given, reason="异议成立，已离职")
    assert award.state == AwardState.REFUSED


def test_the_list_page_costs_the_same_with_few_and_many_awards(
    world: World, django_assert_max_num_queries: Any
) -> None:
    row = stage.listed(world)
    url = row.get_absolute_url()
    world.coordinator.client.get(url)
    with django_assert_max_num_queries(60) as few:
        world.coordinator.client.get(url)
    one = row.awards.get()
    Award.objects.bulk_create(
        Award(
            award_list=row, kind=one.kind, promotion=one.promotion, person=one.person,
            employer=one.employer, occupation=one.occupation, level=one.level, reached="x",
            state=AwardState.REFUSED, refusal="样本", gates=one.gates,
        )
        for _ in range(19)
    )  # fmt: skip
    with django_assert_max_num_queries(len(few)):
        world.coordinator.client.get(url)


def test_the_pages_set_make_show_and_approve(world: World) -> None:
    stage.office(world)
    client = world.coordinator.client
    url = reverse("learning:standard_set", args=["promotion"])
    data = {
        "key": "3",
        "value": "1000",
        "document": "文",
        "clause": "三",
        "valid_from": "2026-01-01",
    }
    assert client.post(url, {**data, "value": "0"}).status_code == 422
    assert client.post(url, data).status_code == 302
    assert AwardStandard.objects.get().value == Decimal(1000)
    stage.verified(world)
    new = {"title": "名单", "starts_on": "2026-01-01", "ends_on": "2026-04-01"}
    assert client.post(reverse("learning:award_list_new"), new).status_code == 302
    row = AwardList.objects.get()
    step = reverse("learning:award_list_step", args=[row.pk, "notice"])
    assert client.post(step).status_code == 302
    row.refresh_from_db()
    assert row.state == AwardListState.NOTICED
    export = client.get(row.get_absolute_url(), {"export": "csv"})
    assert export.status_code == 200
    assert "韩志远" in b"".join(export.streaming_content).decode()  # type: ignore[attr-defined]
