"""Plans and major projects of the demonstration city, checked, waiting and late."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.registers.organisations.choices import Role
from silian.registers.organisations.demo.city import CITY_NAME
from silian.registers.organisations.models import Membership
from silian.registers.organisations.queries.identity import actor_for
from silian.registers.policies.choices import (
    NeedAnswer,
    PlanAnswerValue,
    PlanKind,
    PlanQuestion,
    PlanState,
)
from silian.registers.policies.commands.plan_records import (
    AnswerFacts,
    ProjectFacts,
    add_project,
    answer_question,
    create_plan,
    review_plan,
    submit_plan,
)
from silian.registers.policies.models.plans import PlanRecord
from silian.registers.policies.rules.plan_records import PlanFacts

YES, NO, OPEN = "是", "否", "空"
DONE, WAITING, DRAFT = "reviewed", "submitted", "draft"
# kind, name, from, to, department, answers, entry, days to the day of the check, projects
PLANS = (
    (
        PlanKind.DEVELOPMENT,
        "国民经济和社会发展第十五个五年规划纲要",
        2026,
        2030,
        "发展和改革委员会",
        (YES, YES, YES),
        DONE,
        -40,
        2,
    ),
    (
        PlanKind.REGION,
        "澜江流域协同发展规划",
        2026,
        2030,
        "发展和改革委员会",
        (YES, YES, NO),
        DONE,
        -20,
        1,
    ),
    (
        PlanKind.INDUSTRY,
        "高端装备产业链提升规划",
        2025,
        2028,
        "工业和信息化局",
        (YES, YES, YES),
        DONE,
        -60,
        2,
    ),
    (
        PlanKind.INDUSTRY,
        "新能源电池产业发展规划",
        2025,
        2029,
        "工业和信息化局",
        (YES, NO, YES),
        DONE,
        -35,
        2,
    ),
    (
        PlanKind.INDUSTRY,
        "康养服务业发展规划",
        2026,
        2030,
        "民政局",
        (YES, YES, YES),
        WAITING,
        12,
        1,
    ),
    (
        PlanKind.TOWN,
        "高新区产城融合建设规划",
        2026,
        2030,
        "住房和城乡建设局",
        (YES, NO, NO),
        WAITING,
        8,
        1,
    ),
    (
        PlanKind.TOWN,
        "县城公共服务设施建设规划",
        2026,
        2028,
        "住房和城乡建设局",
        (OPEN, OPEN, OPEN),
        DRAFT,
        -15,
        0,
    ),
    (
        PlanKind.LAYOUT,
        "重大生产力布局方案",
        2026,
        2030,
        "发展和改革委员会",
        (YES, OPEN, OPEN),
        DRAFT,
        25,
        1,
    ),
    (
        PlanKind.PROJECT,
        "动力电池生产基地项目",
        2025,
        2027,
        "投资促进局",
        (YES, YES, YES),
        DONE,
        -50,
        1,
    ),
    (
        PlanKind.PROJECT,
        "智能物流枢纽项目",
        2026,
        2028,
        "交通运输局",
        (YES, OPEN, OPEN),
        DRAFT,
        -6,
        1,
    ),
)
PLACES = ("第三章第二节，第 18 页", "第五章第一节，第 34 页", "附件项目表，第 52 页")


@dataclass
class PlanRecordBuilder:
    """Each department writes its own; the lead department checks what was handed in."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0

    def build(self) -> list[PlanRecord]:
        checker = self.seat(username="demo-coordinator")
        made = []
        for kind, title, starts, ends, department, answers, entry, days, projects in PLANS:
            writer = self.writer(department)
            facts = PlanFacts(
                kind=kind,
                title=f"{CITY_NAME}{title}（演示）",
                starts_year=starts,
                ends_year=ends,
                lead=f"市{department}",
                progress=PlanState.RUNNING if entry == DONE else PlanState.COMPILING,
                check_by=self.on + datetime.timedelta(days=days),
            )
            plan = create_plan(facts=facts, actor=writer)
            self.fill(plan, answers=answers, projects=projects, writer=writer)
            self.hand_in(plan, entry=entry, writer=writer, checker=checker)
            made.append(plan)
        PlanRecord.objects.filter(pk__in=[plan.pk for plan in made]).update(is_demo=True)
        return made

    def seat(self, **named: str) -> Actor:
        membership = Membership.objects.select_related("user").get(
            **{f"user__{name}": value for name, value in named.items()}
        )
        return actor_for(user=membership.user, on=self.on)

    def writer(self, department: str) -> Actor:
        """A member of the department who is not the one that checks."""
        rows = Membership.objects.select_related("user").filter(
            organisation__name__startswith=f"{CITY_NAME}{department}", role=Role.REVIEWER
        )
        membership = rows.exclude(user__username="demo-coordinator").order_by("pk").first()
        if membership is None:
            raise LookupError(f"{department} has no reviewer in the demonstration city")
        return actor_for(user=membership.user, on=self.on)

    def fill(
        self, plan: PlanRecord, *, answers: tuple[str, ...], projects: int, writer: Actor
    ) -> None:
        for question, answer, place in zip(PlanQuestion, answers, PLACES, strict=True):
            if answer == OPEN:
                continue
            contained = answer == YES
            value = PlanAnswerValue.CONTAINED if contained else PlanAnswerValue.MISSING
            note = "" if contained else "修订时补上"
            answer_question(
                plan_id=plan.pk,
                question=question,
                answer=AnswerFacts(value=value, place=place if contained else "", note=note),
                actor=writer,
                now=self.moment(),
            )
        for number in range(projects):
            add_project(plan_id=plan.pk, facts=self.project(number), actor=writer)

    def project(self, number: int) -> ProjectFacts:
        people = self.rng.randrange(60, 900, 20)
        return ProjectFacts(
            name=("配套实训中心建设", "生产线扩能建设")[number],
            investment=Decimal(self.rng.randrange(8, 90)) * 10_000_000,
            land=NeedAnswer.NEEDED if number else NeedAnswer.NOT_NEEDED,
            skills=NeedAnswer.NEEDED,
            skilled_people=people,
        )

    def hand_in(self, plan: PlanRecord, *, entry: str, writer: Actor, checker: Actor) -> None:
        if entry == DRAFT:
            return
        submit_plan(plan_id=plan.pk, actor=writer)
        if entry == DONE:
            review_plan(plan_id=plan.pk, actor=checker, now=self.moment())

    def moment(self) -> datetime.datetime:
        day = self.on - datetime.timedelta(days=3)
        return timezone.make_aware(datetime.datetime.combine(day, datetime.time(15)))
