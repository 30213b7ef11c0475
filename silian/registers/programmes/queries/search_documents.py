"""What of a programme goes into the index, and how the search reads it again (专业检索)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from django.db.models import Q, QuerySet
from django.utils import timezone
from silian_engines.matching.segmentation import index_tokens

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.search.documents import (
    Facts,
    SearchDocument,
    division_path,
    verified_value,
)
from silian.foundation.reference.choices import EducationLevel
from silian.registers.organisations.choices import OrganisationState
from silian.registers.programmes.choices import ProgrammeStage
from silian.registers.programmes.models.programmes import Programme
from silian.registers.programmes.permissions.programmes import programmes_visible_to

SUBJECT = "programme"
LEVELS = {
    EducationLevel.SECONDARY: "中职",
    EducationLevel.COLLEGE: "高职专科",
    EducationLevel.BACHELOR: "本科",
    EducationLevel.ACADEMIC: "本科",
    EducationLevel.GRADUATE: "研究生",
}


def findable() -> QuerySet[Programme]:
    """The programmes that everybody who is signed in may read and that still exist."""
    verified = Q(school__verified_at__isnull=False) | Q(school__state=OrganisationState.VERIFIED)
    ended = [ProgrammeStage.PLANNED, ProgrammeStage.CLOSED]
    return Programme.objects.filter(verified).exclude(stage__in=ended)


def documents_of(programme_ids: Sequence[int]) -> Iterator[SearchDocument]:
    """The documents of those of the programmes that may be found."""
    rows = findable().filter(pk__in=list(programme_ids))
    rows = rows.select_related("school", "division", "major", "joint_enterprise")
    return map(document_of, rows.prefetch_related("occupations"))


def findable_ids(after: int, most: int) -> list[int]:
    """Findable programmes by number, for building the index anew."""
    rows = findable().filter(pk__gt=after).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:most])


def findable_total() -> int:
    return findable().count()


def findable_of(*, school_id: int) -> list[int]:
    """Every programme of a school, whose documents name it."""
    return list(Programme.objects.filter(school_id=school_id).values_list("pk", flat=True))


def visible_programmes(actor: Actor, ids: Sequence[int]) -> dict[int, Programme]:
    """Of these programmes those that the actor may read."""
    rows = programmes_visible_to(actor).filter(pk__in=list(ids))
    return {row.pk: row for row in rows.select_related("school", "division", "major")}


def document_of(programme: Programme) -> SearchDocument:
    occupations = list(programme.occupations.all())
    names = [
        programme.school.name,
        programme.school.short_name,
        programme.division.name,
        programme.group,
        programme.industry_chain,
        *(occupation.name for occupation in occupations),
    ]
    body = [
        programme.get_integration_form_display(),
        programme.joint_enterprise.name if programme.joint_enterprise else "",
    ]
    return SearchDocument(
        subject=SUBJECT,
        object_id=programme.pk,
        title=index_tokens(f"{programme.name} {programme.major.name}"),
        names=index_tokens(" ".join(names)),
        body=index_tokens(" ".join(body)),
        filters=filters_of(programme, paths=[occupation.path for occupation in occupations]),
        facts=Facts(published_at=morning_of(programme.opened_on)),
    )


def filters_of(programme: Programme, *, paths: Sequence[Sequence[str]]) -> dict[str, Sequence[str]]:
    """Regions from the province down, occupations, chain, level, school."""
    return {
        "visibility": ("members",),
        "division": division_path(programme.division_id),
        "occupation": list(dict.fromkeys(code for path in paths for code in path)),
        "chain": (programme.industry_chain,) if programme.industry_chain else (),
        "level": (LEVELS[EducationLevel(programme.major.education_level)],),
        "verified": (verified_value(programme.school.is_verified),),
        "major": (programme.major.code,),
        "organisation": (str(programme.school_id),),
        "publisher": (programme.school.kind,),
    }


def morning_of(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
