"""The background part of a roster: people, belonging, guardians, classes and seats at once."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.registers.organisations.queries import actor_for
from silian.registers.people.choices import AffiliationKind
from silian.registers.people.commands import (
    add_affiliations,
    change_affiliations,
    change_phones,
    register_people,
    set_guardians,
    unsaved_person,
)
from silian.registers.people.models import Affiliation
from silian.registers.programmes.choices import RosterState
from silian.registers.programmes.commands.rosters import count_outcomes, unsealed
from silian.registers.programmes.events import ClassImported
from silian.registers.programmes.models.classes import ClassMember, Cohort, SchoolClass
from silian.registers.programmes.models.rosters import RosterImport
from silian.registers.programmes.queries.roster_reading import (
    Register,
    RosterReader,
    Student,
    register_for,
)
from silian.registers.programmes.rules.periods import cohort_days
from silian.registers.programmes.rules.roster_rows import CLASS
from silian.registers.programmes.workflow.roster import roster as steps

BATCH = 500
Tell = Callable[[int], None]


@transaction.atomic
def import_roster(*, roster_id: int, tell: Tell = lambda done: None) -> RosterImport:
    """Write all rows of a confirmed roster, or none (导入学生名单).

    Rows are judged again, so that a second run and a second file change nothing.
    """
    batch = RosterImport.objects.select_for_update(of=("self",)).get(pk=roster_id)
    if batch.state == RosterState.DONE:
        return batch
    today = timezone.localdate()
    actor = importer(batch, today=today)
    rows = unsealed(batch)
    register = register_for(school_id=batch.school_id, rows=rows)
    reader = RosterReader(register=register, on=today)
    students = reader.read(rows)
    if reader.problems:
        raise DomainError(
            f"检查以后名录有变动，第 {reader.problems[0].row} 行已不能导入："
            f"{reader.problems[0].sentence}请重新上传名单。"
        )
    write(students, register=register, actor=actor, today=today, tell=tell)
    return finish(batch, students, actor=actor)


def importer(batch: RosterImport, *, today: datetime.date) -> Actor:
    """Who confirmed the import, with the roles held today."""
    if batch.created_by is None:
        raise DomainError("上传名单的人已不在平台，请重新上传。")
    return actor_for(user=batch.created_by, on=today, organisation_id=batch.school_id)


def write(
    students: Sequence[Student],
    *,
    register: Register,
    actor: Actor,
    today: datetime.date,
    tell: Tell,
) -> None:
    """The parts in their order: people, guardians, belonging, classes, seats."""
    enter_people(students, actor=actor, tell=tell)
    tie_guardians(students, actor=actor)
    put_phones_right(students)
    open_missing_classes(students, register=register)
    settle_belonging(students, register=register, actor=actor)
    seat(students, register=register, today=today)


def chunks(students: Sequence[Student]) -> Iterator[list[Student]]:
    rows = iter(students)
    while chunk := list(islice(rows, BATCH)):
        yield chunk


def enter_people(students: Sequence[Student], *, actor: Actor, tell: Tell) -> None:
    """New people, their numbers encrypted; the long part of the work."""
    newcomers = [student for student in students if student.person is None]
    for place, chunk in enumerate(chunks(newcomers), start=1):
        people = [
            unsaved_person(
                name=student.row.name, id_number=student.row.id_number, phone=student.row.phone
            )
            for student in chunk
        ]
        made = register_people(actor=actor, people=people)
        for student, person in zip(chunk, made, strict=True):
            student.person = person
            if student.row.guardian:
                student.changes.add("guardian")
        tell(min(place * BATCH, len(newcomers)))


def tie_guardians(students: Sequence[Student], *, actor: Actor) -> None:
    """A person for each guardian that is new or other than before."""
    wards = [student for student in students if "guardian" in student.changes]
    guardians: dict[int, int] = {}
    for chunk in chunks(wards):
        people = [
            unsaved_person(name=student.row.guardian, phone=student.row.guardian_phone)
            for student in chunk
        ]
        made = register_people(actor=actor, people=people)
        for student, guardian in zip(chunk, made, strict=True):
            guardians[person_id(student)] = guardian.pk
    set_guardians(guardians=guardians)


def put_phones_right(students: Sequence[Student]) -> None:
    changed = {
        person_id(student): student.row.phone for student in students if "phone" in student.changes
    }
    change_phones(phones=changed)


def person_id(student: Student) -> int:
    assert student.person is not None
    return student.person.pk


def open_missing_classes(students: Sequence[Student], *, register: Register) -> None:
    """Cohorts and classes that the file names and the school does not yet have."""
    wanted = {cohort_key(student): student for student in students}
    made = Cohort.objects.bulk_create(
        [cohort_of(student) for key, student in wanted.items() if key not in register.cohorts]
    )
    register.cohorts |= {(row.programme_id, row.year): row for row in made}
    names = {class_key(student, register=register): student for student in students}
    opened = SchoolClass.objects.bulk_create(
        [
            SchoolClass(cohort=register.cohorts[cohort_key(student)], name=key[1])
            for key, student in names.items()
            if key not in register.classes
        ]
    )
    register.classes |= {(row.cohort_id, row.name): row for row in opened}


def cohort_key(student: Student) -> tuple[int, int]:
    assert student.programme is not None
    return student.programme.pk, int(student.row.year)


def class_key(student: Student, *, register: Register) -> tuple[int, str]:
    return register.cohorts[cohort_key(student)].pk, student.row.school_class


def cohort_of(student: Student) -> Cohort:
    assert student.programme is not None
    year = int(student.row.year)
    starts_on, ends_on = cohort_days(year=year, years=student.programme.years)
    return Cohort(programme=student.programme, year=year, starts_on=starts_on, ends_on=ends_on)


def settle_belonging(students: Sequence[Student], *, register: Register, actor: Actor) -> None:
    """What each student is to the school, with number and class."""
    rows = [
        Affiliation(
            person_id=person_id(student),
            organisation_id=register.school_id,
            kind=AffiliationKind.STUDENT,
            number=student.row.number,
            unit=student.row.school_class,
            starts_on=register.cohorts[cohort_key(student)].starts_on,
        )
        for student in students
        if student.affiliation is None
    ]
    add_affiliations(actor=actor, affiliations=rows)
    changes = {
        student.affiliation.pk: (student.row.number, student.row.school_class)
        for student in students
        if student.affiliation and "affiliation" in student.changes
    }
    change_affiliations(actor=actor, changes=changes)


def seat(students: Sequence[Student], *, register: Register, today: datetime.date) -> None:
    """Seats of newcomers from their first day, of those who change class from today."""
    moving = [s for s in students if s.seat is not None and CLASS in s.changes]
    ClassMember.objects.filter(pk__in=[s.seat.pk for s in moving if s.seat]).update(ends_on=today)
    ClassMember.objects.bulk_create(
        [
            ClassMember(
                school_class=register.classes[class_key(student, register=register)],
                person_id=person_id(student),
                number=student.row.number,
                starts_on=today
                if student.seat
                else register.cohorts[cohort_key(student)].starts_on,
            )
            for student in students
            if student.seat is None or CLASS in student.changes
        ],
        batch_size=2_000,
    )
    renumbered = [
        s for s in students if s.seat and "number" in s.changes and CLASS not in s.changes
    ]
    for student in renumbered:
        assert student.seat is not None
        student.seat.number = student.row.number
    ClassMember.objects.bulk_update(
        [s.seat for s in renumbered if s.seat], ["number"], batch_size=BATCH
    )


def finish(batch: RosterImport, students: Sequence[Student], *, actor: Actor) -> RosterImport:
    """Count what came in, wipe the rows, tell the others."""
    count_outcomes(batch, [s for s in students])
    batch.state = steps.target("finish", state=RosterState(batch.state))
    batch.rows_cipher, batch.finished_at = "", timezone.now()
    batch.save()
    record(actor, "programmes.roster.imported", batch, detail={"new": batch.new_rows})
    publish(ClassImported(roster_id=batch.pk, school_id=batch.school_id))
    return batch
