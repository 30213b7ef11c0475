"""Schemes and the version with which a batch is called."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from silian.casework.reviews.choices.schemes import SchemeVersionState
from silian.casework.reviews.models import Scheme, SchemeVersion
from silian.casework.reviews.permissions.schemes import of_region
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import DomainError


def published_version(scheme: Scheme) -> SchemeVersion:
    """The version that new batches take (现行版本); raises the refusal when there is none."""
    version = scheme.versions.filter(state=SchemeVersionState.PUBLISHED).first()
    if version is None:
        raise DomainError(f"“{scheme.title}”没有已发布的版本。请先发布方案。", field="scheme")
    return version


def schemes_open_to(actor: Actor) -> QuerySet[Scheme]:
    """Schemes of which an official may call a batch: open, published, of its region or above."""
    published = SchemeVersion.objects.filter(
        scheme=OuterRef("pk"), state=SchemeVersionState.PUBLISHED
    )
    return (
        Scheme.objects.filter(of_region(actor), Exists(published), is_open=True)
        .select_related("owner", "division")
        .order_by("title", "pk")
    )


def latest_version(scheme: Scheme) -> SchemeVersion:
    """The draft, else the newest version."""
    return max(scheme.versions.all(), key=lambda version: version.number)
