"""Builds 26 projects in all stages, their money over three years, milestones and months."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass, field
from decimal import Decimal

from silian.governance.accreditation.choices.projects import (
    DelayCause,
    FundEntryKind,
    FundSource,
    LibraryLevel,
    ProjectKind,
    ProjectStage,
    RewardKind,
    StepState,
)
from silian.governance.accreditation.demo.cast import DAY, Cast
from silian.governance.accreditation.models.project_money import FundEntry, FundPlan
from silian.governance.accreditation.models.project_progress import (
    AcceptanceFinding,
    InvestmentReport,
    ProjectMilestone,
)
from silian.governance.accreditation.models.projects import (
    IntegrationProject,
    ProjectStep,
    StepCheck,
)
from silian.governance.accreditation.rules.project_steps import DEMANDS, ORDER
from silian.registers.organisations.models import Organisation

S, K = ProjectStage, ProjectKind
SCHOOL, FIRM = "school", "firm"
NAMES = (
    # name, kind, owner, stage, million yuan
    ("智能制造产教融合实训基地", K.TRAINING_BASE, SCHOOL, S.IN_USE, 46),
    ("新能源汽车实验实习实训基地", K.PRACTICE_BASE, SCHOOL, S.IN_USE, 38),
    ("工业机器人实训中心", K.PRACTICE_BASE, SCHOOL, S.IN_USE, 22),
    ("康养护理实训基地", K.TRAINING_BASE, SCHOOL, S.IN_USE, 18),
    ("现代物流实验实训基地", K.PRACTICE_BASE, SCHOOL, S.IN_USE, 15),
    ("储能电池检测实训中心", K.PRACTICE_BASE, FIRM, S.IN_USE, 27),
    ("精密加工学徒培养车间", K.TRAINING_BASE, FIRM, S.ACCEPTANCE, 12),
    ("中职数控实训楼", K.TEACHING_FACILITY, SCHOOL, S.ACCEPTANCE, 31),
    ("装备制造产教融合园区一期", K.PARK, SCHOOL, S.CONSTRUCTION, 120),
    ("光电检测开放实验室", K.TEACHING_FACILITY, SCHOOL, S.CONSTRUCTION, 16),
    ("绿色食品中试与实训基地", K.TRAINING_BASE, FIRM, S.CONSTRUCTION, 24),
    ("动力系统装调实训基地", K.PRACTICE_BASE, FIRM, S.CONSTRUCTION, 33),
    ("职教中心综合实训楼", K.TEACHING_FACILITY, SCHOOL, S.CONSTRUCTION, 58),
    ("养老服务实习实训基地", K.PRACTICE_BASE, SCHOOL, S.CONSTRUCTION, 14),
    ("智慧农业产教融合基地", K.TRAINING_BASE, SCHOOL, S.CONSTRUCTION, 21),
    ("数字供应链实训基地", K.TRAINING_BASE, SCHOOL, S.LIBRARY, 19),
    ("模具设计与制造实训中心", K.PRACTICE_BASE, FIRM, S.LIBRARY, 17),
    ("轨道交通运维实训基地", K.PRACTICE_BASE, SCHOOL, S.LIBRARY, 42),
    ("半导体封装测试实训线", K.TRAINING_BASE, FIRM, S.APPLICATION, 64),
    ("口腔与康复技术实训中心", K.TRAINING_BASE, SCHOOL, S.APPLICATION, 11),
    ("公共实训基地二期", K.TRAINING_BASE, SCHOOL, S.APPLICATION, 76),
    ("县域职业教育实训基地", K.PRACTICE_BASE, SCHOOL, S.RESERVE, 26),
    ("低空装备维修实训基地", K.TRAINING_BASE, FIRM, S.RESERVE, 29),
    ("文旅服务实训街区", K.OTHER, SCHOOL, S.RESERVE, 13),
    ("氢能装备实训中心", K.TRAINING_BASE, FIRM, S.IDEA, 48),
    ("老校区实训楼改造", K.TEACHING_FACILITY, SCHOOL, S.STOPPED, 9),
)  # fmt: skip
MIX = {
    SCHOOL: (
        (FundSource.CENTRAL_BUDGET, 32), (FundSource.PROVINCIAL_BUDGET, 12),
        (FundSource.SPECIAL, 10), (FundSource.AWARD, 6), (FundSource.LOCAL, 24),
        (FundSource.SCHOOL, 16),
    ),
    FIRM: (
        (FundSource.CENTRAL_BUDGET, 15), (FundSource.SPECIAL, 10), (FundSource.AWARD, 5),
        (FundSource.ENTERPRISE, 45), (FundSource.LOAN, 20), (FundSource.SOCIAL, 5),
    ),
}  # fmt: skip
STEPS = ("初步设计批复", "开工", "主体封顶", "设备进场", "安装调试", "竣工验收")
CAUSES = (
    (DelayCause.LAND, "用地批复晚于计划，已与自然资源部门并联办理"),
    (DelayCause.SUPPLY, "两台五轴设备到货推迟，已改分批安装"),
    (DelayCause.FUNDS, "地方配套资金年底前到位，已列入预算"),
)
CONTENT = "新建或改造实训面积 {area:,} 平方米，购置设备 {sets} 台套，可同时容纳 {people} 人实训。"
# days from the first idea to each stage, for a project that runs well
AT = {
    S.RESERVE: 60, S.APPLICATION: 170, S.LIBRARY: 260, S.CONSTRUCTION: 340, S.ACCEPTANCE: 940,
    S.IN_USE: 1000,
}  # fmt: skip


@dataclass
class ProjectBuilder:
    """Makes the same projects from the same seed and day, in bulk."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0
    steps: list[ProjectStep] = field(default_factory=list)
    plans: list[FundPlan] = field(default_factory=list)
    funds: list[FundEntry] = field(default_factory=list)
    milestones: list[ProjectMilestone] = field(default_factory=list)
    reports: list[InvestmentReport] = field(default_factory=list)

    def build(self) -> int:
        """Write the projects and all that belongs to them; returns how many."""
        self.cast = Cast(on=self.on)
        if not self.cast.ready():
            return 0
        self.coordinator = self.cast.coordinator()
        self.office = self.cast.organisation("青澜市发展和改革委员会")
        projects = IntegrationProject.objects.bulk_create(
            [self.project(place, row) for place, row in enumerate(NAMES)]
        )
        for place, project in enumerate(projects):
            self.carry(project, place=place, owner_kind=NAMES[place][2])
        self.write(projects)
        return len(projects)

    def owner(self, place: int, kind: str) -> Organisation:
        """The seat that visitors try owns some; the others are spread over the counties."""
        if kind == SCHOOL:
            schools = self.cast.schools()
            return schools[0] if place in (0, 8, 15) else schools[place % len(schools)]
        firms = self.cast.enterprises()
        return firms[0] if place in (6, 11) else firms[(place * 7) % len(firms)]

    def started(self, stage: str, place: int) -> int:
        """Days since the idea: a project at a later stage began earlier."""
        reached = {S.IDEA: 30, S.STOPPED: 400}.get(S(stage)) or AT[S(stage)]
        if stage == S.CONSTRUCTION:
            return int(reached) + 120 + (place * 97) % 430
        return int(reached) + 20 + (place * 37) % 130

    def project(
        self, place: int, row: tuple[str, ProjectKind, str, ProjectStage, int]
    ) -> IntegrationProject:
        name, kind, owner_kind, stage, millions = row
        owner = self.owner(place, owner_kind)
        ago = self.started(stage, place)
        begun = self.cast.day(ago)
        in_library = stage in (S.LIBRARY, S.CONSTRUCTION, S.ACCEPTANCE, S.IN_USE)
        since = self.stage_day(stage, ago)
        return IntegrationProject(
            owner=owner,
            name=name,
            kind=kind,
            division_id=owner.division_id,
            site=f"{owner.division.name}创业路 {8 + place * 3} 号",
            content=CONTENT.format(
                area=1200 + place * 310, sets=40 + place * 6, people=120 + place * 15
            ),
            total=Decimal(millions * 1_000_000),
            total_is_public=stage in (S.IN_USE, S.ACCEPTANCE),
            starts_on=begun + AT[S.CONSTRUCTION] * DAY,
            ends_on=begun + AT[S.ACCEPTANCE] * DAY,
            stage=stage,
            stage_since=since,
            library_level=self.library_level(place) if in_library else "",
            library_number=f"SK-{since.year}-{100 + place}" if in_library else "",
            library_on=begun + AT[S.LIBRARY] * DAY if in_library else None,
            built_on=since if stage == S.IN_USE else None,
            first_class=(place % 3 != 2) if stage == S.IN_USE else None,
            stop_reason="校区规划调整，改造内容并入新校区项目" if stage == S.STOPPED else "",
            responsible="项目办主任",
            registered_on=begun,
            is_demo=True,
        )

    def library_level(self, place: int) -> str:
        return LibraryLevel.NATIONAL if place % 4 == 0 else LibraryLevel.PROVINCIAL

    def stage_day(self, stage: str, ago: int) -> datetime.date:
        reached = {S.IDEA: 0, S.STOPPED: 200}.get(S(stage), AT.get(S(stage), 0))
        return self.cast.day(ago) + int(reached) * DAY

    def carry(self, project: IntegrationProject, *, place: int, owner_kind: str) -> None:
        self.passed_steps(project, place=place)
        self.plan(project, owner_kind=owner_kind)
        if project.stage in (S.CONSTRUCTION, S.ACCEPTANCE, S.IN_USE, S.LIBRARY):
            self.stages_of_building(project, place=place)
            self.money(project)
        if project.stage in (S.CONSTRUCTION, S.ACCEPTANCE, S.IN_USE):
            self.months(project, place=place)

    def passed_steps(self, project: IntegrationProject, *, place: int) -> None:
        """Every step the project took, and for some the next one that waits."""
        reached = S(project.stage)
        passed = ORDER[: ORDER.index(reached) + 1] if reached in ORDER else ()
        for stage in passed:
            at = self.stage_day(stage, (self.on - project.registered_on).days)
            ago = (self.on - at).days
            self.steps.append(self.step(project, stage=stage, ago=ago, state=StepState.AGREED))
        if project.stage in (S.RESERVE, S.IDEA, S.APPLICATION) and place % 2 == 0:
            following = ORDER[len(passed)]
            self.steps.append(
                self.step(project, stage=following, ago=2 + place % 3, state=StepState.PROPOSED)
            )

    def step(
        self, project: IntegrationProject, *, stage: ProjectStage, ago: int, state: StepState
    ) -> ProjectStep:
        is_open = state == StepState.PROPOSED
        return ProjectStep(
            project=project,
            stage=stage,
            state=state,
            statement="条件已具备，材料齐全，申请进入下一环节。",
            basis=DEMANDS[stage].basis,
            proposed_by_id=self.cast.user_of(project.owner),
            proposed_at=self.cast.moment(ago + (0 if is_open else 9)),
            due_at=self.cast.moment(ago - 12 if is_open else ago - 6),
            decided_by=None if is_open else self.coordinator,
            decided_for=None if is_open else self.office,
            decided_at=None if is_open else self.cast.moment(ago),
            opinion="" if is_open else "材料齐全，同意。",
        )

    def plan(self, project: IntegrationProject, *, owner_kind: str) -> None:
        """The sources add up to the total, except where the gap is the story."""
        early = project.stage in (S.IDEA, S.RESERVE)
        mix = MIX[owner_kind][:3] if early else MIX[owner_kind]
        self.plans += [
            FundPlan(project=project, source=source, amount=project.total * share / 100)
            for source, share in mix
        ]
        self.mix = mix

    def money(self, project: IntegrationProject) -> None:
        """Allotments over the years of building, and payments behind them."""
        begun = project.starts_on or project.registered_on
        for number, (source, share) in enumerate(self.mix):
            planned = project.total * share / 100
            for year in range(3):
                on = begun + (60 + 330 * year + number * 13) * DAY
                if on > self.on:
                    break
                self.moved(project, source=source, amount=planned * (40, 35, 25)[year] / 100, on=on)

    def moved(
        self, project: IntegrationProject, *, source: FundSource, amount: Decimal, on: datetime.date
    ) -> None:
        is_award = source == FundSource.AWARD
        facts = {
            "project": project, "source": source, "entered_by": self.coordinator,
            "entered_at": self.cast.moment((self.on - on).days),
        }  # fmt: skip
        self.funds.append(
            FundEntry(
                kind=FundEntryKind.ALLOTTED, amount=amount, on=on,
                document=f"青发改投〔{on.year}〕{on.toordinal() % 90 + 1} 号",
                reward=self.reward(on) if is_award else "",
                reward_reason="年度绩效评价为优秀" if is_award else "",
                **facts,
            )
        )  # fmt: skip
        paid_on = on + 45 * DAY
        if paid_on <= self.on:
            share = Decimal("0.9") if project.stage != S.IN_USE else Decimal(1)
            self.funds.append(
                FundEntry(
                    kind=FundEntryKind.PAID, amount=(amount * share).quantize(Decimal("0.01")),
                    on=paid_on, document=f"拨付凭证 {paid_on:%Y%m%d}", **facts,
                )
            )  # fmt: skip

    def reward(self, on: datetime.date) -> str:
        return RewardKind.DYNAMIC if on.month > 6 else RewardKind.AWARD

    def stages_of_building(self, project: IntegrationProject, *, place: int) -> None:
        """Six milestones each; some came late, some are late now with their cause."""
        begun = project.starts_on or project.registered_on
        length = ((project.ends_on or begun) - begun).days
        slow = place % 3 == 2
        for number, title in enumerate(STEPS):
            planned = begun + (length * number // (len(STEPS) - 1) - 20 + number * 4) * DAY
            late = (number * 6 + place % 5) if slow else number % 2
            done: datetime.date | None = planned + late * DAY
            if done and (done > self.on or self.holds_up(project, place=place, number=number)):
                done = None
            if project.stage == S.IN_USE:
                done = min(planned + late * DAY, self.on)
            self.milestones.append(self.milestone(project, title, planned, done, place=place))

    def holds_up(self, project: IntegrationProject, *, place: int, number: int) -> bool:
        """Some projects under construction have stood still for some weeks."""
        return project.stage == S.CONSTRUCTION and place in (8, 11, 13) and number >= 2

    def milestone(
        self,
        project: IntegrationProject,
        title: str,
        planned: datetime.date,
        done: datetime.date | None,
        *,
        place: int,
    ) -> ProjectMilestone:
        is_late = done is None and planned < self.on
        cause, note = CAUSES[place % len(CAUSES)] if is_late and place != 13 else ("", "")
        return ProjectMilestone(
            project=project,
            title=title,
            planned_on=planned,
            done_on=done,
            expected_on=self.on + (30 + place) * DAY if cause else None,
            cause=cause,
            cause_note=note,
        )

    def months(self, project: IntegrationProject, *, place: int) -> None:
        """A report a month up to last month; the building that stands still lags its plan."""
        begun, ends = project.starts_on or self.on, project.ends_on or self.on
        pace = Decimal("0.62") if place in (8, 11, 13) else Decimal("0.97")
        month = begun.replace(day=1)
        last = self.on.replace(day=1)
        user_id = self.cast.user_of(project.owner)
        while month < last and month <= ends:
            following = (month + 32 * DAY).replace(day=1)
            passed = min(max((following - begun).days, 1), (ends - begun).days)
            share = Decimal(passed) / Decimal((ends - begun).days)
            full = project.stage == S.IN_USE and following > ends
            done = project.total * share * (1 if full else pace)
            self.reports.append(
                InvestmentReport(
                    project=project, month=month, completed=done.quantize(Decimal("0.01")),
                    evidence=f"监理月报 {month:%Y-%m} 期", reported_by_id=user_id,
                    reported_at=self.cast.moment(max(0, (self.on - following).days - 6)),
                )
            )  # fmt: skip
            month = following

    def write(self, projects: list[IntegrationProject]) -> None:
        """Everything in a handful of statements."""
        steps = ProjectStep.objects.bulk_create(self.steps)
        StepCheck.objects.bulk_create(
            [
                StepCheck(step=step, order=place, text=text, says_met=True, note="批复文件扫描件")
                for step in steps
                for place, text in enumerate(DEMANDS[ProjectStage(step.stage)].checks)
            ]
        )
        FundPlan.objects.bulk_create(self.plans)
        FundEntry.objects.bulk_create(self.funds)
        ProjectMilestone.objects.bulk_create(self.milestones)
        InvestmentReport.objects.bulk_create(self.reports)
        links = IntegrationProject.industries.through
        links.objects.bulk_create(
            [
                links(integrationproject_id=row.pk, industry_id=row.owner.industry_id)
                for row in projects
                if row.owner.industry_id
            ]
        )
        self.findings([row for row in projects if row.stage == S.ACCEPTANCE])

    def findings(self, projects: list[IntegrationProject]) -> None:
        rows = (("消防通道标识不全", 12, None), ("两台设备验收单缺签字", 5, 3))
        AcceptanceFinding.objects.bulk_create(
            [
                AcceptanceFinding(
                    project=project,
                    text=text,
                    cure_by=self.on + days * DAY,
                    found_by=self.coordinator,
                    found_at=self.cast.moment(14),
                    cured_on=self.cast.day(cured) if cured else None,
                    cure_note="已补签，核对原件属实" if cured else "",
                )
                for project in projects
                for text, days, cured in rows
            ]
        )
