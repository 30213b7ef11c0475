"""Draft an edition of the catalogue from today's register."""

from __future__ import annotations

import datetime

from django.db import transaction

from silian.casework.publications.commands.drafting import draft_edition
from silian.casework.publications.models import Edition
from silian.casework.reviews.models import Scheme
from silian.casework.reviews.queries.catalogue import EDITION_KIND, catalogue_rows, snapshot_of
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import DomainError, NotAllowed


@transaction.atomic
def draft_catalogue(*, scheme: Scheme, on: datetime.date, actor: Actor) -> Edition:
    """Draft the catalogue of a scheme as it stands today, for approval and publication (编制目录).

    What is published stays; the register goes on.
    """
    if actor.organisation_id != scheme.owner_id:
        raise NotAllowed("目录由这个认定项目的牵头部门编制。请联系牵头部门。")
    rows = catalogue_rows(on=on).filter(scheme=scheme)
    if not rows.exists():
        raise DomainError("这个项目现在没有在册对象，不需要编制目录。")
    return draft_edition(
        kind=EDITION_KIND,
        division=scheme.division_id,
        title=f"{scheme.title}目录（{on.year}年{on.month}月{on.day}日）",
        summary=f"截至 {on:%Y-%m-%d}，在册 {rows.count()} 个。",
        snapshot=snapshot_of(rows),
        actor=actor,
        on=on,
    )
