"""How the schools of the demonstration city are governed; some have gaps."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass

from silian.foundation.kernel.actors import Actor
from silian.operations.alliances.choices.governance import (
    AUTONOMY,
    REFORMS,
    GovernanceMatter,
    Organ,
    Progress,
    Side,
)
from silian.operations.alliances.demo.papers import attach
from silian.operations.alliances.models.governance import (
    CharterVersion,
    GovernanceItem,
    GovernanceMeeting,
    GovernanceRecord,
    GovernanceSeat,
)
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation
from silian.registers.organisations.queries import actor_for

Seats = tuple[tuple[Side, str, str, bool], ...]
SEATS: dict[Organ, Seats] = {
    Organ.COUNCIL: (
        (Side.SCHOOL, "本校", "校长", True),
        (Side.GOVERNMENT, "市教育局（演示）", "副局长", False),
        (Side.INDUSTRY, "启衡精密制造（演示）", "总经理", False),
        (Side.INDUSTRY, "装备制造行业协会（演示）", "秘书长", False),
        (Side.INSTITUTE, "青澜装备技术研究院（演示）", "院长", False),
        (Side.SOCIETY, "青澜市职业教育促进会（演示）", "会长", False),
        (Side.COMMUNITY, "学校所在街道（演示）", "主任", False),
    ),
    Organ.PROGRAMMES: (
        (Side.SCHOOL, "本校", "教务处长", True),
        (Side.INDUSTRY, "启衡精密制造（演示）", "技术总监", False),
        (Side.INDUSTRY, "澜动新能源（演示）", "人力资源总监", False),
    ),
    Organ.TEACHING: (
        (Side.SCHOOL, "本校", "分管副校长", True),
        (Side.SCHOOL, "本校", "专业带头人", False),
        (Side.INSTITUTE, "澜江农产品加工研究所（演示）", "研究员", False),
    ),
    Organ.COOPERATION: (
        (Side.SCHOOL, "本校", "产教融合处处长", True),
        (Side.INDUSTRY, "物流与采购行业协会（演示）", "副会长", False),
    ),
}
MEETINGS = {
    Organ.COUNCIL: ("审议年度工作和预算", "通过年度预算，同意新增两个专业点的论证。"),
    Organ.PROGRAMMES: ("专业动态调整", "停招一个专业，新增方向两个，年内完成论证。"),
    Organ.TEACHING: ("实训课程标准", "按岗位修订实训课程标准 12 门。"),
    Organ.COOPERATION: ("年度校企合作计划", "确定合作企业名单和实习岗位安排。"),
}
EVIDENCE = {
    GovernanceMatter.PROGRAMMES: "专业委员会论证后由学校自主增设备案，依据学校章程第四章。",
    GovernanceMatter.STAFFING: "岗位设置方案由学校制定，报主管部门备案。",
    GovernanceMatter.APPOINTMENTS: "自主设定教师评聘标准，企业经历可替代部分论文要求。",
    GovernanceMatter.INCOME: "绩效分配办法经教职工代表大会通过，向一线教学倾斜。",
    GovernanceMatter.REFORM_INCOME: "社会服务收入按比例计入绩效，不纳入总量限制的部分单列。",
    GovernanceMatter.REFORM_EMPLOYMENT: "与三家企业约定学徒转正优先录用，岗位技能等级与工资挂钩。",
    GovernanceMatter.REFORM_POSTS: "流动编制 8 个，用于聘请企业技术骨干。",
    GovernanceMatter.REFORM_RESEARCH: "横向项目经费由项目负责人按合同自主使用。",
}
SINCE_DAYS, TERM_DAYS = 500, 3 * 365


@dataclass
class GovernanceBuilder:
    """Makes the same records from the same seed and day: most schools whole, some with gaps."""

    rng: random.Random
    on: datetime.date
    scale: float

    def build(self) -> int:
        self.actor: Actor = actor_for(user=User.objects.get(username="demo-school"), on=self.on)
        schools = Organisation.objects.filter(kind="school", state="verified").order_by("pk")
        records = GovernanceRecord.objects.bulk_create(
            [self.record(place, school) for place, school in enumerate(schools)]
        )
        for place, record in enumerate(records):
            self.fill(place, record)
        return len(records)

    def since(self, place: int) -> datetime.date:
        return self.on - datetime.timedelta(days=SINCE_DAYS + 40 * place)

    def record(self, place: int, school: Organisation) -> GovernanceRecord:
        has = place % 3 != 2
        return GovernanceRecord(
            school=school,
            office=has,
            office_name="产教融合处" if has else "",
            office_since=self.since(place) if has else None,
            cross_units=place % 4,
            cross_note="智能制造、数字商务等跨专业教学团队" if place % 4 else "",
            is_demo=True,
        )

    def fill(self, place: int, record: GovernanceRecord) -> None:
        """Every fifth school has told little so far."""
        if place % 5 == 4:
            return
        self.charter(place, record)
        organs = list(Organ) if place % 2 == 0 else list(Organ)[:3]
        GovernanceSeat.objects.bulk_create(
            [seat for organ in organs for seat in self.seats(place, record, organ)]
        )
        GovernanceMeeting.objects.bulk_create(
            GovernanceMeeting(
                record=record,
                organ=organ,
                held_on=self.on - datetime.timedelta(days=30 + 25 * number + place),
                topic=MEETINGS[organ][0],
                decisions=MEETINGS[organ][1],
                people=len(self.sitting(place, organ)),
            )
            for number, organ in enumerate(organs)
            if (place + number) % 4 != 3
        )
        self.items(place, record)

    def charter(self, place: int, record: GovernanceRecord) -> None:
        day = self.since(place)
        charter = CharterVersion.objects.create(
            record=record,
            version=f"{day.year} 年修订",
            approved_by="澜江省教育厅（演示）",
            approved_on=day - datetime.timedelta(days=20),
            in_force_on=day,
            note="写入理事会职责和校企合作委员会",
        )
        lines = ["第一章 总则", "第四章 理事会由学校、行业企业、科研院所、社会组织和社区代表组成。"]
        attach(charter, name="学校章程", lines=lines, actor=self.actor)

    def sitting(self, place: int, organ: Organ) -> Seats:
        """Every fourth school leaves the last seat of larger organs open."""
        return SEATS[organ] if place % 4 else SEATS[organ][: max(2, len(SEATS[organ]) - 1)]

    def seats(self, place: int, record: GovernanceRecord, organ: Organ) -> list[GovernanceSeat]:
        starts = self.since(place)
        return [
            GovernanceSeat(
                record=record,
                organ=organ,
                side=side,
                unit=unit,
                position=position,
                is_chair=chair,
                starts_on=starts,
                ends_on=starts + datetime.timedelta(days=TERM_DAYS),
            )
            for side, unit, position, chair in self.sitting(place, organ)
        ]

    def items(self, place: int, record: GovernanceRecord) -> None:
        matters = (*AUTONOMY, *REFORMS[: 4 - place % 3])
        steps = (Progress.DONE, Progress.DONE, Progress.PARTLY, Progress.NOT_STARTED)
        GovernanceItem.objects.bulk_create(
            GovernanceItem(
                record=record,
                matter=matter,
                progress=steps[(place + number) % len(steps)],
                evidence=EVIDENCE[matter],
                told_on=self.on - datetime.timedelta(days=20 + place),
            )
            for number, matter in enumerate(matters)
        )
