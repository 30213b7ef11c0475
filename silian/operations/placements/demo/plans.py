"""Makes the plans of the demonstration schools: two months behind, four ahead."""

from __future__ import annotations

import datetime
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from silian.operations.placements.choices.hosts import (
    AnswerState,
    PlanState,
)
from silian.operations.placements.choices.internships import (
    InternshipKind,
)
from silian.operations.placements.demo.signers import managers_of_schools
from silian.operations.placements.demo.trades import (
    PLAN_TASKS,
    PLAN_TASKS_OTHERWISE,
    PLAN_WORDS,
)
from silian.operations.placements.models.hosts import Host
from silian.operations.placements.models.plans import HostAnswer, InternshipPlan
from silian.operations.placements.models.posts import InternshipPost
from silian.registers.organisations.models import Organisation
from silian.registers.programmes.models import Cohort

MONTHS_BEFORE, MONTHS_LONG = 2, 6
YEAR_OF_PRACTICE = 3
Answers = list[HostAnswer]


def first_of_month(day: datetime.date, *, months: int) -> datetime.date:
    """The first of the month so many months on."""
    number = day.year * 12 + day.month - 1 + months
    return datetime.date(number // 12, number % 12 + 1, 1)


@dataclass
class PlanMaker:
    """Writes one plan a programme for the students in their last year."""

    rng: random.Random
    on: datetime.date

    def write(self, hosts: Sequence[Host], posts: Sequence[InternshipPost]) -> None:
        self.suited: dict[int, set[str]] = defaultdict(set)
        self.signers = managers_of_schools()
        for post in posts:
            self.suited[post.organisation_id] |= set(post.major_classes)
        by_school: dict[int, list[Host]] = defaultdict(list)
        for host in hosts:
            by_school[host.school_id].append(host)
        plans: list[InternshipPlan] = []
        answers: Answers = []
        for cohort in self.cohorts(list(by_school)):
            school = cohort.programme.school
            suited = self.hosts_for(cohort, by_school[school.pk])
            for plan in self.plans(cohort, school) if suited else ():
                plans.append(plan)
                answers += self.answers(plan, suited)
        InternshipPlan.objects.bulk_create(plans)
        HostAnswer.objects.bulk_create(answers)

    def cohorts(self, school_ids: list[int]) -> list[Cohort]:
        rows = Cohort.objects.filter(
            programme__school_id__in=school_ids,
            starts_on__lte=self.on,
            ends_on__gt=self.on,
            classes__isnull=False,
        )
        rows = rows.select_related("programme__school", "programme__major").distinct()
        return list(rows.order_by("programme__school_id", "year", "pk"))

    def hosts_for(self, cohort: Cohort, hosts: Sequence[Host]) -> list[Host]:
        major_class = cohort.programme.major.code[:2]
        return [host for host in hosts if major_class in self.suited[host.organisation_id]]

    def plans(self, cohort: Cohort, school: Organisation) -> Iterator[InternshipPlan]:
        """For the last year a signed plan; for the year below one that waits, at every fifth."""
        year = cohort.year_of_study(on=self.on)
        starts_on = first_of_month(self.on, months=-MONTHS_BEFORE)
        if year >= YEAR_OF_PRACTICE:
            yield self.plan(cohort, school, starts_on=starts_on, state=PlanState.APPROVED)
        elif year == YEAR_OF_PRACTICE - 1 and cohort.pk % 5 == 0:
            later = first_of_month(self.on, months=MONTHS_LONG + MONTHS_BEFORE)
            yield self.plan(cohort, school, starts_on=later, state=PlanState.SENT)

    def plan(
        self,
        cohort: Cohort,
        school: Organisation,
        *,
        starts_on: datetime.date,
        state: PlanState,
    ) -> InternshipPlan:
        major_class = cohort.programme.major.code[:2]
        signed = state == PlanState.APPROVED
        approved_on = starts_on - datetime.timedelta(days=20)
        return InternshipPlan(
            school=school,
            cohort=cohort,
            kind=InternshipKind.POST,
            title=f"{cohort.year} 级{cohort.programme.name}岗位实习方案",
            goals=f"在{PLAN_WORDS.get(major_class, '相关')}类企业完成典型工作任务，"
            "达到岗位基本能力要求，养成安全规范和质量意识。",
            tasks=list(PLAN_TASKS.get(major_class, PLAN_TASKS_OTHERWISE)),
            standards="按本专业岗位实习标准，每项任务完成不少于 3 次，双方评价合格。",
            assessment="周记与任务完成情况占四成，双方评价占四成，实习报告占二成。",
            school_weight=50,
            attendance_weight=20,
            credits=Decimal(24),
            starts_on=starts_on,
            ends_on=first_of_month(starts_on, months=MONTHS_LONG),
            state=state,
            approved_by=self.signers.get(school.pk) if signed else None,
            approved_at=datetime.datetime.combine(
                approved_on, datetime.time(4), tzinfo=datetime.UTC
            )
            if signed
            else None,
            is_demo=True,
        )

    def answers(self, plan: InternshipPlan, hosts: Sequence[Host]) -> Answers:
        if plan.approved_at is not None:
            return [
                HostAnswer(
                    plan=plan,
                    host=host,
                    state=AnswerState.CONFIRMED,
                    answered_at=plan.approved_at - datetime.timedelta(days=self.rng.randint(1, 6)),
                )
                for host in hosts
            ]
        return [HostAnswer(plan=plan, host=host) for host in hosts]
