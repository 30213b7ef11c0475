"""Groups and committees as the one search box finds them (集团联盟和委员会检索)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.utils import timezone
from silian_engines.matching.segmentation import index_tokens

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.search.documents import (
    BODY_CHARACTERS,
    Facts,
    SearchDocument,
    division_path,
)
from silian.foundation.reference.models import Division, Industry
from silian.operations.alliances.models.committees import Committee
from silian.operations.alliances.models.groups import AllianceGroup
from silian.operations.alliances.permissions.committees import public_committees
from silian.operations.alliances.permissions.groups import public_groups
from silian.registers.organisations.models import Organisation

GROUP, COMMITTEE = "alliance_group", "committee"


def findable_groups() -> QuerySet[AllianceGroup]:
    """The groups of the public directory that were not dissolved."""
    return public_groups().filter(dissolved_on__isnull=True)


def findable_committees() -> QuerySet[Committee]:
    return public_committees().filter(ended_on__isnull=True)


def group_documents(ids: Sequence[int]) -> Iterator[SearchDocument]:
    """The documents of those of the groups that may be found."""
    rows = findable_groups().filter(pk__in=list(ids))
    return map(group_document, rows.select_related("division", "lead", "industry"))


def committee_documents(ids: Sequence[int]) -> Iterator[SearchDocument]:
    """The documents of those of the committees that may be found."""
    rows = findable_committees().filter(pk__in=list(ids))
    return map(committee_document, rows.select_related("division", "host", "industry"))


def group_document(group: AllianceGroup) -> SearchDocument:
    return document(
        GROUP,
        group.pk,
        title=f"{group.name} {group.get_kind_display()}",
        names=names_of(group.lead, group.division, group.industry, group.park),
        body=group.purpose,
        division=group.division_id,
        since=group.started_on or group.founded_on,
        unit=group.lead,
    )


def committee_document(committee: Committee) -> SearchDocument:
    return document(
        COMMITTEE,
        committee.pk,
        title=f"{committee.name} {committee.get_kind_display()}",
        names=names_of(committee.host, committee.division, committee.industry),
        body=committee.mandate,
        division=committee.division_id,
        since=committee.founded_on,
        unit=committee.host,
    )


def names_of(
    unit: Organisation, division: Division, industry: Industry | None, more: str = ""
) -> str:
    parts = (unit.name, unit.short_name, division.name, industry.name if industry else "", more)
    return " ".join(part for part in parts if part)


def document(
    subject: str,
    number: int,
    *,
    title: str,
    names: str,
    body: str,
    division: str,
    since: datetime.date,
    unit: Organisation,
) -> SearchDocument:
    """What both have in common: everybody may read them."""
    morning = datetime.datetime.combine(since, datetime.time())
    return SearchDocument(
        subject=subject,
        object_id=number,
        title=index_tokens(title),
        names=index_tokens(names),
        body=index_tokens(body[:BODY_CHARACTERS]),
        filters={
            "visibility": ("public",),
            "division": division_path(division),
            "organisation": (str(unit.pk),),
            "publisher": (unit.kind,),
        },
        facts=Facts(published_at=timezone.make_aware(morning)),
    )


def group_ids(after: int, most: int) -> list[int]:
    """Findable groups by number, for building the index anew."""
    rows = findable_groups().filter(pk__gt=after).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:most])


def committee_ids(after: int, most: int) -> list[int]:
    rows = findable_committees().filter(pk__gt=after).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:most])


def group_total() -> int:
    return findable_groups().count()


def committee_total() -> int:
    return findable_committees().count()


def visible_groups(actor: Actor, ids: Sequence[int]) -> dict[int, AllianceGroup]:
    """Of these groups those that stand in the public directory at this moment."""
    rows = findable_groups().filter(pk__in=list(ids))
    return {row.pk: row for row in rows.select_related("division", "lead")}


def visible_committees(actor: Actor, ids: Sequence[int]) -> dict[int, Committee]:
    """Of these committees those that stand at this moment."""
    rows = findable_committees().filter(pk__in=list(ids))
    return {row.pk: row for row in rows.select_related("division", "host")}
