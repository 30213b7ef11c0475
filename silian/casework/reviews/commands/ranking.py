"""Fix the order of a batch with the figures used, and hand it to the deciders."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import transaction
from django.utils import timezone

from silian.casework.reviews.choices.dossiers import CampaignState
from silian.casework.reviews.commands.campaigns import locked_campaign
from silian.casework.reviews.commands.evaluation import evaluate_campaign
from silian.casework.reviews.models import Campaign, Dossier, Ranking
from silian.casework.reviews.permissions.campaigns import require_organiser
from silian.casework.reviews.queries.ranking import (
    open_dossiers,
    pass_points_of,
    placed_of,
    tie_labels,
)
from silian.casework.reviews.rules.ranking import Placed
from silian.casework.reviews.workflow.campaign import campaign as table
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError


@transaction.atomic
def rank_campaign(*, campaign_id: int, actor: Actor) -> Ranking:
    """Freeze rank, points and figures of every dossier that came through (排序并提交审定).

    Points that compare with the best of the batch are final only when all are in, so they are
    judged once more. Those below the quota and the pass line stay in the list: the deciders see
    all.
    """
    campaign = locked_campaign(campaign_id)
    require_organiser(actor, campaign)
    target = table.target(
        "rank", state=CampaignState(campaign.state), open_dossiers=open_dossiers(campaign)
    )
    if campaign.content.compares_with_best:
        evaluate_campaign(campaign=campaign, now=timezone.now())
    placed = placed_of(campaign)
    if not placed:
        raise DomainError("没有评审完成的申报材料，不能排序。可以写明原因取消本批次。")
    ranking = frozen(campaign, placed, actor=actor)
    write_ranks(placed)
    campaign.state = target
    campaign.save(update_fields=["state"])
    record(actor, "reviews.campaign.ranked", campaign, detail={"sha256": ranking.sha256})
    return ranking


def frozen(campaign: Campaign, placed: list[Placed], *, actor: Actor) -> Ranking:
    rows = [row_of(row) for row in placed]
    said = json.dumps(rows, ensure_ascii=False, sort_keys=True)
    codes = campaign.content.procedure.ties
    return Ranking.objects.create(
        campaign=campaign,
        quota=campaign.quota,
        pass_points=pass_points_of(campaign),
        ties=list(zip(codes, tie_labels(campaign), strict=True)),
        rows=rows,
        sha256=hashlib.sha256(said.encode()).hexdigest(),
        made_by_id=actor.user_id,
        made_at=timezone.now(),
    )


def row_of(row: Placed) -> dict[str, Any]:
    return {
        "dossier": row.dossier_id,
        "rank": row.rank,
        "points": None if row.points is None else str(row.points),
        "tie_points": [None if each is None else str(each) for each in row.tie_points],
        "tied": row.tied,
        "by_rule": row.by_rule,
        "standing": row.standing.value,
    }


def write_ranks(placed: list[Placed]) -> None:
    ranks = {row.dossier_id: row.rank for row in placed}
    dossiers = list(Dossier.objects.select_for_update(of=("self",)).filter(pk__in=ranks))
    for dossier in dossiers:
        dossier.rank = ranks[dossier.pk]
    Dossier.objects.bulk_update(dossiers, ["rank"], batch_size=500)
