"""Scores are whole, final, and open only when all are in."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from silian.casework.reviews.choices.dossiers import DossierState
from silian.casework.reviews.choices.judging import AssignmentState
from silian.casework.reviews.commands.scoring import Given, save_scores, submit_scores
from silian.casework.reviews.models import Assignment, CriterionResult, Dossier, Moderation, Score
from silian.casework.reviews.permissions.judging import scores_visible_to
from silian.casework.reviews.queries.judging import blind, campaign_agreement
from silian.foundation.kernel.errors import DomainError, WrongState
from tests.casework.reviews.stage_judging import (
    FULL,
    accept,
    actor_of,
    diverged,
    drawn,
    given,
    hand_in,
    judged_campaign,
    pool_of,
    waiting_dossier,
)
from tests.world import World


@pytest.fixture
def tasks(world: World) -> list[Assignment]:
    campaign = judged_campaign(world)
    pool_of(4)
    waiting_dossier(world, campaign)
    return drawn(world, campaign)


def save(task: Assignment, scores: dict[str, Given], comment: str = "总体较好") -> Assignment:
    return save_scores(
        assignment_id=task.pk, given=scores, comment=comment, actor=actor_of(task.expert)
    )


def submit(task: Assignment, scores: dict[str, Given], comment: str = "总体较好") -> Assignment:
    return submit_scores(
        assignment_id=task.pk, given=scores, comment=comment, actor=actor_of(task.expert)
    )


def test_scores_are_kept_while_working(tasks: list[Assignment]) -> None:
    accept(tasks[0])
    save(tasks[0], given({"training": Decimal("40")}))
    save(tasks[0], given({"training": Decimal("41")}))
    assert [row.points for row in Score.objects.all()] == [41]


def test_before_the_declaration_nobody_scores(tasks: list[Assignment]) -> None:
    with pytest.raises(WrongState, match="不能评分"):
        save(tasks[0], given(FULL))


def test_more_than_the_most_is_refused_at_its_box(tasks: list[Assignment]) -> None:
    accept(tasks[0])
    with pytest.raises(DomainError) as refusal:
        save(tasks[0], given({"effect": Decimal("31")}))
    assert refusal.value.field == "effect"


def test_every_criterion_needs_points(tasks: list[Assignment]) -> None:
    accept(tasks[0])
    with pytest.raises(DomainError, match="还有 1 项没有评分：人才培养成效"):
        submit(tasks[0], given({"training": Decimal("48")}))


@pytest.mark.parametrize("points", ["30", "58"])
def test_low_and_high_points_need_a_reason(points: str, tasks: list[Assignment]) -> None:
    accept(tasks[0])
    scores = given({"training": Decimal(points), "effect": Decimal("24")}, comment="")
    with pytest.raises(DomainError, match="写明理由：校企协同育人"):
        submit(tasks[0], scores)


def test_a_summary_is_due(tasks: list[Assignment]) -> None:
    accept(tasks[0])
    with pytest.raises(DomainError, match="总体意见"):
        submit(tasks[0], given(FULL), comment=" ")


def test_handed_in_is_final(tasks: list[Assignment]) -> None:
    hand_in(tasks[0], FULL)
    with pytest.raises(WrongState):
        submit(tasks[0], given(FULL))
    with pytest.raises(DatabaseError, match="stay"), transaction.atomic():
        Score.objects.filter(assignment=tasks[0]).update(points=1)
    with pytest.raises(DatabaseError, match="stay"), transaction.atomic():
        Assignment.objects.filter(pk=tasks[0].pk).update(points=1)


def test_until_all_are_in_nobody_but_the_author_reads_a_score(
    world: World, tasks: list[Assignment]
) -> None:
    hand_in(tasks[0], FULL)
    accept(tasks[1])
    others = [world.people[name].actor for name in world.people if world.people[name].user]
    for actor in [*others, actor_of(tasks[1].expert)]:
        assert not scores_visible_to(actor).exists()
        assert blind(actor, tasks[0].dossier)
    assert scores_visible_to(actor_of(tasks[0].expert)).count() == 2


def test_the_database_keeps_scores_closed_while_somebody_works(tasks: list[Assignment]) -> None:
    hand_in(tasks[0], FULL)
    with pytest.raises(DatabaseError, match="has not handed in"), transaction.atomic():
        Assignment.objects.filter(pk=tasks[0].pk).update(opened_at=timezone.now())


def test_when_all_are_in_the_mean_counts_and_the_dossier_goes_on(
    world: World, tasks: list[Assignment]
) -> None:
    hand_in(tasks[0], FULL)
    hand_in(tasks[1], {"training": Decimal("42"), "effect": Decimal("22")})
    dossier = Dossier.objects.get(pk=tasks[0].dossier_id)
    assert dossier.state == DossierState.RANKED
    assert dossier.points == Decimal("68.00")
    assert CriterionResult.objects.get(criterion="training").points == Decimal("45.00")
    assert scores_visible_to(world.coordinator.actor).count() == 4
    assert not scores_visible_to(world.enterprise.actor).exists()
    assert not scores_visible_to(world.supervisor.actor).exists()


def test_an_expert_never_reads_the_other_s_scores(tasks: list[Assignment]) -> None:
    hand_in(tasks[0], FULL)
    hand_in(tasks[1], FULL)
    own = scores_visible_to(actor_of(tasks[0].expert))
    assert set(own.values_list("assignment_id", flat=True)) == {tasks[0].pk}


def test_too_far_apart_goes_to_moderation(world: World) -> None:
    _, dossier, tasks = diverged(world)
    assert dossier.state == DossierState.MODERATION
    moderation = Moderation.objects.get(dossier=dossier)
    assert (moderation.spread, moderation.limit) == (32, 15)
    assert moderation.due_on is not None
    assert dossier.points is None or dossier.points == 0
    assert not CriterionResult.objects.filter(criterion="training", points__gt=0).exists()
    tasks[0].refresh_from_db()
    assert tasks[0].state == AssignmentState.SUBMITTED


def test_an_unset_limit_never_moderates(world: World) -> None:
    campaign = judged_campaign(world, procedure={"divergence": "$open_one"})
    pool_of(2)
    dossier = waiting_dossier(world, campaign)
    first, second = drawn(world, campaign)
    hand_in(first, FULL)
    hand_in(second, {"training": Decimal(0), "effect": Decimal(0)})
    dossier.refresh_from_db()
    assert dossier.state == DossierState.RANKED


def test_the_agreement_of_a_batch_counts_open_scores_only(tasks: list[Assignment]) -> None:
    campaign = tasks[0].dossier.campaign
    hand_in(tasks[0], FULL)
    assert campaign_agreement(campaign).dossiers == 0
    hand_in(tasks[1], {"training": Decimal("42"), "effect": Decimal("22")})
    found = campaign_agreement(campaign)
    assert (found.dossiers, found.mean_difference) == (1, 8.0)
