"""Service cards and checks of the demonstration city's service organisations."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass

from silian.operations.alliances.choices.conduct import (
    CheckKind,
    CheckState,
    ConductMatter,
    Finding,
)
from silian.operations.alliances.models.conduct import ConductCheck, ConductPoint
from silian.registers.accounts.models import User
from silian.registers.organisations.commands.profile import change_service_profile
from silian.registers.organisations.models import Membership, Organisation
from silian.registers.organisations.queries import actor_for

MARK = "（演示）"
CARDS = {
    "澜桥产教融合服务有限公司": (
        "purchased", ("需求调查与预测", "会展与对接活动", "基地建设与运营"),
        "产教融合服务备案", "按项目议价，对接活动每场 12,000 元起", "青澜职业教育集团等 9 家单位",
    ),
    "汇才人力资源服务有限公司": (
        "purchased", ("招聘与人力资源", "实习与学徒管理"),
        "人力资源服务许可证", "实习管理每人每月 40 元", "制造和物流企业 30 余家",
    ),
    "知行校企合作咨询有限公司": (
        "joint", ("专业与课程咨询", "师资培训"),
        "无须许可", "课程咨询每门 8,000 元；师资培训每人每天 300 元", "院校 6 所",
    ),
    "澜创技术转移服务有限公司": (
        "joint", ("成果转化",),
        "技术合同登记资格", "按成交额的 3% 收取", "科研院所和企业 14 家",
    ),
}  # fmt: skip
K, C = CheckKind, CheckState
CHECKS = (
    # organisation, kind, state, days since the check, what failed
    ("澜桥产教融合服务有限公司", K.ONBOARDING, C.CLOSED, 420, ()),
    ("澜桥产教融合服务有限公司", K.ROUTINE, C.CLOSED, 90, (ConductMatter.CONTRACTS,)),
    ("汇才人力资源服务有限公司", K.ONBOARDING, C.CLOSED, 380, (ConductMatter.PRICES,)),
    ("汇才人力资源服务有限公司", K.COMPLAINT, C.CORRECTING, 24, (ConductMatter.PRIVACY,)),
    ("知行校企合作咨询有限公司", K.ONBOARDING, C.CLOSED, 300, ()),
    ("知行校企合作咨询有限公司", K.ROUTINE, C.HANDED_IN, 30, (ConductMatter.CLAIMS,)),
    ("澜创技术转移服务有限公司", K.ONBOARDING, C.PLANNED, -9, ()),
)
PROBLEMS = {
    ConductMatter.CONTRACTS: "抽查的 5 份合同中 1 份没有写验收办法",
    ConductMatter.PRICES: "收费标准只在合同里写明，没有公示",
    ConductMatter.PRIVACY: "学生联系方式发给了未签约的企业",
    ConductMatter.CLAIMS: "宣传材料中的服务学校数与登记不一致",
}
CORRECTION = "已按要求改正，并附改正后的材料"


@dataclass
class ConductBuilder:
    """Makes the same cards and checks from the same seed and day."""

    rng: random.Random
    on: datetime.date
    scale: float

    def build(self) -> int:
        self.official = User.objects.get(username="demo-coordinator")
        self.units = {
            unit.name.removesuffix(MARK): unit
            for unit in Organisation.objects.filter(kind="service")
        }
        for name, card in CARDS.items():
            self.card(self.units[name], *card)
        checks = ConductCheck.objects.bulk_create([self.check(*row) for row in CHECKS])
        ConductPoint.objects.bulk_create(
            [
                point
                for check, row in zip(checks, CHECKS, strict=True)
                if check.state != C.PLANNED
                for point in self.points(check, row[4])
            ]
        )
        return len(checks)

    def card(
        self,
        unit: Organisation,
        mode: str,
        services: tuple[str, ...],
        qualification: str,
        price: str,
        clients: str,
    ) -> None:
        manager = Membership.objects.select_related("user").get(organisation=unit, role="manager")
        change_service_profile(
            organisation_id=unit.pk,
            mode=mode,
            services=services,
            qualification=qualification,
            price=price,
            clients=clients,
            actor=actor_for(user=manager.user, on=self.on),
        )

    def check(
        self,
        name: str,
        kind: CheckKind,
        state: CheckState,
        days: int,
        failed: tuple[ConductMatter, ...],
    ) -> ConductCheck:
        unit, day = self.units[name], self.on - datetime.timedelta(days=days)
        done = state != C.PLANNED
        return ConductCheck(
            organisation=unit,
            division_id=unit.division_id,
            kind=kind,
            state=state,
            due_on=day,
            checked_on=day if done else None,
            checked_by=self.official if done else None,
            correct_by=day + datetime.timedelta(days=20) if failed else None,
            opinion="请按期整改，整改后复查。" if failed else "",
            closed_on=day + datetime.timedelta(days=15 if failed else 0)
            if state == C.CLOSED
            else None,
            is_demo=True,
        )

    def points(self, check: ConductCheck, failed: tuple[ConductMatter, ...]) -> list[ConductPoint]:
        corrected = check.state in (C.CLOSED, C.HANDED_IN)
        return [
            ConductPoint(
                check_row=check,
                matter=matter,
                finding=Finding.FAILED if matter in failed else Finding.PASSED,
                words=PROBLEMS[matter] if matter in failed else "",
                correction=CORRECTION if matter in failed and corrected else "",
                corrected_on=check.checked_on + datetime.timedelta(days=10)
                if matter in failed and corrected and check.checked_on
                else None,
            )
            for matter in ConductMatter
        ]
