"""Subsidies paid elsewhere to people of the demonstration city's claims, and a scarce list."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass
from decimal import Decimal

from silian.governance.accreditation.demo.cast import CITY, Cast
from silian.governance.incentives.choices.claims import ClaimScheme, ClaimState
from silian.governance.incentives.choices.outside_payments import OutsideKind
from silian.governance.incentives.commands.claim_risks import look_for_risks
from silian.governance.incentives.models import (
    Claim,
    ClaimItem,
    OutsideImport,
    OutsidePayment,
    ScarceList,
)
from silian.governance.incentives.queries.outside_payments import content_key
from silian.governance.incentives.rules.outside_payments import PaymentSaid
from silian.registers.accounts.models import User
from silian.registers.people.models import Person

BUREAU, CLERK = "青澜市人力资源和社会保障局", "demo-hrss"
OPEN = (ClaimState.DRAFT, ClaimState.REVIEW)
OVERLAPPING, OTHERS = 3, 24
SOURCE = "职业技能提升补贴发放名册（演示）"
AUTHORITIES = ("青澜市失业保险中心（演示）", "青澜市就业服务中心（演示）")
KINDS = (
    (OutsideKind.UPSKILLING, "1500"),
    (OutsideKind.ENTRY_TRAINING, "800"),
    (OutsideKind.UPSKILLING, "2000"),
)


@dataclass
class OutsidePaymentBuilder:
    """A list of the labour bureau: a few people of open claims, the others of nobody's claim."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0

    def build(self) -> int:
        """Write the list, a withdrawn row, the catalogue, the signals; returns how many rows."""
        self.cast = Cast(on=self.on)
        self.clerk = User.objects.filter(username=CLERK).first()
        if not self.cast.ready() or BUREAU not in self.cast.by_name or self.clerk is None:
            return 0
        self.bureau = self.cast.organisation(BUREAU)
        items = self.items()
        counted = [item.person_id for item in items if item.person_id]
        free = Person.objects.exclude(id_number_index="").exclude(pk__in=counted)
        others = list(free.filter(is_demo=True).order_by("-pk")[:OTHERS])
        rows = [self.inside(item, place) for place, item in enumerate(items)]
        rows += [self.elsewhere(person, place) for place, person in enumerate(others)]
        self.write(rows)
        self.catalogue()
        for claim_id in {item.claim_id for item in items if item.claim.submitted_at}:
            look_for_risks(claim_id=claim_id, now=self.cast.moment(1))
        return len(rows)

    def items(self) -> list[ClaimItem]:
        """Apprentices of open claims, one of each claim first."""
        rows = ClaimItem.objects.filter(
            counts=True, family=ClaimScheme.APPRENTICESHIP, claim__state__in=OPEN
        ).exclude(person__id_number_index="")
        rows = rows.select_related("claim", "person").order_by("claim", "pk")
        found: dict[int, ClaimItem] = {}
        for row in rows:
            found.setdefault(row.claim_id, row)
        return list(found.values())[:OVERLAPPING]

    def inside(self, item: ClaimItem, place: int) -> OutsidePayment:
        """A course in the days for which the apprentice is claimed."""
        starts = item.starts_on + datetime.timedelta(days=30 + 10 * place)
        assert item.person is not None
        return self.row(item.person, starts, place)

    def elsewhere(self, person: Person, place: int) -> OutsidePayment:
        return self.row(person, self.cast.day(420 - 9 * place), place)

    def row(self, person: Person, starts: datetime.date, place: int) -> OutsidePayment:
        kind, amount = KINDS[place % len(KINDS)]
        ends = starts + datetime.timedelta(days=21 + place)
        said = PaymentSaid(
            name=person.name, id_number=person.id_number_index, kind=str(kind.value),
            occupation="", level="", starts_on=starts, ends_on=ends, amount=Decimal(amount),
            authority=AUTHORITIES[place % 2], source=SOURCE,
            paid_on=min(ends + datetime.timedelta(days=40), self.cast.day(2)),
        )  # fmt: skip
        return OutsidePayment(
            division_id=CITY, name=said.name, id_number_cipher=person.id_number_cipher,
            id_number_index=person.id_number_index, id_number_mask=person.id_number_mask,
            kind=said.kind, starts_on=starts, ends_on=ends, amount=said.amount,
            authority=said.authority, source=said.source, paid_on=said.paid_on,
            content_key=content_key(said), office=self.bureau, entered_by=self.clerk,
            entered_at=self.cast.moment(2), is_demo=True,
        )  # fmt: skip

    def write(self, rows: list[OutsidePayment]) -> None:
        """All rows in one batch; the last of them was wrong and withdrawn."""
        if not rows:
            return
        batch = OutsideImport.objects.create(
            division_id=CITY, file_name="技能提升补贴发放名册.xlsx", lines=len(rows),
            added=len(rows), known=0, office=self.bureau, made_by=self.clerk,
            made_at=self.cast.moment(2),
        )  # fmt: skip
        for line, row in enumerate(rows, start=2):
            row.batch, row.line = batch, line
        if len(rows) > OVERLAPPING:
            rows[-1].withdrawn_at = self.cast.moment(1)
            rows[-1].withdrawn_by = self.clerk
            rows[-1].reason = "发放名册中这一笔已退回"
        OutsidePayment.objects.bulk_create(rows)

    def catalogue(self) -> None:
        """This year's list without a rate yet, so that no amount of the city moves."""
        codes = Claim.objects.filter(items__family=ClaimScheme.APPRENTICESHIP)
        found = codes.exclude(items__occupation="").values_list("items__occupation", flat=True)
        listed = sorted({code for code in found if code}) or ["6-18-01-01"]
        ScarceList.objects.create(
            division_id=CITY, title=f"{self.on.year} 年青澜市紧缺职业（工种）目录（演示）",
            codes=listed[:20], rate=None, source="青人社发（演示）3 号", place="附件",
            valid_from=datetime.date(self.on.year, 1, 1),
            valid_to=datetime.date(self.on.year + 1, 1, 1), office=self.bureau,
            entered_by=self.clerk, entered_at=self.cast.moment(60), is_demo=True,
        )  # fmt: skip
