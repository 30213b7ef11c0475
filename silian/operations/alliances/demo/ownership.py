"""Three cases of schools run with enterprises, and places bought by the government."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.operations.alliances.choices.ownership import (
    ApprovalState,
    AssetKind,
    CaseMode,
    CaseObject,
    CaseState,
    LegalPerson,
    PartyKind,
)
from silian.operations.alliances.demo.papers import attach
from silian.operations.alliances.models.ownership import (
    CaseApproval,
    CaseAsset,
    CaseParty,
    CaseReport,
    EducationPurchase,
    OwnershipCase,
)
from silian.operations.alliances.queries.partners import partner_named
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation
from silian.registers.organisations.queries import actor_for

MARK = "（演示）"
VALUER = "澜江资产评估事务所（演示）"
RIGHTS = "各方按约定派出理事，参与专业设置、人员聘用和年度预算；按投入享有使用和收益的权利。"
DUTIES = "企业提供设备、岗位和技术骨干，学校负责教学管理；终止时先安置学生，再按评估清算资产。"


@dataclass
class OwnershipBuilder:
    """One case that runs, one that waits for approval, one returned; and two purchases."""

    rng: random.Random
    on: datetime.date
    scale: float

    def build(self) -> int:
        self.official = User.objects.get(username="demo-coordinator")
        self.reviewer = User.objects.get(username="demo-department")
        self.enterprise = Organisation.objects.get(name=f"启衡精密制造有限公司{MARK}")
        self.school = Organisation.objects.get(name=f"青澜工业职业学院{MARK}")
        self.actor: Actor = actor_for(user=User.objects.get(username="demo-enterprise"), on=self.on)
        cases = [self.running(), self.waiting(), self.returned()]
        self.purchases(cases[0])
        return len(cases)

    def day(self, before: int) -> datetime.date:
        return self.on - datetime.timedelta(days=before)

    def moment(self, before: int) -> datetime.datetime:
        return timezone.make_aware(
            datetime.datetime.combine(self.day(before), datetime.time(9, 30))
        )

    def case(self, applicant: Organisation, *, days: int, **facts: object) -> OwnershipCase:
        usual = {
            "applicant": applicant,
            "division_id": applicant.division_id,
            "funding_kept": True,
            "funding_channel": "生均公用经费按原渠道拨付，企业承担设备更新",
            "rights": RIGHTS,
            "duties": DUTIES,
            "applied_at": self.moment(days),
            "due_at": self.moment(days - 28),
            "is_demo": True,
        }
        return OwnershipCase.objects.create(**{**usual, **facts})

    def parties(
        self, case: OwnershipCase, *rows: tuple[str, PartyKind, str | None]
    ) -> list[CaseParty]:
        return CaseParty.objects.bulk_create(
            CaseParty(
                case=case,
                name=name,
                unit_id=partner_named(name=name, unit_id=None).unit_id,
                kind=kind,
                share=Decimal(share) if share else None,
            )
            for name, kind, share in rows
        )

    def asset(
        self, party: CaseParty, kind: AssetKind, description: str, amount: int, days: int
    ) -> None:
        valued = kind != AssetKind.CAPITAL
        asset = CaseAsset.objects.create(
            case=party.case,
            party=party,
            kind=kind,
            description=description,
            amount=Decimal(amount),
            valuer=VALUER if valued else "",
            valuation_number=f"澜评〔{self.day(days).year}〕{party.pk % 90 + 10}号"
            if valued
            else "",
            valued_on=self.day(days) if valued else None,
        )
        if valued:
            lines = [f"评估对象：{description}", f"评估值：{amount:,} 元"]
            attach(asset, name=f"评估报告 {description}", lines=lines, actor=self.actor)

    def approval(self, case: OwnershipCase, matter: str, authority: str, days: int | None) -> None:
        row = CaseApproval.objects.create(
            case=case,
            matter=matter,
            authority=authority,
            state=ApprovalState.PENDING if days is None else ApprovalState.GRANTED,
            reference="" if days is None else f"青批〔{self.day(days).year}〕{days % 60 + 1}号",
            decided_on=None if days is None else self.day(days),
        )
        if days is not None:
            lines = [f"事项：{matter}", "经审查，予以批准。"]
            attach(row, name=f"批复 {matter}", lines=lines, actor=self.actor)

    def running(self) -> OwnershipCase:
        case = self.case(
            self.enterprise,
            days=760,
            title="启衡装备产业学院",
            mode=CaseMode.SHAREHOLDING,
            object=CaseObject.COLLEGE,
            school_name="青澜职业技术学院启衡装备产业学院",
            legal_person=LegalPerson.NON_PROFIT,
            state=CaseState.RUNNING,
            reviewed_by=self.reviewer,
            approved_by=self.official,
            approved_on=self.day(700),
            running_on=self.day(680),
        )
        school, firm, fund = self.parties(
            case,
            ("青澜职业技术学院（演示）", PartyKind.PUBLIC_SCHOOL, "51"),
            ("启衡精密制造有限公司（演示）", PartyKind.PRIVATE_ENTERPRISE, "33.3333"),
            ("青澜产业投资公司（演示）", PartyKind.STATE_ENTERPRISE, "15.6667"),
        )
        self.asset(school, AssetKind.LAND, "实训楼用地使用权 12 亩", 9_600_000, 780)
        self.asset(firm, AssetKind.EQUIPMENT, "五轴加工中心 6 台", 6_280_000, 780)
        self.asset(fund, AssetKind.CAPITAL, "货币出资", 2_960_000, 770)
        self.approval(case, "非营利性法人设立许可", "市教育局", 720)
        self.approval(case, "非营利性法人登记", "市民政局", 710)
        for year in range(self.day(680).year, self.on.year):
            CaseReport.objects.create(
                case=case,
                year=year,
                students=180 + 60 * (year % 3),
                invested=Decimal(1_200_000 + 100_000 * (year % 5)),
                summary="开办数控技术、机电一体化两个方向，企业师傅承担实训课四成课时。",
                reported_on=min(datetime.date(year + 1, 3, 20), self.on),
            )
        return case

    def waiting(self) -> OwnershipCase:
        case = self.case(
            self.school,
            days=34,
            title="新能源电池实训基地合资共建",
            mode=CaseMode.JOINT_VENTURE,
            object=CaseObject.BASE,
            school_name="青澜工业职业学院新能源电池实训基地",
            legal_person=LegalPerson.NONE,
            state=CaseState.REVIEWED,
            reviewed_by=self.reviewer,
        )
        school, firm = self.parties(
            case,
            ("青澜工业职业学院（演示）", PartyKind.PUBLIC_SCHOOL, "60"),
            ("澜动新能源（演示）", PartyKind.PRIVATE_ENTERPRISE, "40"),
        )
        self.asset(school, AssetKind.CAPITAL, "实训场地改造资金", 1_800_000, 60)
        self.asset(firm, AssetKind.TECHNOLOGY, "电池检测工艺许可", 1_200_000, 60)
        self.approval(case, "国有资产对外投资审批", "市国有资产监督管理委员会", 12)
        self.approval(case, "合作办学备案", "市教育局", None)
        return case

    def returned(self) -> OwnershipCase:
        case = self.case(
            self.enterprise,
            days=20,
            title="公办民助数控培训中心",
            mode=CaseMode.PUBLIC_AIDED,
            object=CaseObject.INNOVATION,
            school_name="高新区数控培训中心",
            legal_person=LegalPerson.PUBLIC,
            state=CaseState.RETURNED,
            answer="请补充：一、学校主管部门同意公办民助的批复；二、学费和助学安排；三、设备评估报告。",
        )
        self.parties(
            case,
            ("高新区管理委员会（演示）", PartyKind.GOVERNMENT, None),
            ("启衡精密制造有限公司（演示）", PartyKind.PRIVATE_ENTERPRISE, None),
        )
        return case

    def purchases(self, case: OwnershipCase) -> None:
        buyer = Organisation.objects.get(name=f"青澜市教育局{MARK}")
        EducationPurchase.objects.bulk_create(
            EducationPurchase(
                division_id=buyer.division_id,
                buyer=buyer,
                provider=self.enterprise,
                case=case,
                year=self.on.year - before,
                service="装备制造类高级技工培养学位",
                seats=seats,
                amount=Decimal(seats * 6_000),
                contract_reference=f"青购教〔{self.on.year - before}〕{before + 3}号",
                plan_basis="青澜市职业教育发展规划（演示）第四章第二节",
                registered_on=self.day(40 + 330 * before),
                is_demo=True,
            )
            for before, seats in ((0, 150), (1, 120))
        )
