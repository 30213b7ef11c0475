"""Appropriation sheets: computed by the rule, checked and approved by others, corrected."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.governance.incentives.commands.appropriation import (
    begin_correction,
    draft_sheets,
    recount_sheet,
    step_all,
    step_sheet,
)
from silian.governance.incentives.commands.appropriation_settings import open_year
from silian.governance.incentives.models import AppropriationSheet
from silian.governance.incentives.permissions.appropriation import sheets_visible_to
from silian.governance.incentives.queries.appropriation import changes_between
from tests.governance.incentives.appropriation import stage
from tests.governance.incentives.stage import NOW
from tests.registers.programmes import stage as teaching
from tests.world import CITY, World


def test_a_line_is_students_times_numbers_and_says_so(world: World) -> None:
    line = stage.sheet(world).lines.get()
    assert line.amount == Decimal("25200.00")
    assert line.explanation == "2 人 × 8,000 × 1.5 × 1.05 = 25,200.00 元"
    assert line.base_source == "青财教〔2025〕8号 第三条"


def test_what_nobody_set_is_not_computed(world: World) -> None:
    stage.setting(world, "base", "8000")
    sheet = stage.sheet(world, with_numbers=False)
    line = sheet.lines.get()
    assert (sheet.total, line.amount) == (None, None)
    assert line.explanation == "成本系数、绩效系数未设定，不计算"
    with pytest.raises(DomainError, match="未设定"):
        stage.taken(world, "submit")


def test_the_longest_code_and_the_own_school_stand_first(world: World) -> None:
    stage.numbers(world)
    stage.setting(world, "weight", "2", majors="46")
    stage.setting(world, "weight", "3", majors="4601")
    assert world.school.organisation is not None
    stage.setting(world, "factor", "1.1", school_id=world.school.organisation.pk)
    line = stage.sheet(world, with_numbers=False).lines.get()
    assert (line.weight, line.factor) == (Decimal(3), Decimal("1.1"))


def test_the_students_of_the_day_stay_when_the_register_moves(world: World) -> None:
    sheet = stage.sheet(world)
    stage.students(world, count=1, code="460301", place=9)
    sheet.refresh_from_db()
    assert sheet.students == 2
    assert draft_sheets(year_id=stage.year(world).pk, actor=world.treasury.actor, now=NOW) == 0
    assert recount_sheet(sheet_id=sheet.pk, actor=world.treasury.actor).students == 3


def test_students_who_came_later_do_not_count(world: World) -> None:
    assert world.school.organisation is not None
    programme = teaching.make_programme(world.school.organisation, code="460302")
    group = teaching.make_class(teaching.make_cohort(programme, year=2025))
    seat = teaching.make_student(group, place=40)
    seat.starts_on = stage.COUNTED + datetime.timedelta(days=1)
    seat.save()
    assert stage.sheet(world).students == 2


def test_drafting_checking_and_approving_take_three_people(world: World) -> None:
    sheet = stage.taken(world, "submit")
    with pytest.raises(NotAllowed, match="教育部门"):
        step_sheet(sheet_id=sheet.pk, step="pass", actor=world.treasury.actor, now=NOW)
    stage.taken(world, "pass", of=sheet)
    with pytest.raises(DomainError, match="不同的人"):
        step_sheet(sheet_id=sheet.pk, step="approve", actor=world.treasury.actor, now=NOW)
    assert stage.taken(world, "approve", of=sheet).approved_by == world.leader.user


def test_a_sheet_is_sent_back_with_the_reason(world: World) -> None:
    sheet = stage.taken(world, "submit")
    with pytest.raises(DomainError, match="退回的原因"):
        step_sheet(sheet_id=sheet.pk, step="return", actor=world.reviewer.actor, now=NOW)
    actor = world.reviewer.actor
    back = step_sheet(sheet_id=sheet.pk, step="return", note="学生数不符", actor=actor, now=NOW)
    assert (back.state, back.note) == ("draft", "学生数不符")


def test_a_school_reads_only_what_was_sent_to_it(world: World) -> None:
    sheet = stage.taken(world, "submit", "pass", "approve")
    assert not sheets_visible_to(world.school.actor).exists()
    stage.taken(world, "publish", of=sheet)
    assert sheets_visible_to(world.school.actor).get() == sheet
    assert not sheets_visible_to(world.enterprise.actor).exists()


def test_a_correction_is_a_new_version_with_the_difference(world: World) -> None:
    sheet = stage.published(world)
    stage.setting(world, "weight", "2", reason="系数录错")
    actor = world.treasury.actor
    draft = begin_correction(sheet_id=sheet.pk, reason="系数录错", actor=actor, now=NOW)
    change = changes_between(sheet, list(draft.lines.all()))[0]
    assert (change.before, change.after) == (Decimal(25200), Decimal(33600))
    assert change.difference == Decimal(8400)
    stage.taken(world, *stage.WAY, of=draft)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.total) == ("replaced", Decimal(25200))


def test_only_one_correction_is_in_hand_and_only_of_what_was_sent(world: World) -> None:
    sheet = stage.sheet(world)
    facts: dict[str, Any] = {"sheet_id": sheet.pk, "actor": world.treasury.actor, "now": NOW}
    with pytest.raises(WrongState, match="已送达"):
        begin_correction(reason="错", **facts)
    stage.taken(world, *stage.WAY)
    with pytest.raises(DomainError, match="理由"):
        begin_correction(reason=" ", **facts)
    begin_correction(reason="错", **facts)
    with pytest.raises(DomainError, match="正在办理"):
        begin_correction(reason="错", **facts)
    with pytest.raises(WrongState, match="拟定中"):
        recount_sheet(sheet_id=sheet.pk, actor=world.treasury.actor)


def test_all_waiting_sheets_go_on_together(world: World) -> None:
    sheet = stage.sheet(world)
    year, actor = sheet.appropriation_year_id, world.treasury.actor
    assert step_all(year_id=year, step="submit", actor=actor, now=NOW) == 1
    with pytest.raises(DomainError, match="没有可以一起办理"):
        step_all(year_id=year, step="submit", actor=actor, now=NOW)


def test_a_number_of_the_same_day_is_corrected_with_a_reason(world: World) -> None:
    first = stage.setting(world, "base", "8000")
    with pytest.raises(DomainError, match="更正请写明理由"):
        stage.setting(world, "base", "9000")
    stage.setting(world, "base", "9000", reason="录错")
    first.refresh_from_db()
    assert first.replaced_at is not None
    assert first.value == Decimal(8000)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"majors": "机械"}, "数字"),
        ({"valid_to": stage.COUNTED}, "晚于起用日"),
        ({"school_id": 1}, "只有绩效系数"),
    ],
)
def test_numbers_that_do_not_fit_are_refused(
    world: World, given: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(DomainError, match=sentence):
        stage.setting(world, "base", "8000", **given)


def test_a_year_is_opened_once_by_finance_on_a_day_that_has_come(world: World) -> None:
    opened = stage.year(world)
    facts: dict[str, Any] = {
        "division": CITY, "finance_id": opened.finance_id, "basis": "办法",
        "education_id": opened.education_id, "today": stage.TODAY, "year": 2026,
        "counted_on": stage.COUNTED, "actor": world.treasury.actor,
    }  # fmt: skip
    with pytest.raises(DomainError, match="已经设立"):
        open_year(**facts)
    with pytest.raises(DomainError, match="还没有到"):
        open_year(**{**facts, "counted_on": datetime.date(2026, 9, 1)})
    with pytest.raises(DomainError, match="两个单位"):
        open_year(**{**facts, "education_id": opened.finance_id})
    with pytest.raises(NotAllowed, match="财政部门"):
        open_year(**{**facts, "actor": world.reviewer.actor})


def test_the_list_asks_as_much_with_many_sheets(
    world: World, django_assert_num_queries: Any
) -> None:
    sheet = stage.sheet(world)
    page = reverse("incentives:appropriation_year", args=[sheet.appropriation_year_id])
    client = world.treasury.client
    assert client.get(page).status_code == 200
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    rows = [
        AppropriationSheet(
            appropriation_year_id=sheet.appropriation_year_id, school=unit, total=1,
            division_id=unit.division_id, drafted_at=NOW, drafted_by=world.treasury.user,
        )
        for unit in (world.enterprise.organisation, world.rival.organisation)
        if unit is not None
    ]  # fmt: skip
    AppropriationSheet.objects.bulk_create(rows)
    with django_assert_num_queries(len(few)):
        assert client.get(page).status_code == 200


def test_the_pages_show_amount_and_basis(world: World) -> None:
    sheet = stage.published(world)
    shown = world.school.client.get(sheet.get_absolute_url()).content.decode()
    assert "25,200.00" in shown
    assert "青财教〔2025〕8号 第三条" in shown
    file = world.school.client.get(sheet.get_absolute_url() + "?export=csv")
    assert "25200.00" in b"".join(file.streaming_content).decode()  # type: ignore[attr-defined]
