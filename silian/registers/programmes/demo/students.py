"""More students for the leading school, and guardians for those who need one."""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from silian.registers.organisations.demo import city
from silian.registers.organisations.demo.organisations import person_name
from silian.registers.people.commands import unsaved_person
from silian.registers.people.demo.people import PeopleBuilder
from silian.registers.people.models import Person

FIRST_NUMBER = 9_000_000  # far above those of the people builder
YOUNGEST, OLDEST = 16, 21
BATCH = 4_000


@dataclass
class StudentMaker:
    """Makes people with numbers of the invented province, so that they belong to nobody."""

    rng: random.Random
    on: datetime.date
    made: int = 0

    def __post_init__(self) -> None:
        self.numbers = PeopleBuilder(rng=self.rng, on=self.on)

    def students(self, count: int) -> list[Person]:
        people = [self.student() for _ in range(count)]
        return Person.objects.bulk_create(people, batch_size=BATCH)

    def student(self) -> Person:
        age = self.rng.randint(YOUNGEST, OLDEST)
        born = self.on - datetime.timedelta(days=366 * age + self.rng.randint(0, 360))
        number = self.numbers.id_number(born, FIRST_NUMBER + self.made)
        self.made += 1
        person = unsaved_person(name=person_name(self.rng), id_number=number, phone=self.phone())
        person.is_demo = True
        return person

    def phone(self) -> str:
        return f"1991{self.rng.randint(0, 9_999_999):07d}"

    def guardian_of(self, ward: Person) -> Person:
        """A parent with the ward's family name; only name and phone are known."""
        given = self.rng.choice(city.GIVEN_FIRST) + self.rng.choice(city.GIVEN_SECOND)
        person = unsaved_person(name=ward.name[:1] + given, phone=self.phone())
        person.is_demo = True
        return person


def give_guardians(maker: StudentMaker, wards: Sequence[Person]) -> int:
    """Write a guardian for each ward and tie them together; returns how many."""
    made = Person.objects.bulk_create([maker.guardian_of(ward) for ward in wards], batch_size=BATCH)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_person AS p SET guardian_id = v.guardian "
            "FROM unnest(%s::bigint[], %s::bigint[]) AS v(ward, guardian) WHERE p.id = v.ward",
            [[ward.pk for ward in wards], [row.pk for row in made]],
        )
    return len(made)
