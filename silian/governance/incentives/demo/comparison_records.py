"""Lists of other authorities and a photograph used twice, in the demonstration city's claims."""

from __future__ import annotations

import datetime
import io
import random
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.files import store_upload
from silian.governance.accreditation.demo.cast import CITY, Cast
from silian.governance.incentives.choices.claims import ClaimState
from silian.governance.incentives.choices.comparison_records import (
    MONTHLY,
    ComparisonKind,
    Completeness,
)
from silian.governance.incentives.commands.picture_marks import compare_pictures
from silian.governance.incentives.models import (
    Claim,
    ClaimItem,
    ClaimPaper,
    ComparisonList,
    ComparisonRecord,
)
from silian.governance.incentives.rules.comparison_signals import months_within
from silian.governance.incentives.rules.months import months_later
from silian.registers.organisations.models import Organisation
from silian.registers.people.queries import index_of_number

BUREAU = "青澜市人力资源和社会保障局"
SOURCES = {
    ComparisonKind.INSURED: ("青澜市社会保险中心", "参保缴费查询结果（演示）"),
    ComparisonKind.PAYROLL: ("青澜市税务局", "个人所得税扣缴查询结果（演示）"),
    ComparisonKind.PUBLIC: ("青澜市财政局", "财政供养人员名册（演示）"),
}
MONTHS_BACK, MONTHS_KEPT = 18, 24
PICTURE = "培训现场照片.jpg"


@dataclass
class ComparisonBuilder:
    """Insurance, payroll and public staff beside the people of two open claims."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0

    def build(self) -> int:
        """Lists, a picture in two claims, and the signals; returns how many lists."""
        self.cast = Cast(on=self.on)
        if not self.cast.ready() or BUREAU not in self.cast.by_name:
            return 0
        rows = Claim.objects.filter(state=ClaimState.REVIEW).select_related("organisation")
        claims = sorted(rows, key=lambda row: (row.subject_type == "", row.pk))[:2]
        if not claims:
            return 0
        items = list(
            ClaimItem.objects.filter(claim=claims[0], counts=True, person__isnull=False)
            .exclude(person__id_number_index="")
            .select_related("person")
            .order_by("pk")
        )
        self.elsewhere = self.cast.enterprises()[-1]
        self.insured(claims[0].organisation, items)
        self.payroll(items[1:2])
        self.public(items[2:3])
        for claim, quality in zip(claims, (90, 60), strict=False):
            self.add_picture(claim, quality=quality)
        for claim in claims[::-1]:
            compare_pictures(claim_id=claim.pk, now=self.cast.moment(1))
        return ComparisonList.objects.count()

    def insured(self, unit: Organisation, items: list[ClaimItem]) -> None:
        """The first person is not on the list for two months; the second was elsewhere once."""
        records = []
        for place, item in enumerate(items):
            months = [m for m in months_within((item.starts_on, item.ends_on)) if m < self.until]
            for number, month in enumerate(months):
                if place == 0 and number in (1, 2):
                    continue
                away = place == 1 and number == 1
                records.append(self.monthly(item, month, self.elsewhere if away else unit))
        self.listed(ComparisonKind.INSURED, records, completeness=Completeness.EMPLOYERS)

    def payroll(self, items: Iterable[ClaimItem]) -> None:
        records = [
            self.monthly(item, month, self.elsewhere)
            for item in items
            for month in months_within((item.starts_on, item.ends_on))[1:2]
            if month < self.until
        ]
        self.listed(ComparisonKind.PAYROLL, records)

    def public(self, items: Iterable[ClaimItem]) -> None:
        records = [
            self.record(
                item, starts_on=months_later(self.until, -MONTHS_BACK), employer_name="青澜市档案馆"
            )
            for item in items
        ]
        self.listed(ComparisonKind.PUBLIC, records)

    @property
    def until(self) -> datetime.date:
        """The month after the last that lists cover."""
        return self.on.replace(day=1)

    def monthly(
        self, item: ClaimItem, month: datetime.date, unit: Organisation
    ) -> ComparisonRecord:
        return self.record(item, month=month, employer_code=unit.uscc, employer_name=unit.name)

    def record(self, item: ClaimItem, **values: object) -> ComparisonRecord:
        person = item.person
        assert person is not None
        return ComparisonRecord(
            name=person.name, id_number_cipher=person.id_number_cipher,
            id_number_index=person.id_number_index, id_number_mask=person.id_number_mask, **values,
        )  # fmt: skip

    def listed(
        self,
        kind: ComparisonKind,
        records: list[ComparisonRecord],
        completeness: Completeness = Completeness.PART,
    ) -> None:
        """One list with its rows; none where nobody would be on it."""
        if not records:
            return
        authority, document = SOURCES[kind]
        monthly = kind in MONTHLY
        row = ComparisonList.objects.create(
            division_id=CITY, kind=kind, authority=authority, document=document,
            as_of=self.until - datetime.timedelta(days=1),
            covers_from=months_later(self.until, -MONTHS_BACK) if monthly else None,
            covers_until=self.until if monthly else None, completeness=completeness,
            kept_until=months_later(self.until, MONTHS_KEPT), file_name=f"{kind.label}.xlsx",
            content_key=index_of_number(f"demo {kind}"), lines=len(records), added=len(records),
            repeated=0, office=self.cast.organisation(BUREAU), made_at=self.cast.moment(3),
            made_by_id=self.cast.people.get(self.cast.organisation(BUREAU).pk),
            is_demo=True,
        )  # fmt: skip
        for line, record in enumerate(records, start=2):
            record.list, record.line = row, line
        ComparisonRecord.objects.bulk_create(records)

    def add_picture(self, claim: Claim, *, quality: int) -> None:
        """The same drawing of a workshop, saved in another quality for each claim."""
        upload = SimpleUploadedFile(PICTURE, workshop(quality), content_type="image/jpeg")
        file = store_upload(upload=upload, subject=claim, actor=system_actor())
        ClaimPaper.objects.create(claim=claim, code="evidence", file=file)


def workshop(quality: int) -> bytes:
    """A drawing of a training workshop: windows, benches and people in plain shapes."""
    picture = Image.new("RGB", (960, 720), "#d7dde3")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 480, 960, 720), fill="#8d8577")
    for left in (60, 300, 540):
        draw.rectangle((left, 60, left + 180, 260), fill="#f4f8fb", outline="#5b6b7a", width=8)
    draw.rectangle((780, 90, 920, 480), fill="#5a4636")
    for left, shirt in ((90, "#b5472f"), (350, "#2f7a5b"), (610, "#d3a534")):
        draw.rectangle((left, 430, left + 200, 600), fill="#3f5f7f")
        draw.ellipse((left + 60, 300, left + 130, 370), fill="#c99b7b")
        draw.rectangle((left + 45, 370, left + 145, 470), fill=shirt)
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=quality)
    return target.getvalue()
