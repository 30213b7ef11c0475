"""Declare staff and posts of an organisation (岗位与在岗人数申报)."""

from __future__ import annotations

import datetime
from dataclasses import asdict, dataclass

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.operations.placements.events.hosts import CensusDeclared
from silian.operations.placements.models.hosts import PostCensus
from silian.operations.placements.permissions.hosts import require_declarer
from silian.registers.organisations.models import Organisation


@dataclass(frozen=True, kw_only=True)
class CensusContent:
    """What an organisation declares as of a day (申报内容)."""

    as_of: datetime.date
    staff: int
    technical_posts: int
    business_posts: int
    offered_posts: int
    liaison_unit: str = ""
    liaison_name: str = ""


@transaction.atomic
def declare_census(*, content: CensusContent, actor: Actor, today: datetime.date) -> PostCensus:
    """Declare one's own staff and posts; a second declaration of a day takes the first's place."""
    organisation_id = require_declarer(actor)
    if content.as_of > today:
        raise DomainError("截至日不能晚于今天。", field="as_of")
    if content.technical_posts + content.business_posts == 0:
        raise DomainError(
            "两类岗位数不能都是 0。没有的填 0，至少一类大于 0。", field="technical_posts"
        )
    organisation = Organisation.objects.get(pk=organisation_id)
    census, _ = PostCensus.objects.update_or_create(
        organisation=organisation,
        as_of=content.as_of,
        defaults={
            **asdict(content),
            "division_id": organisation.division_id,
            "declared_by_id": actor.user_id,
        },
    )
    record(actor, "placements.census.declared", census)
    publish(CensusDeclared(census_id=census.pk))
    return census
