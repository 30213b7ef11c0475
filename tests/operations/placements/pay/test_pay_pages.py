"""The pages of pay: constant cost, masked names, the letter, the pack, hints."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from python_calamine import CalamineWorkbook

from silian.operations.placements.commands.pay_alarms import watch_records
from silian.operations.placements.commands.pay_statements import contradict_pay
from silian.operations.placements.models import PayRecord
from silian.operations.placements.queries.pay import facts_of, states_of
from silian.operations.placements.queries.pay_hints import hints_for
from silian.operations.placements.queries.pay_lists import in_standing
from silian.operations.placements.rules.pay import Standing, standing_of
from silian.operations.placements.tasks.rights import watch_pay
from tests.operations.placements import stage as placements
from tests.operations.placements.pay import stage
from tests.world import TODAY, World

pytestmark = pytest.mark.django_db


def many(world: World, *, count: int) -> list[PayRecord]:
    return [
        stage.month(
            stage.intern(world, student=placements.make_student(world, name=f"演示学生{n:02d}"))
        )
        for n in range(count)
    ]


def cost(world: World) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert world.school.client.get(reverse("placements:pay_list")).status_code == 200
    return len(found)


def test_the_list_costs_the_same_with_three_and_with_thirty(world: World) -> None:
    many(world, count=3)
    cost(world)
    few = cost(world)
    many(world, count=27)
    assert cost(world) == few


def test_states_of_many_cost_two_queries(world: World) -> None:
    keys = [row.internship_id for row in many(world, count=5)]
    with CaptureQueriesContext(connection) as found:
        states = states_of(internship_ids=keys, month=stage.FEBRUARY, on=TODAY)
    assert len(found) == 2
    assert {state.standing for state in states.values()} == {Standing.LATE}


def test_the_filter_and_the_rule_tell_the_same_standing(world: World) -> None:
    records = many(world, count=5)
    paid = {1: 3200, 2: 1000}
    for place, amount in paid.items():
        stage.account(world, records[place].internship, number=f"622202000000000{place:04d}")
        stage.paid(world, records[place], amount=amount)
    PayRecord.objects.filter(pk=records[3].pk).update(due_on=TODAY)
    PayRecord.objects.filter(pk=records[4].pk).update(
        student_answer="contrary", student_at=stage.NOW
    )
    for row in PayRecord.objects.all():
        for standing in Standing:
            if standing == Standing.NONE:
                continue
            found = in_standing(PayRecord.objects.all(), standing=standing, on=TODAY)
            is_so = standing_of(facts_of(row), on=TODAY) == standing
            assert found.filter(pk=row.pk).exists() == is_so


def test_names_are_whole_for_school_and_host_and_masked_for_officials(world: World) -> None:
    record = stage.month(stage.intern(world))
    name = record.internship.person.name
    for role in ("school", "enterprise"):
        page = world.people[role].client.get(reverse("placements:pay_list"))
        assert name in page.content.decode()
    page = world.reviewer.client.get(reverse("placements:pay_list")).content.decode()
    assert name not in page
    assert name[0] + "＊" in page


def test_the_letter_lists_what_is_owed(world: World) -> None:
    record = stage.month(stage.intern(world))
    host = world.enterprise.organisation
    answer = world.school.client.get(reverse("placements:pay_letter", args=[host.pk]))
    document = Document(io.BytesIO(answer.content))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert host.name in words
    assert "3,200 元" in words
    assert document.tables[0].rows[1].cells[1].text == record.internship.person.name


def test_a_host_that_owes_nothing_gets_no_letter(world: World) -> None:
    host = world.enterprise.organisation
    answer = world.school.client.get(reverse("placements:pay_letter", args=[host.pk]))
    assert answer.status_code == 404


def test_the_pack_of_a_year_holds_pay_and_no_account_numbers(world: World) -> None:
    internship = placements.with_papers(world, stage.intern(world))
    stage.account(world, internship)
    stage.paid(world, stage.month(internship), amount=3200)
    answer = world.enterprise.client.post(reverse("placements:pay_evidence"), {"year": 2026})
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert book.sheet_names == ["说明", "协议", "报酬", "保险", "文件清单"]
    pay = book.get_sheet_by_name("报酬").to_python()
    assert pay[1][7] == 3200
    assert len(book.get_sheet_by_name("保险").to_python()) == 3
    assert stage.NUMBER.encode() not in answer.content


def test_what_students_say_becomes_a_hint(world: World) -> None:
    internship = stage.intern(world)
    stage.account(world, internship)
    record = stage.month(internship)
    stage.paid(world, record, amount=3200)
    contradict_pay(
        actor=world.student.actor,
        pay_record_id=record.pk,
        amount=Decimal(2800),
        received_on=TODAY,
        method="cash",
        now=stage.NOW,
    )
    titles = {hint.title for hint in hints_for(world.school.actor)}
    assert titles == {"不是转账到本人", "实收少于填报"}


def test_three_students_paid_by_another_name_are_a_hint(world: World) -> None:
    for place, record in enumerate(many(world, count=3)):
        stage.account(world, record.internship, number=f"622202000000000{place:04d}")
        stage.paid(world, record, amount=3200, payer_name="青澜某劳务公司（演示）")
    (hint,) = hints_for(world.reviewer.actor)
    assert (hint.title, hint.people) == ("由第三方付款", 3)


def test_the_host_never_reads_what_the_student_wrote(world: World) -> None:
    internship = stage.intern(world)
    stage.account(world, internship)
    record = stage.month(internship)
    stage.paid(world, record, amount=3200)
    contradict_pay(
        actor=world.student.actor,
        pay_record_id=record.pk,
        amount=Decimal(2800),
        received_on=TODAY,
        note="班长收走四百",
        now=stage.NOW,
    )
    address = reverse("placements:pay_detail", args=[record.pk])
    assert "班长收走四百" not in world.enterprise.client.get(address).content.decode()
    assert "班长收走四百" in world.school.client.get(address).content.decode()


def test_the_student_confirms_on_the_page(world: World) -> None:
    internship = stage.intern(world)
    stage.account(world, internship)
    record = stage.month(internship)
    stage.paid(world, record, amount=3200)
    world.student.client.post(reverse("placements:pay_confirm", args=[record.pk]))
    record.refresh_from_db()
    assert record.student_answer == "confirmed"


def test_the_nightly_task_opens_months_and_alarms_and_runs_twice_without_harm(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.intern(world)
    monkeypatch.setattr("django.utils.timezone.now", lambda: stage.NOW)
    watch_pay(timestamp=0)
    months = set(PayRecord.objects.values_list("month", flat=True))
    assert months == {datetime.date(2026, 1, 1), stage.FEBRUARY}
    count = sum(row.alarms.count() for row in PayRecord.objects.all())
    watch_pay(timestamp=0)
    assert PayRecord.objects.count() == 2
    assert sum(row.alarms.count() for row in PayRecord.objects.all()) == count


def test_an_alarm_closes_by_facts_alone(world: World) -> None:
    record = stage.month(stage.intern(world))
    watch_records(record_ids=[record.pk], now=stage.NOW)
    watch_records(record_ids=[record.pk], now=stage.NOW)
    assert record.alarms.filter(closed_at__isnull=True).count() == 1
