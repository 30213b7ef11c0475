"""What each row of a roster would do: nothing, bring somebody new, change somebody, or be wrong."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from silian.registers.people.choices import AffiliationKind
from silian.registers.people.models import Affiliation, Person
from silian.registers.people.queries import people_by_id_numbers, phone_of
from silian.registers.programmes.models.classes import ClassMember, Cohort, SchoolClass
from silian.registers.programmes.models.programmes import Programme
from silian.registers.programmes.queries.classes import SEATED
from silian.registers.programmes.queries.programmes import TEACHING_STAGES
from silian.registers.programmes.rules.periods import cohort_year_problem
from silian.registers.programmes.rules.roster_rows import (
    CLASS,
    ID_NUMBER,
    NAME,
    NUMBER,
    PROGRAMME,
    YEAR,
    RosterCell,
    RosterRow,
    problem,
)

TELL_EVERY = 500
Tell = Callable[[int], None]


@dataclass(kw_only=True)
class Student:
    """A row with what the register knows of it (名单中的学生)."""

    row: RosterRow
    programme: Programme | None = None
    person: Person | None = None
    affiliation: Affiliation | None = None
    seat: ClassMember | None = None
    changes: set[str] = field(default_factory=set)

    @property
    def is_new(self) -> bool:
        return self.person is None or self.affiliation is None or self.seat is None

    @property
    def is_same(self) -> bool:
        return not self.is_new and not self.changes


@dataclass(kw_only=True)
class Register:
    """What stands on the school's register that rows may name; a handful of queries."""

    school_id: int
    programmes: dict[str, Programme]
    cohorts: dict[tuple[int, int], Cohort]
    classes: dict[tuple[int, str], SchoolClass]
    people: dict[str, Person]
    affiliations: dict[int, Affiliation]
    numbers: dict[str, int]
    seats: dict[int, ClassMember]


def register_for(*, school_id: int, rows: Sequence[RosterRow]) -> Register:
    """Read everything that the rows may meet, whatever their number."""
    people = people_by_id_numbers(row.id_number for row in rows)
    ids = [person.pk for person in people.values()]
    programmes = programmes_by_name(school_id=school_id)
    cohorts = Cohort.objects.filter(programme__school_id=school_id)
    classes = SchoolClass.objects.filter(cohort__programme__school_id=school_id)
    belonging = Affiliation.objects.filter(
        organisation_id=school_id, kind=AffiliationKind.STUDENT, ends_on__isnull=True
    )
    seats = ClassMember.objects.filter(person_id__in=ids, ends_on__isnull=True, state__in=SEATED)
    return Register(
        school_id=school_id,
        programmes=programmes,
        cohorts={(row.programme_id, row.year): row for row in cohorts},
        classes={(row.cohort_id, row.name): row for row in classes.select_related("cohort")},
        people=people,
        affiliations={row.person_id: row for row in belonging.filter(person_id__in=ids)},
        numbers=dict(
            belonging.filter(number__in=[row.number for row in rows]).values_list(
                "number", "person_id"
            )
        ),
        seats={
            row.person_id: row for row in seats.select_related("school_class__cohort__programme")
        },
    )


def programmes_by_name(*, school_id: int) -> dict[str, Programme]:
    """Programmes that teach, by name and by the code of their major."""
    rows = Programme.objects.filter(school_id=school_id, stage__in=TEACHING_STAGES)
    found: dict[str, Programme] = {}
    for row in rows.select_related("major").order_by("pk"):
        for name in (row.name, row.major.code, row.major.name):
            found.setdefault(name, row)
    return found


class RosterReader:
    """Judges every row against the register; problems are kept cell by cell."""

    def __init__(self, *, register: Register, on: datetime.date) -> None:
        self.register, self.on = register, on
        self.problems: list[RosterCell] = []

    def read(self, rows: Iterable[RosterRow], *, tell: Tell = lambda done: None) -> list[Student]:
        """The rows that may come in (可导入的学生)."""
        good: list[Student] = []
        for done, row in enumerate(rows, start=1):
            found = self.student(row)
            if found is not None:
                good.append(found)
            if done % TELL_EVERY == 0:
                tell(done)
        return good

    def refuse(self, row: RosterRow, column: str, text: str, sentence: str) -> None:
        self.problems.append(problem(row.row, column, text, sentence))

    def student(self, row: RosterRow) -> Student | None:
        before = len(self.problems)
        programme = self.programme_of(row)
        student = Student(row=row, programme=programme)
        self.check_cohort(row, programme)
        self.recognise(student)
        if len(self.problems) > before:
            return None
        self.compare(student)
        return student

    def programme_of(self, row: RosterRow) -> Programme | None:
        found = self.register.programmes.get(row.programme)
        if found is None:
            self.refuse(
                row,
                PROGRAMME,
                row.programme,
                "贵校没有这个名称或代码的在办专业，请先登记专业点，或核对名称。",
            )
        return found

    def check_cohort(self, row: RosterRow, programme: Programme | None) -> None:
        is_year = row.year.isascii() and row.year.isdigit() and len(row.year) == 4
        sentence = (
            cohort_year_problem(int(row.year), on=self.on)
            if is_year
            else "年级应写入学年份四位数，例如 2024。"
        )
        if sentence:
            self.refuse(row, YEAR, row.year, sentence)
        elif programme is not None:
            cohort = self.register.cohorts.get((programme.pk, int(row.year)))
            if cohort is not None and cohort.graduated_at:
                self.refuse(row, YEAR, row.year, "这个年级已办理毕业，不能再加学生。")

    def recognise(self, student: Student) -> None:
        """Whether the person, the number and the seat are known, and to whom."""
        row = student.row
        person = self.register.people.get(row.id_number)
        if person is not None and person.name != row.name:
            self.refuse(row, NAME, row.name, "这个证件号已登记在其他姓名下，请核对姓名和证件号。")
            return
        holder = self.register.numbers.get(row.number)
        if holder is not None and (person is None or holder != person.pk):
            self.refuse(row, NUMBER, row.number, "这个学号已属于本校另一名学生，请核对。")
        if person is None:
            return
        student.person = person
        student.affiliation = self.register.affiliations.get(person.pk)
        student.seat = self.register.seats.get(person.pk)
        if student.seat and self.school_of(student.seat) != self.register.school_id:
            self.refuse(
                row,
                ID_NUMBER,
                row.id_number,
                "这名学生在其他学校有在读学籍，请先由原学校办理离校。",
            )

    def school_of(self, seat: ClassMember) -> int:
        return seat.school_class.cohort.programme.school_id

    def compare(self, student: Student) -> None:
        """What the file says differently from the register."""
        row, person = student.row, student.person
        if person is None:
            return
        if row.phone and phone_of(person) != row.phone:
            student.changes.add("phone")
        if row.guardian and not self.is_guardian(person.guardian, row):
            student.changes.add("guardian")
        belongs, seat = student.affiliation, student.seat
        if belongs and (belongs.number, belongs.unit) != (row.number, row.school_class):
            student.changes.add("affiliation")
        if seat and seat.number != row.number:
            student.changes.add("number")
        if seat and not self.sits_in(seat, student):
            student.changes.add(CLASS)

    def is_guardian(self, guardian: Person | None, row: RosterRow) -> bool:
        if guardian is None or guardian.name != row.guardian:
            return False
        return not row.guardian_phone or phone_of(guardian) == row.guardian_phone

    def sits_in(self, seat: ClassMember, student: Student) -> bool:
        cohort = seat.school_class.cohort
        assert student.programme is not None
        return (cohort.programme_id, str(cohort.year), seat.school_class.name) == (
            student.programme.pk,
            student.row.year,
            student.row.school_class,
        )
