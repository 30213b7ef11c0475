"""Projects of the demonstration city with other regions and countries, talent and forums."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass

from silian.operations.alliances.choices.cooperation import (
    CooperationKind,
    CooperationScope,
    CooperationStage,
    TalentMode,
)
from silian.operations.alliances.models.cooperation import (
    CooperationProject,
    CooperationYear,
    Forum,
    ForumSession,
    TalentIntroduction,
)
from silian.registers.organisations.models import Organisation

MARK = "（演示）"
S, K, G = CooperationScope, CooperationKind, CooperationStage
PROJECTS = (
    ("焊接技术联合培养和实训基地", "青澜职业技术学院", S.BELT_AND_ROAD, K.BASE,
     "东岸焊接研究院（演示）", "演示国甲", "焊接实训基地", G.RUNNING, 760),
    ("新能源汽车专业合作办学", "青澜工业职业学院", S.INTERNATIONAL, K.JOINT_SCHOOL,
     "北湾应用科技大学（演示）", "演示国乙", "新能源汽车技术专业", G.RUNNING, 690),
    ("护理专业海外实习合作", "青澜卫生健康职业学院", S.INTERNATIONAL, K.PROGRAMME,
     "南屿护理学院（演示）", "演示国丙", "护理专业双语课程", G.BUILDING, 420),
    ("跨省精密制造师资互派", "青澜高级技工学校", S.COUNTRY, K.RESOURCES,
     "滨江技师学院（演示）", "邻省滨江市（演示）", "", G.RUNNING, 640),
    ("省内物流产教协同项目", "青澜交通物流学校", S.PROVINCE, K.RESEARCH,
     "澜江物流研究中心（演示）", "澜江省内", "智能仓配课程", G.SIGNED, 250),
    ("境外产业园技能人才培养", "经开区技师学院", S.BELT_AND_ROAD, K.CAPACITY,
     "西关产业园（演示）", "演示国丁", "", G.EXPLORED, 0),
)  # fmt: skip
RESULTS = (
    "开出双方认可的课程 2 门，互派教师完成一学期教学。",
    "联合考核 1 次，学生取得对方机构的技能证明。",
    "共同完成实训设备验收，接待来访团组 3 批。",
)
TALENTS = (
    ("焊接技术，正高级", "青澜职业技术学院", TalentMode.FLEXIBLE, "演示国甲", 1, 500, 0),
    ("电池材料，博士团队", "青澜工业职业学院", TalentMode.TEAM, "邻省研究院（演示）", 4, 380, 1),
    ("护理教育，副教授", "青澜卫生健康职业学院", TalentMode.FULL_TIME, "演示国丙", 1, 210, 2),
)
FORUM = "澜江流域职业教育合作论坛"
SESSIONS = {0: "技能人才跨区域培养", 1: "产教联合体建设经验", 3: "数字化实训资源共享"}


@dataclass
class CooperationRegisterBuilder:
    """Makes the same projects, people and forums from the same seed and day."""

    rng: random.Random
    on: datetime.date
    scale: float

    def build(self) -> int:
        self.units = {
            unit.name.removesuffix(MARK): unit
            for unit in Organisation.objects.filter(kind__in=["school", "alliance"])
        }
        projects = CooperationProject.objects.bulk_create(
            [self.project(place, *row) for place, row in enumerate(PROJECTS)]
        )
        years = CooperationYear.objects.bulk_create(
            [year for project in projects for year in self.years(project)]
        )
        TalentIntroduction.objects.bulk_create(
            TalentIntroduction(
                organisation=self.units[unit],
                project=projects[place],
                mode=mode,
                expertise=expertise,
                origin=origin,
                people=people,
                arrived_on=self.on - datetime.timedelta(days=days),
                outcome="带教青年教师，指导实训设备调试和课程开发。",
                is_demo=True,
            )
            for expertise, unit, mode, origin, people, days, place in TALENTS
        )
        self.forum()
        return len(projects) + len(years)

    def project(
        self,
        place: int,
        title: str,
        unit: str,
        scope: CooperationScope,
        kind: CooperationKind,
        partner: str,
        partner_place: str,
        built: str,
        stage: CooperationStage,
        days: int,
    ) -> CooperationProject:
        signed = stage != G.EXPLORED
        school = self.units[unit]
        starts = self.on - datetime.timedelta(days=days) if signed else None
        return CooperationProject(
            organisation=school,
            division_id=school.division_id,
            title=title,
            scope=scope,
            kind=kind,
            partner=partner,
            partner_place=partner_place,
            built=built,
            summary="双方共建课程和实训条件，互派教师和学生，联合考核，每年总结一次成效。",
            agreement_reference=f"青外合〔{starts.year}〕{place + 1}号" if starts else "",
            stage=stage,
            starts_on=starts,
            is_demo=True,
        )

    def years(self, project: CooperationProject) -> list[CooperationYear]:
        """Every year that is over; the newest project still owes its first."""
        if project.starts_on is None or project.stage == G.SIGNED:
            return []
        return [
            CooperationYear(
                project=project,
                year=year,
                students_out=self.rng.randint(0, 36),
                teachers_out=self.rng.randint(2, 12),
                students_in=self.rng.randint(0, 18),
                experts_in=self.rng.randint(1, 9),
                result=RESULTS[year % len(RESULTS)],
                reported_on=min(datetime.date(year + 1, 1, 20), self.on),
            )
            for year in range(project.starts_on.year, self.on.year)
        ]

    def forum(self) -> None:
        """Five years: held, held, called off, held, and this year still ahead."""
        unit = self.units["青澜职业教育集团"]
        first = self.on.year - 4
        forum = Forum.objects.create(
            organisation=unit,
            division_id=unit.division_id,
            title=FORUM,
            scope=S.COUNTRY,
            first_year=first,
            is_demo=True,
        )
        held = [
            ForumSession(
                forum=forum,
                year=first + place,
                held_on=datetime.date(first + place, 9, 18),
                topic=topic,
                people=160 + 20 * place,
                result="发布合作倡议，签订意向 6 项。",
            )
            for place, topic in SESSIONS.items()
        ]
        off = ForumSession(forum=forum, year=first + 2, reason="会场改造，改为线上交流")
        ForumSession.objects.bulk_create([*held, off])
