"""Pictures and scans of a claim that are evidence of something else too (材料重复使用).

A constant number of queries for a claim: equal files by their sha256, near pictures by the four
quarters of their marks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from silian.foundation.kernel.models import StoredFile
from silian.governance.incentives.models.claims import Claim, ClaimItem
from silian.governance.incentives.models.picture_marks import PictureMark
from silian.governance.incentives.queries.picture_files import (
    CLAIM,
    NOTE,
    Use,
    uses_of_claim,
    uses_of_files,
)
from silian.governance.incentives.rules.pictures import (
    distance,
    nearly_same,
    quarters,
    tells_apart,
)

COOPERATION = "cooperation"  # one agreement with a school carries several classes of a unit
MOST_SIGNALS = 20  # of one claim; who has more to look at has seen enough
MOST_SHOWN = 5  # other papers beside one


@dataclass(frozen=True, kw_only=True)
class Repeated:
    """One paper of a claim and the others that show the same (重复的材料)."""

    detail: str
    items: list[int]
    files: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Match:
    """Another use of a picture, and in how many places it differs; equal files in none."""

    use: Use
    bits: int | None


def pictures_repeated(claim: Claim, items: Sequence[ClaimItem]) -> list[Repeated]:
    """Papers of a claim that serve other people, classes or claims too (图片比对提示)."""
    own = uses_of_claim(claim, items)
    if not own:
        return []
    marks = marks_of(own)
    others = [*own, *uses_of_files(files_like(own, marks))]
    marks |= marks_of(others)
    found: list[Repeated] = []
    told: set[int] = set()
    for use in own:
        matches = [] if use.file.pk in told else matches_of(use, others, marks)
        if matches:
            told |= {use.file.pk, *(match.use.file.pk for match in matches)}
            found.append(repeated(use, matches, claim, items))
    return found[:MOST_SIGNALS]


def marks_of(uses: Iterable[Use]) -> dict[int, str]:
    """Marks of the files that have one worth comparing."""
    rows = PictureMark.objects.filter(file__in={use.file.pk for use in uses})
    return {
        file: difference
        for file, difference in rows.values_list("file_id", "difference")
        if tells_apart(difference)
    }


def files_like(own: Sequence[Use], marks: dict[int, str]) -> list[StoredFile]:
    """Files elsewhere that are equal or may be near; the exact distance is looked at later."""
    like = Q(sha256__in={use.file.sha256 for use in own})
    bands: dict[str, set[str]] = defaultdict(set)
    for difference in marks.values():
        for place, band in enumerate(quarters(difference), start=1):
            bands[f"band_{place}__in"].add(band)
    if bands:
        near = Q()
        for name, values in bands.items():
            near |= Q(**{name: values})
        like |= Q(pk__in=PictureMark.objects.filter(near).values("file"))
    rows = StoredFile.objects.filter(like, object_type__in=(CLAIM, NOTE))
    return list(rows.exclude(pk__in={use.file.pk for use in own}).order_by("pk"))


def matches_of(use: Use, others: Sequence[Use], marks: dict[int, str]) -> list[Match]:
    """Other uses of the same picture for something else, equal ones first."""
    found = []
    for other in others:
        if other.file.pk == use.file.pk or not serves_something_else(use, other):
            continue
        mine, theirs = marks.get(use.file.pk, ""), marks.get(other.file.pk, "")
        if other.file.sha256 == use.file.sha256:
            found.append(Match(use=other, bits=None))
        elif mine and theirs and nearly_same(mine, theirs):
            found.append(Match(use=other, bits=distance(mine, theirs)))
    return sorted(found, key=lambda match: (match.bits is not None, match.bits or 0))


def serves_something_else(one: Use, other: Use) -> bool:
    """Whether two uses are of different people or different claims."""
    if one.person_id and other.person_id:
        return one.person_id != other.person_id
    if one.claim_id is None or other.claim_id is None or one.claim_id == other.claim_id:
        return False
    return not (one.code == other.code == COOPERATION and one.unit == other.unit)


def repeated(
    use: Use, matches: Sequence[Match], claim: Claim, items: Sequence[ClaimItem]
) -> Repeated:
    """In words: which paper, with how many others, here or elsewhere; others are not named."""
    here = sum(match.use.claim_id == claim.pk for match in matches)
    equal = sum(match.bits is None for match in matches)
    places = [f"本申领其他人员 {here} 份"] if here else []
    places += [f"其他申领或人员 {len(matches) - here} 份"] if len(matches) > here else []
    near = len(matches) - equal
    mixed = f"相同 {equal} 份、几乎相同 {near} 份" if equal else "图片几乎相同"
    alike = mixed if near else "内容相同"
    people = {use.person_id, *(m.use.person_id for m in matches if m.use.claim_id == claim.pk)}
    return Repeated(
        detail=f"{use.title}与{'、'.join(places)}材料{alike}",
        items=[item.pk for item in items if item.person_id and item.person_id in people],
        files=(use.file.pk, *(match.use.file.pk for match in matches[:MOST_SHOWN])),
    )
