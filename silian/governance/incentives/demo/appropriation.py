"""Offices, two years of appropriation and three of the surcharge of the demonstration city."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass
from decimal import Decimal

from silian.foundation.reference.models import Division
from silian.governance.accreditation.demo.cast import CITY, Cast
from silian.governance.incentives.choices.appropriation import SettingKind, SheetState
from silian.governance.incentives.choices.offices import Function
from silian.governance.incentives.choices.surcharge import SurchargeKind
from silian.governance.incentives.commands.appropriation import enrolment_of, kept_line
from silian.governance.incentives.models.appropriation import (
    AppropriationLine,
    AppropriationSetting,
    AppropriationSheet,
    AppropriationYear,
)
from silian.governance.incentives.models.offices import FunctionOffice
from silian.governance.incentives.models.surcharge import SurchargeEntry
from silian.governance.incentives.queries.appropriation import Numbers
from silian.governance.incentives.rules.appropriation import total_of
from silian.registers.accounts.models import User
from silian.registers.policies.models import Parameter

OFFICES = {
    Function.FINANCE: "青澜市财政局",
    Function.TAX: "青澜市税务局",
    Function.EDUCATION: "青澜市教育局",
    Function.LABOUR: "青澜市人力资源和社会保障局",
}
DOCUMENT = "青财教〔2024〕8号（演示）"
SETTINGS = (
    # kind, leading digits, value, clause
    (SettingKind.BASE, "", "7800", "第三条"),
    (SettingKind.BASE, "4", "9600", "第三条第二款"),
    (SettingKind.BASE, "5", "9600", "第三条第二款"),
    (SettingKind.WEIGHT, "", "1.0", "第五条"),
    (SettingKind.WEIGHT, "46", "1.4", "第五条附表"),
    (SettingKind.WEIGHT, "66", "1.3", "第五条附表"),
    (SettingKind.WEIGHT, "52", "1.5", "第五条附表"),
    (SettingKind.FACTOR, "", "1.0", "第七条"),
)
STATES = (SheetState.CHECKING, SheetState.APPROVING, SheetState.APPROVED, SheetState.DRAFT)
QUARTERS = ((3, 31), (6, 30), (9, 30), (12, 31))
WAN = Decimal(10_000)


@dataclass
class AppropriationBuilder:
    """What finance, tax and education did for the city's schools."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0

    def build(self) -> int:
        """Write offices, numbers, sheets and entries; returns how many rows."""
        self.cast = Cast(on=self.on)
        if not self.cast.ready() or OFFICES[Function.FINANCE] not in self.cast.by_name:
            return 0
        self.units = {each: self.cast.organisation(name) for each, name in OFFICES.items()}
        names = ("demo-treasury", "demo-education", "demo-leader")
        people = {row.username: row for row in User.objects.filter(username__in=names)}
        if len(people) < len(names):
            return 0
        self.clerk, self.checker, self.leader = (people[name] for name in names)
        self.offices()
        self.numbers()
        made = self.year(self.on.year - 1, last=True) + self.year(self.on.year, last=False)
        return made + self.entries()

    def offices(self) -> None:
        FunctionOffice.objects.bulk_create(
            FunctionOffice(
                division_id=CITY, function=function, organisation=unit, basis="三定规定（演示）",
                starts_on=datetime.date(self.on.year - 3, 1, 1), is_demo=True,
            )
            for function, unit in self.units.items()
        )  # fmt: skip

    def numbers(self) -> None:
        """Numbers by documents, and what the city asks of the surcharge."""
        starts = datetime.date(self.on.year - 3, 1, 1)
        AppropriationSetting.objects.bulk_create(
            AppropriationSetting(
                division_id=CITY, kind=kind, majors=majors, value=Decimal(value),
                document=DOCUMENT, clause=clause, valid_from=starts, set_by=self.clerk,
                set_at=self.cast.moment(800), is_demo=True,
            )
            for kind, majors, value, clause in SETTINGS
        )  # fmt: skip
        known = Parameter.objects.filter(name="surcharge_vocational_share", division_id=CITY)
        if not known.exists():
            Parameter.objects.create(
                division_id=CITY, code="N09", name="surcharge_vocational_share", unit="%",
                title="地方教育附加用于职业教育的比例", value=30, comparator=">=",
                force="mandatory", source="青澜市产教融合实施意见（演示）", place="二（六）2",
                valid_from=starts,
            )  # fmt: skip

    def year(self, number: int, *, last: bool) -> int:
        """Last year every school got its sheet; this year they are on their way."""
        year = AppropriationYear.objects.create(
            division_id=CITY, year=number, basis=f"{DOCUMENT}第二条", is_demo=True,
            counted_on=min(datetime.date(number - 1, 11, 1), self.on),
            finance=self.units[Function.FINANCE], education=self.units[Function.EDUCATION],
        )  # fmt: skip
        numbers = Numbers(division=CITY, on=year.counted_on)
        students = enrolment_of(year)
        schools = [row for row in self.cast.schools() if row.pk in students]
        sheets, lines = [], []
        for place, school in enumerate(schools):
            figures = [numbers.line(given) for given in students[school.pk]]
            sheet = AppropriationSheet(
                appropriation_year=year, school=school, division_id=school.division_id,
                students=sum(line.students for line in figures),
                total=total_of([line.amount for line in figures]),
                drafted_by=self.clerk, drafted_at=self.cast.moment(300 if last else 20),
                is_demo=True,
            )  # fmt: skip
            self.bring(sheet, SheetState.PUBLISHED if last else STATES[place % len(STATES)])
            sheets.append(sheet)
            lines += [kept_line(sheet, line) for line in figures]
        AppropriationSheet.objects.bulk_create(sheets)
        AppropriationLine.objects.bulk_create(lines)
        return len(sheets)

    def bring(self, sheet: AppropriationSheet, state: SheetState) -> None:
        """What a sheet of this state has; one without its total stays a draft."""
        sheet.state = state if sheet.total is not None else SheetState.DRAFT
        if sheet.state in (SheetState.APPROVING, SheetState.APPROVED, SheetState.PUBLISHED):
            sheet.checked_by = self.checker
        if sheet.state in (SheetState.APPROVED, SheetState.PUBLISHED):
            sheet.approved_by = self.leader
        if sheet.state == SheetState.PUBLISHED:
            sheet.published_at, sheet.published_on = self.cast.moment(270), self.cast.day(270)

    def entries(self) -> int:
        """Quarterly receipts and use of each county; one county stays below the share."""
        places = list(
            Division.objects.filter(code__startswith=CITY[:4])
            .exclude(pk=CITY)
            .order_by("code")
            .values_list("pk", flat=True)
        )
        rows = [
            self.entry(place, kind, day, share)
            for rank, place in enumerate(places)
            for year in range(self.on.year - 3, self.on.year + 1)
            for day in (datetime.date(year, *quarter) for quarter in QUARTERS)
            for kind, share in ((SurchargeKind.RECEIPT, 0), (SurchargeKind.VOCATIONAL, rank))
            if day <= self.on
        ]
        SurchargeEntry.objects.bulk_create(rows)
        return len(rows)

    def entry(
        self, place: str, kind: SurchargeKind, day: datetime.date, rank: int
    ) -> SurchargeEntry:
        receipt = Decimal(self.rng.randint(120, 420)) * WAN
        share = Decimal(self.rng.randint(22, 27) if rank == 1 else self.rng.randint(40, 55)) / 100
        is_receipt = kind == SurchargeKind.RECEIPT
        tax, finance = self.units[Function.TAX], self.units[Function.FINANCE]
        quarter = (day.month + 2) // 3
        return SurchargeEntry(
            division_id=place, kind=kind, year=day.year, booked_on=day,
            amount=receipt if is_receipt else (270 * WAN * share).quantize(Decimal("0.01")),
            item=f"{quarter} 季度{'入库' if is_receipt else '实训设备和基地建设'}",
            voucher=f"{'库' if is_receipt else '支'}{day.year}-{place[-2:]}-{quarter}",
            office=tax if is_receipt else finance, entered_by=None if is_receipt else self.clerk,
            entered_at=self.cast.moment((self.on - day).days), is_demo=True,
        )  # fmt: skip
