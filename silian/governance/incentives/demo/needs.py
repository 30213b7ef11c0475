"""Financing needs of the demonstration city: consents, talks, money, recommendations."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from silian.governance.accreditation.choices.projects import ENDED_STAGES
from silian.governance.accreditation.demo.cast import Cast
from silian.governance.accreditation.models.projects import IntegrationProject
from silian.governance.incentives.choices.finance import (
    AnswerState,
    FinanceKind,
    NeedState,
    ProductState,
)
from silian.governance.incentives.commands.finance_deals import clock_of
from silian.governance.incentives.models import (
    FinanceAnswer,
    FinanceProduct,
    FinanceRecord,
    FinancingNeed,
    NeedConsent,
)
from silian.governance.incentives.queries.needs import figures_of
from silian.registers.organisations.models import Organisation

A = AnswerState
WAN = Decimal(10_000)
MOST_PAST = 60  # settled needs of the last three years at full scale
USES = (
    ("学徒培养车间设备融资", "购置数控加工和检测设备，供学徒实训和生产共用。"),
    ("校企共建实训中心融资", "与学校共建实训中心，支付设备款和改造工程款。"),
    ("订单班设备更新融资", "更新订单班使用的生产线，满足实习岗位要求。"),
    ("技术成果中试融资", "与学校联合研发的成果进入中试，购置中试装备。"),
)
OPEN_STATES = (A.ASKED, A.INTERESTED, A.DILIGENCE, A.GRANTED, A.REFUSED)
REFUSAL = "近两年经营现金流不足以覆盖还款，补充担保后可再次提交。"


@dataclass
class NeedBuilder:
    """Open needs of the projects under way, and settled ones of three years."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0
    answers: list[FinanceAnswer] = field(default_factory=list)

    def build(self) -> int:
        """Write needs, consents, talks and money; returns how many needs."""
        self.cast = Cast(on=self.on)
        rows = FinanceProduct.objects.filter(state=ProductState.PUBLISHED).order_by("pk")
        self.products = list(rows)
        if not self.products or not self.cast.ready():
            return 0
        current = [self.of_project(row, place) for place, row in enumerate(self.projects())]
        past = [self.of_the_past(unit) for unit in self.units()]
        needs = FinancingNeed.objects.bulk_create([*current, *past])
        self.consent(needs[: len(current)])
        for place, need in enumerate(needs[: len(current)]):
            self.talk_of(need, place)
        for need in needs[len(current) :]:
            self.grant(need, self.fitting(need), ago=(self.on - need.written_at.date()).days - 20)
        FinanceAnswer.objects.bulk_create(self.answers)
        FinanceRecord.objects.bulk_create(self.records())
        return len(needs)

    def projects(self) -> list[IntegrationProject]:
        rows = IntegrationProject.objects.exclude(stage__in=sorted(ENDED_STAGES))
        return list(rows.select_related("owner").order_by("pk")[:16])

    def units(self) -> list[Organisation]:
        firms = self.cast.enterprises()
        return self.rng.sample(firms, min(len(firms), round(MOST_PAST * min(self.scale, 1))))

    def of_project(self, project: IntegrationProject, place: int) -> FinancingNeed:
        figures = figures_of(project)
        share = project.total * self.rng.randint(10, 25) / 100
        ago = self.rng.randint(8, 70)
        return FinancingNeed(
            owner=project.owner,
            project=project,
            division_id=project.division_id,
            title=f"{project.name}融资",
            amount=(figures.wanted or share).quantize(WAN),
            months=self.rng.choice((36, 60, 84)),
            use=f"用于{project.name}的设备购置和工程款支付。",
            kinds=[FinanceKind.PRIORITY_LOAN, FinanceKind.DEVELOPMENT] if place % 4 == 0 else [],
            total=project.total,
            gap=figures.gap,
            figures_on=self.cast.day(ago),
            state=NeedState.DRAFT if place % 8 == 7 else NeedState.OPEN,
            opened_on=self.cast.day(ago),
            written_at=self.cast.moment(ago),
            is_demo=True,
        )

    def of_the_past(self, unit: Organisation) -> FinancingNeed:
        title, use = self.rng.choice(USES)
        ago = self.rng.randint(40, 1000)
        return FinancingNeed(
            owner=unit,
            division_id=unit.division_id,
            title=title,
            amount=self.rng.randint(5, 120) * 10 * WAN,
            months=self.rng.choice((12, 24, 36)),
            use=use,
            state=NeedState.MET,
            opened_on=self.cast.day(ago),
            written_at=self.cast.moment(ago),
            is_demo=True,
        )

    def consent(self, needs: list[FinancingNeed]) -> None:
        """Three of four open needs are shown to every provider, for half a year."""
        NeedConsent.objects.bulk_create(
            NeedConsent(
                need=need,
                until=self.cast.day(-150),
                given_by_id=self.cast.people.get(need.owner_id),
                given_at=need.written_at,
            )
            for place, need in enumerate(needs)
            if need.state == NeedState.OPEN and place % 4 != 3
        )

    def fitting(self, need: FinancingNeed) -> FinanceProduct:
        """A product of any kind whose amount fits, else the first."""
        fits = [
            row
            for row in self.products
            if row.kind != FinanceKind.INSURANCE
            and (row.amount_from or 0) <= need.amount <= (row.amount_to or 0)
            and (need.project_id or not row.needs_project)
        ]
        return self.rng.choice(fits or self.products[:1])

    def talk_of(self, need: FinancingNeed, place: int) -> None:
        """Talks of an open need in one of all states; some clocks have run out."""
        if need.state != NeedState.OPEN or place % 4 == 3:
            return
        product, state = self.products[0], OPEN_STATES[place % len(OPEN_STATES)]
        if state == A.GRANTED:
            self.grant(need, product, ago=6)
            return
        began = self.cast.moment(10 if place % 3 == 0 else 2)
        refused = state == A.REFUSED
        self.add(
            need, product, state=state, by_owner=state == A.ASKED, opened_at=began,
            due_at=clock_of(state, now=began), reason=REFUSAL if refused else "",
            answered_at=None if state == A.ASKED else began,
        )  # fmt: skip

    def grant(self, need: FinancingNeed, product: FinanceProduct, *, ago: int) -> None:
        part = Decimal(self.rng.randint(70, 100)) / 100
        self.add(
            need, product, state=A.GRANTED, by_owner=True,
            opened_at=self.cast.moment(ago + 15), answered_at=self.cast.moment(ago),
            granted=(need.amount * part).quantize(WAN), granted_on=self.cast.day(ago),
            rate=product.rate_from, months=need.months, reason="同意，按批复条件办理。",
        )  # fmt: skip

    def add(self, need: FinancingNeed, product: FinanceProduct, **facts: Any) -> None:
        self.answers.append(
            FinanceAnswer(
                need=need, product=product, provider_id=product.provider_id, edition=1,
                is_demo=True, **facts,
            )
        )  # fmt: skip

    def records(self) -> list[FinanceRecord]:
        """Most grants are paid out in two parts."""
        found = []
        for answer in self.answers:
            if answer.state != A.GRANTED or answer.granted is None or answer.granted_on is None:
                continue
            first = (answer.granted * Decimal("0.6")).quantize(WAN)
            for number, amount in enumerate((first, answer.granted - first), start=1):
                day = answer.granted_on + datetime.timedelta(days=2 + 30 * (number - 1))
                if day <= self.on and amount > 0:
                    found.append(self.record(answer, amount, day, number))
        return found

    def record(
        self, answer: FinanceAnswer, amount: Decimal, day: datetime.date, number: int
    ) -> FinanceRecord:
        return FinanceRecord(
            answer=answer,
            kind=answer.product.record_kind,
            amount=amount,
            on=day,
            reference=f"演示-{answer.pk}-{number}",
            entered_by_id=self.cast.people.get(answer.provider_id),
            entered_at=self.cast.moment((self.on - day).days),
            is_demo=True,
        )
