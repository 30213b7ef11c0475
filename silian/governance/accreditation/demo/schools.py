"""Builds four school projects: conditions checked, milestones, what blocks them."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass
from decimal import Decimal

from silian.governance.accreditation.choices.schools import (
    Comparison,
    ConditionState,
    SchoolProjectKind,
    SchoolProjectState,
)
from silian.governance.accreditation.commands.schools import conditions_of
from silian.governance.accreditation.demo.cast import DAY, Cast
from silian.governance.accreditation.models.schools import (
    SchoolBlock,
    SchoolCondition,
    SchoolMilestone,
    SchoolProject,
)
from silian.governance.accreditation.rules.school_projects import is_met

K = SchoolProjectKind
PROJECTS = (
    # school, kind, title, started days ago, target in days, state
    ("青澜市职业教育中心", K.HIGH_LEVEL, "市级高水平中职学校建设", 760, -60, "achieved"),
    ("汀县职业高级中学", K.VOCATIONAL_SITE, "汀县高职教学点建设", 420, 330, "active"),
    ("青澜职业技术学院", K.APPLIED_UNIVERSITY, "应用型本科院校创建", 560, 480, "active"),
    ("经开区技师学院", K.ZONE_SCHOOL, "职教园区新校区建设", 300, 620, "active"),
)
STEPS = ("方案论证", "立项批复", "条件建设", "专家考察", "批复或认定")
BLOCKS = {
    1: (("教学点编制和经费渠道未明确", "青澜市财政局", 64, None),),
    2: (
        ("博士学位教师引进周转房不足", "青澜市住房和城乡建设局", 128, None),
        ("专业设置备案材料退回修改", "青澜市教育局", 190, 40),
    ),
    3: (("园区二期用地规划调整未批复", "青澜市自然资源和规划局", 96, None),),
}
FIGURES = {
    "学校占地面积": "86400", "生均占地面积": "37.2", "校舍建筑面积": "52300",
    "生均校舍建筑面积": "22.5", "专任教师": "142", "每名教师的学生数": "16.3",
    "教学仪器设备总值": "18600000", "生均仪器设备值": "8010", "生均图书": "41",
    "占地面积": "412000", "生均教学行政用房": "14.8", "具有研究生学位教师的比例": "63",
    "教学点专任教师": "38", "教学点校舍建筑面积": "9600", "建设资金到位比例": "55",
}  # fmt: skip
LOCAL = "本市建设方案第三部分（演示）"


@dataclass
class SchoolProjectBuilder:
    """Makes the same school projects from the same day."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0

    def build(self) -> int:
        """Write the projects; returns how many."""
        self.cast = Cast(on=self.on)
        if not self.cast.ready():
            return 0
        for place, row in enumerate(PROJECTS):
            self.project(place, row)
        return len(PROJECTS)

    def project(self, place: int, row: tuple[str, K, str, int, int, str]) -> None:
        name, kind, title, ago, ahead, state = row
        school = self.cast.organisation(name)
        is_done = state == SchoolProjectState.ACHIEVED
        project = SchoolProject.objects.create(
            school=school,
            kind=kind,
            title=title,
            division_id=school.division_id,
            keeper=self.cast.organisation("青澜市教育局"),
            basis="青澜市产教融合实施方案（演示）",
            starts_on=self.cast.day(ago),
            target_on=self.on + ahead * DAY,
            state=state,
            achieved_on=self.cast.day(75) if is_done else None,
            document=f"青教职成〔{self.cast.day(75).year}〕9 号认定通知（演示）" if is_done else "",
            is_demo=True,
        )
        conditions = conditions_of(project)
        for number, condition in enumerate(conditions):
            self.check(condition, is_done=is_done, number=number)
        SchoolCondition.objects.bulk_create(conditions)
        self.milestones(project, place=place, ago=ago, ahead=ahead, is_done=is_done)
        self.blocks(project, place=place)

    def check(self, condition: SchoolCondition, *, is_done: bool, number: int) -> None:
        """All met in the school that is done; elsewhere some met, some missing, some open."""
        figure = FIGURES.get(condition.title)
        if condition.comparison == Comparison.WORDS:
            met = True if is_done or number % 3 else None
        else:
            condition.value = Decimal(figure) if figure else (Decimal(60) if is_done else None)
            if is_done and condition.standard is None:
                condition.standard, condition.source = Decimal(50), LOCAL
            met = is_met(
                comparison=condition.comparison,
                standard=condition.standard,
                value=condition.value,
            )
        if condition.value is not None:
            condition.value_source = "核对时填写" if met is not None else "学校上报"
        if met is None and condition.value is None:
            return
        condition.evidence = "校园规划与资产台账（演示）"
        if met is None:
            return
        condition.state = ConditionState.MET if met else ConditionState.MISSING
        condition.checked_on = self.cast.day(90)
        condition.checked_by = self.cast.coordinator()

    def milestones(
        self, project: SchoolProject, *, place: int, ago: int, ahead: int, is_done: bool
    ) -> None:
        length = ago + ahead
        rows = []
        for number, title in enumerate(STEPS):
            planned = project.starts_on + (length * (number + 1) // len(STEPS)) * DAY
            late = number * 9 + place * 5
            done = planned + late * DAY
            if is_done:
                done = min(done, self.cast.day(75))
            is_reached = is_done or done <= self.on - 20 * DAY
            rows.append(
                SchoolMilestone(
                    project=project,
                    title=title,
                    planned_on=planned,
                    done_on=done if is_reached else None,
                    evidence="会议纪要和批复文件（演示）" if is_reached else "",
                )
            )
        SchoolMilestone.objects.bulk_create(rows)

    def blocks(self, project: SchoolProject, *, place: int) -> None:
        SchoolBlock.objects.bulk_create(
            [
                SchoolBlock(
                    project=project,
                    text=text,
                    owner=self.cast.organisation(owner),
                    since=self.cast.day(ago),
                    solved_on=self.cast.day(solved) if solved else None,
                    solution="材料已补正并备案" if solved else "",
                )
                for text, owner, ago, solved in BLOCKS.get(place, ())
            ]
        )
