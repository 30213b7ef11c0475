"""A run computes a frozen snapshot; what-ifs stand beside it; a late change moves few."""

from __future__ import annotations

import pytest

from silian.foundation.kernel.errors import DomainError
from silian.operations.placements.choices.rounds import (
    RoundState,
    RunState,
)
from silian.operations.placements.commands.rounds import leave_student_out
from silian.operations.placements.models import PostCensus, RoundRun
from tests.operations.placements.rounds import stage
from tests.operations.placements.stage import in_post, make_student
from tests.world import World


def ranks(run: RoundRun) -> list[int | None]:
    return list(run.results.order_by("student__number").values_list("rank", flat=True))


def test_a_run_keeps_inputs_digest_figures_and_the_check(world: World) -> None:
    placement_round = stage.wished_round(world)
    run = stage.solved(world, placement_round)
    placement_round.refresh_from_db()
    assert placement_round.state == RoundState.SOLVED
    assert (run.state, run.blocking_pairs, run.faults) == (RunState.DONE, 0, [])
    assert len(run.digest) == 64
    assert ranks(run) == [1, 2, 3, 3]
    assert run.figures["first"] == 1


def test_a_run_is_computed_by_the_queue(world: World, run_jobs) -> None:  # type: ignore[no-untyped-def]
    from silian.operations.placements.commands.round_solving import start_run

    placement_round = stage.wished_round(world)
    run = start_run(round_id=placement_round.pk, actor=world.school.actor)
    run_jobs()
    run.refresh_from_db()
    assert run.state == RunState.DONE


def test_a_what_if_changes_places_and_leaves_the_round_as_it_is(world: World) -> None:
    placement_round = stage.wished_round(world, places=(2, 1, 2))
    first = stage.posts_of(placement_round)[0]
    base = stage.solved(world, placement_round)
    less = stage.solved(world, placement_round, changes={"places": {str(first.pk): 1}})
    assert base.figures["first"] == 2
    assert less.figures["first"] == 1
    assert first.places == 2
    assert base.digest == less.digest


def test_a_what_if_beyond_the_places_is_refused(world: World) -> None:
    placement_round = stage.wished_round(world)
    first = stage.posts_of(placement_round)[0]
    with pytest.raises(DomainError, match="最多 1 个名额"):
        stage.solved(world, placement_round, changes={"places": {str(first.pk): 9}})


def test_a_late_withdrawal_lets_only_those_up_who_gain(world: World) -> None:
    placement_round = stage.wished_round(world)
    stage.solved(world, placement_round)
    first = stage.students_of(placement_round)[0]
    late = stage.solved(world, placement_round, changes={"late": True, "withdrawn": [first.pk]})
    assert ranks(late) == [None, 1, 2, 3]
    assert late.blocking_pairs == 0


def test_the_law_is_asked_again_when_the_round_is_solved(world: World) -> None:
    placement_round = stage.wished_round(world)
    student = stage.students_of(placement_round)[0]
    student.person.born_on = student.person.born_on.replace(year=2012)
    student.person.save(update_fields=["born_on"])
    run = stage.solved(world, placement_round)
    result = run.results.get(student=student)
    assert result.round_post is None
    assert "不符合安排条件" in result.sentence
    assert len(result.missed) == 3


def test_places_that_another_school_has_filled_are_not_given_again(world: World) -> None:
    placement_round = stage.wished_round(world, places=(2, 1, 2))
    first = stage.posts_of(placement_round)[0]
    first.post.headcount = 2
    first.post.save(update_fields=["headcount"])
    other = make_student(world, name="演示学生他校")
    in_post(world, student=other, post=first.post, starts_on=stage.STARTS, ends_on=stage.ENDS)
    run = stage.solved(world, placement_round)
    assert run.figures["places"] == 4
    assert "调为 1" in run.inputs["cuts"][0]


def test_a_small_host_is_held_to_its_share_where_the_region_forbids_more(world: World) -> None:
    placement_round = stage.wished_round(world)
    PostCensus.objects.filter(organisation=world.enterprise.organisation).update(staff=10)
    run = stage.solved(world, placement_round)
    assert run.figures["places"] in (3, 4)


def test_who_was_left_out_is_not_computed(world: World) -> None:
    placement_round = stage.wished_round(world)
    student = stage.students_of(placement_round)[0]
    leave_student_out(student_id=student.pk, actor=world.school.actor, reason="参军入伍")
    run = stage.solved(world, placement_round)
    assert not run.results.filter(student=student).exists()
