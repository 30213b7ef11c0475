"""Two years of income and rewards, plans and pay totals of the demonstration city's schools."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass, field
from decimal import Decimal

from silian.casework.metrics.commands.recounting import recount
from silian.casework.metrics.queries.catalogue import metric_named
from silian.foundation.kernel.files import store_content
from silian.governance.accreditation.demo.cast import Cast
from silian.governance.incentives.choices.income import (
    ConversionWay,
    IncomeKind,
    PayTotalState,
    PlanState,
    ProjectState,
)
from silian.governance.incentives.commands.income import keep_check
from silian.governance.incentives.commands.pay_totals import take
from silian.governance.incentives.models.distribution import DistributionPlan, PlanObjection
from silian.governance.incentives.models.income import IncomeProject, IncomeShare
from silian.governance.incentives.models.pay_totals import PayTotal
from silian.governance.incentives.queries.income import statement_of
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation
from silian.registers.organisations.queries import actor_for
from silian.registers.people.choices import AffiliationKind
from silian.registers.people.models import Affiliation

SEAT = "demo-school"
MOST_SCHOOLS, MOST_PEOPLE = 3, 12
PROJECTS = (
    # kind, title, way, thousands, share of it that people get, agreed
    (IncomeKind.CONVERSION, "刀具涂层专利许可", ConversionWay.TRANSFER, 180, 60, False),
    (IncomeKind.CONVERSION, "智能分拣算法转让", ConversionWay.TRANSFER, 90, 40, False),
    (IncomeKind.AWARD, "省职业院校技能大赛一等奖", "", 30, 90, True),
    (IncomeKind.TRAINING, "企业数控技师提升班", "", 120, 45, True),
)
PAPER = "演示凭证：合同、到账和发放记录。".encode()
TEXT = (
    "一、适用范围：成果转化现金奖励、竞赛奖励、培训劳务收入、合作与技术服务收入。\n"
    "二、成果转化：净收入的 60% 奖励完成人和为转化作出重要贡献的人员。\n"
    "三、培训和服务：扣除成本后，个人所得不超过 50%，其余用于实训条件改善。\n"
    "四、审批：由教代会讨论，校长办公会审定，在校内公示后施行。"
)
METRIC = "incentives.surcharge_vocational_share"  # targets of the city stand on it
STATES = (PayTotalState.PROPOSED, PayTotalState.PASSED, PayTotalState.APPROVED)


@dataclass
class IncomeBuilder:
    """What schools registered of income and rewards (收入与奖励演示数据)."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0
    shares: list[IncomeShare] = field(default_factory=list)

    def build(self) -> int:
        """Write projects, shares, plans and pay totals, then count the share anew."""
        self.cast = Cast(on=self.on)
        names = ("demo-hrss", "demo-treasury", "demo-teacher", SEAT)
        people = {row.username: row for row in User.objects.filter(username__in=names)}
        if len(people) < len(names):
            return 0
        self.labour, self.treasury, self.teacher, self.seat = (people[name] for name in names)
        schools = self.cast.schools()[:MOST_SCHOOLS]
        teachers = self.teachers(schools)
        made = [
            project
            for school in schools
            if teachers.get(school.pk)
            for year in (self.on.year - 1, self.on.year)
            for project in self.projects(school, teachers[school.pk], year=year)
        ]
        IncomeShare.objects.bulk_create(self.shares)
        self.evidence(made)
        self.plans()
        self.totals([school for school in schools if teachers.get(school.pk)])
        self.count_anew()
        return len(made)

    def teachers(self, schools: list[Organisation]) -> dict[int, list[int]]:
        """Some teachers of each school, the demonstration's own first."""
        rows = (
            Affiliation.objects.in_force(on=self.on)
            .filter(kind=AffiliationKind.TEACHER, organisation__in=schools)
            .order_by("pk")
            .values_list("organisation_id", "person_id", "person__user_id")
        )
        found: dict[int, list[int]] = {}
        for school, person, _user in sorted(rows, key=lambda row: row[2] != self.teacher.pk):
            kept = found.setdefault(school, [])
            if person not in kept and len(kept) < MOST_PEOPLE:
                kept.append(person)
        return found

    def projects(
        self, school: Organisation, people: list[int], *, year: int
    ) -> list[IncomeProject]:
        """The projects of a school and year; the last of this year is not confirmed yet."""
        found = []
        for place, (kind, title, way, thousands, part, agreed) in enumerate(PROJECTS):
            gain = Decimal(thousands * self.rng.randint(800, 1300))
            is_draft = year == self.on.year and place == len(PROJECTS) - 1
            row = IncomeProject(
                school=school, division_id=school.division_id, year=year, kind=kind, title=title,
                way=way, gain=gain, agreed=agreed, entered_by=self.seat, is_demo=True,
                agreement="本校收入分配办法（演示）第三条" if agreed else "",
                state=ProjectState.DRAFT if is_draft else ProjectState.CONFIRMED,
                confirmed_at=None if is_draft else self.moment(year),
            )  # fmt: skip
            if not is_draft:
                keep_check(row, paid=gain * part / 100)
            row.save()
            self.split(row, people[: 2 + place], total=gain * part / 100)
            found.append(row)
        return found

    def moment(self, year: int) -> datetime.datetime:
        return self.cast.moment(15 if year == self.on.year else 200)

    def split(self, row: IncomeProject, people: list[int], *, total: Decimal) -> None:
        """The total among the people; the first gets what is left over."""
        part = (total / (len(people) + 1)).quantize(Decimal("0.01"))
        paid_on = min(self.on, datetime.date(row.year, 2, 26))
        for place, person in enumerate(people):
            amount = total - part * (len(people) - 1) if place == 0 else part
            self.shares.append(
                IncomeShare(
                    project=row, person_id=person, paid_on=paid_on, amount=amount,
                    entered_by=self.seat, is_demo=True,
                )
            )  # fmt: skip

    def evidence(self, made: list[IncomeProject]) -> None:
        """Vouchers of the seat's own school."""
        actor = actor_for(user=self.seat, on=self.on)
        for row in made:
            if row.school_id == actor.organisation_id:
                store_content(name="凭证.txt", content=PAPER, subject=row, actor=actor)

    def plans(self) -> None:
        """One plan in force, its successor being shown with an objection."""
        actor = actor_for(user=self.seat, on=self.on)
        if actor.organisation_id is None:
            return
        usual = {"school_id": actor.organisation_id, "drafted_by": self.seat, "is_demo": True}
        DistributionPlan.objects.create(
            version=1, title="收入分配和奖励办法", text=TEXT, state=PlanState.IN_FORCE,
            notice_starts_on=self.cast.day(400), notice_ends_on=self.cast.day(390),
            notice_basis="校务公开办法（演示）", in_force_on=self.cast.day(385), **usual,
        )  # fmt: skip
        plan = DistributionPlan.objects.create(
            version=2, title="收入分配和奖励办法（修订）", text=TEXT.replace("60%", "70%"),
            state=PlanState.NOTICED, notice_starts_on=self.cast.day(2),
            notice_ends_on=self.cast.day(-8), notice_basis="校务公开办法（演示）", **usual,
        )  # fmt: skip
        PlanObjection.objects.create(
            plan=plan, raised_by=self.teacher, raised_at=self.cast.moment(1), is_demo=True,
            text="建议写明团队项目中学生参与人员的奖励办法。",
        )  # fmt: skip

    def totals(self, schools: list[Organisation]) -> None:
        """Last year is approved; this year stands at every step."""
        for place, school in enumerate(schools):
            for year in (self.on.year - 1, self.on.year):
                last = year < self.on.year
                state = PayTotalState.APPROVED if last else STATES[place % len(STATES)]
                self.total(school, year=year, state=state)

    def total(self, school: Organisation, *, year: int, state: PayTotalState) -> None:
        moment = self.moment(year)
        row = PayTotal(
            school=school, division_id=school.division_id, year=year, state=state, is_demo=True,
            proposed=Decimal(self.rng.randint(800, 2600) * 10_000),
            proposed_by=self.seat, proposed_at=moment,
        )  # fmt: skip
        take(row, statement_of(school, year=year))
        if state != PayTotalState.PROPOSED:
            row.passed_by = self.labour
        if state == PayTotalState.APPROVED:
            row.approved_by, row.approved_on = self.treasury, moment.date()
        row.save()

    def count_anew(self) -> None:
        """The surcharge came after the city's metrics were counted."""
        since = datetime.date(self.on.year - 1, 1, 1)
        metric = metric_named(METRIC)
        if metric is not None:
            recount(metric=metric, since=since, now=self.cast.moment(0), announce=False)
