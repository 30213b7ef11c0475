"""The order of a batch: previewed, fixed with its figures, never changed."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from silian.casework.reviews.choices.dossiers import CampaignState, DossierState
from silian.casework.reviews.commands.ranking import rank_campaign
from silian.casework.reviews.models import CriterionResult, Ranking
from silian.casework.reviews.queries.ranking import fixed_order, preview_of
from silian.foundation.kernel.errors import DomainError, NotAllowed
from tests.casework.reviews import stage, stage_deciding
from tests.world import World


def test_the_order_is_fixed_with_points_rank_and_standing(world: World) -> None:
    campaign = stage_deciding.batch(world, ["70", "90", "70", None], quota=2)
    assert [line.rank for line in preview_of(campaign).lines] == [1, 2, 2, None]
    assert not Ranking.objects.exists()
    ranking = rank_campaign(campaign_id=campaign.pk, actor=world.coordinator.actor)
    campaign.refresh_from_db()
    assert campaign.state == CampaignState.DECIDING
    assert list(campaign.dossiers.order_by("pk").values_list("rank", flat=True)) == [2, 1, 2, None]
    order = fixed_order(ranking)
    assert [line.standing.value for line in order.lines] == [
        "within",
        "at_line",
        "at_line",
        "unranked",
    ]
    assert [line.place for line in order.lines] == ["1", "并列 2", "并列 2", "不计分"]


def test_the_tie_rule_of_the_scheme_reads_the_results_of_criteria(world: World) -> None:
    campaign = stage_deciding.batch(world, ["80", "80"], procedure={"ties": ["interns"]})
    second = campaign.dossiers.order_by("pk")[1]
    CriterionResult.objects.create(
        dossier=second, criterion="interns", points=5, judged_at=second.state_since
    )
    first = preview_of(campaign).lines[0]
    assert (first.dossier, first.rank, first.by_rule) == (second, 1, True)
    assert preview_of(campaign).ties == ["近三年接收实习不少于 60 人次"]


def test_a_batch_with_an_unfinished_dossier_is_not_ranked(world: World) -> None:
    campaign = stage_deciding.batch(world)
    stage.dossier_of(campaign, world.enterprise.organisation, state=DossierState.EXPERTS)
    with pytest.raises(DomainError, match="还有 1 份申报材料没有办到这一步"):
        rank_campaign(campaign_id=campaign.pk, actor=world.coordinator.actor)


def test_only_the_organiser_ranks(world: World) -> None:
    campaign = stage_deciding.batch(world)
    with pytest.raises(NotAllowed):
        rank_campaign(campaign_id=campaign.pk, actor=world.reviewer.actor)


def test_a_fixed_order_never_changes(world: World) -> None:
    campaign = stage_deciding.batch(world)
    ranking = rank_campaign(campaign_id=campaign.pk, actor=world.coordinator.actor)
    with pytest.raises(DatabaseError, match="was recorded and stays"), transaction.atomic():
        Ranking.objects.filter(pk=ranking.pk).update(quota=99)
    with pytest.raises(DatabaseError, match="was recorded and stays"), transaction.atomic():
        ranking.delete()
