"""Funds of the demonstration city, what was handed to them, and what they brought."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass, field
from decimal import Decimal

from silian.governance.accreditation.choices.projects import ENDED_STAGES
from silian.governance.accreditation.demo.cast import CITY, Cast
from silian.governance.accreditation.models.projects import IntegrationProject
from silian.governance.incentives.choices.finance import (
    FundKind,
    FundStage,
    FundState,
    Investor,
    PitchKind,
    PitchState,
)
from silian.governance.incentives.models import FundPitch, IndustryFund, InvestmentRecord
from silian.registers.organisations.choices import OrganisationKind
from silian.registers.organisations.models import Organisation

K, G, P = FundKind, FundStage, PitchState
MILLION = Decimal(1_000_000)
FUNDS = (
    # kind, name, size, public part (百万元), focus, stages
    (K.INDUSTRY, "青澜市产业投资基金", 500, 200, "装备制造、新能源汽车", (G.GROWTH, G.MATURE)),
    (K.GREEN, "青澜绿色生态产业发展基金", 300, 120, "绿色制造、储能装备", (G.EARLY, G.GROWTH)),
    (K.VENTURE, "青澜科创风险投资基金", 120, 30, "校企联合研发成果的早期转化", (G.SEED, G.EARLY)),
    (K.TECHNOLOGY, "青澜科技创新基金", 80, None, "职业院校创新成果和核心技术", (G.SEED, G.EARLY)),
    (K.DEVELOPMENT, "澜江产业发展基金", 600, 300, "产教融合园区和实训基地配套产业", (G.GROWTH,)),
)  # fmt: skip
RESULTS = (
    "刀具寿命在线监测系统", "动力电池回收拆解装置", "光电镜片智能检测设备", "中药材烘干节能技术",
    "协作机器人示教软件", "轻量化模具热处理工艺", "康养护理训练假人", "智慧大棚水肥控制器",
)  # fmt: skip
STATES = (P.ACCEPTED, P.ACCEPTED, P.SUBMITTED, P.ROADSHOW, P.DECLINED, P.ACCEPTED)
INVESTORS = ("澜江创业投资", "青澜高新投资", "云岭装备集团")
REASONS = {
    P.ACCEPTED: "技术已试用，合作企业有订单，同意投资。",
    P.DECLINED: "尚无试用数据，补充后可再投递。",
}


@dataclass
class FundBuilder:
    """Five funds of two managers, sixteen pitches, rounds with social capital."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0
    records: list[InvestmentRecord] = field(default_factory=list)

    def build(self) -> int:
        """Write funds, pitches and payments; returns how many funds."""
        self.cast = Cast(on=self.on)
        managers = self.cast.of_kind(OrganisationKind.FINANCE)[:2]
        if not managers:
            return 0
        funds = IndustryFund.objects.bulk_create(
            [self.fund(row, managers[place % len(managers)]) for place, row in enumerate(FUNDS)]
        )
        pitches = FundPitch.objects.bulk_create(self.pitches(funds))
        for pitch in pitches:
            if pitch.state == P.ACCEPTED:
                self.invest(pitch)
        InvestmentRecord.objects.bulk_create(self.records)
        return len(funds)

    def fund(
        self,
        row: tuple[FundKind, str, int, int | None, str, tuple[FundStage, ...]],
        manager: Organisation,
    ) -> IndustryFund:
        kind, name, size, public, focus, stages = row
        return IndustryFund(
            manager=manager,
            division_id=CITY,
            kind=kind,
            name=name,
            filing_number=f"演示-{1000 + len(name) * 7 + size}",
            size=size * MILLION,
            government_part=None if public is None else public * MILLION,
            focus=focus,
            stages=[stage.value for stage in stages],
            contact="投资部 0990-2000000（演示）",
            state=FundState.OPEN,
            opened_on=self.cast.day(500),
            is_demo=True,
        )

    def pitches(self, funds: list[IndustryFund]) -> list[FundPitch]:
        """Projects and results of firms and schools, spread over the funds."""
        firms, schools = self.cast.enterprises(), self.cast.schools()
        owners = [*firms[:6], *schools[:2]] or firms
        found = [
            self.pitch(funds[place % len(funds)], owners[place % len(owners)], place, title)
            for place, title in enumerate(RESULTS)
            if owners
        ]
        projects = IntegrationProject.objects.exclude(stage__in=sorted(ENDED_STAGES))
        for place, project in enumerate(projects.select_related("owner").order_by("pk")[:8]):
            fund = funds[(place + 2) % len(funds)]
            pitch = self.pitch(fund, project.owner, place + 1, project.name)
            pitch.kind, pitch.project = PitchKind.PROJECT, project
            found.append(pitch)
        return found

    def pitch(self, fund: IndustryFund, owner: Organisation, place: int, title: str) -> FundPitch:
        state = STATES[place % len(STATES)]
        waiting = state in (P.SUBMITTED, P.ROADSHOW)
        ago = self.rng.randint(4, 26) if waiting else self.rng.randint(90, 700)
        roadshow = state == P.ROADSHOW
        return FundPitch(
            fund=fund,
            owner=owner,
            kind=PitchKind.RESULT,
            title=title,
            stage=self.rng.choice(fund.stages),
            summary=f"{title}由校企联合完成，已在合作企业试用，拟融资用于批量生产和人才培养。",
            wanted=self.rng.randint(2, 30) * MILLION,
            state=state,
            reason=REASONS.get(state, ""),
            roadshow_at=self.cast.moment(-6, hour=14) if roadshow else None,
            roadshow_place="青澜市产教融合服务中心二楼" if roadshow else "",
            submitted_at=self.cast.moment(ago),
            due_at=self.cast.moment(ago - 21),
            answered_at=None if waiting else self.cast.moment(ago - 15),
            is_demo=True,
        )

    def invest(self, pitch: FundPitch) -> None:
        """A round of the fund, and most times social money beside it."""
        began = (self.on - pitch.submitted_at.date()).days - 30
        amount = (pitch.wanted * self.rng.randint(20, 45) / 100).quantize(Decimal(10_000))
        self.add(pitch, Investor.FUND, pitch.fund.name, amount, began)
        for name in self.rng.sample(INVESTORS, self.rng.randint(0, 2)):
            share = (amount * self.rng.randint(60, 160) / 100).quantize(Decimal(10_000))
            self.add(pitch, Investor.SOCIAL, f"{name}（演示）", share, began - 10)

    def add(
        self, pitch: FundPitch, investor: Investor, name: str, amount: Decimal, ago: int
    ) -> None:
        self.records.append(
            InvestmentRecord(
                pitch=pitch,
                investor=investor,
                investor_name=name,
                amount=amount,
                on=self.cast.day(ago),
                round="A 轮" if pitch.stage == G.GROWTH else "天使轮",
                reference=f"演示-{pitch.pk}",
                entered_by_id=self.cast.people.get(pitch.fund.manager_id),
                entered_at=self.cast.moment(ago),
                is_demo=True,
            )
        )
