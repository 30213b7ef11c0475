"""Builds a credit catalogue, corrections in every state, and a few records of the city."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass

from django.utils import timezone

from silian.registers.credit.choices import CaseState, ItemNature, LegalGround, RecordState, Sharing
from silian.registers.credit.models import (
    CorrectionCase,
    CreditItem,
    CreditRecord,
    ShareBatch,
    ShareLine,
)
from silian.registers.credit.queries.batches import untold
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.organisations.models import Membership, Organisation

CITY = "990100"
CATALOGUE = (
    ("QL-CJ-01", "职工教育培训经费提取使用情况", ItemNature.BAD, Sharing.PUBLIC),
    ("QL-CJ-02", "骗取产教融合奖励或补助", ItemNature.BAD, Sharing.PUBLIC),
    ("QL-CJ-03", "实习学生权益受侵害的处理决定", ItemNature.BAD, Sharing.SHARED),
    ("QL-CJ-04", "产教融合表彰奖励", ItemNature.GOOD, Sharing.PUBLIC),
)
CASES = (
    # state, days since found, days from today to the day of the order
    (CaseState.FOUND, 3, None),
    (CaseState.ORDERED, 12, 18),
    (CaseState.ORDERED, 40, -6),
    (CaseState.REPORTED, 33, 5),
    (CaseState.CORRECTED, 120, -60),
    (CaseState.NOTICED, 75, -30),
    (CaseState.DROPPED, 90, None),
)
FINDING = "年度报告显示提取的职工教育培训经费低于应提取数，差额未说明。"


@dataclass(kw_only=True)
class CreditBuilder:
    """The demonstration city's credit register (信用演示数据)."""

    rng: random.Random
    on: datetime.date
    scale: float

    def build(self) -> list[CorrectionCase]:
        officials = Membership.objects.filter(
            role__in=[Role.COORDINATOR, Role.REVIEWER], jurisdiction_id=CITY
        ).select_related("organisation")
        keepers = list(officials.order_by("role", "pk"))
        firms = self.firms()
        if len(firms) < len(CASES) + 2 or len({row.user_id for row in keepers}) < 2:
            return []
        items = self.catalogue(provider=keepers[0].organisation.name)
        cases = self.cases(firms[: len(CASES)], item=items[0], keeper=keepers[0])
        self.records(firms[len(CASES) :], items=items, keepers=keepers)
        self.batch(maker=keepers[0])
        return cases

    def firms(self) -> list[Organisation]:
        rows = Organisation.objects.filter(kind=OrganisationKind.ENTERPRISE, state="verified")
        found = list(rows.exclude(uscc="").order_by("pk")[:400])
        return self.rng.sample(found, k=min(len(found), len(CASES) + 4))

    def catalogue(self, *, provider: str) -> list[CreditItem]:
        return CreditItem.objects.bulk_create(
            CreditItem(
                division_id=CITY,
                code=code,
                name=name,
                provider=provider,
                nature=nature,
                sharing=sharing,
                coverage="本市范围内的企业",
                update_cycle="作出决定后 5 个工作日内",
                basis="青澜市公共信用信息补充目录（演示）",
                is_demo=True,
            )
            for code, name, nature, sharing in CATALOGUE
        )

    def cases(
        self, firms: list[Organisation], *, item: CreditItem, keeper: Membership
    ) -> list[CorrectionCase]:
        rows = []
        for firm, (state, age, left) in zip(firms, CASES, strict=True):
            found_at = timezone.make_aware(
                datetime.datetime.combine(self.day(-age), datetime.time(10))
            )
            ordered = left is not None
            noticed = state == CaseState.NOTICED
            ended = state in (CaseState.CORRECTED, CaseState.DROPPED)
            said = state in (CaseState.REPORTED, CaseState.CORRECTED)
            rows.append(
                CorrectionCase(
                    organisation=firm,
                    authority=keeper.organisation,
                    division_id=firm.division_id,
                    item=item,
                    title=f"{self.on.year - 1} 年度职工教育培训经费提取不足",
                    finding=FINDING,
                    basis="青澜市产教融合实施意见（演示）关于职工教育培训经费的条款",
                    state=state,
                    found_at=found_at,
                    found_by_id=keeper.user_id,
                    order_text="请补足差额并提交补提凭证。" if ordered else "",
                    due_on=self.day(left) if left is not None else None,
                    correction_text="已补提差额，凭证随附。" if said else "",
                    reported_at=found_at + datetime.timedelta(days=20) if said else None,
                    notice_text="拟将拒不改正的情况记入信用记录，可以陈述申辩。" if noticed else "",
                    reply_due_on=self.day(4) if noticed else None,
                    end_reason="已核实补提凭证。" if ended else "",
                    ended_at=found_at + datetime.timedelta(days=30) if ended else None,
                    is_demo=True,
                )
            )
        return CorrectionCase.objects.bulk_create(rows)

    def records(
        self, firms: list[Organisation], *, items: list[CreditItem], keepers: list[Membership]
    ) -> None:
        first = keepers[0]
        other = next(row for row in keepers if row.user_id != first.user_id)
        now = timezone.make_aware(datetime.datetime.combine(self.on, datetime.time(9)))
        for place, firm in enumerate(firms):
            is_good = place % 2 == 1
            item, starts_on = items[3 if is_good else 1], self.day(-200 + 30 * place)
            CreditRecord.objects.create(
                organisation=firm,
                uscc=firm.uscc,
                item=item,
                title="获评年度产教融合贡献单位" if is_good else "以虚假材料申领实习补助",
                ground="" if is_good else LegalGround.FRAUD,
                basis_document="青澜市教育局处理决定（演示）",
                decision_number=f"青教决〔{self.on.year}〕{place + 1}号",
                authority=first.organisation,
                decided_on=starts_on,
                starts_on=starts_on,
                ends_on=None if is_good else starts_on.replace(year=starts_on.year + 3, day=1),
                state=RecordState.IN_FORCE,
                proposed_by_id=first.user_id,
                proposed_at=now,
                confirmed_by_id=other.user_id,
                confirmed_at=now,
                is_demo=True,
            )

    def batch(self, *, maker: Membership) -> None:
        """Last week's batch for the public credit platform; the newest record waits still."""
        told = untold(division=CITY)[:-1]
        made_on = self.day(-7)
        batch = ShareBatch.objects.create(
            division_id=CITY,
            number=f"XY{CITY}-{made_on:%Y%m%d}-01",
            made_at=timezone.make_aware(datetime.datetime.combine(made_on, datetime.time(16))),
            made_by_id=maker.user_id,
            receipt="PT-0001（演示）",
            received_on=made_on + datetime.timedelta(days=1),
            is_demo=True,
        )
        ShareLine.objects.bulk_create(
            ShareLine(
                batch=batch,
                record=line.record,
                action=line.action,
                cells=line.cells,
                fingerprint=line.fingerprint,
            )
            for line in told
        )

    def day(self, days: int) -> datetime.date:
        return self.on + datetime.timedelta(days=days)
