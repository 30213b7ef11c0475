"""Draft the written edition of a call."""

from __future__ import annotations

import datetime

from django.db import transaction

from silian.casework.publications.commands.drafting import draft_edition
from silian.casework.publications.models import Edition
from silian.casework.reviews.commands.campaigns import locked_campaign
from silian.casework.reviews.permissions.campaigns import require_organiser
from silian.casework.reviews.queries.call_editions import CALL_KIND, call_edition, call_snapshot
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import DomainError

ONE_DAY = datetime.timedelta(days=1)


@transaction.atomic
def draft_call_edition(*, campaign_id: int, actor: Actor, on: datetime.date) -> Edition:
    """Draft the announcement of a call for approval and publication (编制申报公告).

    It is made once: whoever asks again gets the one that is being made or is out.
    """
    campaign = locked_campaign(campaign_id)
    require_organiser(actor, campaign)
    if campaign.announced_at is None:
        raise DomainError("申报通知还没有发布，内容还会改动。请先发布申报通知，再编制公告。")
    found = call_edition(campaign)
    if found is not None:
        return found
    last = campaign.closes_on - ONE_DAY
    return draft_edition(
        kind=CALL_KIND,
        division=campaign.division_id,
        title=f"关于开展{campaign.title}申报的公告"[:120],
        summary=f"{campaign.opens_on:%Y年%m月%d日}至{last:%Y年%m月%d日}受理申报。",
        period=(campaign.opens_on, campaign.closes_on),
        snapshot=call_snapshot(campaign),
        actor=actor,
        on=on,
        is_demo=campaign.is_demo,
    )
