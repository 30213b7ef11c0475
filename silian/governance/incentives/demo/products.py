"""What the demonstration city's bank, guarantor and insurer offer."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from silian.governance.accreditation.demo.cast import CITY, Cast
from silian.governance.incentives.choices.finance import FinanceKind, ProductState
from silian.governance.incentives.commands.products import content_of
from silian.governance.incentives.models import FinanceProduct, ProductEdition
from silian.registers.organisations.choices import OrganisationKind

K = FinanceKind
WAN = Decimal(10_000)
PROJECT, FREE = {"needs_project": True}, {"clean_credit": True}
LIBRARY = {"needs_project": True, "needs_library": True}
SMALL = {"sizes": ["small", "micro"], "owner_kinds": ["enterprise"]}
STATUS = {"recognition": "integrated_enterprise", "owner_kinds": ["enterprise"]}
BANK, GUARANTOR, INSURER = "农村商业银行", "融资担保", "财产保险"
OFFERS: tuple[tuple[str, K, str, tuple[Any, ...], dict[str, Any]], ...] = (
    # provider, kind, name, (万元 from, to, months from, to, rate from, to), conditions
    (BANK, K.PRIORITY_LOAN, "产教融合项目建设贷款", (50, 5000, 12, 120, "3.45", "4.2"), PROJECT),
    (BANK, K.PRIORITY_LOAN, "产教融合型企业信用贷款", (10, 1000, 6, 36, "3.65", "4.35"), STATUS),
    (BANK, K.OTHER, "实训设备融资租赁", (30, 2000, 12, 60, "4.1", "5.2"), FREE),
    (BANK, K.DEVELOPMENT, "实训基地开发性转贷款", (500, 20000, 60, 180, "2.95", "3.4"), LIBRARY),
    (BANK, K.PPP, "职教园区合作项目配套融资", (1000, 30000, 120, 240, "3.3", "3.9"), LIBRARY),
    (BANK, K.BOND, "产教融合专项债券承销", (5000, 100000, 36, 120, "2.8", "3.6"), LIBRARY),
    (BANK, K.STANDARD_DEBT, "设备更新应收账款票据", (200, 8000, 3, 24, "3.1", "3.8"), FREE),
    (GUARANTOR, K.GUARANTEE, "学徒培养流动资金担保", (20, 1000, 6, 36, "0.8", "1.2"), SMALL),
    (GUARANTOR, K.GUARANTEE, "产教融合项目贷款担保", (100, 3000, 12, 60, "0.6", "1"), PROJECT),
    (GUARANTOR, K.EQUITY, "科创企业股权直投", (100, 2000, 36, 84, None, None), SMALL),
    (INSURER, K.INSURANCE, "实训设备财产保险", (10, 5000, 12, 12, "0.15", "0.3"), {}),
)
DOCUMENTS = "项目批复或备案文件\n近两年财务报表\n资金用途说明\n合作院校或企业的协议"


@dataclass
class ProductBuilder:
    """Products of three providers, the last of them a draft of the bank."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0

    def build(self) -> int:
        """Write the products and their editions; returns how many."""
        self.cast = Cast(on=self.on)
        units = self.cast.of_kind(OrganisationKind.FINANCE)
        found = {word: unit for word in (BANK, GUARANTOR, INSURER)
                 for unit in units if word in unit.name}  # fmt: skip
        offers = [offer for offer in OFFERS if offer[0] in found]
        rows = [
            self.product(found[word].pk, kind, name, terms, asks)
            for word, kind, name, terms, asks in offers
        ]
        if BANK in found:
            rows.append(self.draft(found[BANK].pk))
        made = FinanceProduct.objects.bulk_create(rows)
        ProductEdition.objects.bulk_create(
            ProductEdition(
                product=row,
                number=1,
                content=content_of(row),
                published_by_id=self.cast.people.get(row.provider_id),
                published_at=row.published_at or self.cast.moment(1),
            )
            for row in made
            if row.state == ProductState.PUBLISHED
        )
        return len(made)

    def product(
        self, provider: int, kind: K, name: str, terms: tuple[Any, ...], asks: dict[str, Any]
    ) -> FinanceProduct:
        low, high, shortest, longest, least, most = terms
        ago = self.rng.randint(40, 400)
        return FinanceProduct(
            provider_id=provider,
            kind=kind,
            name=name,
            purpose="产教融合工程项目建设、实训设备购置和学徒培养的资金需要",
            amount_from=low * WAN,
            amount_to=high * WAN,
            months_from=shortest,
            months_to=longest,
            rate_from=Decimal(least) if least else None,
            rate_to=Decimal(most) if most else None,
            regions=[CITY],
            other_conditions="第一还款来源充足，抵质押或担保方式由双方商定。",
            documents=DOCUMENTS,
            contact="公司业务部 0990-1000000（演示）",
            valid_from=self.cast.day(ago),
            valid_until=self.cast.day(-self.rng.randint(200, 700)),
            state=ProductState.PUBLISHED,
            edition=1,
            published_at=self.cast.moment(ago),
            is_demo=True,
            **asks,
        )

    def draft(self, provider: int) -> FinanceProduct:
        return FinanceProduct(
            provider_id=provider,
            kind=K.FOREIGN_LOAN,
            name="外国政府贷款转贷（职业教育设备）",
            purpose="公办职业院校购置实训设备",
            owner_kinds=["school"],
            needs_project=True,
            valid_from=self.on,
            is_demo=True,
        )
