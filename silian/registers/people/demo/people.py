"""Builds students, teachers and employees; nobody here exists."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass

from stdnum.cn import ric

from silian.foundation.kernel.encryption import encrypted
from silian.registers.accounts.models import User
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.demo.organisations import person_name
from silian.registers.organisations.models import Organisation
from silian.registers.people.choices import (
    CONSENT_NOTICES,
    NOTICE_VERSION,
    AffiliationKind,
    ConsentPurpose,
)
from silian.registers.people.gateways import blind_index
from silian.registers.people.models import Affiliation, Consent, Person
from silian.registers.people.rules import masked, sex_of

PEOPLE = 20_000
BATCH = 4_000
STUDENT_SHARE, TEACHER_SHARE = 0.55, 0.06
CLASSES = (
    "数控 2401 班",
    "数控 2402 班",
    "机电 2401 班",
    "新能源 2401 班",
    "软件 2401 班",
    "护理 2401 班",
)
GROWN_DAYS = 366 * 19  # visitors look at somebody who signs for themself
MENTOR, MENTOR_AGE = "demo-mentor", 41
OWN_ACCOUNTS = (
    ("demo-student", AffiliationKind.STUDENT),
    ("demo-teacher", AffiliationKind.TEACHER),
)


@dataclass
class PeopleBuilder:
    """Makes the same people from the same seed, day and scale."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0

    def build(self) -> int:
        """Write people and what they are to whom; returns how many."""
        verified = Organisation.objects.filter(state=OrganisationState.VERIFIED, is_demo=True)
        schools = list(verified.filter(kind=OrganisationKind.SCHOOL).order_by("pk"))
        enterprises = list(verified.filter(kind=OrganisationKind.ENTERPRISE).order_by("pk"))
        total = int(PEOPLE * self.scale)
        for start in range(0, total, BATCH):
            people = [self.person(start + n) for n in range(min(BATCH, total - start))]
            made = Person.objects.bulk_create(people)
            Affiliation.objects.bulk_create(
                [
                    self.affiliation(person, start + n, schools, enterprises)
                    for n, person in enumerate(made)
                ]
            )
        self.seat_own_accounts(schools)
        self.seat_mentor()
        return total

    def person(self, number: int) -> Person:
        is_student = number < PEOPLE * self.scale * STUDENT_SHARE
        age = self.rng.randint(16, 21) if is_student else self.rng.randint(22, 58)
        born = self.on - datetime.timedelta(days=365 * age + self.rng.randint(0, 364))
        id_number = self.id_number(born, number)
        phone = f"1990000{number % 10_000:04d}"
        return Person(
            name=person_name(self.rng),
            born_on=born,
            sex=sex_of(id_number),
            id_number_cipher=encrypted(id_number),
            id_number_index=blind_index(id_number),
            id_number_mask=masked(id_number),
            phone_cipher=encrypted(phone),
            phone_mask=masked(phone),
            is_demo=True,
        )

    def id_number(self, born: datetime.date, number: int) -> str:
        """A number of the invented province 99, so that it can belong to nobody."""
        county = 102 + number // 1_000
        body = f"99{county % 10_000:04d}{born:%Y%m%d}{number % 1_000:03d}"
        return body + ric.calc_check_digit(body + "0")

    def affiliation(
        self,
        person: Person,
        number: int,
        schools: list[Organisation],
        enterprises: list[Organisation],
    ) -> Affiliation:
        place = number / (PEOPLE * self.scale)
        if place < STUDENT_SHARE:
            kind, organisation, unit = (
                AffiliationKind.STUDENT,
                schools[number % len(schools)],
                self.rng.choice(CLASSES),
            )
        elif place < STUDENT_SHARE + TEACHER_SHARE:
            kind, organisation, unit = (
                AffiliationKind.TEACHER,
                schools[number % len(schools)],
                "专业教研室",
            )
        else:
            kind, organisation, unit = (
                AffiliationKind.EMPLOYEE,
                enterprises[number % len(enterprises)],
                "生产部",
            )
        return Affiliation(
            person=person,
            organisation=organisation,
            kind=kind,
            number=f"{self.on.year - 1}{number:07d}",
            unit=unit,
            starts_on=self.on - datetime.timedelta(days=self.rng.randint(100, 700)),
        )

    def seat_mentor(self) -> None:
        """Make an employee of the visitor's enterprise the mentor behind the one-click login."""
        user = User.objects.filter(username=MENTOR).first()
        if user is None:
            return
        seat = user.memberships.get()
        person = self.person(int(PEOPLE * self.scale))
        person.name, person.user = user.name, user
        person.born_on = self.on - datetime.timedelta(days=365 * MENTOR_AGE)
        person.save()
        Affiliation.objects.create(
            person=person,
            organisation=seat.organisation,
            kind=AffiliationKind.MENTOR,
            unit="数控车间",
            starts_on=seat.starts_on,
        )

    def seat_own_accounts(self, schools: list[Organisation]) -> None:
        """Tie the one-click student and teacher to entries of the register."""
        for username, kind in OWN_ACCOUNTS:
            user = User.objects.get(username=username)
            grown = self.on - datetime.timedelta(days=GROWN_DAYS)
            person = Person.objects.filter(
                affiliations__organisation=schools[0],
                affiliations__kind=kind,
                user=None,
                born_on__lt=grown,
            ).first()
            if person is None:
                continue
            person.user, person.name = user, user.name
            person.save(update_fields=["user", "name"])
            given_at = datetime.datetime.combine(
                self.on - datetime.timedelta(days=90), datetime.time(9), tzinfo=datetime.UTC
            )
            for purpose in (ConsentPurpose.PROFILE, ConsentPurpose.MATCHING):
                Consent.objects.create(
                    person=person,
                    purpose=purpose,
                    data_kinds=list(CONSENT_NOTICES[purpose][1]),
                    notice_version=NOTICE_VERSION,
                    channel="网页",
                    given_by=user,
                    given_at=given_at,
                )
