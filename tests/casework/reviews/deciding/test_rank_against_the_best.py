"""Points that compare with the best of a batch are final when the order is fixed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils import timezone

from silian.casework.reviews.choices.dossiers import CampaignState, DossierState
from silian.casework.reviews.commands.evaluation import evaluate_campaign, evaluate_dossier
from silian.casework.reviews.commands.ranking import rank_campaign
from silian.casework.reviews.models import Campaign, Dossier
from tests.casework.reviews import stage
from tests.casework.reviews.stage_schemes import sound
from tests.world import World

HALF = {
    "code": "size",
    "label": "规模",
    "points": "10",
    "source": {"kind": "answer", "code": "people"},
    "scoring": {"kind": "ratio_to_best"},
}
OTHER = {
    "code": "base",
    "label": "基础",
    "points": "10",
    "source": {"kind": "answer", "code": "people"},
    "scoring": {"kind": "ratio_to_standard", "settings": {"standard": "$interns"}},
}


def batch(world: World, answers: list[int]) -> tuple[Campaign, list[Dossier]]:
    """A batch whose dossiers were judged one after the other, the best one last."""
    tree: dict[str, Any] = {
        "code": "points",
        "label": "得分",
        "kind": "sum",
        "children": [HALF, OTHER],
    }
    version = stage.published(world, **sound(scored=tree, procedure={}))
    campaign = stage.open_campaign(world, version=version, state=CampaignState.REVIEWING)
    rows = stage.make_dossiers(campaign, stage.enterprises(len(answers)), state=DossierState.RANKED)
    for row, people in zip(rows, answers, strict=True):
        row.answers = {"people": people}
        row.save(update_fields=["answers"])
        evaluate_dossier(dossier=row, now=timezone.now())
    return campaign, rows


def test_who_was_judged_before_the_best_came_in_keeps_no_old_points(world: World) -> None:
    campaign, rows = batch(world, [60, 120])
    assert [row.points for row in rows] == [Decimal("20.00"), Decimal("20.00")]
    ranking = rank_campaign(campaign_id=campaign.pk, actor=world.coordinator.actor)
    said = {row["dossier"]: (row["rank"], row["points"]) for row in ranking.rows}
    assert said == {rows[1].pk: (1, "20.00"), rows[0].pk: (2, "15.00")}
    rows[0].refresh_from_db()
    assert (rows[0].rank, rows[0].points) == (2, Decimal("15.00"))


def test_a_refused_or_withdrawn_dossier_sets_no_best_and_keeps_its_points(world: World) -> None:
    campaign, rows = batch(world, [60, 120, 240])
    before = [row.points for row in rows]
    for row, state in zip(rows[1:], (DossierState.REJECTED, DossierState.WITHDRAWN), strict=True):
        row.state, row.end_reason = state, "测试"
        row.save(update_fields=["state", "end_reason"])
    evaluate_campaign(campaign=campaign, now=timezone.now())
    for row in rows:
        row.refresh_from_db()
    assert rows[0].points == Decimal("20.00")
    assert [row.points for row in rows[1:]] == before[1:]
