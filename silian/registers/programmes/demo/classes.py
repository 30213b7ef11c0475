"""Builds programmes, cohorts and classes, and seats the students of the city in them."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import cycle

from django.db import connection

from silian.foundation.kernel.search import feed
from silian.foundation.reference.models import Major
from silian.registers.organisations.demo.organisations import MARK
from silian.registers.organisations.models import Organisation
from silian.registers.people.choices import AffiliationKind
from silian.registers.people.models import Affiliation, Person
from silian.registers.programmes.choices import ProgrammeStage
from silian.registers.programmes.demo.offers import CHAIN_OF_WORD, LEAD_SCHOOL, SCHOOLS, School
from silian.registers.programmes.demo.students import StudentMaker, give_guardians
from silian.registers.programmes.models import ClassMember, Cohort, Programme, SchoolClass
from silian.registers.programmes.queries.search_documents import SUBJECT, findable_ids
from silian.registers.programmes.rules.periods import cohort_days, school_year

SEPTEMBER = 9
CLASS_SIZE = 46
LEAD_CLASSES = ("数控", "数控", "机电", "机电", "新能源", "新能源", "软件", "软件", "护理", "护理")
LEAD_COHORT, LEAD_STUDENTS = 500, 1_400
COHORTS_KEPT = 4
ADULT = 18
PAUSED_FROM = 5  # the last programme of a school with more than five takes nobody this year
DEMO_STUDENT = "demo-student"
BATCH = 4_000
Group = list[Affiliation]


def is_grown(person: Person, *, on: datetime.date) -> bool:
    """Whether nobody else signs for the person."""
    born = person.born_on
    return born is not None and (born.year + ADULT, born.month, born.day) <= (
        on.year, on.month, on.day
    )  # fmt: skip


@dataclass
class ClassBuilder:
    """Makes the same programmes and classes from the same seed, day and scale."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0
    seats: list[tuple[ClassMember, Affiliation]] = field(default_factory=list)
    wards: list[Person] = field(default_factory=list)

    def build(self) -> int:
        """Write programmes, cohorts, classes, seats and guardians; returns how many seats."""
        self.year = school_year(self.on)
        self.majors = Major.objects.in_bulk()
        self.maker = StudentMaker(rng=self.rng, on=self.on)
        for name, school in SCHOOLS.items():
            organisation = Organisation.objects.filter(name=name + MARK).first()
            if organisation is not None:
                self.furnish(organisation, school)
        ClassMember.objects.bulk_create([seat for seat, _ in self.seats], batch_size=BATCH)
        self.write_affiliations()
        give_guardians(self.maker, self.wards)
        self.tell_the_planner()
        feed.changed(SUBJECT, findable_ids(0, BATCH))
        return len(self.seats)

    def furnish(self, organisation: Organisation, school: School) -> None:
        """One school: what it teaches, who teaches, who learns."""
        is_lead = organisation.name == LEAD_SCHOOL + MARK
        programmes = self.open_programmes(organisation, school)
        cohorts = self.open_cohorts(programmes)
        self.heads = cycle([*self.people(organisation, AffiliationKind.TEACHER), None])
        students = self.people(organisation, AffiliationKind.STUDENT)
        if is_lead:
            wanted = max(0, int(LEAD_STUDENTS * self.scale) - len(students))
            students += self.newcomers(organisation, wanted)
        for entry_year, group in self.split(students, years=school.years, is_lead=is_lead):
            words = list(self.words_for(programmes, entry_year, group, is_lead=is_lead))
            self.seat(cohorts, entry_year, words, group, is_lead=is_lead)

    def open_programmes(self, organisation: Organisation, school: School) -> dict[str, Programme]:
        known = [offer for offer in school.offers if offer.major in self.majors]
        made = {offer.word: self.programme(organisation, school, offer.major, offer.word)
                for offer in known}  # fmt: skip
        if len(made) > PAUSED_FROM:
            last = made[known[-1].word]
            last.stage, last.stage_reason = ProgrammeStage.PAUSED, "生源不足，本年暂停招生"
        Programme.objects.bulk_create(made.values())
        return made

    def programme(
        self, organisation: Organisation, school: School, major: str, word: str
    ) -> Programme:
        return Programme(
            school=organisation,
            division_id=organisation.division_id,
            major_id=major,
            name=self.majors[major].name,
            years=school.years,
            opened_on=datetime.date(self.year - self.rng.randint(4, 15), SEPTEMBER, 1),
            industry_chain=CHAIN_OF_WORD.get(word, ""),
            is_applied_undergraduate=school.is_applied,
            is_demo=True,
        )

    def open_cohorts(self, programmes: dict[str, Programme]) -> dict[tuple[str, int], Cohort]:
        """Four cohorts a programme; those that have had their years have graduated."""
        made = {
            (word, year): self.cohort(programme, year)
            for word, programme in programmes.items()
            for year in range(self.year - COHORTS_KEPT + 1, self.year + 1)
            if programme.stage == ProgrammeStage.RUNNING or year < self.year
        }
        for cohort in made.values():
            if cohort.ends_on <= self.on:
                noon = datetime.time(4, tzinfo=datetime.UTC)
                cohort.graduated_at = datetime.datetime.combine(cohort.ends_on, noon)
        Cohort.objects.bulk_create(made.values())
        return made

    def cohort(self, programme: Programme, year: int) -> Cohort:
        starts_on, ends_on = cohort_days(year=year, years=Decimal(programme.years))
        return Cohort(programme=programme, year=year, starts_on=starts_on, ends_on=ends_on)

    def people(self, organisation: Organisation, kind: AffiliationKind) -> Group:
        rows = Affiliation.objects.filter(organisation=organisation, kind=kind)
        return list(rows.select_related("person__user").order_by("pk"))

    def newcomers(self, organisation: Organisation, count: int) -> Group:
        """The leading school has more students than its share of the city's people."""
        rows = [
            Affiliation(
                person=person,
                organisation=organisation,
                kind=AffiliationKind.STUDENT,
                number=f"{self.year}{9_000_000 + place}",
                starts_on=datetime.date(self.year, SEPTEMBER, 1),
            )
            for place, person in enumerate(self.maker.students(count))
        ]
        return Affiliation.objects.bulk_create(rows, batch_size=BATCH)

    def split(self, students: Group, *, years: int, is_lead: bool) -> Iterator[tuple[int, Group]]:
        """The oldest in the last year of study, the youngest in the first."""
        ordered = sorted(students, key=lambda row: (row.person.born_on or self.on, row.pk))
        if is_lead:
            third = self.lead_cohort(ordered)
            taken = {row.pk for row in third}
            yield self.year - 2, third
            ordered = [row for row in ordered if row.pk not in taken]
            years = 2
        size = -(-len(ordered) // years) or 1
        for place in range(years):
            yield self.year - years + 1 + place, ordered[place * size : (place + 1) * size]

    def lead_cohort(self, ordered: Group) -> Group:
        """Grown-ups in the third year, the visitor's student first."""
        mine = [row for row in ordered if row.person.user_id is not None]
        grown = [
            row
            for row in ordered
            if row.person.user_id is None and is_grown(row.person, on=self.on)
        ]
        wanted = max(len(LEAD_CLASSES), int(LEAD_COHORT * self.scale))
        others = self.rng.sample(grown, min(len(grown), wanted - len(mine)))
        return [*mine, *others]

    def words_for(
        self, programmes: dict[str, Programme], year: int, group: Group, *, is_lead: bool
    ) -> Iterator[str]:
        """By which word each class of a year is called."""
        if is_lead and year == self.year - 2:
            yield from LEAD_CLASSES
            return
        open_words = [
            word
            for word, programme in programmes.items()
            if year < self.year or programme.stage == ProgrammeStage.RUNNING
        ]
        count = max(1, -(-len(group) // CLASS_SIZE))
        for _, word in zip(range(count), cycle(open_words), strict=False):
            yield word

    def seat(
        self,
        cohorts: dict[tuple[str, int], Cohort],
        year: int,
        words: Sequence[str],
        group: Group,
        *,
        is_lead: bool,
    ) -> None:
        """Write the classes of a year and deal the students out to them."""
        classes = [
            SchoolClass(
                cohort=cohorts[word, year],
                name=f"{word} {year % 100:02d}{words[:place].count(word) + 1:02d}",
                head_teacher=getattr(next(self.heads), "person", None),
            )
            for place, word in enumerate(words)
        ]
        SchoolClass.objects.bulk_create(classes)
        for place, row in enumerate(group):
            self.take_seat(classes[place % len(classes)], row)
            if not is_grown(row.person, on=self.on) or (is_lead and year == self.year - 2):
                self.wards.append(row.person)

    def take_seat(self, school_class: SchoolClass, row: Affiliation) -> None:
        row.unit, row.starts_on = school_class.name, school_class.cohort.starts_on
        seat = ClassMember(
            school_class=school_class,
            person=row.person,
            number=row.number,
            starts_on=row.starts_on,
        )
        self.seats.append((seat, row))

    def tell_the_planner(self) -> None:
        """Later builders count these rows within the same transaction."""
        with connection.cursor() as cursor:
            cursor.execute(
                "ANALYZE people_person, people_affiliation, "
                "programmes_cohort, programmes_schoolclass, programmes_classmember"
            )

    def write_affiliations(self) -> None:
        """The register of people tells the same class and first day."""
        rows = [row for _, row in self.seats]
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE people_affiliation AS a SET unit = v.unit, starts_on = v.day "
                "FROM unnest(%s::bigint[], %s::text[], %s::date[]) AS v(id, unit, day) "
                "WHERE a.id = v.id",
                [
                    [row.pk for row in rows],
                    [row.unit for row in rows],
                    [row.starts_on for row in rows],
                ],
            )
