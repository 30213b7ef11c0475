"""Lists of other authorities beside a claim for apprentices; pictures of papers."""

from __future__ import annotations

import datetime
import io
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from silian.foundation.kernel.files import store_upload
from silian.governance.incentives.choices.comparison_records import ComparisonKind
from silian.governance.incentives.commands.comparison_records import import_list
from silian.governance.incentives.models import Claim, ClaimPaper, ComparisonList
from silian.governance.incentives.rules.comparison_records import COLUMNS, ListSaid
from tests.governance.incentives.appropriation.stage import office
from tests.governance.incentives.outside_payments.stage import NUMBERS, labour, numbered
from tests.governance.incentives.stage import NOW
from tests.world import Person, World

TODAY = NOW.date()
OWN, OTHER = "91110000600037341L", "914403001922038203"
FROM, UNTIL = datetime.date(2025, 1, 1), datetime.date(2026, 1, 1)
AS_OF = datetime.date(2026, 1, 15)
__all__ = ["NUMBERS", "labour", "numbered"]


def treasury(world: World) -> Person:
    """A clerk who answers for finance."""
    office(world, "finance", world.reviewer.organisation)
    return world.reviewer


def said(kind: str = "insured", **values: Any) -> ListSaid:
    monthly = kind in ("insured", "payroll")
    facts: dict[str, Any] = {
        "kind": kind, "authority": "市社会保险中心", "document": "查询函〔2026〕1号",
        "as_of": AS_OF, "covers_from": FROM if monthly else None,
        "covers_until": UNTIL if monthly else None, "completeness": "part",
        "kept_until": datetime.date(2028, 1, 1),
    }  # fmt: skip
    return ListSaid(**{**facts, **values})


def month_row(number: str, month: str, code: str = OWN, unit: str = "本单位") -> tuple[str, ...]:
    return ("演示职工", number, code, unit, month)


def brought(
    world: World, *rows: tuple[str, ...], kind: str = "insured", **values: Any
) -> ComparisonList:
    """A list with these lines, brought in by the labour office."""
    about = said(kind, **values)
    cells = [
        (number, dict(zip(COLUMNS[kind], row, strict=True)))
        for number, row in enumerate(rows, start=2)
    ]
    return import_list(
        said=about, file_name="名单.csv", rows=cells, actor=labour(world).actor, now=NOW,
        today=TODAY,
    )  # fmt: skip


def own_code(claim: Claim) -> Claim:
    """The claiming unit bears the code that lists use."""
    unit = claim.organisation
    unit.uscc = OWN
    unit.save(update_fields=["uscc"])
    return claim


def numbers_for(kind: str) -> tuple[str, ...]:
    """One line of each kind about the first person."""
    period = {
        ComparisonKind.DEATH: ("2025-03-18",),
        ComparisonKind.PRISON: ("2025-01-01", ""),
        ComparisonKind.PUBLIC: ("市档案馆", "2020-09-01", ""),
    }
    return ("演示职工", NUMBERS[0], *period[ComparisonKind(kind)])


def picture(*, seed: int = 7, size: tuple[int, int] = (320, 240), quality: int = 90) -> bytes:
    """A picture with enough in it to be known by: a patchwork of greys that a seed decides."""
    small = Image.new("L", (12, 10))
    small.putdata([(seed * 31 + place * place * 37 + place * 101) % 256 for place in range(120)])
    target = io.BytesIO()
    small.resize(size, Image.Resampling.BICUBIC).convert("RGB").save(
        target, "JPEG", quality=quality
    )
    return target.getvalue()


def paper(
    world: World, claim: Claim, content: bytes, *, name: str = "培训照片.jpg",
    code: str = "evidence", item: Any = None,
) -> ClaimPaper:  # fmt: skip
    """A file handed in with a claim."""
    upload = SimpleUploadedFile(name, ContentFile(content).read(), content_type="image/jpeg")
    file = store_upload(upload=upload, subject=claim, actor=world.enterprise.actor)
    return ClaimPaper.objects.create(claim=claim, code=code, file=file, item=item)
