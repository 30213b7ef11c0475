"""Builds plans, standards, participation, construction and seats over the programmes."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass, field
from typing import Any

from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Organisation
from silian.registers.programmes.choices import (
    ConsentState,
    ConstructionCategory,
    ConstructionLevel,
    ConstructionStage,
    CourseKind,
    IntegrationForm,
    ModuleForm,
    ParticipationStage,
    PathwayKind,
    PathwayState,
    PlanState,
    ProgrammeStage,
    VersionState,
    WorkKind,
)
from silian.registers.programmes.demo.plans import ACTIVITIES, STANDARDS, courses_for
from silian.registers.programmes.models import (
    Construction,
    EnrolmentPlan,
    JointWork,
    Participation,
    Pathway,
    PlanAuthor,
    PlanCourse,
    Programme,
    Standard,
    StandardAuthor,
    StandardVersion,
    TaskModule,
    TrainingPlan,
)
from silian.registers.programmes.rules.periods import school_year

NOON = datetime.time(4, tzinfo=datetime.UTC)
NO_PARTNER_SHARE, SHORT_SHARE, DRAFT_SHARE, SECOND_SHARE = 0.18, 0.12, 0.15, 0.6
CITED_SHARE, CONFIRMED_SHARE, CONSTRUCTION_SHARE = 0.75, 0.7, 0.35
LEAD_ENTERPRISE = "启衡精密制造有限公司（演示）"


@dataclass
class TeachingBuilder:
    """Makes the same teaching from the same seed, day and scale."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0
    partners: dict[int, list[Organisation]] = field(default_factory=dict)

    def build(self) -> int:
        """Write everything around the programmes; returns how many plans."""
        self.year = school_year(self.on)
        rows = Programme.objects.filter(is_demo=True).select_related("school", "major")
        self.programmes = list(rows.order_by("pk"))
        if not self.programmes:
            return 0
        self.choose_partners()
        self.write_standards()
        plans = self.write_plans()
        self.write_participation()
        self.write_construction()
        self.write_works()
        self.write_seats()
        return plans

    def choose_partners(self) -> None:
        """One to three enterprises of the programme's chain; some programmes have none."""
        firms = Organisation.objects.filter(
            kind=OrganisationKind.ENTERPRISE, state=OrganisationState.VERIFIED, is_demo=True
        ).order_by("pk")
        by_chain: dict[str, list[Organisation]] = {}
        every = list(firms)
        for firm in every:
            by_chain.setdefault(firm.industry_chain, []).append(firm)
        lead = next((firm for firm in every if firm.name == LEAD_ENTERPRISE), None)
        first_school = self.programmes[0].school_id
        for programme in self.programmes:
            firms_near = by_chain.get(programme.industry_chain) or every
            count = 0 if self.rng.random() < NO_PARTNER_SHARE else self.rng.randint(1, 3)
            chosen = self.rng.sample(firms_near, min(count, len(firms_near)))
            if programme.school_id == first_school and lead and "数控" in programme.name:
                chosen = [lead, *(firm for firm in chosen if firm.pk != lead.pk)]
            self.partners[programme.pk] = chosen
            self.say_form(programme, chosen)
        Programme.objects.bulk_update(
            self.programmes, ["integration_form", "joint_enterprise", "group", "is_in_joint_plan"]
        )

    def say_form(self, programme: Programme, chosen: list[Organisation]) -> None:
        if chosen:
            programme.integration_form = self.rng.choice(IntegrationForm.values)
            programme.joint_enterprise = chosen[0]
        if programme.industry_chain:
            programme.group = f"{programme.industry_chain}专业群"
        programme.is_in_joint_plan = self.rng.random() < CONSTRUCTION_SHARE

    def write_standards(self) -> None:
        """Ten standards; the first has an older version that gave way."""
        schools = [programme.school for programme in self.programmes]
        made = Standard.objects.bulk_create(
            [
                Standard(
                    kind=kind,
                    number=f"QL/T {place + 1:03d}",
                    title=title,
                    division_id=schools[0].division_id,
                    keeper=schools[place % len(schools)] if place else schools[0],
                    major_id=major,
                    is_demo=True,
                )
                for place, (kind, title, major, _) in enumerate(STANDARDS)
            ]
        )
        versions = StandardVersion.objects.bulk_create(
            [self.version(standard, "2025 版", years=1) for standard in made]
        )
        self.by_word = {
            word: version for version, (_, _, _, word) in zip(versions, STANDARDS, strict=True)
        }
        old = self.version(made[0], "2021 版", years=5)
        old.state, old.in_force_until = VersionState.REPLACED, versions[0].in_force_from
        coming = StandardVersion(
            standard=made[1],
            edition="2027 版",
            state=VersionState.IN_REVIEW,
            summary="增加五轴联动编程和在线检测要求。",
            submitted_at=self.moment(5),
        )
        StandardVersion.objects.bulk_create([old, coming])
        StandardAuthor.objects.bulk_create(
            [StandardAuthor(version=row, organisation=row.standard.keeper) for row in versions]
        )

    def version(self, standard: Standard, edition: str, *, years: int) -> StandardVersion:
        return StandardVersion(
            standard=standard,
            edition=edition,
            state=VersionState.IN_FORCE,
            summary=f"{standard.title}：知识、技能、素养要求与考核办法。",
            in_force_from=datetime.date(self.year - years, 9, 1),
            reviewed_at=self.moment(365 * years),
        )

    def moment(self, days: int) -> datetime.datetime:
        return datetime.datetime.combine(self.on - datetime.timedelta(days=days), NOON)

    def write_plans(self) -> int:
        """A plan for the older cohorts and, for most, a second version for the newer ones."""
        turning = {p.pk for p in self.programmes if self.rng.random() < SECOND_SHARE}
        turning |= {p.pk for p in self.programmes[:1]}  # visitors open the first programme
        first = [
            self.plan(p, 1, self.year - 4, self.year - 2 if p.pk in turning else None)
            for p in self.programmes
        ]
        second = [self.plan(p, 2, self.year - 1, None) for p in self.programmes if p.pk in turning]
        for plans in (first, second):
            TrainingPlan.objects.bulk_create(plans)
            self.write_parts(plans)
            self.approve(
                [
                    plan.pk
                    for plan in plans
                    if plan.programme_id in turning or self.rng.random() > DRAFT_SHARE
                ]
            )
        return len(first) + len(second)

    def approve(self, ids: list[int]) -> None:
        """All at once; the trigger asks that every co-author has agreed."""
        TrainingPlan.objects.filter(pk__in=ids).update(
            state=PlanState.APPROVED,
            submitted_at=self.moment(215),
            approved_at=self.moment(200),
        )

    def plan(
        self, programme: Programme, version: int, since: int, until: int | None
    ) -> TrainingPlan:
        return TrainingPlan(
            programme=programme,
            version=version,
            cohort_from=since,
            cohort_until=until,
            state=PlanState.DRAFT,
            goal=f"培养面向{programme.industry_chain or '地方产业'}一线、掌握{programme.name}"
            "专业知识和技能，能胜任现场操作、质量检测与班组协作的技术技能人才。",
            content_renewal="增加数字化生产、在线检测和数据记录内容。" if version > 1 else "",
        )

    def write_parts(self, plans: list[TrainingPlan]) -> None:
        """Courses, co-authors who agreed, and standards cited."""
        short = {p.pk for p in self.programmes if self.rng.random() < SHORT_SHARE}
        courses: list[PlanCourse] = []
        authors: list[PlanAuthor] = []
        cited: list[Any] = []
        for plan in plans:
            firms = self.partners[plan.programme_id]
            standard = self.standard_for(plan.programme)
            if standard and self.rng.random() < CITED_SHARE:
                cited.append(
                    TrainingPlan.standards.through(trainingplan=plan, standardversion=standard)
                )
            is_short = plan.programme_id in short and plan.version == 1
            courses += self.courses(plan, firms=firms, standard=standard, is_short=is_short)
            authors += [
                PlanAuthor(
                    plan=plan,
                    enterprise=firm,
                    state=ConsentState.AGREED,
                    decided_at=self.moment(205),
                )
                for firm in firms[:1]
            ]
        PlanCourse.objects.bulk_create(courses, batch_size=2_000)
        PlanAuthor.objects.bulk_create(authors)
        TrainingPlan.standards.through.objects.bulk_create(cited)

    def standard_for(self, programme: Programme) -> StandardVersion | None:
        for word, version in self.by_word.items():
            if word and word in programme.name:
                return version
        return self.by_word[""] if self.rng.random() < CITED_SHARE else None

    def courses(
        self,
        plan: TrainingPlan,
        *,
        firms: list[Organisation],
        standard: StandardVersion | None,
        is_short: bool,
    ) -> list[PlanCourse]:
        word = plan.programme.name.removesuffix("技术应用").removesuffix("技术")
        return [
            PlanCourse(
                plan=plan,
                code=row.code,
                name=row.name,
                kind=row.kind,
                term=row.term,
                theory_hours=row.theory,
                practice_hours=row.practice,
                internship_weeks=row.weeks,
                credits=max(1, (row.theory + row.practice) // 18),
                modes=list(row.modes),
                standard=standard if row.kind != CourseKind.GENERAL else None,
                enterprise=firms[0] if firms and row.code in ("Z06", "S02") else None,
            )
            for row in courses_for(word, is_short=is_short)
        ]

    def write_participation(self) -> None:
        """Records by stage; some with evidence still missing or unconfirmed."""
        rows: list[Participation] = []
        modules: list[TaskModule] = []
        for programme in self.programmes:
            for firm in self.partners[programme.pk]:
                stages = self.rng.sample(ParticipationStage.values, self.rng.randint(2, 6))
                rows += [self.participation(programme, firm, stage) for stage in stages]
            if self.partners[programme.pk] and self.rng.random() < CONSTRUCTION_SHARE:
                modules.append(self.module(programme, self.partners[programme.pk][0]))
        Participation.objects.bulk_create(rows, batch_size=2_000)
        TaskModule.objects.bulk_create(modules)

    def participation(self, programme: Programme, firm: Organisation, stage: str) -> Participation:
        activity, outcome = ACTIVITIES[stage]
        happened = self.on - datetime.timedelta(days=self.rng.randint(20, 500))
        confirmed = self.rng.random() < CONFIRMED_SHARE
        return Participation(
            programme=programme,
            enterprise=firm,
            stage=stage,
            happened_on=happened,
            activity=activity,
            outcome=outcome,
            people=self.rng.randint(1, 4),
            hours=self.rng.choice([4, 8, 16, 24]),
            confirmed_at=self.moment((self.on - happened).days - 10) if confirmed else None,
        )

    def module(self, programme: Programme, firm: Organisation) -> TaskModule:
        return TaskModule(
            programme=programme,
            enterprise=firm,
            form=self.rng.choice(ModuleForm.values),
            title=f"{firm.display_name.removesuffix('（演示）')}小批量订单",
            product="合格零件、检测记录或交付说明",
            hours=self.rng.choice([32, 48, 64]),
            students=self.rng.randint(12, 45),
            starts_on=datetime.date(self.year, 9, 15),
            ends_on=datetime.date(self.year, 12, 20),
        )

    def write_construction(self) -> None:
        rows = []
        for programme in self.programmes:
            if self.rng.random() >= CONSTRUCTION_SHARE:
                continue
            stage = self.rng.choice(
                [ConstructionStage.APPROVED, ConstructionStage.BUILDING, ConstructionStage.ACCEPTED]
            )
            approved = datetime.date(self.year - self.rng.randint(1, 3), 11, 1)
            rows.append(
                Construction(
                    programme=programme,
                    category=self.rng.choice(ConstructionCategory.values),
                    level=self.rng.choice(
                        [ConstructionLevel.PROVINCE, ConstructionLevel.CITY, ConstructionLevel.CITY]
                    ),
                    stage=stage,
                    approved_on=approved,
                    due_on=approved + datetime.timedelta(days=1095),
                    accepted_on=self.on - datetime.timedelta(days=60)
                    if stage == ConstructionStage.ACCEPTED
                    else None,
                )
            )
        Construction.objects.bulk_create(rows)

    def write_works(self) -> None:
        rows = [
            JointWork(
                programme=programme,
                enterprise=self.partners[programme.pk][0],
                kind=self.rng.choice(WorkKind.values),
                title=f"{programme.name}工学结合教程",
                published_on=datetime.date(self.year - 1, 8, 1),
                hours=48,
            )
            for programme in self.programmes
            if self.partners[programme.pk] and self.rng.random() < CONSTRUCTION_SHARE
        ]
        JointWork.objects.bulk_create(rows)

    def write_seats(self) -> None:
        """Planned and taken seats of three years, and pathways from secondary to college."""
        rows = []
        for programme in self.programmes:
            for year in range(self.year - 2, self.year + 1):
                if programme.stage != ProgrammeStage.RUNNING and year == self.year:
                    continue
                rows.append(self.enrolment(programme, year))
        EnrolmentPlan.objects.bulk_create(rows)
        self.write_pathways()

    def enrolment(self, programme: Programme, year: int) -> EnrolmentPlan:
        planned = self.rng.randrange(40, 130, 10)
        extra = self.rng.choice([0, 0, 0, 10, 20])
        admitted = int((planned + extra) * self.rng.uniform(0.75, 1.0))
        return EnrolmentPlan(
            programme=programme,
            year=year,
            kind=self.rng.choice([PathwayKind.CLASSIFIED, PathwayKind.ORDINARY]),
            planned=planned,
            adjustment=extra,
            adjustment_reason="面向重点产业链增加计划" if extra else "",
            culture_weight=50,
            skill_weight=50,
            admitted=admitted,
            experienced=int(admitted * 0.06),
            registered=int(admitted * 0.96),
        )

    def write_pathways(self) -> None:
        by_word: dict[str, Programme] = {}
        for programme in self.programmes:
            if programme.major.education_level == "college":
                by_word.setdefault(programme.name[:2], programme)
        rows = []
        for programme in self.programmes:
            target = by_word.get(programme.name[:2])
            if programme.major.education_level != "secondary" or target is None:
                continue
            rows.append(
                Pathway(
                    programme=programme,
                    kind=PathwayKind.SECONDARY_TO_COLLEGE,
                    partner_id=target.school_id,
                    partner_programme=target,
                    first_year=self.year - 1,
                    seats=40,
                    state=PathwayState.RUNNING
                    if self.rng.random() < 0.7
                    else PathwayState.PROPOSED,
                    condition="中职阶段学业合格，转段考核通过。",
                )
            )
        Pathway.objects.bulk_create(rows)
