"""Income is registered with evidence, put where the clause puts it, and read by the right eyes."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.governance.incentives.commands.income import (
    add_evidence,
    change_project,
    confirm_project,
    correct_share,
    drop_share,
    enter_project,
    enter_share,
)
from silian.governance.incentives.gateways.income import (
    income_share,
    least_reward,
    taxable_reward,
    treatment_of,
)
from silian.governance.incentives.models import IncomeShare
from silian.governance.incentives.queries.income import own_lines, statement_of, totals_of
from silian.registers.policies.models.parameters import Parameter
from tests.governance.incentives.income import stage
from tests.governance.incentives.stage import NOW
from tests.registers.programmes.stage import make_teacher
from tests.world import CITY, World

ON = datetime.date(2026, 12, 31)


@pytest.mark.parametrize(
    ("division", "on", "words"),
    [
        ("530300", "2021-06-30", "计入当年总量，不受总量限制，不纳入基数"),
        ("500154", "2021-06-30", "不计入当年总量，不受总量限制，不纳入基数"),
        ("411200", "2023-06-30", "不计入当年总量，不受总量限制，不纳入基数"),
        ("620200", "2021-06-30", "计入当年总量，不受总量限制，不纳入基数"),
    ],
)
def test_conversion_rewards_stand_where_the_place_puts_them(
    division: str, on: str, words: str
) -> None:
    found = treatment_of("conversion", division=division, on=datetime.date.fromisoformat(on))
    assert found.words == words
    assert found.clause


@pytest.mark.parametrize("kind", ["award", "training"])
def test_one_place_lists_awards_and_trainings_apart_others_leave_them_open(kind: str) -> None:
    on = datetime.date(2023, 6, 30)
    assert treatment_of(kind, division="411200", on=on).limited is False
    open_one = treatment_of(kind, division="530300", on=datetime.date(2021, 6, 30))
    assert open_one.limited is None
    assert "未设定" in open_one.words


def test_the_statement_splits_by_clause_and_guesses_nothing(world: World) -> None:
    stage.confirmed(world)
    stage.confirmed(world, "3000", kind="service", way="", title="技术服务", gain=Decimal(9000))
    statement = statement_of(world.school.organisation, year=2026)
    assert (statement.total.free, statement.total.capped) == (Decimal(60000), Decimal(0))
    assert statement.total.unset == Decimal(3000)
    assert statement.people[0].split.amount == Decimal(63000)
    assert (statement.school_income, statement.source_amount) == (Decimal(9000), None)


def test_the_share_of_school_income_counts_when_the_region_sets_it(world: World) -> None:
    assert income_share(division=CITY, on=ON).value is None
    Parameter.objects.create(
        division_id=CITY, code="P04", name="income_share_for_performance", unit="%", value=40,
        title="学校收入用作绩效工资来源的比例", force="permitted", source="青人社〔2025〕3号",
        place="第二条", valid_from=datetime.date(2025, 1, 1),
    )  # fmt: skip
    stage.confirmed(world, "3000", kind="service", way="", title="技术服务", gain=Decimal(9000))
    statement = statement_of(world.school.organisation, year=2026)
    assert statement.source_amount == Decimal("3600.00")
    assert statement.share.source == "青人社〔2025〕3号 第二条"


def test_a_reward_below_the_bound_is_named_and_does_not_stop(world: World) -> None:
    row = stage.confirmed(world, "40000")
    assert (row.verdict, row.least_reward) == ("不符合", Decimal(50000))
    assert "第四十五条" in row.clause
    share = row.shares.get()
    facts: dict[str, Any] = {"actor": world.school.actor, "now": NOW, "reason": "补发"}
    correct_share(share_id=share.pk, amount=Decimal(50000), **facts)
    row.refresh_from_db()
    assert row.verdict == "达到"


def test_what_was_agreed_is_not_measured_by_the_law(world: World) -> None:
    row = stage.confirmed(world, "1000", agreed=True, agreement="校成果转化办法第八条")
    assert (row.verdict, row.least_reward) == ("", None)


@pytest.mark.parametrize(
    ("way", "least"),
    [("转让或许可", "50000"), ("作价投资", "50000"), ("自行或合作实施", "5000")],
)
def test_each_way_has_its_bound(way: str, least: str) -> None:
    found = least_reward(
        way=way, gain=Decimal(100_000), reward=Decimal(0), division="411200", on=ON
    )
    assert found is not None
    assert found.least == Decimal(least)


def test_half_of_a_cash_reward_counts_into_the_wage_of_a_fitting_payer() -> None:
    found = taxable_reward(Decimal("100000.01"), division="620200", on=datetime.date(2021, 6, 30))
    assert found is not None
    assert found[0] == Decimal("50000.01")
    assert found[1]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"way": ""}, "转化方式"),
        ({"agreed": True}, "规定或约定"),
    ],
)
def test_projects_that_say_too_little_are_refused(
    world: World, given: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(DomainError, match=sentence):
        stage.project(world, **given)


def test_a_project_is_confirmed_with_shares_and_evidence(world: World) -> None:
    row = stage.project(world, kind="training", way="", gain=Decimal(1000))
    facts: dict[str, Any] = {"project_id": row.pk, "actor": world.school.actor}
    with pytest.raises(DomainError, match="个人所得"):
        confirm_project(now=NOW, **facts)
    share = stage.share(world, row, "2000")
    with pytest.raises(DomainError, match="凭证"):
        confirm_project(now=NOW, **facts)
    add_evidence(upload=stage.paper(), **facts)
    with pytest.raises(DomainError, match="多于"):
        confirm_project(now=NOW, **facts)
    drop_share(share_id=share.pk, **facts)
    stage.share(world, row, "900")
    assert confirm_project(now=NOW, **facts).state == "confirmed"
    with pytest.raises(WrongState, match="已确认"):
        change_project(said=stage.said(), **facts)
    with pytest.raises(WrongState, match="已确认"):
        stage.share(world, row)


def test_shares_that_do_not_fit_are_refused(world: World) -> None:
    row = stage.project(world)
    facts: dict[str, Any] = {
        "project_id": row.pk, "person_id": stage.teacher(world).pk, "amount": Decimal(1),
        "paid_on": stage.PAID, "actor": world.school.actor, "today": stage.TODAY,
    }  # fmt: skip
    assert world.enterprise.organisation is not None
    stranger = make_teacher(world.enterprise.organisation, name="外人")
    for given, sentence in (
        ({"amount": Decimal(0)}, "大于零"),
        ({"paid_on": datetime.date(2026, 9, 1)}, "还没有到"),
        ({"person_id": stranger.pk}, "在册人员"),
    ):
        with pytest.raises(DomainError, match=sentence):
            enter_share(**{**facts, **given})


def test_a_correction_keeps_the_wrong_sum_and_its_reason(world: World) -> None:
    draft = stage.project(world)
    early = stage.share(world, draft)
    facts: dict[str, Any] = {"amount": Decimal(55000), "actor": world.school.actor, "now": NOW}
    with pytest.raises(WrongState, match="没有确认"):
        correct_share(share_id=early.pk, reason="错", **facts)
    share = stage.confirmed(world).shares.get()
    with pytest.raises(DomainError, match="理由"):
        correct_share(share_id=share.pk, reason=" ", **facts)
    correct_share(share_id=share.pk, reason="录错", **facts)
    with pytest.raises(WrongState, match="最新"):
        correct_share(share_id=share.pk, reason="录错", **facts)
    assert IncomeShare.objects.counted().get().amount == Decimal(55000)


def test_only_the_school_registers(world: World) -> None:
    for who in ("enterprise", "teacher", "coordinator"):
        with pytest.raises(NotAllowed, match="院校"):
            enter_project(said=stage.said(), actor=world.people[who].actor)


def test_a_teacher_reads_the_own_sums_and_nobody_elses(world: World) -> None:
    row = stage.confirmed(world)
    assert world.school.organisation is not None
    other = make_teacher(world.school.organisation, name="另一位")
    second = stage.project(world, title="别人的项目")
    stage.share(world, second, "70000", person=other)
    add_evidence(project_id=second.pk, upload=stage.paper(), actor=world.school.actor)
    confirm_project(project_id=second.pk, actor=world.school.actor, now=NOW)
    lines = own_lines(world.teacher.actor, year=2026)
    assert [line.share.project_id for line in lines] == [row.pk]
    page = world.teacher.client.get(reverse("incentives:own_income")).content.decode()
    assert "60,000 元" in page
    assert "30,000 元" in page, "the hint about tax"
    assert "别人的项目" not in page
    assert "另一位" not in page


def test_officials_read_sums_of_schools_and_no_person(world: World) -> None:
    stage.confirmed(world)
    line = totals_of(stage.bureau(world).actor, year=2026)[0]
    assert (line.people, line.split.free) == (1, Decimal(60000))
    page = stage.bureau(world).client.get(reverse("incentives:income_totals")).content.decode()
    assert "60,000.00" in page
    assert "许老师" not in page
    assert totals_of(world.reviewer.actor, year=2026) == []


def test_the_statement_asks_as_much_with_many_people(world: World) -> None:
    row = stage.confirmed(world)
    address = reverse("incentives:income_statement")
    world.school.client.get(address)
    with CaptureQueriesContext(connection) as few:
        world.school.client.get(address)
    assert world.school.organisation is not None
    IncomeShare.objects.bulk_create(
        IncomeShare(
            project=row, person=make_teacher(world.school.organisation, name=f"教师{place}"),
            amount=10, paid_on=stage.PAID,
        )
        for place in range(12)
    )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        page = world.school.client.get(address).content.decode()
    assert "教师11" in page
    assert len(many) == len(few)


def test_the_statement_is_a_file_too(world: World) -> None:
    stage.confirmed(world)
    for who, name in (("school", "income_statement"), ("teacher", "own_income")):
        answer = world.people[who].client.get(reverse(f"incentives:{name}") + "?export=xlsx")
        assert b"".join(answer.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]
