"""The files that a claim rests on, and the grey points of their pictures (申领材料图片)."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from PIL import Image, UnidentifiedImageError

from silian.foundation.kernel.files import read_content
from silian.foundation.kernel.models import StoredFile
from silian.governance.incentives.choices.claims import ClaimState
from silian.governance.incentives.models.claim_papers import ClaimPaper
from silian.governance.incentives.models.claims import Claim, ClaimItem
from silian.governance.incentives.models.picture_marks import PictureMark
from silian.governance.incentives.rules.pictures import HEIGHT, WIDTH, difference_of
from silian.operations.placements.models import WeeklyNote

CLAIM, NOTE = "incentives.claim", "placements.weeklynote"
UNTOLD = (ClaimState.DRAFT, ClaimState.WITHDRAWN, ClaimState.REJECTED)
INTERNSHIP = "internship"


@dataclass(frozen=True, kw_only=True)
class Use:
    """One file and what it is evidence of (材料的用处)."""

    file: StoredFile
    claim_id: int | None
    person_id: int | None
    code: str = ""
    unit: int | None = None

    @property
    def title(self) -> str:
        return f"周记照片“{self.file.name}”" if self.code == NOTE else f"材料“{self.file.name}”"


def uses_of_claim(claim: Claim, items: Sequence[ClaimItem]) -> list[Use]:
    """Papers handed in with a claim and photographs of its interns' notes; three queries."""
    papers = ClaimPaper.objects.filter(claim=claim, made_at__isnull=True)
    found = [
        Use(
            file=row.file, claim_id=claim.pk, code=row.code, unit=claim.organisation_id,
            person_id=row.item.person_id if row.item else None,
        )
        for row in papers.select_related("file", "item").order_by("pk")
    ]  # fmt: skip
    stays = {item.source_id for item in items if item.source_type == INTERNSHIP}
    notes = WeeklyNote.objects.filter(internship__in=stays)
    return found + note_uses(notes, claim_id=claim.pk)


def note_uses(notes: QuerySet[WeeklyNote], *, claim_id: int | None) -> list[Use]:
    """Photographs of notes, each with the person who wrote the note."""
    people = {str(pk): person for pk, person in notes.values_list("pk", "internship__person_id")}
    files = StoredFile.objects.filter(object_type=NOTE, object_id__in=list(people))
    return [
        Use(file=file, claim_id=claim_id, person_id=people[file.object_id], code=NOTE)
        for file in files.order_by("pk")
    ]


def uses_of_files(files: Iterable[StoredFile]) -> list[Use]:
    """What other files are evidence of; claims that nobody handed in or upheld are left out."""
    rows = list(files)
    papers = ClaimPaper.objects.filter(file__in=rows, made_at__isnull=True)
    told = papers.exclude(claim__state__in=UNTOLD).select_related("file", "item", "claim")
    found = [
        Use(
            file=row.file, claim_id=row.claim_id, code=row.code, unit=row.claim.organisation_id,
            person_id=row.item.person_id if row.item else None,
        )
        for row in told.order_by("pk")
    ]  # fmt: skip
    notes = [file.object_id for file in rows if file.object_type == NOTE]
    wanted = {file.pk for file in rows}
    uses = note_uses(WeeklyNote.objects.filter(pk__in=notes), claim_id=None)
    return found + [use for use in uses if use.file.pk in wanted]


def unmarked_pictures(uses: Iterable[Use]) -> list[StoredFile]:
    """Pictures whose mark was not made yet."""
    pictures = {use.file.pk: use.file for use in uses if is_picture(use.file)}
    marked = PictureMark.objects.filter(file__in=list(pictures)).values_list("file_id", flat=True)
    return [pictures[each] for each in sorted(set(pictures) - set(marked))]


def claims_with_new_pictures(states: Iterable[str]) -> QuerySet[Claim]:
    """Claims to which pictures came after they were compared (新增图片的申领)."""
    marked = PictureMark.objects.filter(file=OuterRef("papers__file"))
    rows = Claim.objects.filter(
        ~Exists(marked),
        state__in=list(states),
        papers__made_at__isnull=True,
        papers__file__content_type__startswith="image/",
    )
    return rows.distinct().order_by("pk")


def is_picture(file: StoredFile) -> bool:
    return file.content_type.startswith("image/")


def difference_in(file: StoredFile) -> str:
    """The difference hash of a picture; empty when the content is gone or no picture."""
    try:
        with Image.open(io.BytesIO(read_content(file))) as picture:
            picture.draft("L", (WIDTH * 16, HEIGHT * 16))
            small = picture.convert("L").resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        return difference_of(list(small.tobytes()))
    except (FileNotFoundError, UnidentifiedImageError, OSError, ValueError):
        return ""
