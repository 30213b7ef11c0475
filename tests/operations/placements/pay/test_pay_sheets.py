"""A payroll sheet is read cell by cell, shown first, and taken once."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.operations.placements.choices.pay import (
    PaySheetState,
)
from silian.operations.placements.commands.pay_sheets import (
    drop_sheet,
    take_sheet,
    upload_sheet,
)
from silian.operations.placements.models import PayAlarm, Payment, PayRecord, PaySheet
from silian.operations.placements.rules.pay_sheets import Owed, columns_of, read_rows
from tests.operations.placements import stage as placements
from tests.operations.placements.pay import stage
from tests.world import TODAY, World

HEAD = ["学号", "姓名", "金额", "到账日期"]
PLACES = columns_of(HEAD)
OWED = {
    "2301": Owed(pay_record_id=1, name="何雨", has_account=True, unpaid=Decimal(3200)),
    "2302": Owed(pay_record_id=2, name="周川", has_account=False, unpaid=Decimal(3200)),
}


def problems(*row: str) -> dict[str, str]:
    (read,) = read_rows([row], places=PLACES, owed=OWED, month=stage.FEBRUARY, today=TODAY)
    return read.problems


@pytest.mark.parametrize(
    ("row", "cell", "word"),
    [
        (("", "何雨", "3200", "2026-03-10"), "学号", "缺学号"),
        (("9999", "何雨", "3200", "2026-03-10"), "学号", "没有这个学号"),
        (("2301", "何而", "3200", "2026-03-10"), "姓名", "不符"),
        (("2302", "周川", "3200", "2026-03-10"), "姓名", "账户"),
        (("2301", "何雨", "三千", "2026-03-10"), "金额", "不是金额"),
        (("2301", "何雨", "-5", "2026-03-10"), "金额", "大于 0"),
        (("2301", "何雨", "3200", "3月10日"), "到账日期", "2026-03-10"),
        (("2301", "何雨", "3200", "2026-02-30"), "到账日期", "2026-03-10"),
        (("2301", "何雨", "3200", "2026-12-01"), "到账日期", "晚于今天"),
        (("2301", "何雨", "3200", "2025-12-01"), "到账日期", "早于"),
    ],
)
def test_each_wrong_cell_is_named(row: tuple[str, ...], cell: str, word: str) -> None:
    found = problems(*row)
    assert list(found) == [cell]
    assert word in found[cell]


def test_a_good_row_has_no_problem_and_tells_a_difference() -> None:
    (read,) = read_rows(
        [("2301", "何雨", "3,000.00", "2026/3/10")],
        places=PLACES,
        owed=OWED,
        month=stage.FEBRUARY,
        today=TODAY,
    )
    assert read.is_good
    assert (read.amount, read.paid_on) == ("3000.00", "2026-03-10")
    assert read.notes == ["比应付少 200.00 元"]


def test_a_student_twice_in_a_sheet_is_told() -> None:
    row = ("2301", "何雨", "3200", "2026-03-10")
    rows = read_rows([row, row], places=PLACES, owed=OWED, month=stage.FEBRUARY, today=TODAY)
    assert rows[1].problems == {"学号": "与第 2 行重复"}


def test_a_sheet_without_a_column_is_refused() -> None:
    with pytest.raises(DomainError, match="到账日期"):
        columns_of(["学号", "姓名", "实发金额"])


def workbook(*rows: tuple[object, ...]) -> SimpleUploadedFile:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    page = book.add_worksheet()
    for line, row in enumerate([HEAD, *rows]):
        page.write_row(line, 0, row)
    book.close()
    return SimpleUploadedFile("发放表.xlsx", target.getvalue())


@pytest.fixture
def records(world: World) -> list[PayRecord]:
    """February of two interns, both with accounts of their own."""
    students = [placements.own_student(world), placements.make_student(world, name="演示学生乙")]
    found = []
    for place, student in enumerate(students):
        internship = stage.intern(world, student=student)
        stage.account(world, internship, number=f"62220200000000000{place:02d}")
        found.append(stage.month(internship))
    return found


def line(record: PayRecord, amount: int) -> tuple[object, ...]:
    number = record.internship.person.class_memberships.get().number
    return number, record.internship.person.name, amount, "2026-03-10"


def uploaded(world: World, *rows: tuple[object, ...]) -> PaySheet:
    return upload_sheet(
        actor=world.enterprise.actor,
        month=stage.FEBRUARY,
        upload=workbook(*rows),
        now=stage.NOW,
    )


@pytest.mark.django_db
def test_a_preview_pays_nothing(world: World, records: list[PayRecord]) -> None:
    sheet = uploaded(world, line(records[0], 3200), ("9", "没有", 1, "2026-03-10"))
    assert (sheet.good, sheet.bad, sheet.state) == (1, 1, PaySheetState.PREVIEW)
    assert not Payment.objects.exists()


@pytest.mark.django_db
def test_a_sheet_pays_everybody_and_settles_the_months(
    world: World, records: list[PayRecord]
) -> None:
    sheet = uploaded(world, line(records[0], 3200), line(records[1], 3000))
    assert take_sheet(actor=world.enterprise.actor, sheet_id=sheet.pk, now=stage.NOW) == 2
    first, second = (PayRecord.objects.get(pk=row.pk) for row in records)
    assert (first.unpaid, second.unpaid) == (0, 200)
    assert first.paid_on == datetime.date(2026, 3, 10)
    assert PayAlarm.objects.get().pay_record == second


@pytest.mark.django_db
def test_bad_rows_stay_out_only_when_asked(world: World, records: list[PayRecord]) -> None:
    sheet = uploaded(world, line(records[0], 3200), ("9", "没有", 1, "2026-03-10"))
    actor = world.enterprise.actor
    with pytest.raises(DomainError, match="1 行有误"):
        take_sheet(actor=actor, sheet_id=sheet.pk, now=stage.NOW)
    assert take_sheet(actor=actor, sheet_id=sheet.pk, now=stage.NOW, only_good=True) == 1


@pytest.mark.django_db
def test_the_same_file_is_never_taken_twice(world: World, records: list[PayRecord]) -> None:
    actor, upload = world.enterprise.actor, workbook(line(records[0], 1000))
    keys = []
    for _ in range(2):
        upload.seek(0)
        sheet = upload_sheet(actor=actor, month=stage.FEBRUARY, upload=upload, now=stage.NOW)
        keys.append(sheet.pk)
    take_sheet(actor=actor, sheet_id=keys[0], now=stage.NOW)
    with pytest.raises(DomainError, match="已经入账"):
        take_sheet(actor=actor, sheet_id=keys[1], now=stage.NOW)
    drop_sheet(actor=actor, sheet_id=keys[1])
    assert Payment.objects.count() == 1


@pytest.mark.django_db
def test_another_host_neither_sees_nor_takes_a_sheet(
    world: World, records: list[PayRecord]
) -> None:
    sheet = uploaded(world, line(records[0], 3200))
    with pytest.raises(NotAllowed):
        take_sheet(actor=world.rival.actor, sheet_id=sheet.pk, now=stage.NOW)
    address = reverse("placements:pay_sheet", args=[sheet.pk])
    assert world.rival.client.get(address).status_code == 404
    assert world.enterprise.client.get(address).status_code == 200
