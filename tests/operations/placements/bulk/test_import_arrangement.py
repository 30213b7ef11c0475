"""Students are placed by a file of numbers and posts."""

from __future__ import annotations

from silian.operations.placements.choices.rounds import (
    BulkImportState,
    RowMode,
)
from silian.operations.placements.commands.bulk_arrangements import bring_in_arrangement
from silian.operations.placements.commands.bulk_imports import upload_arrangement
from silian.operations.placements.models import BulkImport, Internship, InternshipPlan
from silian.registers.people.models import Person
from tests.operations.placements.bulk.stage import sheet
from tests.operations.placements.rounds import stage as rounds
from tests.operations.placements.stage import make_class, make_post, make_student
from tests.world import World

HEADINGS = ["学号", "姓名", "实习单位", "岗位", "指导教师工号", "理由"]


def number_of(student: Person) -> str:
    return student.class_memberships.get().number


def setting(world: World, *, students: int = 2) -> tuple[InternshipPlan, list[Person]]:
    plan = rounds.make_second_year_plan(world)
    make_post(world)
    school_class = make_class(world, name="数控 2401", year=2024)
    made = [
        make_student(world, school_class=school_class, name=f"演示学生{n}") for n in range(students)
    ]
    return plan, made


def line(student: Person, **cells: str) -> list[str]:
    found = {
        "学号": number_of(student), "姓名": student.name, "实习单位": "启衡精密制造（演示）",
        "岗位": "数控操作", "指导教师工号": "", "理由": "", **cells,
    }  # fmt: skip
    return [found[heading] for heading in HEADINGS]


def bring(
    world: World, plan: InternshipPlan, *lines: list[str], mode: str = RowMode.GOOD_ROWS
) -> BulkImport:
    made = upload_arrangement(
        actor=world.school.actor, upload=sheet(HEADINGS, lines), mode=mode, plan=plan
    )
    return bring_in_arrangement(import_id=made.pk, tell=lambda done: None)


def test_the_students_of_the_file_are_placed_once(world: World) -> None:
    plan, students = setting(world)
    found = bring(world, plan, *[line(student) for student in students])
    assert found.created_rows == 2
    again = bring(world, plan, *[line(student) for student in students])
    assert (again.created_rows, again.same_rows) == (0, 2)
    assert Internship.objects.count() == 2


def test_unknown_numbers_hosts_and_posts_are_told_by_cell(world: World) -> None:
    plan, students = setting(world, students=3)
    found = bring(
        world,
        plan,
        line(students[0], 学号="0000"),
        line(students[1], 实习单位="没有这家"),
        line(students[2], 岗位="没有这个岗"),
    )
    assert [item.column for item in found.problems.all()] == ["学号", "实习单位", "岗位"]
    assert found.created_rows == 0


def test_a_name_that_is_not_the_numbers_is_refused(world: World) -> None:
    plan, students = setting(world)
    found = bring(world, plan, line(students[0], 姓名="别人"))
    assert found.problems.get().column == "姓名"


def test_all_or_nothing_takes_the_placed_ones_back(world: World) -> None:
    plan, students = setting(world)
    Person.objects.filter(pk=students[1].pk).update(born_on="2012-01-01")
    lines = [line(student) for student in students]
    found = bring(world, plan, *lines, mode=RowMode.ALL_ROWS)
    assert found.state == BulkImportState.REFUSED
    assert not Internship.objects.exists()
