"""Builds apprenticeships of the demonstration city."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from silian.casework.agreements.demo.agreements import SeedAgreement, seed_agreements
from silian.operations.placements.choices.orders import (
    ApprenticeLevel,
    ApprenticeScheme,
    ApprenticeshipState,
    ApprenticeState,
)
from silian.operations.placements.commands.apprentices import parties_of
from silian.operations.placements.demo.orders import (
    DAY,
    demo_programmes,
    enterprises_in_turn,
    moment,
    scaled,
)
from silian.operations.placements.models import (
    Apprentice,
    ApprenticeExam,
    Apprenticeship,
    OrderMember,
    RotationStep,
    TrainingMonth,
    WageStep,
)
from silian.operations.placements.queries.apprentice_terms import KIND_OF_SCHEME, agreement_terms
from silian.operations.placements.queries.apprenticeships import SOURCE as APPRENTICE
from silian.registers.people.choices import AffiliationKind
from silian.registers.people.models import Person

PROGRAMMES, APPRENTICES = 12, (8, 20)
ADULT = datetime.timedelta(days=366 * 20)  # grown before the earliest programme began
CLOSING = {
    "assessment": "平时记录占四成，结业考核占六成，两位导师共同评定。",
    "breach": "任何一方违约的，先协商，协商不成依法处理。",
}
MODERN_TERMS = {
    "daily_hours": "8",
    "weekly_days": 5,
    "shift_starts": "08:30",
    "shift_ends": "17:30",
    "rest": "每周休息两天，法定节假日休息。",
    "protection": "配发劳动防护用品，带电和高处作业不安排学徒。",
    "training_hours": 16,
    "liability_payer": "school",
    "accident_insurance": True,
    "accident_handling": "先由保险赔付，不足部分由企业和学校按责任承担。",
    **CLOSING,
}
ENTERPRISE_TERMS = {"plan": "师带徒为主，每周一天集中学理论。", "fee": "3000", **CLOSING}
PLACES = (
    ("装配车间", ["识图", "零件装配"], 1, 4),
    ("加工车间", ["设备操作", "工艺调整"], 5, 9),
    ("检测室", ["尺寸检测", "质量记录"], 10, 12),
)


@dataclass
class ApprenticeBuilder:
    """Makes the same apprenticeships from the same seed, day and scale."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0

    def build(self) -> int:
        """Write programmes, apprentices, agreements, hours and finals; how many apprentices."""
        self.enterprises = enterprises_in_turn()
        self.programmes = demo_programmes()
        if not self.enterprises or not self.programmes:
            return 0
        made = Apprenticeship.objects.bulk_create(
            [self.programme(number) for number in range(self.count)]
        )
        RotationStep.objects.bulk_create([step for row in made for step in rotation_of(row)])
        WageStep.objects.bulk_create([step for row in made for step in self.wages_of(row)])
        people = self.free_people()
        rows = [one for row in made for one in self.apprentices(row, people)]
        Apprentice.objects.bulk_create(rows)
        seed_agreements([self.apprentice_agreement(row) for row in rows], now=moment(self.on))
        self.record_training([row for row in rows if row.state != ApprenticeState.ENROLLED])
        return len(rows)

    @property
    def count(self) -> int:
        return scaled(PROGRAMMES, self.scale)

    def programme(self, number: int) -> Apprenticeship:
        enterprise = self.enterprises[number % len(self.enterprises)]
        programme = self.programmes[number * 7 % len(self.programmes)]
        scheme = ApprenticeScheme.MODERN if number % 3 == 0 else ApprenticeScheme.ENTERPRISE
        began = self.on - datetime.timedelta(days=(40, 200, 420)[number % 3])
        state = ApprenticeshipState.RUNNING
        if began + 365 * DAY < self.on:
            state = ApprenticeshipState.COMPLETED
        if number == self.count - 1:
            state, began = ApprenticeshipState.SUBMITTED, self.on + 30 * DAY
        is_filed = state != ApprenticeshipState.SUBMITTED
        return Apprenticeship(
            number=f"XT{began.year}-{9000 + number:04d}",
            scheme=scheme,
            title=f"{programme.name}{scheme.label}第 {number + 1} 期",
            enterprise=enterprise,
            school=programme.school,
            division_id=enterprise.division_id,
            programme=programme,
            level=ApprenticeLevel.MIDDLE,
            months=12,
            theory_hours=160,
            practice_hours=320,
            is_pilot=number % 4 == 0,
            starts_on=began,
            ends_on=began + 365 * DAY,
            state=state,
            filing_number=f"青人社学徒备〔{began.year}〕{number + 1} 号" if is_filed else "",
            filed_on=began - 15 * DAY if is_filed else None,
            closed_on=began + 366 * DAY if state == ApprenticeshipState.COMPLETED else None,
            terms=MODERN_TERMS if scheme == ApprenticeScheme.MODERN else ENTERPRISE_TERMS,
            experience="双导师每周会商一次，轮岗表贴在车间。"
            if number % 4 == 0 and state == ApprenticeshipState.COMPLETED
            else "",
            is_demo=True,
        )

    def wages_of(self, row: Apprenticeship) -> list[WageStep]:
        first = self.rng.randrange(2600, 3600, 100)
        return [
            WageStep(apprenticeship=row, from_month=month, wage=first + rise)
            for month, rise in ((1, 0), (5, 400), (10, 900))
        ]

    def free_people(self) -> dict[tuple[int, str], list[Person]]:
        """Grown employees of the enterprises and students of the schools, each taken once."""
        found: dict[tuple[int, str], list[Person]] = {}
        kinds = (AffiliationKind.EMPLOYEE, AffiliationKind.STUDENT, AffiliationKind.TEACHER)
        ids = [row.pk for row in self.enterprises] + [row.school_id for row in self.programmes]
        taken = OrderMember.objects.values("person")
        rows = Person.objects.filter(
            affiliations__organisation__in=ids,
            affiliations__kind__in=kinds,
            user=None,
            born_on__lt=self.on - ADULT,
        ).exclude(pk__in=taken)
        columns = rows.values_list("pk", "affiliations__organisation", "affiliations__kind")
        people = Person.objects.in_bulk([pk for pk, *_ in columns])
        for pk, organisation_id, kind in sorted(columns):
            found.setdefault((organisation_id, kind), []).append(people[pk])
        return found

    def apprentices(
        self, row: Apprenticeship, people: dict[tuple[int, str], list[Person]]
    ) -> Iterator[Apprentice]:
        if row.state == ApprenticeshipState.SUBMITTED:
            return
        is_modern = row.scheme == ApprenticeScheme.MODERN
        side = row.school_id if is_modern else row.enterprise_id
        kind = AffiliationKind.STUDENT if is_modern else AffiliationKind.EMPLOYEE
        pool = people.get((side, kind), [])
        masters = people.get((row.enterprise_id, AffiliationKind.EMPLOYEE), [])
        teachers = people.get((row.school_id, AffiliationKind.TEACHER), [])
        for place in range(min(self.rng.randint(*APPRENTICES), max(len(pool) - 3, 0))):
            yield self.apprentice(
                row,
                person=pool.pop(),
                place=place,
                master=masters[0] if masters else None,
                teacher=teachers[place % len(teachers)] if teachers else None,
            )

    def apprentice(
        self,
        row: Apprenticeship,
        *,
        person: Person,
        place: int,
        master: Person | None,
        teacher: Person | None,
    ) -> Apprentice:
        is_modern = row.scheme == ApprenticeScheme.MODERN
        state = self.apprentice_state(row, place)
        qualified = state == ApprenticeState.QUALIFIED
        return Apprentice(
            apprenticeship=row,
            person=person,
            student_number=f"ZC{row.starts_on.year}{row.pk:04d}{place:03d}",
            employee_number=f"XT{row.pk:04d}{place:03d}",
            contract_number="" if is_modern else f"劳合{row.starts_on.year}-{row.pk}-{place}",
            contract_starts_on=None if is_modern else row.starts_on - 30 * DAY,
            contract_ends_on=None if is_modern else row.starts_on + 1065 * DAY,
            enterprise_mentor=master,
            school_mentor=teacher,
            is_full_time_student=is_modern,
            state=state,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            certificate_number=f"演示{row.pk:04d}{place:04d}" if qualified else "",
            certificate_level=row.level if qualified else "",
            certified_on=row.ends_on if qualified else None,
            reason="离职" if state == ApprenticeState.LEFT else "",
            is_demo=True,
        )

    def apprentice_state(self, row: Apprenticeship, place: int) -> ApprenticeState:
        if row.state == ApprenticeshipState.RUNNING:
            return ApprenticeState.ENROLLED if place == 0 else ApprenticeState.TRAINING
        luck = self.rng.random()
        if luck < 0.86:
            return ApprenticeState.QUALIFIED
        return ApprenticeState.UNQUALIFIED if luck < 0.94 else ApprenticeState.LEFT

    def apprentice_agreement(self, row: Apprentice) -> SeedAgreement:
        programme = row.apprenticeship
        is_whole = row.state != ApprenticeState.ENROLLED
        return SeedAgreement(
            kind=KIND_OF_SCHEME[ApprenticeScheme(programme.scheme)],
            title=f"{row.person.name}学徒培养协议",
            division_id=programme.division_id,
            organiser_id=programme.enterprise_id,
            parties=parties_of(row, on=row.starts_on),
            terms=agreement_terms(row),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            signed=None if is_whole else frozenset({"enterprise"}),
            sent_at=moment(row.starts_on - 12 * DAY),
            source=APPRENTICE,
            source_id=row.pk,
        )

    def record_training(self, rows: Sequence[Apprentice]) -> None:
        """Hours of every month that has gone, and the final of those who finished."""
        TrainingMonth.objects.bulk_create([month for row in rows for month in self.months_of(row)])
        finals = [row for row in rows if row.state != ApprenticeState.TRAINING]
        ApprenticeExam.objects.bulk_create(
            [
                ApprenticeExam(
                    apprentice=row,
                    title="结业考核",
                    taken_on=row.ends_on - 3 * DAY,
                    score=Decimal(
                        self.rng.randint(66, 95)
                        if row.state == ApprenticeState.QUALIFIED
                        else self.rng.randint(40, 58)
                    ),
                    pass_mark=Decimal(60),
                    is_final=True,
                    examiner="青澜市职业技能评价中心（演示）",
                )
                for row in finals
                if row.state != ApprenticeState.LEFT
            ]
        )

    def months_of(self, row: Apprentice) -> Iterator[TrainingMonth]:
        month = row.starts_on.replace(day=1)
        for _ in range(12):
            if month > min(self.on, row.ends_on):
                return
            yield TrainingMonth(
                apprentice=row,
                month=month,
                theory_hours=self.rng.choice((12, 14, 16)),
                practice_hours=self.rng.choice((26, 28, 32)),
            )
            month = (month + 32 * DAY).replace(day=1)


def rotation_of(row: Apprenticeship) -> list[RotationStep]:
    return [
        RotationStep(
            apprenticeship=row,
            order=order,
            place=place,
            tasks=tasks,
            first_month=first,
            last_month=last,
        )
        for order, (place, tasks, first, last) in enumerate(PLACES, start=1)
    ]
