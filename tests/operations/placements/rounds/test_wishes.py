"""Students name posts that are open to them; hosts score those who named theirs."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.operations.placements.commands.round_wishes import hand_in_wishes, rank_students
from silian.operations.placements.models import Round, RoundStudent
from silian.registers.people.models import Person
from tests.operations.placements.rounds import stage
from tests.operations.placements.stage import NOW
from tests.world import World


def test_a_list_replaces_the_earlier_one_in_its_order(world: World) -> None:
    placement_round = stage.opened(world, stage.make_round(world))
    stage.seat_own_student(world, placement_round)
    first, second, _ = stage.posts_of(placement_round)
    hand_in(world, placement_round, first.pk, second.pk)
    student = hand_in(world, placement_round, second.pk)
    assert list(student.wishes.values_list("round_post_id", "rank")) == [(second.pk, 1)]


def test_nobody_hands_in_for_another(world: World) -> None:
    placement_round = stage.opened(world, stage.make_round(world))
    post = stage.posts_of(placement_round)[0]
    with pytest.raises(NotAllowed):
        hand_in(world, placement_round, post.pk)


def test_more_wishes_than_the_rule_allows_are_refused(world: World) -> None:
    placement_round = stage.opened(world, stage.make_round(world, most_wishes=1))
    stage.seat_own_student(world, placement_round)
    posts = stage.posts_of(placement_round)
    with pytest.raises(DomainError, match="最多填 1 个"):
        hand_in(world, placement_round, posts[0].pk, posts[1].pk)


def test_wishes_after_the_deadline_are_refused(world: World) -> None:
    placement_round = stage.opened(world, stage.make_round(world))
    stage.seat_own_student(world, placement_round)
    post = stage.posts_of(placement_round)[0]
    with pytest.raises(DomainError, match="截止"):
        hand_in(world, placement_round, post.pk, now=stage.CLOSED)


def test_a_post_that_the_law_closes_cannot_be_wished(world: World) -> None:
    placement_round = stage.opened(world, stage.make_round(world))
    student = stage.seat_own_student(world, placement_round)
    Person.objects.filter(pk=student.person_id).update(born_on=datetime.date(2011, 1, 1))
    post = stage.posts_of(placement_round)[0]
    with pytest.raises(DomainError, match="不能填报"):
        hand_in(world, placement_round, post.pk)


def test_a_host_scores_only_those_who_named_its_post(world: World) -> None:
    placement_round = stage.wished_round(world, host_weight=40)
    post = stage.posts_of(placement_round)[0]
    student = stage.students_of(placement_round)[0]
    rank_students(
        round_post_id=post.pk,
        actor=world.enterprise.actor,
        scores={student.pk: Decimal(88)},
        now=stage.CLOSED,
    )
    assert post.ranks.get().score == 88
    with pytest.raises(NotAllowed):
        rank_students(round_post_id=post.pk, actor=world.rival.actor, scores={}, now=stage.CLOSED)
    student.wishes.all().delete()
    with pytest.raises(DomainError, match="没有填报"):
        rank_students(
            round_post_id=post.pk,
            actor=world.enterprise.actor,
            scores={student.pk: Decimal(88)},
            now=stage.CLOSED,
        )


def test_a_host_does_not_score_while_wishes_are_open(world: World) -> None:
    placement_round = stage.opened(world, stage.make_round(world, host_weight=40))
    post = stage.posts_of(placement_round)[0]
    with pytest.raises(WrongState):
        rank_students(round_post_id=post.pk, actor=world.enterprise.actor, scores={}, now=NOW)


def hand_in(
    world: World, placement_round: Round, *posts: int, now: datetime.datetime = NOW
) -> RoundStudent:
    return hand_in_wishes(
        round_id=placement_round.pk, actor=world.student.actor, round_post_ids=posts, now=now
    )
