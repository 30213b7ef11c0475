"""An expert declares, accepts or gives back; another is drawn at once."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from silian.casework.reviews.choices.dossiers import DossierState, SeatRole
from silian.casework.reviews.choices.judging import AssignmentState
from silian.casework.reviews.commands.assignments import (
    accept_task,
    decline_task,
    lapse_overdue_tasks,
    recuse_from_task,
    stop_tasks,
)
from silian.casework.reviews.commands.scoring import submit_scores
from silian.casework.reviews.models import Assignment, DossierSeat, Draw, Interest, Score
from silian.casework.reviews.queries.draws import record_of_draw
from silian.casework.reviews.tasks.judging import remind_of_tasks
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.models import AuditEntry
from silian.foundation.kernel.site_calendar import site_calendar
from silian.registers.accounts.models import Notification
from tests.casework.reviews.stage_judging import (
    FULL,
    accept,
    actor_of,
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
    """Two tasks of one dossier; two more experts in the pool."""
    campaign = judged_campaign(world)
    pool_of(4)
    waiting_dossier(world, campaign)
    return drawn(world, campaign)


def test_an_expert_accepts_with_a_declaration_and_takes_the_seat(tasks: list[Assignment]) -> None:
    accept(tasks[0])
    tasks[0].refresh_from_db()
    assert tasks[0].state == AssignmentState.ACCEPTED
    assert "没有任职" in tasks[0].declaration
    seat = DossierSeat.objects.get(dossier=tasks[0].dossier, user=tasks[0].expert.user)
    assert seat.role == SeatRole.EXPERT


def test_without_the_declaration_nothing_is_accepted(tasks: list[Assignment]) -> None:
    with pytest.raises(DomainError, match="申明"):
        accept_task(
            assignment_id=tasks[0].pk,
            declares_no_interest=False,
            actor=actor_of(tasks[0].expert),
        )


def test_a_tie_that_came_up_after_the_draw_stops_the_acceptance(tasks: list[Assignment]) -> None:
    Interest.objects.create(
        expert=tasks[0].expert, organisation=tasks[0].dossier.applicant, what="持股"
    )
    with pytest.raises(DomainError, match="利害关系"):
        accept(tasks[0])
    assert not DossierSeat.objects.filter(user=tasks[0].expert.user).exists()


def test_a_tie_that_came_up_after_the_acceptance_stops_the_scores(
    tasks: list[Assignment],
) -> None:
    accept(tasks[0])
    Interest.objects.create(
        expert=tasks[0].expert, organisation=tasks[0].dossier.applicant, what="持股"
    )
    with pytest.raises(DomainError, match="应当回避"):
        submit_scores(
            assignment_id=tasks[0].pk,
            given=given(FULL),
            comment="总体较好",
            actor=actor_of(tasks[0].expert),
        )
    assert not tasks[0].scores.exists()


def test_another_s_task_is_nobody_else_s(world: World, tasks: list[Assignment]) -> None:
    for actor in (actor_of(tasks[1].expert), world.coordinator.actor, world.enterprise.actor):
        with pytest.raises(NotAllowed):
            accept_task(assignment_id=tasks[0].pk, declares_no_interest=True, actor=actor)


def test_a_recusal_draws_the_next_of_the_sequence(tasks: list[Assignment]) -> None:
    accept(tasks[0])
    recuse_from_task(
        assignment_id=tasks[0].pk, reason="配偶在该单位任职", actor=actor_of(tasks[0].expert)
    )
    tasks[0].refresh_from_db()
    assert tasks[0].state == AssignmentState.CONFLICTED
    again = Draw.objects.order_by("-number").first()
    assert again is not None
    assert again.occasion == "专家回避后补抽"
    assert record_of_draw(again).holds
    fresh = Assignment.objects.get(draw=again)
    assert fresh.expert_id not in {task.expert_id for task in tasks}
    alive = Assignment.objects.filter(state=AssignmentState.INVITED)
    assert alive.count() == 2


def test_what_a_recused_expert_began_is_gone(tasks: list[Assignment]) -> None:
    accept(tasks[0])
    Score.objects.create(assignment=tasks[0], criterion="training", points=40)
    recuse_from_task(assignment_id=tasks[0].pk, reason="持股", actor=actor_of(tasks[0].expert))
    assert not Score.objects.exists()


@pytest.mark.parametrize("command", [recuse_from_task, decline_task])
def test_giving_back_needs_a_reason(command: object, tasks: list[Assignment]) -> None:
    with pytest.raises(DomainError, match="写明"):
        command(assignment_id=tasks[0].pk, reason=" ", actor=actor_of(tasks[0].expert))  # type: ignore[operator]


def test_declining_draws_another(tasks: list[Assignment]) -> None:
    decline_task(assignment_id=tasks[0].pk, reason="出差", actor=actor_of(tasks[0].expert))
    assert Assignment.objects.filter(state=AssignmentState.INVITED).count() == 2


def test_after_accepting_nobody_declines(tasks: list[Assignment]) -> None:
    accept(tasks[0])
    with pytest.raises(WrongState):
        decline_task(assignment_id=tasks[0].pk, reason="出差", actor=actor_of(tasks[0].expert))


def test_when_nobody_is_left_the_organisers_are_told(world: World, run_jobs) -> None:  # type: ignore[no-untyped-def]
    campaign = judged_campaign(world)
    pool_of(2)
    waiting_dossier(world, campaign)
    task = drawn(world, campaign)[0]
    decline_task(assignment_id=task.pk, reason="出差", actor=actor_of(task.expert))
    run_jobs()
    titles = Notification.objects.filter(user=world.coordinator.user).values_list(
        "title", flat=True
    )
    assert any("还缺 1 位" in title for title in titles)


def test_a_late_task_lapses_and_another_expert_is_drawn(tasks: list[Assignment]) -> None:
    day = tasks[0].due_on + datetime.timedelta(days=1)
    hand_in(tasks[0], FULL)
    assert lapse_overdue_tasks(on=tasks[0].due_on) == 0
    assert lapse_overdue_tasks(on=day) == 1
    tasks[1].refresh_from_db()
    assert tasks[1].state == AssignmentState.LAPSED
    assert Assignment.objects.filter(state=AssignmentState.INVITED).count() == 1
    assert lapse_overdue_tasks(on=tasks[0].due_on) == 0


def test_experts_are_reminded_once_before_their_day(tasks: list[Assignment]) -> None:
    day = tasks[0].due_on
    calendar = site_calendar()
    on = timezone.localdate()
    while calendar.add(on, days=2) != day:
        on += datetime.timedelta(days=1)
    assert remind_of_tasks(on=on) == 2
    remind_of_tasks(on=on)
    assert Notification.objects.filter(title__startswith="评审还剩").count() == 2


def test_a_withdrawn_dossier_ends_its_tasks_without_a_new_draw(tasks: list[Assignment]) -> None:
    hand_in(tasks[0], FULL)
    tasks[0].dossier.state = DossierState.WITHDRAWN
    tasks[0].dossier.save(update_fields=["state"])
    assert stop_tasks(dossier_id=tasks[0].dossier_id) == 1
    assert Draw.objects.count() == 1
    tasks[0].refresh_from_db()
    assert tasks[0].opened_at is None


def test_the_experts_hear_of_their_tasks(tasks: list[Assignment], run_jobs) -> None:  # type: ignore[no-untyped-def]
    run_jobs()
    told = Notification.objects.filter(title__startswith="抽中您评审")
    assert set(told.values_list("user_id", flat=True)) == {t.expert.user_id for t in tasks}


def test_each_step_stands_in_the_audit_trail(tasks: list[Assignment]) -> None:
    accept(tasks[0])
    recuse_from_task(assignment_id=tasks[0].pk, reason="持股", actor=actor_of(tasks[0].expert))
    found = set(AuditEntry.objects.values_list("action", flat=True))
    assert {
        "reviews.draw.made",
        "reviews.assignment.accepted",
        "reviews.assignment.recused",
        "reviews.draw.replaced",
    } <= found
