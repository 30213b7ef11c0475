"""Publishing arranges internships under the hosts' locks; results stay private."""

from __future__ import annotations

import threading

import pytest
from django.db import close_old_connections

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.operations.placements.choices.internships import (
    Arrangement,
)
from silian.operations.placements.choices.rounds import (
    ObjectionState,
    RoundState,
)
from silian.operations.placements.commands.round_objections import (
    answer_objection,
    raise_objection,
)
from silian.operations.placements.commands.round_publishing import open_next_round, publish_run
from silian.operations.placements.commands.rounds import close_round
from silian.operations.placements.models import Internship, RoundResult, RoundRun
from silian.operations.placements.permissions.rounds import results_visible_to
from tests.operations.placements.rounds import stage
from tests.operations.placements.stage import in_post, make_student
from tests.world import World, make_world

PUBLISHED = stage.RANKED


def published(world: World, **values: object) -> RoundRun:
    placement_round = stage.wished_round(world, **values)
    run = stage.solved(world, placement_round)
    publish_run(run_id=run.pk, actor=world.school.actor, now=PUBLISHED)
    return RoundRun.objects.select_related("round").get(pk=run.pk)


def test_publishing_arranges_an_internship_for_everybody_with_a_post(world: World) -> None:
    run = published(world)
    assert run.round.state == RoundState.PUBLISHED
    assert run.round.objections_close_at is not None
    made = Internship.objects.filter(arrangement=Arrangement.ROUND)
    assert made.count() == 4
    assert not run.results.exclude(refusal="").exists()


def test_a_run_is_not_published_after_somebody_changed_what_it_was_computed_from(
    world: World,
) -> None:
    placement_round = stage.wished_round(world)
    run = stage.solved(world, placement_round)
    student = stage.students_of(placement_round)[0]
    student.score = 10
    student.save(update_fields=["score"])
    with pytest.raises(DomainError, match="重新计算"):
        publish_run(run_id=run.pk, actor=world.school.actor, now=PUBLISHED)


def test_a_place_taken_meanwhile_by_another_school_asks_for_a_new_run(world: World) -> None:
    placement_round = stage.wished_round(world)
    post = stage.posts_of(placement_round)[0].post
    post.headcount = 1
    post.save(update_fields=["headcount"])
    run = stage.solved(world, placement_round)
    other = make_student(world, name="演示学生他校")
    in_post(world, student=other, post=post, starts_on=stage.STARTS, ends_on=stage.ENDS)
    with pytest.raises(DomainError, match="重新计算"):
        publish_run(run_id=run.pk, actor=world.school.actor, now=PUBLISHED)


def test_an_unstable_run_is_not_published(world: World) -> None:
    placement_round = stage.wished_round(world)
    run = stage.solved(world, placement_round)
    RoundRun.objects.filter(pk=run.pk).update(blocking_pairs=1)
    with pytest.raises(DomainError, match="不稳定"):
        publish_run(run_id=run.pk, actor=world.school.actor, now=PUBLISHED)


def test_only_the_school_publishes(world: World) -> None:
    placement_round = stage.wished_round(world)
    run = stage.solved(world, placement_round)
    with pytest.raises(NotAllowed):
        publish_run(run_id=run.pk, actor=world.enterprise.actor, now=PUBLISHED)


def test_a_student_sees_the_own_result_only_once_it_is_published(world: World) -> None:
    placement_round = stage.wished_round(world)
    seat = stage.seat_own_student(world, placement_round)
    run = stage.solved(world, placement_round)
    assert not results_visible_to(world.student.actor).exists()
    publish_run(run_id=run.pk, actor=world.school.actor, now=PUBLISHED)
    assert results_visible_to(world.student.actor).get().student == seat
    assert not results_visible_to(world.enterprise.actor).exists()
    assert not results_visible_to(world.coordinator.actor).exists()


def test_an_objection_is_answered_before_the_round_is_closed(world: World) -> None:
    placement_round = stage.wished_round(world)
    stage.seat_own_student(world, placement_round)
    run = stage.solved(world, placement_round)
    publish_run(run_id=run.pk, actor=world.school.actor, now=PUBLISHED)
    result = results_visible_to(world.student.actor).get()
    with pytest.raises(DomainError, match="哪里不对"):
        raise_objection(result_id=result.pk, actor=world.student.actor, reason=" ", now=PUBLISHED)
    objection = raise_objection(
        result_id=result.pk, actor=world.student.actor, reason="成绩少算一门", now=PUBLISHED
    )
    after = PUBLISHED + 10 * stage.DAY
    with pytest.raises(DomainError, match="没有答复"):
        close_round(round_id=placement_round.pk, actor=world.school.actor, now=after)
    answered = answer_objection(
        objection_id=objection.pk,
        actor=world.school.actor,
        is_upheld=False,
        answer="已核对教务成绩，无误",
        now=PUBLISHED,
    )
    assert answered.state == ObjectionState.REJECTED
    closed = close_round(round_id=placement_round.pk, actor=world.school.actor, now=after)
    assert closed.state == RoundState.CLOSED


def test_nobody_objects_to_somebody_elses_result(world: World) -> None:
    run = published(world)
    result = run.results.first()
    assert isinstance(result, RoundResult)
    with pytest.raises(NotAllowed):
        raise_objection(
            result_id=result.pk, actor=world.student.actor, reason="不服", now=PUBLISHED
        )


def test_a_second_round_takes_who_and_what_is_left(world: World) -> None:
    run = published(world, students=5, places=(1, 1, 2))
    second = open_next_round(round_id=run.round_id, actor=world.school.actor, now=PUBLISHED)
    assert second.previous_id == run.round_id
    assert second.students.count() == 1
    assert second.students.get().score is not None
    assert not second.posts.exists()


@pytest.mark.django_db(transaction=True)
def test_two_schools_publishing_into_one_host_never_overfill_it() -> None:
    """Both computed while the place was free; whoever comes second is asked to compute again."""
    world = make_world()
    first = stage.wished_round(world, students=1, places=(1, 0, 0))
    post = stage.posts_of(first)[0].post
    post.headcount = 1
    post.save(update_fields=["headcount"])
    second = stage.twin_round(world, first)
    runs = [
        (stage.solved(world, first).pk, world.school.actor),
        (stage.solved(stage.as_twin(world), second).pk, stage.as_twin(world).school.actor),
    ]
    outcomes: list[str] = []

    def go(run_id: int, actor: object) -> None:
        try:
            publish_run(run_id=run_id, actor=actor, now=PUBLISHED)  # type: ignore[arg-type]
            outcomes.append("published")
        except DomainError:
            outcomes.append("refused")
        finally:
            close_old_connections()

    threads = [threading.Thread(target=go, args=pair) for pair in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["published", "refused"]
    assert Internship.objects.filter(post=post).count() == 1
