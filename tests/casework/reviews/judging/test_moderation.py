"""A divergence is settled within the experts' band, with a reason, by somebody else."""

from __future__ import annotations

from decimal import Decimal

import pytest

from silian.casework.reviews.choices.dossiers import DossierState, SeatRole
from silian.casework.reviews.commands.moderation import call_third_expert, settle_moderation
from silian.casework.reviews.models import Assignment, CriterionResult, DossierSeat, Moderation
from silian.casework.reviews.permissions.judging import moderations_visible_to, scores_visible_to
from silian.casework.reviews.queries.judging import waiting_moderations
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from tests.casework.reviews.stage import colleague
from tests.casework.reviews.stage_judging import FULL, actor_of, diverged, hand_in
from tests.world import World

REASON = "按共建专业数量和学生受益面核对后确定"


def test_a_moderator_settles_between_the_experts(world: World) -> None:
    _, dossier, _ = diverged(world)
    assert list(waiting_moderations(world.reviewer.actor)) == [dossier]
    settle_moderation(
        dossier_id=dossier.pk,
        points={"training": Decimal("40"), "effect": Decimal("20")},
        reason=REASON,
        actor=world.reviewer.actor,
    )
    dossier.refresh_from_db()
    moderation = Moderation.objects.get(dossier=dossier)
    assert dossier.state == DossierState.RANKED
    assert dossier.points == Decimal("60.00")
    assert moderation.points == 60
    assert moderation.moderated_by_id == world.reviewer.actor.user_id
    assert CriterionResult.objects.get(criterion="effect").points == 20
    seat = DossierSeat.objects.get(dossier=dossier, user_id=world.reviewer.actor.user_id)
    assert seat.role == SeatRole.MODERATOR


def test_where_nothing_is_said_the_mean_stands(world: World) -> None:
    _, dossier, _ = diverged(world)
    settle_moderation(
        dossier_id=dossier.pk,
        points={"training": Decimal("40")},
        reason=REASON,
        actor=world.reviewer.actor,
    )
    kept = Moderation.objects.get(dossier=dossier).by_criterion
    assert kept == {"training": "40", "effect": "17.00"}


@pytest.mark.parametrize("points", ["29", "48.5"])
def test_points_outside_the_band_are_refused(points: str, world: World) -> None:
    _, dossier, _ = diverged(world)
    with pytest.raises(DomainError, match="第三位") as refusal:
        settle_moderation(
            dossier_id=dossier.pk,
            points={"training": Decimal(points)},
            reason=REASON,
            actor=world.reviewer.actor,
        )
    assert refusal.value.field == "training"


def test_a_reason_is_due(world: World) -> None:
    _, dossier, _ = diverged(world)
    for command in (
        lambda: settle_moderation(
            dossier_id=dossier.pk, points={}, reason="同意", actor=world.reviewer.actor
        ),
        lambda: call_third_expert(dossier_id=dossier.pk, reason="", actor=world.reviewer.actor),
    ):
        with pytest.raises(DomainError, match="写明理由"):
            command()


def test_only_officials_of_the_organiser_moderate(world: World) -> None:
    _, dossier, tasks = diverged(world)
    for actor in (world.enterprise.actor, world.supervisor.actor, actor_of(tasks[0].expert)):
        with pytest.raises(NotAllowed):
            settle_moderation(dossier_id=dossier.pk, points={}, reason=REASON, actor=actor)
        assert not moderations_visible_to(actor).exists()


def test_who_holds_another_seat_does_not_moderate(world: World) -> None:
    _, dossier, _ = diverged(world)
    DossierSeat.objects.create(
        dossier=dossier,
        user=world.reviewer.user,
        role=SeatRole.INTAKE,
        taken_at=dossier.state_since,
    )
    with pytest.raises(NotAllowed, match="形式审查"):
        settle_moderation(
            dossier_id=dossier.pk, points={}, reason=REASON, actor=world.reviewer.actor
        )


def test_a_third_expert_judges_blind_before_it_is_settled(world: World) -> None:
    _, dossier, tasks = diverged(world)
    actor = world.reviewer.actor
    call_third_expert(dossier_id=dossier.pk, reason="两位专家分歧过大，需要再评", actor=actor)
    third = Assignment.objects.exclude(pk__in=[task.pk for task in tasks]).get()
    assert not scores_visible_to(actor_of(third.expert)).exists()
    assert not waiting_moderations(actor).exists()
    with pytest.raises(DomainError, match="还没有提交"):
        settle_moderation(dossier_id=dossier.pk, points={}, reason=REASON, actor=actor)
    hand_in(third, {"training": Decimal("45"), "effect": Decimal("23")})
    assert scores_visible_to(actor).filter(assignment=third).count() == 2
    dossier.refresh_from_db()
    assert dossier.state == DossierState.MODERATION
    with pytest.raises(DomainError, match="已经增派"):
        call_third_expert(dossier_id=dossier.pk, reason="再增派一位专家来评这份材料", actor=actor)
    settle_moderation(dossier_id=dossier.pk, points={}, reason=REASON, actor=actor)
    dossier.refresh_from_db()
    assert dossier.points == Decimal("60.00")  # (48 + 30 + 45) / 3 + (24 + 10 + 23) / 3


def test_what_is_settled_is_not_settled_again(world: World) -> None:
    _, dossier, _ = diverged(world)
    settle_moderation(dossier_id=dossier.pk, points={}, reason=REASON, actor=world.reviewer.actor)
    with pytest.raises(WrongState):
        settle_moderation(
            dossier_id=dossier.pk, points={}, reason=REASON, actor=colleague(world).actor
        )


def test_the_page_names_nobody_and_shows_both(world: World) -> None:
    _, dossier, tasks = diverged(world)
    response = world.reviewer.client.get(f"/reviews/moderation/{dossier.pk}/")
    text = response.content.decode()
    assert response.status_code == 200
    assert "48.00" in text
    assert "30.00" in text
    assert tasks[0].expert.user.name not in text
    assert FULL["training"] == 48


def test_the_page_settles_and_refuses_in_place(world: World) -> None:
    _, dossier, _ = diverged(world)
    client, url = world.reviewer.client, f"/reviews/moderation/{dossier.pk}/"
    refused = client.post(url, {"points_training": "55", "reason": REASON})
    assert refused.status_code == 422
    assert client.post(url, {"points_training": "44", "reason": REASON}).status_code == 302
    dossier.refresh_from_db()
    assert dossier.state == DossierState.RANKED
