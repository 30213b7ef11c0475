"""Zones of the demonstration city, the schools beside them, and help between places."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass

from django.utils import timezone

from silian.operations.alliances.choices.pairings import PairingKind, PairingState, ZoneLevel
from silian.operations.alliances.models.pairings import Pairing, PairingAction
from silian.operations.alliances.models.zones import IndustrialZone
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation
from silian.registers.organisations.queries import actor_for
from silian.registers.programmes.models import Programme

CITY = "990100"
MARK = "（演示）"
ZONES = (
    ("高新区装备制造产业集聚区", "990104", ZoneLevel.PROVINCIAL, ("34", "35"), 2014),
    ("经开区新能源产业集聚区", "990105", ZoneLevel.NATIONAL, ("38",), 2012),
    ("经开区电子信息产业集聚区", "990105", ZoneLevel.PROVINCIAL, ("39", "65"), 2018),
    ("澜东区健康养老产业集聚区", "990102", ZoneLevel.MUNICIPAL, ("84", "85"), 2019),
    ("澜西区现代物流产业集聚区", "990103", ZoneLevel.PROVINCIAL, ("59",), 2016),
    ("汀县绿色食品产业集聚区", "990121", ZoneLevel.MUNICIPAL, ("13", "14"), 2017),
    ("云岭县文化旅游产业集聚区", "990122", ZoneLevel.MUNICIPAL, ("61",), 2020),
    ("青河县绿色建材产业集聚区", "990123", ZoneLevel.MUNICIPAL, ("30",), 2021),
)
RUNNING, WAITING, OVER = PairingState.RUNNING, PairingState.PROPOSED, PairingState.ENDED
SCHOOLS = (
    # place of the zone, school, state, days since it began
    (0, "青澜职业技术学院", RUNNING, 520),
    (0, "青澜高级技工学校", RUNNING, 300),
    (1, "青澜工业职业学院", RUNNING, 610),
    (2, "澜西信息技术学校", RUNNING, 240),
    (2, "经开区技师学院", RUNNING, 410),
    (3, "青澜卫生健康职业学院", RUNNING, 480),
    (4, "青澜交通物流学校", RUNNING, 350),
    (5, "汀县职业高级中学", RUNNING, 190),
    (6, "云岭县中等职业学校", WAITING, 6),
    (7, "青河县职业技术学校", OVER, 700),
)
AID = (
    (PairingKind.COUNTY_AID, "990104", "990122", "青澜高级技工学校", 400),
    (PairingKind.COUNTERPART, "990105", "990123", "经开区技师学院", 260),
)
ACTIONS = (
    ("学生分批到园区企业实训", "两批学生完成四周实训，企业留用意向 12 人", 46),
    ("园区企业技术骨干到校授课", "开出 6 次专题课，形成课件 6 份", 210),
    ("共同修订人才培养方案", "两个专业的课程标准按岗位更新", None),
    ("为园区职工开展技能培训", "3 期培训，考取等级证书 58 人", 74),
)
AID_ACTIONS = (
    ("选派骨干教师驻校支教", "4 名教师驻校一学期，带教 9 人", 9),
    ("接收受援地学生跟岗学习", "两批学生在帮扶方学校学习", 38),
    ("捐建实训工位", "工位 20 个安装完成，已用于教学", 120),
)
PLAN = "共建实训课程和岗位标准，学生到园区企业实训，企业骨干到校授课，每学期共同检查一次进展。"
AID_PLAN = "选派教师、接收跟岗学生、共建实训工位，每年评估一次成效。"


@dataclass
class PairingBuilder:
    """Makes the same zones and pairings from the same seed and day."""

    rng: random.Random
    on: datetime.date
    scale: float

    def build(self) -> int:
        self.user = User.objects.get(username="demo-coordinator")
        self.actor = actor_for(user=self.user, on=self.on)
        self.units = {
            unit.name.removesuffix(MARK): unit
            for unit in Organisation.objects.filter(kind="school")
        }
        zones = self.zones()
        pairs = Pairing.objects.bulk_create(
            [*(self.school_pair(zones, *row) for row in SCHOOLS), *self.aid()]
        )
        self.link_programmes(pairs)
        PairingAction.objects.bulk_create(
            [action for pair in pairs if pair.state == RUNNING for action in self.actions(pair)]
        )
        return len(zones) + len(pairs)

    def zones(self) -> list[IndustrialZone]:
        zones = IndustrialZone.objects.bulk_create(
            IndustrialZone(
                name=name,
                division_id=division,
                level=level,
                founded_on=datetime.date(year, 6, 1),
                is_demo=True,
            )
            for name, division, level, _, year in ZONES
        )
        link = IndustrialZone.industries.through
        link.objects.bulk_create(
            link(industrialzone_id=zone.pk, industry_id=code)
            for zone, (_, _, _, codes, _) in zip(zones, ZONES, strict=True)
            for code in codes
        )
        return zones

    def school_pair(
        self, zones: list[IndustrialZone], place: int, name: str, state: PairingState, days: int
    ) -> Pairing:
        zone, school = zones[place], self.units[name]
        starts = self.on - datetime.timedelta(days=days)
        over = state == OVER
        return Pairing(
            kind=PairingKind.ZONE_SCHOOL,
            division_id=zone.division_id,
            zone=zone,
            school=school,
            plan=PLAN,
            state=state,
            answer="合作期内专业停招，双方协商结束" if over else "",
            ended_on=starts + datetime.timedelta(days=500) if over else None,
            **self.usual(starts, by=school),
        )

    def aid(self) -> list[Pairing]:
        return [
            Pairing(
                kind=kind,
                division_id=helped,
                helper_id=helper,
                school=self.units[name],
                plan=AID_PLAN,
                state=RUNNING,
                **self.usual(self.on - datetime.timedelta(days=days)),
            )
            for kind, helper, helped, name, days in AID
        ]

    def usual(self, starts: datetime.date, by: Organisation | None = None) -> dict[str, object]:
        proposed = timezone.make_aware(datetime.datetime.combine(starts, datetime.time(10)))
        owner = by.pk if by is not None else self.actor.organisation_id
        return {
            "agreement_reference": f"青合〔{starts.year}〕{self.rng.randint(3, 90)}号",
            "starts_on": starts,
            "ends_on": starts + datetime.timedelta(days=3 * 365),
            "proposed_by_id": owner,
            "proposed_by_user": self.user,
            "proposed_at": proposed,
            "due_at": proposed + datetime.timedelta(days=14),
            "is_demo": True,
        }

    def link_programmes(self, pairs: list[Pairing]) -> None:
        """Two programmes of the school to each pair of a zone."""
        link = Pairing.programmes.through
        offered: dict[int, list[int]] = {}
        rows = Programme.objects.filter(closed_on=None).order_by("pk")
        for pk, school in rows.values_list("pk", "school_id"):
            offered.setdefault(school, []).append(pk)
        link.objects.bulk_create(
            link(pairing_id=pair.pk, programme_id=programme)
            for pair in pairs
            if pair.zone_id and pair.school_id
            for programme in offered.get(pair.school_id, [])[:2]
        )

    def actions(self, pair: Pairing) -> list[PairingAction]:
        told = ACTIONS if pair.zone_id else AID_ACTIONS
        step = 90
        rows = []
        for place, (title, result, people) in enumerate(told):
            due = pair.starts_on + datetime.timedelta(days=step * (place + 1))
            done = due - datetime.timedelta(days=self.rng.randint(1, 12))
            is_done = done < self.on - datetime.timedelta(days=10)
            rows.append(
                PairingAction(
                    pairing=pair,
                    title=title,
                    due_on=due,
                    done_on=done if is_done else None,
                    result=result if is_done else "",
                    people=people if is_done else None,
                )
            )
        return rows
