"""Rounds of the demonstration school: one closed, one open for wishes, one solved and waiting."""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from silian.operations.placements.choices.hosts import (
    AnswerState,
    HostState,
    PlanState,
    PostState,
)
from silian.operations.placements.choices.internships import (
    InternshipKind,
)
from silian.operations.placements.choices.rounds import (
    PriorityBasis,
    ReserveKind,
    RoundState,
)
from silian.operations.placements.commands.round_solving import finish_run, next_number
from silian.operations.placements.demo.trades import PLAN_TASKS_OTHERWISE
from silian.operations.placements.models import (
    Host,
    HostAnswer,
    InternshipPlan,
    InternshipPost,
    Round,
    RoundPost,
    RoundReserve,
    RoundRun,
    RoundStudent,
    Wish,
)
from silian.operations.placements.queries.round_snapshots import snapshot_of
from silian.operations.placements.rules.round_market import digest_of
from silian.registers.organisations.models import Organisation
from silian.registers.programmes.models import Cohort
from silian.registers.programmes.queries.classes import members_of

LEAD_SCHOOL = "青澜职业技术学院（演示）"
DAY = datetime.timedelta(days=1)
SECOND_YEAR, THIRD_YEAR = 2, 3
MOST_WISHES = 5
POSTS_A_ROUND = 24
SILENT = 0.08  # students who hand in nothing
COUNTIES = ("990102", "990103", "990104")


@dataclass
class RoundBuilder:
    """Makes the same rounds from the same seed, day and scale."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0

    def build(self) -> int:
        school = Organisation.objects.filter(name=LEAD_SCHOOL).first()
        if school is None:
            return 0
        self.school = school
        made = [
            self.past_round(self.cohorts(THIRD_YEAR)[:1]),
            self.open_round(self.cohorts(SECOND_YEAR)[:1]),
            self.solved_round(self.cohorts(SECOND_YEAR)[1:2]),
        ]
        return sum(made)

    def cohorts(self, year: int) -> list[Cohort]:
        rows = Cohort.objects.filter(programme__school=self.school).select_related(
            "programme__major"
        )
        found = [row for row in rows.order_by("pk") if row.year_of_study(on=self.on) == year]
        return [row for row in found if row.classes.exists() and self.posts_for(row)]

    def posts_for(self, cohort: Cohort) -> list[InternshipPost]:
        """Open posts at the school's published hosts that suit the major."""
        hosts = Host.objects.filter(school=self.school, state=HostState.PUBLISHED)
        rows = InternshipPost.objects.filter(
            organisation__in=hosts.values("organisation_id"),
            state=PostState.OPEN,
            ends_on__gt=self.on + 60 * DAY,
            major_classes__contains=[cohort.programme.major.code[:2]],
        )
        return list(rows.order_by("pk")[:POSTS_A_ROUND])

    def past_round(self, cohorts: Sequence[Cohort]) -> int:
        """Visits of a year ago, closed; nobody works on these days any more."""
        for cohort in cohorts:
            made = self.make(
                cohort,
                title=f"{cohort.year} 级{cohort.programme.name}认识实习志愿",
                kind=InternshipKind.OBSERVATION,
                starts_on=self.on - 330 * DAY,
                ends_on=self.on - 320 * DAY,
                opened_on=self.on - 360 * DAY,
                state=RoundState.SOLVED,
            )
            run = self.run(made, at=self.noon(self.on - 348 * DAY))
            made.state, made.published_run = RoundState.CLOSED, run
            made.published_at = self.noon(self.on - 347 * DAY)
            made.objections_close_at = self.noon(self.on - 343 * DAY)
            made.closed_at = self.noon(self.on - 340 * DAY)
            made.save()
        return len(cohorts)

    def open_round(self, cohorts: Sequence[Cohort]) -> int:
        """The round in which the second-year students are naming their posts now."""
        for cohort in cohorts:
            starts, ends = self.coming(cohort)
            self.make(
                cohort,
                title=f"{cohort.year} 级{cohort.programme.name}岗位实习志愿",
                kind=InternshipKind.POST,
                starts_on=starts,
                ends_on=ends,
                opened_on=self.on - 3 * DAY,
                state=RoundState.WISHING,
            )
        return len(cohorts)

    def solved_round(self, cohorts: Sequence[Cohort]) -> int:
        """A round that was computed and waits for the school to publish."""
        for cohort in cohorts:
            starts, ends = self.coming(cohort)
            made = self.make(
                cohort,
                title=f"{cohort.year} 级{cohort.programme.name}岗位实习志愿",
                kind=InternshipKind.POST,
                starts_on=starts,
                ends_on=ends,
                opened_on=self.on - 14 * DAY,
                state=RoundState.SOLVED,
            )
            self.run(made, at=timezone.now(), label="按现行规则")
            self.run(made, at=timezone.now(), label="不预留", changes={"without_reserves": True})
        return len(cohorts)

    def coming(self, cohort: Cohort) -> tuple[datetime.date, datetime.date]:
        """From three weeks on, as long as most posts are offered and at most six months."""
        starts = self.on + 21 * DAY
        last = sorted(post.ends_on for post in self.posts_for(cohort))
        return starts, min(starts + 180 * DAY, last[len(last) // 2])

    def noon(self, day: datetime.date) -> datetime.datetime:
        return timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))

    def make(
        self,
        cohort: Cohort,
        *,
        title: str,
        kind: InternshipKind,
        starts_on: datetime.date,
        ends_on: datetime.date,
        opened_on: datetime.date,
        state: RoundState,
    ) -> Round:
        plan = self.plan(cohort, kind=kind, starts_on=starts_on, ends_on=ends_on)
        made = Round.objects.create(
            school=self.school,
            title=title,
            kind=kind,
            starts_on=starts_on,
            ends_on=ends_on,
            wishes_open_at=self.noon(opened_on),
            wishes_close_at=self.noon(opened_on + 7 * DAY),
            ranking_closes_at=self.noon(opened_on + 10 * DAY),
            most_wishes=MOST_WISHES,
            basis=PriorityBasis.SCORE,
            score_name="前三学期平均成绩",
            group_order=[ReserveKind.MINOR, ReserveKind.COUNTY],
            seed=self.rng.randrange(10**9),
            state=state,
            is_demo=True,
        )
        made.plans.set([plan])
        self.fill(made, cohort, plan)
        return made

    def plan(self, cohort: Cohort, **values: Any) -> InternshipPlan:
        """A plan that both sides have agreed to."""
        plan = InternshipPlan.objects.create(
            school=self.school,
            cohort=cohort,
            title=f"{cohort.year} 级{cohort.programme.name}{values['kind'].label}方案（志愿）",
            tasks=list(PLAN_TASKS_OTHERWISE),
            credits=Decimal(20 if values["kind"] == InternshipKind.POST else 1),
            state=PlanState.APPROVED,
            approved_at=self.noon(self.on - 30 * DAY),
            is_demo=True,
            goals="认识岗位和安全要求，完成典型工作任务",
            standards="按专业岗位实习标准执行",
            assessment="过程记录、成果和双方评价",
            **values,
        )
        owners = {post.organisation_id for post in self.posts_for(cohort)}
        hosts = Host.objects.filter(school=self.school, organisation_id__in=owners)
        HostAnswer.objects.bulk_create(
            HostAnswer(
                plan=plan,
                host=host,
                state=AnswerState.CONFIRMED,
                answered_at=self.noon(self.on - 28 * DAY),
            )
            for host in hosts.filter(state=HostState.PUBLISHED)
        )
        return plan

    def fill(self, made: Round, cohort: Cohort, plan: InternshipPlan) -> None:
        """Students with scores, posts with fewer places than wishes, and the wishes."""
        classes = list(cohort.classes.values_list("pk", flat=True))
        students = [
            RoundStudent(
                round=made,
                person_id=member.person_id,
                school_class_id=member.school_class_id,
                plan=plan,
                number=member.number,
                score=Decimal(self.rng.randint(6200, 9800)) / 100,
                county_code=self.rng.choice(COUNTIES),
                needs_lodging=self.rng.random() < 0.3,
                wished_at=made.wishes_open_at + DAY,
            )
            for member in members_of(school_class_ids=classes, on=self.on)
        ]
        for student in students:
            if self.rng.random() < SILENT:
                student.wished_at = None
        RoundStudent.objects.bulk_create(students)
        posts = self.offer(made, cohort, students=len(students))
        self.wish(students, posts)

    def offer(self, made: Round, cohort: Cohort, *, students: int) -> list[RoundPost]:
        hosts = {
            host.organisation_id: host
            for host in Host.objects.filter(school=self.school, state=HostState.PUBLISHED)
        }
        offered = self.posts_for(cohort)
        share = max(1, -(-students // len(offered)))
        posts = RoundPost.objects.bulk_create(
            RoundPost(
                round=made,
                post=post,
                host=hosts[post.organisation_id],
                places=min(post.headcount, share),
            )
            for post in offered
        )
        RoundReserve.objects.bulk_create(
            RoundReserve(round_post=post, kind=ReserveKind.COUNTY, value=COUNTIES[0], seats=1)
            for post in posts[::4]
            if post.places > 1
        )
        return posts

    def wish(self, students: Sequence[RoundStudent], posts: Sequence[RoundPost]) -> None:
        """Some posts are dearer than others to everybody."""
        weights = [1 / (place + 2) for place in range(len(posts))]
        wishes = []
        for student in students:
            if student.wished_at is None:
                continue
            drawn = self.rng.choices(range(len(posts)), weights=weights, k=MOST_WISHES * 2)
            chosen = list(dict.fromkeys(drawn))[:MOST_WISHES]
            wishes += [
                Wish(student=student, round_post=posts[number], rank=rank)
                for rank, number in enumerate(chosen, start=1)
            ]
        Wish.objects.bulk_create(wishes, batch_size=1000)

    def run(
        self,
        made: Round,
        *,
        at: datetime.datetime,
        label: str = "",
        changes: dict[str, Any] | None = None,
    ) -> RoundRun:
        """A run as the commands compute it."""
        snapshot = snapshot_of(made, on=made.starts_on)
        run = RoundRun.objects.create(
            round=made,
            number=next_number(made),
            label=label,
            changes=changes or {},
            inputs=snapshot,
            digest=digest_of(snapshot),
        )
        run = finish_run(run_id=run.pk)
        RoundRun.objects.filter(pk=run.pk).update(made_at=at, solved_at=at)
        return run
