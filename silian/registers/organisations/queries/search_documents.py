"""What of an organisation goes into the index, and how the search reads it again (单位检索)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Q, QuerySet
from silian_engines.matching.segmentation import index_tokens

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.search.documents import (
    BODY_CHARACTERS,
    Facts,
    SearchDocument,
    division_path,
    verified_value,
)
from silian.registers.organisations.choices import ENDED_STATES, OrganisationState
from silian.registers.organisations.models.organisation import Organisation
from silian.registers.organisations.permissions import organisations_visible_to

SUBJECT = "organisation"


def findable() -> QuerySet[Organisation]:
    """The organisations that everybody may read and that still exist."""
    once_verified = Q(verified_at__isnull=False) | Q(state=OrganisationState.VERIFIED)
    return Organisation.objects.filter(once_verified).exclude(state__in=ENDED_STATES)


def documents_of(organisation_ids: Sequence[int]) -> Iterator[SearchDocument]:
    """The documents of those of the organisations that may be found."""
    rows = findable().filter(pk__in=list(organisation_ids))
    rows = rows.select_related("industry", "division", "service_profile")
    return map(document_of, rows.prefetch_related("names"))


def findable_ids(after: int, most: int) -> list[int]:
    """Findable organisations by number, for building the index anew."""
    rows = findable().filter(pk__gt=after).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:most])


def findable_total() -> int:
    return findable().count()


def visible_organisations(actor: Actor, ids: Sequence[int]) -> dict[int, Organisation]:
    """Of these organisations those that the actor may read."""
    rows = organisations_visible_to(actor).filter(pk__in=list(ids))
    return {row.pk: row for row in rows.select_related("division", "industry")}


def document_of(organisation: Organisation) -> SearchDocument:
    former = [name.name for name in organisation.names.all() if name.name != organisation.name]
    names = [
        *former,
        organisation.division.name,
        organisation.industry.name if organisation.industry else "",
        organisation.industry_chain,
        organisation.get_kind_display(),
    ]
    body = [organisation.introduction[:BODY_CHARACTERS], organisation.address]
    profile = getattr(organisation, "service_profile", None)
    if profile is not None:
        body += profile.services
    return SearchDocument(
        subject=SUBJECT,
        object_id=organisation.pk,
        title=index_tokens(f"{organisation.name} {organisation.short_name}"),
        names=index_tokens(" ".join(names)),
        body=index_tokens(" ".join(body)),
        filters=filters_of(organisation),
        facts=Facts(published_at=organisation.verified_at or organisation.created_at),
    )


def filters_of(organisation: Organisation) -> dict[str, tuple[str, ...]]:
    """Kind, regions from the province down, industry, chain, verification."""
    return {
        "visibility": ("public",),
        "kind": (organisation.kind,),
        "division": tuple(division_path(organisation.division_id)),
        "industry": tuple(organisation.industry.path) if organisation.industry else (),
        "chain": (organisation.industry_chain,) if organisation.industry_chain else (),
        "verified": (verified_value(organisation.is_verified),),
        "organisation": (str(organisation.pk),),
        "publisher": (organisation.kind,),
    }
