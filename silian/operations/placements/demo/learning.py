"""Builds insurance and training of the demonstration city; most in order, some not."""

from __future__ import annotations

import datetime
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from silian.casework.agreements.choices import AgreementState
from silian.casework.agreements.models import Agreement
from silian.operations.placements.choices.insurance import (
    ClaimState,
    InsuranceKind,
    PremiumPayer,
    ProductState,
)
from silian.operations.placements.choices.internships import (
    InternshipState,
)
from silian.operations.placements.choices.learning import (
    CourseState,
)
from silian.operations.placements.demo.assessments import AssessmentMaker
from silian.operations.placements.demo.notes import NoteMaker
from silian.operations.placements.demo.question_bank import BANK, COURSE_BODY
from silian.operations.placements.models import (
    InsuranceClaim,
    InsurancePolicy,
    InsuranceProduct,
    InsuredIntern,
    Internship,
    PracticeSettings,
    SafetyCourse,
    SafetyQuestion,
    TrainingAttempt,
)
from silian.operations.placements.queries.readiness import AGREEMENT_SOURCE
from silian.operations.placements.rules.training import questions_of
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Organisation

SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
DAY = datetime.timedelta(days=1)
UNINSURED = 27  # of the leading school, as on its board
SHORT, ONE_KIND = 6, 17  # of these the first have a gap, the next lack one kind
GAP = 20 * DAY
BATCH = 2_000
KINDS = InsuranceKind
PRODUCTS = (
    # kind, name, premium, sum insured, dedicated
    (KINDS.LIABILITY, "学生实习责任保险（演示）", Decimal(48), Decimal(500_000), False),
    (KINDS.ACCIDENT, "实习学生人身意外伤害保险（演示）", Decimal(60), Decimal(300_000), False),
    (KINDS.ENTERPRISE_APPRENTICE, "企业新型学徒综合保险（演示）", Decimal(96),
     Decimal(600_000), True),
    (KINDS.MODERN_APPRENTICE, "现代学徒制保险（演示）", None, None, True),
)  # fmt: skip
NUMBERS = {KINDS.LIABILITY: "ZR", KINDS.ACCIDENT: "YW"}


@dataclass
class LearningBuilder:
    """Makes the same policies, tests, notes and results from the same seed, day and scale."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0

    def build(self) -> int:
        """Write insurance, training, notes and assessments; returns how many notes."""
        self.now = datetime.datetime.combine(self.on, datetime.time(9), tzinfo=SHANGHAI)
        rows = list(
            Internship.objects.filter(is_demo=True)
            .select_related("plan", "post", "person__user", "teacher", "mentor")
            .order_by("pk")
        )
        by_school: dict[int, list[Internship]] = defaultdict(list)
        for row in rows:
            by_school[row.school_id].append(row)
        if not rows:
            return 0
        self.products = self.make_products()
        self.unsigned = self.without_agreement(rows)
        biggest = max(by_school, key=lambda school: len(by_school[school]))
        for school_id, own in by_school.items():
            self.insure(own, school_id=school_id, is_lead=school_id == biggest)
            self.train(own, school_id=school_id)
        PracticeSettings.objects.create(
            school_id=biggest, pass_mark=80, least_file_percent=70, attendance_cap=20
        )
        self.claim(by_school[biggest])
        notes = NoteMaker(rng=self.rng, now=self.now).write(rows)
        AssessmentMaker(rng=self.rng, now=self.now).write(
            [row for row in rows if row.state == InternshipState.FINISHED]
        )
        return notes

    def make_products(self) -> dict[str, InsuranceProduct]:
        """Four products of the city's insurer; one rate is not set yet."""
        verified = Organisation.objects.filter(
            kind=OrganisationKind.FINANCE, state=OrganisationState.VERIFIED, is_demo=True
        )
        insurer = verified.filter(name__contains="保险").first() or verified.order_by("pk").first()
        if insurer is None:
            return {}
        made = [
            InsuranceProduct(
                insurer=insurer,
                kind=kind,
                name=name,
                premium=premium,
                sum_insured=whole,
                is_dedicated=dedicated,
                filing_number=f"演示备〔2026〕{place:03d}号",
                covers="实习、学徒期间在岗位、宿舍和上下班途中发生的人身伤害及相应责任。",
                excludes="故意行为；违反规定安排的高处、井下等作业由责任单位承担。",
                contact="0990-5550100",
                state=ProductState.PUBLISHED,
                published_at=self.now - 60 * DAY,
                is_demo=True,
            )
            for place, (kind, name, premium, whole, dedicated) in enumerate(PRODUCTS, start=1)
        ]
        return {row.kind: row for row in InsuranceProduct.objects.bulk_create(made)}

    def without_agreement(self, rows: Sequence[Internship]) -> set[int]:
        """Those who prepare and whose agreement is not signed: nobody of these is at work."""
        waiting = {row.pk for row in rows if row.state == InternshipState.PREPARING}
        signed = Agreement.objects.filter(
            source=AGREEMENT_SOURCE, source_id__in=waiting, state=AgreementState.ACTIVE
        )
        return waiting - set(signed.values_list("source_id", flat=True))

    def insure(self, rows: Sequence[Internship], *, school_id: int, is_lead: bool) -> None:
        """Two policies for all, except those that the board shows as uninsured."""
        share = UNINSURED if is_lead else max(1, len(self.unsigned & ids_of(rows)) // 3)
        bare = [row for row in rows if row.pk in self.unsigned][:share]
        covered = [row for row in rows if row not in bare]
        first = min(row.starts_on for row in rows) - DAY
        last = max(row.ends_on for row in rows) + DAY
        policies = {kind: self.policy(school_id, kind, first, last) for kind in NUMBERS}
        placed = [(policies[kind], row) for kind in NUMBERS for row in covered]
        placed += [(policies[KINDS.LIABILITY], row) for row in bare[SHORT:ONE_KIND]]
        if is_lead and bare:
            placed += [(policies[KINDS.ACCIDENT], row) for row in bare[:SHORT]]
            short = self.policy(school_id, KINDS.LIABILITY, first, last - DAY - GAP, part="B")
            placed += [(short, row) for row in bare[:SHORT]]
        InsuredIntern.objects.bulk_create(
            (
                InsuredIntern(
                    policy=policy,
                    internship=row,
                    starts_on=max(policy.starts_on, row.starts_on),
                    ends_on=min(policy.ends_on, row.ends_on),
                )
                for policy, row in placed
            ),
            batch_size=BATCH,
        )

    def policy(
        self,
        school_id: int,
        kind: InsuranceKind,
        starts_on: datetime.date,
        ends_on: datetime.date,
        *,
        part: str = "A",
    ) -> InsurancePolicy:
        product = self.products.get(kind)
        return InsurancePolicy.objects.create(
            school_id=school_id,
            insurer_name=product.insurer.name if product else "演示保险机构",
            insurer=product.insurer if product else None,
            product=product,
            kind=kind,
            number=f"{NUMBERS[kind]}{self.on.year}{school_id:05d}{part}",
            starts_on=starts_on,
            ends_on=ends_on,
            premium=Decimal(26_400) if part == "A" else Decimal(288),
            payer=PremiumPayer.SCHOOL,
            payer_organisation_id=school_id,
            is_demo=True,
        )

    def train(self, rows: Sequence[Internship], *, school_id: int) -> None:
        """A course for each school; all who are at work or ready have passed."""
        course = SafetyCourse.objects.create(
            owner_id=school_id,
            title="岗前安全与权益",
            body=COURSE_BODY,
            trades=sorted({code for row in rows for code in trades_of(row)}),
            questions_asked=10,
            pass_mark=80,
            state=CourseState.PUBLISHED,
            published_at=self.now - 90 * DAY,
            is_demo=True,
        )
        questions = SafetyQuestion.objects.bulk_create(
            SafetyQuestion(
                course=course,
                position=place,
                text=item.text,
                options=list(item.options),
                correct=sorted(item.correct),
                explanation=item.explanation,
            )
            for place, item in enumerate(questions_of(BANK), start=1)
        )
        keys = {row.pk: row.correct for row in questions}
        TrainingAttempt.objects.bulk_create(
            [self.attempt(course, row, keys) for row in rows if self.has_sat(row)],
            batch_size=BATCH,
        )

    def has_sat(self, row: Internship) -> bool:
        return row.pk not in self.unsigned or row.pk % 3 > 0

    def attempt(
        self, course: SafetyCourse, row: Internship, keys: dict[int, list[int]]
    ) -> TrainingAttempt:
        """A sitting shortly before the start; of the unsigned some failed."""
        paper = self.rng.sample(sorted(keys), 10)
        missed = self.rng.choice((0, 0, 1, 2)) if row.pk not in self.unsigned else row.pk % 4 + 1
        score = 100 - 10 * missed
        moment = min(
            datetime.datetime.combine(row.starts_on, datetime.time(15), tzinfo=SHANGHAI)
            - (3 + row.pk % 12) * DAY,
            self.now - (1 + row.pk % 4) * DAY,
        )
        passed = score >= 80
        return TrainingAttempt(
            course=course,
            internship=row,
            paper=paper,
            answers={
                str(pk): self.answer(keys[pk], place < missed) for place, pk in enumerate(paper)
            },
            pass_mark=80,
            score=score,
            is_passed=passed,
            started_at=moment,
            submitted_at=moment + datetime.timedelta(minutes=9),
            valid_until=moment.date() + 365 * DAY if passed else None,
        )

    def answer(self, key: list[int], wrong: bool) -> list[int]:
        return [2 if key != [2] else 0] if wrong else key

    def claim(self, rows: Sequence[Internship]) -> None:
        """One accident that waits for the insurer, one that is settled."""
        at_work = [row for row in rows if row.state == InternshipState.IN_POST][3:60:40]
        insured = InsuredIntern.objects.filter(
            internship__in=at_work, policy__kind=KINDS.ACCIDENT
        ).select_related("policy", "internship")
        for place, row in enumerate(insured.order_by("pk")):
            InsuranceClaim.objects.create(**self.claim_facts(row, is_settled=place % 2 == 1))

    def claim_facts(self, row: InsuredIntern, *, is_settled: bool) -> dict[str, Any]:
        happened = max(row.starts_on, self.on - (35 if is_settled else 4) * DAY)
        facts: dict[str, Any] = {
            "internship": row.internship,
            "policy": row.policy,
            "happened_on": happened,
            "incident": "清理工位时被毛刺划伤手指，现场止血后到医院缝合两针。",
            "loss": Decimal(1_860),
            "reported_at": self.now - 3 * DAY,
            "answer_due_at": self.now + 7 * DAY,
            "is_demo": True,
        }
        if is_settled:
            facts |= {
                "state": ClaimState.SETTLED,
                "answer": "属于保障范围，按条款赔付。",
                "answered_at": self.now - 20 * DAY,
                "paid": Decimal(1_640),
                "paid_on": self.on - 12 * DAY,
                "host_share": Decimal(220),
                "remainder_basis": "协议约定其余部分由实习单位承担",
                "settled_at": self.now - 10 * DAY,
            }
        return facts


def trades_of(row: Internship) -> list[str]:
    """The trades that a post asks for, or that of the programme."""
    return row.post.major_classes or [row.school_class.cohort.programme.major.code[:2]]


def ids_of(rows: Sequence[Internship]) -> set[int]:
    return {row.pk for row in rows}
