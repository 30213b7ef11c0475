"""A school prepares a round: students, scores, posts, reserves, opening, closing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.operations.placements.choices.rounds import (
    RoundState,
)
from silian.operations.placements.commands import rounds
from silian.operations.placements.rules.rounds import ReserveRule, ScoreLine
from tests.operations.placements.rounds import stage
from tests.operations.placements.stage import NOW, in_post, make_class, make_post, make_student
from tests.world import World


def test_the_students_of_the_cohort_are_in_the_round_except_those_in_post(world: World) -> None:
    school_class = make_class(world, name="数控 2401", year=2024)
    busy = make_student(world, school_class=school_class, name="演示学生在岗")
    in_post(world, student=busy, starts_on=stage.STARTS, ends_on=stage.ENDS)
    placement_round = stage.make_round(world, students=2)
    assert placement_round.students.count() == 2
    assert not placement_round.students.filter(person=busy).exists()


def test_another_school_cannot_touch_a_round(world: World) -> None:
    placement_round = stage.make_round(world)
    with pytest.raises(NotAllowed):
        rounds.open_wishes(round_id=placement_round.pk, actor=world.enterprise.actor, now=NOW)


def test_a_score_of_somebody_else_refuses_the_whole_list(world: World) -> None:
    placement_round = stage.make_round(world)
    line = ScoreLine(number="不在本轮", score=Decimal(60))
    with pytest.raises(DomainError, match="不在本轮"):
        rounds.set_scores(round_id=placement_round.pk, actor=world.school.actor, lines=[line])


def test_a_round_with_unscored_students_does_not_open(world: World) -> None:
    placement_round = stage.make_round(world)
    placement_round.students.update(score=None)
    with pytest.raises(DomainError, match="没有成绩"):
        stage.opened(world, placement_round)


def test_opening_draws_a_seed_and_freezes_the_rules(world: World) -> None:
    placement_round = stage.opened(world, stage.make_round(world))
    assert placement_round.state == RoundState.WISHING
    assert placement_round.seed is not None
    with pytest.raises(WrongState):
        rounds.set_posts(round_id=placement_round.pk, actor=world.school.actor, places={})


def test_more_places_than_the_post_takes_are_refused(world: World) -> None:
    placement_round = stage.make_round(world)
    post = make_post(world, title="小岗", headcount=2)
    with pytest.raises(DomainError, match="最多 2 人"):
        rounds.set_posts(round_id=placement_round.pk, actor=world.school.actor, places={post.pk: 3})


def test_reserves_beyond_the_places_are_refused(world: World) -> None:
    placement_round = stage.make_round(world)
    post = stage.posts_of(placement_round)[0]
    rule = ReserveRule(kind="county", value="990104", seats=2)
    with pytest.raises(DomainError, match="多于名额"):
        rounds.set_reserves(round_post_id=post.pk, actor=world.school.actor, rules=[rule])


def test_wishes_are_not_closed_before_their_time(world: World) -> None:
    placement_round = stage.opened(world, stage.make_round(world))
    with pytest.raises(DomainError, match="不能提前"):
        rounds.close_wishes(round_id=placement_round.pk, actor=world.school.actor, now=NOW)
    assert stage.closed(world, placement_round).state == RoundState.RANKING


def test_a_student_is_left_out_with_a_reason(world: World) -> None:
    placement_round = stage.make_round(world)
    student = stage.students_of(placement_round)[0]
    with pytest.raises(DomainError, match="原因"):
        rounds.leave_student_out(student_id=student.pk, actor=world.school.actor, reason=" ")
    left = rounds.leave_student_out(
        student_id=student.pk, actor=world.school.actor, reason="参军入伍"
    )
    assert not left.is_eligible


def test_a_cancelled_round_says_why(world: World) -> None:
    placement_round = stage.make_round(world)
    with pytest.raises(DomainError):
        rounds.cancel_round(round_id=placement_round.pk, actor=world.school.actor, reason="")
    gone = rounds.cancel_round(
        round_id=placement_round.pk, actor=world.school.actor, reason="改为集中安排"
    )
    assert gone.state == RoundState.CANCELLED
