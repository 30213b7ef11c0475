"""A roster on its way in: checked, taken in once, never shown."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.models import AuditEntry, Job
from silian.foundation.kernel.testing import run_queued_jobs
from silian.registers.people.models import Affiliation, Person
from silian.registers.programmes.choices import RosterMode, RosterState
from silian.registers.programmes.commands import rosters
from silian.registers.programmes.commands.roster_running import import_roster
from silian.registers.programmes.models import ClassMember, Cohort, RosterImport, SchoolClass
from tests.registers.programmes.stage import (
    NOW,
    id_number,
    make_class,
    make_cohort,
    make_programme,
    make_student,
    roster_rows,
    sheet,
)
from tests.world import TODAY, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(world: World) -> World:
    make_programme(world.school.organisation)  # type: ignore[arg-type]
    return world


def upload(
    world: World, rows: list[list[Any]], mode: RosterMode = RosterMode.GOOD_ROWS
) -> RosterImport:
    return rosters.upload_roster(
        actor=world.school.actor, upload=sheet(rows), mode=mode, today=TODAY
    )


def take_in(world: World, rows: list[list[Any]]) -> RosterImport:
    batch = upload(world, rows)
    rosters.confirm_roster(roster_id=batch.pk, actor=world.school.actor)
    return import_roster(roster_id=batch.pk)


def test_nothing_is_written_before_the_confirmation(school: World) -> None:
    batch = upload(school, roster_rows(3))
    assert (batch.state, batch.new_rows, batch.refused_rows) == (RosterState.CHECKED, 3, 0)
    assert not ClassMember.objects.exists()


def test_a_roster_makes_people_guardians_classes_and_seats(school: World) -> None:
    batch = take_in(school, roster_rows(3))
    assert (batch.state, batch.new_rows) == (RosterState.DONE, 3)
    seat = ClassMember.objects.select_related("person__guardian", "school_class__cohort").first()
    assert seat is not None
    assert seat.person.guardian is not None
    assert seat.person.guardian.name.startswith("家长")
    assert (seat.school_class.name, seat.school_class.cohort.year) == ("数控 2401", 2024)
    assert seat.person.born_on == datetime.date(2006, 5, 4)
    assert Affiliation.objects.filter(kind="student", unit="数控 2401").count() == 3


def test_a_second_import_changes_nothing(school: World) -> None:
    take_in(school, roster_rows(3))
    before = (Person.objects.count(), ClassMember.objects.count(), Cohort.objects.count())
    batch = take_in(school, roster_rows(3))
    assert (batch.new_rows, batch.changed_rows, batch.same_rows) == (0, 0, 3)
    assert before == (Person.objects.count(), ClassMember.objects.count(), Cohort.objects.count())


def test_running_the_work_twice_changes_nothing(school: World) -> None:
    batch = take_in(school, roster_rows(2))
    assert import_roster(roster_id=batch.pk).finished_at == batch.finished_at
    assert ClassMember.objects.count() == 2


def test_another_class_in_the_file_moves_the_student(school: World) -> None:
    take_in(school, roster_rows(1))
    batch = take_in(school, roster_rows(1, school_class="数控 2402"))
    assert batch.changed_rows == 1
    seats = ClassMember.objects.order_by("pk").values_list("school_class__name", "ends_on")
    assert [name for name, _ in seats] == ["数控 2401", "数控 2402"]
    assert seats[1][1] is None
    assert Affiliation.objects.get(kind="student").unit == "数控 2402"


def test_a_bad_row_is_named_cell_by_cell_and_left_out(school: World) -> None:
    rows = roster_rows(3)
    rows[1][1] = "990102200605049999"
    rows[2][3] = "没有的专业"
    batch = upload(school, rows)
    found = list(batch.problems.order_by("row").values_list("row", "column"))
    assert found == [(3, "居民身份证号"), (4, "专业")]
    assert (batch.refused_rows, batch.new_rows) == (2, 1)


def test_identity_numbers_stand_nowhere_readable(school: World) -> None:
    rows = roster_rows(2)
    rows[1][0] = ""
    batch = upload(school, rows)
    number = id_number(1)
    assert number not in batch.rows_cipher
    rosters.confirm_roster(roster_id=batch.pk, actor=school.school.actor)
    import_roster(roster_id=batch.pk)
    batch.refresh_from_db()
    assert batch.rows_cipher == ""
    told = " ".join(
        str(value)
        for values in (
            AuditEntry.objects.values_list("object_label", "detail"),
            batch.problems.values_list("text", "sentence"),
            Job.objects.values_list("title", "message", "arguments"),
        )
        for value in values
    )
    assert id_number(1) not in told
    assert id_number(2) not in told
    assert (
        number
        not in Person.objects.get(id_number_mask__startswith="990", name="学生1").id_number_cipher
    )


def test_all_or_nothing_refuses_a_file_with_one_bad_row(school: World) -> None:
    rows = roster_rows(2)
    rows[0][0] = ""
    batch = upload(school, rows, RosterMode.ALL)
    with pytest.raises(DomainError, match="全部无误才导入"):
        rosters.confirm_roster(roster_id=batch.pk, actor=school.school.actor)


def test_the_same_number_under_another_name_is_refused(school: World) -> None:
    take_in(school, roster_rows(1))
    rows = roster_rows(1)
    rows[0][0] = "别人"
    batch = upload(school, rows)
    assert batch.problems.get().sentence.startswith("这个证件号已登记在其他姓名下")


def test_a_student_of_another_school_is_refused(school: World) -> None:
    elsewhere = make_programme(school.enterprise.organisation)  # type: ignore[arg-type]
    make_student(make_class(make_cohort(elsewhere)))
    batch = upload(school, roster_rows(1))
    assert "其他学校" in batch.problems.get().sentence


def test_a_missing_column_is_refused_with_its_name(school: World) -> None:
    file = sheet([["甲"]], header=("姓名",))
    with pytest.raises(DomainError, match="居民身份证号"):
        rosters.upload_roster(
            actor=school.school.actor, upload=file, mode=RosterMode.ALL, today=TODAY
        )


def test_only_school_staff_import(school: World) -> None:
    for person in (school.enterprise, school.teacher, school.reviewer):
        with pytest.raises(NotAllowed):
            rosters.upload_roster(
                actor=person.actor, upload=sheet(roster_rows(1)), mode=RosterMode.ALL, today=TODAY
            )


def test_a_dropped_roster_keeps_no_rows(school: World) -> None:
    batch = upload(school, roster_rows(1))
    rosters.drop_roster(roster_id=batch.pk, actor=school.school.actor)
    batch.refresh_from_db()
    assert (batch.state, batch.rows_cipher) == (RosterState.REFUSED, "")


def test_forgotten_rosters_are_wiped_after_a_week(school: World) -> None:
    batch = upload(school, roster_rows(1))
    RosterImport.objects.filter(pk=batch.pk).update(created_at=NOW - datetime.timedelta(days=8))
    assert rosters.drop_forgotten_rosters(now=NOW) == 1
    batch.refresh_from_db()
    assert batch.rows_cipher == ""


def test_the_job_tells_how_many_came_in(school: World) -> None:
    batch = upload(school, roster_rows(2))
    rosters.confirm_roster(roster_id=batch.pk, actor=school.school.actor)
    run_queued_jobs()
    batch.refresh_from_db()
    assert batch.state == RosterState.DONE
    assert Job.objects.get(pk=batch.job_id).message == "新增 2 人，更新 0 人，不变 0 人。"
    assert SchoolClass.objects.get().members.count() == 2
