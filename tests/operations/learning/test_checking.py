"""Checking: confirmed, sent back once, ordered to correct, and the credit register."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse

from silian.casework.metrics.choices import PeriodKind
from silian.casework.metrics.queries.measuring import Key, measured_values
from silian.casework.metrics.registry import declared_metrics
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.operations.learning.choices import ReturnState, Stance
from silian.operations.learning.commands import checking, returns
from silian.operations.learning.commands.clocks import run_clocks
from silian.operations.learning.models.returns import FundReturn
from silian.operations.learning.queries.returns import returns_to_check, returns_to_comment
from silian.registers.accounts.models import Notification
from silian.registers.credit.choices import CaseState
from silian.registers.credit.commands import cases
from silian.registers.credit.models import CreditRecord
from tests.operations.learning import stage
from tests.operations.learning.stage import NOW, TODAY
from tests.world import CITY, World


def fresh(row: FundReturn) -> FundReturn:
    return FundReturn.objects.select_related("case").get(pk=row.pk)


def confirm(world: World, row: FundReturn, reason: str = "") -> FundReturn:
    return checking.confirm_return(
        return_id=row.pk, reason=reason, actor=world.reviewer.actor, now=NOW
    )


def test_a_return_in_order_is_confirmed(world: World) -> None:
    row = confirm(world, stage.submitted(world))
    assert row.state == ReturnState.CONFIRMED
    assert row.checked_by == world.reviewer.user


def test_a_breach_is_confirmed_only_with_a_reason(world: World) -> None:
    row = stage.submitted(world, stage.breach())
    with pytest.raises(DomainError, match="2 项不符合"):
        confirm(world, row)
    assert confirm(world, row, "已核实集团统筹提取").conclusion == "已核实集团统筹提取"


def test_a_return_is_sent_back_once_with_the_full_list(world: World) -> None:
    row = stage.submitted(world)
    facts = {"fix_list": "一、补账簿", "working_days": 10, "actor": world.reviewer.actor}
    row = checking.return_once(return_id=row.pk, now=NOW, **facts)
    assert row.state == ReturnState.FIXING
    assert row.fix_due_at is not None
    assert row.fix_due_at.date() == datetime.date(2026, 4, 2)
    row = returns.submit_return(return_id=row.pk, actor=world.enterprise.actor, now=NOW)
    with pytest.raises(DomainError, match="一次"):
        checking.return_once(return_id=row.pk, now=NOW, **facts)


def test_only_the_authority_and_the_coordinator_decide(world: World) -> None:
    union = stage.union()
    row = stage.submitted(world)
    row.call.consulted.create(organisation=stage.unit(union))
    for person in (union, world.leader, world.enterprise):
        with pytest.raises(NotAllowed):
            checking.confirm_return(return_id=row.pk, reason="", actor=person.actor, now=NOW)
    checking.confirm_return(return_id=row.pk, reason="", actor=world.coordinator.actor, now=NOW)


def test_a_gap_is_never_ordered_away(world: World) -> None:
    stage.parameters(force="encouraged")
    row = stage.submitted(world, stage.breach())
    with pytest.raises(DomainError, match="不能责令改正"):
        checking.order_correction(
            return_id=row.pk, item_id=stage.item().pk, text="改", working_days=20,
            actor=world.reviewer.actor, now=NOW,
        )  # fmt: skip


def test_an_order_opens_a_case_with_basis_authority_and_day(world: World) -> None:
    row = stage.ordered(world)
    case = fresh(row).case
    assert case is not None
    assert (case.state, case.due_on) == (CaseState.ORDERED, datetime.date(2026, 4, 16))
    assert case.authority == stage.unit(world.reviewer)
    assert "青政办〔2024〕3号" in case.basis
    assert "差额 50,000.00 元" in case.finding
    assert (case.source, case.source_id) == ("learning.fundreturn", row.pk)
    assert not CreditRecord.objects.exists()


def test_a_correction_is_reported_and_accepted_without_a_record(world: World) -> None:
    row = stage.reported(world)
    assert row.state == ReturnState.REPORTED
    row = checking.accept_correction(
        return_id=row.pk, reason="凭证齐全", actor=world.reviewer.actor, now=NOW
    )
    assert (row.state, row.order_ended_on) == (ReturnState.CORRECTED, TODAY)
    case = fresh(row).case
    assert case is not None
    assert case.state == CaseState.CORRECTED
    assert not CreditRecord.objects.exists()


def test_a_correction_that_still_breaks_a_rule_is_sent_back(world: World) -> None:
    row = stage.reported(world, stage.breach())
    actor = world.reviewer.actor
    with pytest.raises(DomainError, match="还有 2 项"):
        checking.accept_correction(return_id=row.pk, reason="好", actor=actor, now=NOW)
    row = checking.send_back(return_id=row.pk, text="仍不足", working_days=5, actor=actor, now=NOW)
    case = fresh(row).case
    assert row.state == ReturnState.ORDERED
    assert case is not None
    assert case.due_on == datetime.date(2026, 3, 25)


def test_a_refusal_is_found_only_after_the_day_or_in_writing(world: World) -> None:
    row = stage.ordered(world)
    facts = {"return_id": row.pk, "reason": "期满未改", "actor": world.reviewer.actor}
    with pytest.raises(DomainError, match="期限未过"):
        checking.find_refused(said_no=False, now=NOW, **facts)
    assert fresh(row).state == ReturnState.ORDERED
    row = checking.find_refused(said_no=False, now=NOW + datetime.timedelta(days=40), **facts)
    assert row.state == ReturnState.REFUSED
    case = fresh(row).case
    assert case is not None
    assert case.state == CaseState.REFUSED
    assert not CreditRecord.objects.exists()


def test_the_return_follows_a_case_that_moves_in_the_register(world: World) -> None:
    row = stage.ordered(world)
    assert row.case_id is not None
    cases.drop_case(case_id=row.case_id, reason="撤销", actor=world.reviewer.actor, now=NOW)
    checking.follow_case(case_id=row.case_id, today=TODAY)
    checking.follow_case(case_id=row.case_id, today=TODAY)
    assert fresh(row).state == ReturnState.SUBMITTED
    assert fresh(row).order_ended_on == TODAY
    with pytest.raises(DomainError, match="已立过案"):
        checking.order_correction(
            return_id=row.pk, item_id=stage.item().pk, text="改", working_days=20,
            actor=world.reviewer.actor, now=NOW,
        )  # fmt: skip


def test_nothing_is_decided_while_the_enterprise_writes(world: World) -> None:
    row = stage.submitted(world)
    returns.begin_amendment(return_id=row.pk, reason="核对", actor=world.enterprise.actor)
    with pytest.raises(DomainError, match="正在更正"):
        confirm(world, row)


def test_a_confirmed_return_is_not_withdrawn(world: World) -> None:
    row = confirm(world, stage.submitted(world))
    with pytest.raises(WrongState):
        returns.withdraw_return(return_id=row.pk, actor=world.enterprise.actor, now=NOW)


def test_a_consulted_office_says_what_it_thinks_and_why(world: World) -> None:
    union = stage.union()
    row = stage.submitted(world)
    row.call.consulted.create(organisation=stage.unit(union))
    assert list(returns_to_comment(union.actor)) == [row]
    with pytest.raises(DomainError, match="哪个数字"):
        checking.give_opinion(
            return_id=row.pk, stance=Stance.DOUBTS, text="", actor=union.actor, now=NOW
        )
    checking.give_opinion(
        return_id=row.pk, stance=Stance.DOUBTS, text="人数不一致", actor=union.actor, now=NOW
    )
    assert not returns_to_comment(union.actor).exists()
    assert "人数不一致" in world.reviewer.client.get(row.get_absolute_url()).content.decode()
    assert not returns_to_check(union.actor).exists()


def test_the_clock_tells_the_authority_of_orders_past_their_day(world: World) -> None:
    stage.ordered(world)
    on = TODAY + datetime.timedelta(days=31)
    now = NOW + datetime.timedelta(days=31)
    run_clocks(now=now, today=on)
    run_clocks(now=now, today=on)
    told = Notification.objects.filter(title__startswith="改正期限已过")
    assert sorted(row.user.username for row in told) == ["coordinator", "reviewer"]


def value(code: str, period: PeriodKind, starts: datetime.date) -> object:
    found = measured_values(
        declared_metrics()[code], areas={"9901": CITY}, since=starts, until=TODAY
    )
    return found[Key(CITY, period, starts)].value


def test_the_measures_tell_rates_punctuality_and_open_orders(world: World) -> None:
    confirm(world, stage.submitted(world))
    year = datetime.date(2025, 1, 1)
    assert value("learning.training_fund_extraction", PeriodKind.YEAR, year) == 2
    assert value("learning.frontline_training_share", PeriodKind.YEAR, year) == 70
    month = datetime.date(2026, 3, 1)
    assert value("learning.orders_open", PeriodKind.MONTH, month) == 0


def test_an_open_order_is_counted(world: World) -> None:
    stage.ordered(world)
    assert value("learning.orders_open", PeriodKind.MONTH, datetime.date(2026, 3, 1)) == 1


def test_an_order_is_given_on_the_page(world: World) -> None:
    item = stage.item()
    row = stage.submitted(world, stage.breach())
    url = reverse("learning:return_order", args=[row.pk])
    page = world.reviewer.client.get(url).content.decode()
    assert "差额 50,000.00 元" in page
    sent = world.reviewer.client.post(
        url, {"item": item.pk, "text": "补提差额", "working_days": "20"}
    )
    assert sent.status_code == 302
    assert fresh(row).state == ReturnState.ORDERED
