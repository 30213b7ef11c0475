"""Programmes, plans, classes and files of the tests of this module."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from stdnum.cn import ric

from silian.foundation.kernel.actors import Actor
from silian.foundation.reference.choices import EducationLevel
from silian.foundation.reference.models import CatalogueVersion, Major
from silian.registers.organisations.models import Organisation
from silian.registers.people.choices import AffiliationKind
from silian.registers.people.commands import make_person
from silian.registers.people.models import Affiliation, Person
from silian.registers.programmes.choices import CourseKind
from silian.registers.programmes.commands import plans
from silian.registers.programmes.models import (
    ClassMember,
    Cohort,
    PlanCourse,
    Programme,
    SchoolClass,
    Standard,
    StandardVersion,
    TrainingPlan,
)
from silian.registers.programmes.rules.periods import cohort_days
from silian.registers.programmes.rules.roster_rows import COLUMNS
from tests.world import COUNTY, World

NOW = datetime.datetime(2026, 3, 18, 2, tzinfo=datetime.UTC)
NUMERICAL = ("460103", "数控技术")


def make_major(code: str = NUMERICAL[0], name: str = NUMERICAL[1]) -> Major:
    version, _ = CatalogueVersion.objects.get_or_create(
        catalogue="major",
        edition="2021",
        defaults={"title": "职业教育专业目录", "valid_from": datetime.date(2021, 3, 1)},
    )
    major, _ = Major.objects.get_or_create(
        pk=f"2021:{code}",
        defaults={
            "code": code,
            "name": name,
            "education_level": EducationLevel.COLLEGE,
            "version": version,
            "level": 3,
            "path": [f"2021:{code}"],
        },
    )
    return major


def make_programme(school: Organisation, *, code: str = NUMERICAL[0], **given: Any) -> Programme:
    """A running programme of a school."""
    major = make_major(code, given.pop("name", NUMERICAL[1]))
    facts: dict[str, Any] = {
        "division_id": school.division_id,
        "name": major.name,
        "years": Decimal(3),
        "opened_on": datetime.date(2020, 9, 1),
    }
    return Programme.objects.create(school=school, major=major, **{**facts, **given})


def make_cohort(programme: Programme, *, year: int = 2024) -> Cohort:
    starts_on, ends_on = cohort_days(year=year, years=Decimal(programme.years))
    return Cohort.objects.create(
        programme=programme, year=year, starts_on=starts_on, ends_on=ends_on
    )


def make_class(cohort: Cohort, *, name: str = "数控 2401") -> SchoolClass:
    return SchoolClass.objects.create(cohort=cohort, name=name)


def id_number(place: int, *, born: datetime.date = datetime.date(2006, 5, 4)) -> str:
    """A valid number of the invented province 99."""
    body = f"990102{born:%Y%m%d}{place:03d}"
    return body + ric.calc_check_digit(body + "0")


def make_student(school_class: SchoolClass, *, place: int = 1, **given: Any) -> ClassMember:
    """A student with belonging and seat."""
    born = given.pop("born", datetime.date(2006, 5, 4))
    person = make_person(name=f"学生{place}", id_number=id_number(place, born=born))
    number = given.pop("number", f"2024{place:04d}")
    starts_on = school_class.cohort.starts_on
    Affiliation.objects.create(
        person=person,
        organisation=school_class.cohort.programme.school,
        kind=AffiliationKind.STUDENT,
        number=number,
        unit=school_class.name,
        starts_on=starts_on,
    )
    return ClassMember.objects.create(
        school_class=school_class, person=person, number=number, starts_on=starts_on, **given
    )


def make_teacher(school: Organisation, *, name: str = "教师甲") -> Person:
    person = make_person(name=name)
    Affiliation.objects.create(
        person=person,
        organisation=school,
        kind=AffiliationKind.TEACHER,
        starts_on=datetime.date(2020, 9, 1),
    )
    return person


def plan_facts(**given: Any) -> plans.PlanFacts:
    facts: dict[str, Any] = {"cohort_from": 2024, "goal": "培养数控加工一线技术技能人才。"}
    return plans.PlanFacts(**{**facts, **given})


def make_plan(
    programme: Programme, *, actor: Actor, theory: int = 100, practice: int = 100, **given: Any
) -> TrainingPlan:
    """A draft with one course of each of two kinds."""
    plan = plans.draft_plan(programme_id=programme.pk, actor=actor, facts=plan_facts(**given))
    PlanCourse.objects.bulk_create(
        [
            PlanCourse(
                plan=plan, code="G01", name="数学", kind=CourseKind.GENERAL, term=1,
                theory_hours=theory,
            ),
            PlanCourse(
                plan=plan, code="S01", name="岗位实习", kind=CourseKind.INTERNSHIP, term=5,
                practice_hours=practice, internship_weeks=24,
            ),
        ]
    )  # fmt: skip
    return plan


def approved_plan(programme: Programme, *, actor: Actor, **given: Any) -> TrainingPlan:
    """A plan through all its steps, without co-authors."""
    plan = make_plan(programme, actor=actor, **given)
    plans.submit_plan(plan_id=plan.pk, actor=actor, now=NOW)
    return plans.approve_plan(plan_id=plan.pk, actor=actor, now=NOW)


def make_standard(keeper: Organisation, **given: Any) -> StandardVersion:
    """A standard with a version in force."""
    facts = {"kind": "talent", "title": "数控技术人才培养标准", "number": "QL/T 001"}
    standard = Standard.objects.create(keeper=keeper, division_id=COUNTY, **{**facts, **given})
    return StandardVersion.objects.create(
        standard=standard,
        edition="2025 版",
        state="in_force",
        summary="要求。",
        in_force_from=datetime.date(2025, 9, 1),
    )


def roster_rows(count: int, *, school_class: str = "数控 2401") -> list[list[str]]:
    """Rows of students of one class, with guardians."""
    return [
        [
            f"学生{place}", id_number(place), f"2024{place:04d}", "数控技术", "2024",
            school_class, f"1990000{place:04d}", f"家长{place}", f"1980000{place:04d}",
        ]
        for place in range(1, count + 1)
    ]  # fmt: skip


def sheet(
    rows: list[list[Any]], *, header: tuple[str, ...] = COLUMNS, name: str = "名单.xlsx"
) -> SimpleUploadedFile:
    """An xlsx file as a browser sends it."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, header)
        for place, row in enumerate(rows, start=1):
            page.write_row(place, 0, row)
    return SimpleUploadedFile(name, content.getvalue())


def ready_world(world: World) -> tuple[Programme, SchoolClass, ClassMember]:
    """A programme of the school with a class and a student in it."""
    programme = make_programme(world.school.organisation)  # type: ignore[arg-type]
    school_class = make_class(make_cohort(programme))
    return programme, school_class, make_student(school_class)
