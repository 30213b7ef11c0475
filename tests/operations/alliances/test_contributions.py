"""Joint targets, the contribution ledger, weights and yearly results."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.operations.alliances.choices.contributions import ContributionState, Function
from silian.operations.alliances.commands.assessments import assess_group, set_weight
from silian.operations.alliances.commands.contributions import (
    confirm_contribution,
    drop_target,
    note_target_progress,
    refuse_contribution,
)
from silian.operations.alliances.commands.groups import suspend_group
from silian.operations.alliances.models.contributions import Contribution, JointTarget
from silian.operations.alliances.queries.group_scores import member_scores, score_of
from silian.operations.alliances.queries.groups import contributions_to_decide, target_lines
from tests.operations.alliances import group_stage as stage
from tests.world import Person, World


def noted(world: World, target: JointTarget, value: str, **given: Any) -> None:
    values: dict[str, Any] = {
        "on": stage.today(),
        "text": "已汇总",
        "evidence": "名册",
        "upload": None,
        "actor": world.enterprise.actor,
        "today": stage.today(),
    }
    note_target_progress(target_id=target.pk, value=Decimal(value), **{**values, **given})


def confirmed(row: Contribution, by: Person) -> Contribution:
    return confirm_contribution(contribution_id=row.pk, actor=by.actor, now=timezone.localtime())


def test_a_target_is_reached_and_open_again_when_the_number_falls(world: World) -> None:
    group = stage.running(world)
    target = stage.target(world, group)
    noted(world, target, "100")
    target.refresh_from_db()
    assert target.reached_on == stage.today()
    noted(world, target, "90")
    target.refresh_from_db()
    assert (target.reached, target.reached_on) == (Decimal(90), None)


def test_progress_needs_evidence_and_is_said_by_who_answers(world: World) -> None:
    target = stage.target(world, stage.running(world))
    with pytest.raises(DomainError, match="依据材料"):
        noted(world, target, "1", evidence=" ")
    with pytest.raises(DomainError, match="不能晚于今天"):
        noted(world, target, "1", on=stage.today() + datetime.timedelta(days=1))
    stage.member(target.group, stage.unit_of(world.rival))
    with pytest.raises(NotAllowed, match="负责成员或牵头单位"):
        noted(world, target, "1", actor=world.rival.actor)


def test_an_overdue_target_counts_its_days_until_it_is_dropped(world: World) -> None:
    group = stage.running(world)
    target = stage.target(world, group, due_on=stage.today() - datetime.timedelta(days=5))
    assert target_lines(group, today=stage.today())[0].standing.text == "逾期 5 天"
    drop_target(
        target_id=target.pk, reason="理事会决定", on=stage.today(), actor=world.school.actor
    )
    assert target_lines(group, today=stage.today())[0].standing.text == "已取消"
    with pytest.raises(DomainError, match="已取消"):
        noted(world, target, "1")


def test_a_contribution_is_confirmed_by_the_lead(world: World) -> None:
    row = stage.recorded(world, stage.running(world))
    assert list(contributions_to_decide(world.school.actor)) == [row]
    assert not contributions_to_decide(world.enterprise.actor)
    with pytest.raises(NotAllowed, match="牵头单位确认"):
        confirmed(row, world.enterprise)
    assert confirmed(row, world.school).state == ContributionState.CONFIRMED
    with pytest.raises(WrongState):
        confirmed(row, world.school)


def test_what_the_lead_says_of_a_member_the_member_confirms(world: World) -> None:
    row = stage.recorded(world, stage.running(world), by=world.school)
    assert list(contributions_to_decide(world.enterprise.actor)) == [row]
    with pytest.raises(NotAllowed):
        confirmed(row, world.school)
    assert confirmed(row, world.enterprise).decided_by_id == stage.unit_of(world.enterprise).pk


def test_the_lead_names_who_received_its_own_contribution(world: World) -> None:
    group, lead = stage.running(world), stage.unit_of(world.school).pk
    with pytest.raises(DomainError, match="须由受益单位确认"):
        stage.recorded(world, group, by=world.school, contributor_id=lead)
    receiver = stage.unit_of(world.enterprise).pk
    row = stage.recorded(world, group, by=world.school, contributor_id=lead, receiver_id=receiver)
    assert confirmed(row, world.enterprise).state == ContributionState.CONFIRMED


def test_a_refusal_says_why_and_counts_nothing(world: World) -> None:
    group = stage.running(world)
    stage.weight()
    row = stage.recorded(world, group)
    now = timezone.localtime()
    with pytest.raises(DomainError, match="理由"):
        refuse_contribution(contribution_id=row.pk, reason="", actor=world.school.actor, now=now)
    refuse_contribution(
        contribution_id=row.pk, reason="名册不符", actor=world.school.actor, now=now
    )
    assert score_of(group, year=stage.today().year, today=stage.today()).points == 0


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"quantity": Decimal(0)}, "数量须大于 0"),
        ({"on": datetime.date(2022, 12, 31)}, "才加入"),
        ({"on": datetime.date(2100, 1, 1)}, "不能晚于今天"),
    ],
)
def test_an_unfit_contribution_is_refused(world: World, given: dict[str, Any], words: str) -> None:
    with pytest.raises(DomainError, match=words):
        stage.recorded(world, stage.running(world), **given)


def test_a_stranger_neither_gives_nor_receives(world: World) -> None:
    group, stranger = stage.running(world), stage.unit_of(world.rival).pk
    with pytest.raises(DomainError, match="受益单位须是"):
        stage.recorded(world, group, receiver_id=stranger)
    with pytest.raises(DomainError, match="贡献单位须是"):
        stage.recorded(world, group, by=world.school, contributor_id=stranger)
    with pytest.raises(type(group).DoesNotExist):
        stage.recorded(world, group, by=world.rival, contributor_id=stranger)


def test_a_paused_group_takes_no_contribution(world: World) -> None:
    group = stage.running(world)
    suspend_group(group_id=group.pk, reason="整改", on=stage.today(), actor=world.coordinator.actor)
    with pytest.raises(DomainError, match="运行期间才能登记"):
        stage.recorded(world, group)


def test_the_score_is_unset_until_the_weight_is_set(world: World) -> None:
    group, year = stage.running(world), stage.today().year
    confirmed(stage.recorded(world, group), world.school)
    assert score_of(group, year=year, today=stage.today()).unset == [Function.PLACES]
    set_weight(
        function=Function.PLACES,
        points=Decimal("0.5"),
        ceiling=None,
        valid_from=stage.STARTED,
        basis="考核办法",
        actor=world.coordinator.actor,
    )
    assert score_of(group, year=year, today=stage.today()).points == Decimal("10.0")
    assert member_scores(group, year=year, today=stage.today())[0].score.points == 10


def test_a_weight_in_force_is_not_written_over(world: World) -> None:
    stage.weight()
    given: dict[str, Any] = {"function": Function.PLACES, "points": Decimal(1), "ceiling": None}
    with pytest.raises(DomainError, match="已生效的不改写"):
        set_weight(**given, valid_from=stage.STARTED, basis="新办法", actor=world.coordinator.actor)
    with pytest.raises(NotAllowed):
        set_weight(**given, valid_from=stage.today(), basis="新", actor=world.school.actor)


def test_an_assessment_keeps_the_figures_as_they_stood(world: World) -> None:
    group = stage.running(world)
    stage.weight()
    first = confirmed(stage.recorded(world, group), world.school)
    year = first.on.year
    assessment = assess_group(
        group_id=group.pk,
        year=year,
        grade="good",
        reason="按期完成",
        actor=world.coordinator.actor,
        today=stage.today(),
    )
    confirmed(stage.recorded(world, group, title="又一批"), world.school)
    assessment.refresh_from_db()
    assert assessment.figures["score"] == "10.0"
    assert assessment.figures["contributions"]["confirmed"] == 1
    assert assessment.figures["members"] == 2
    with pytest.raises(DomainError, match="不重复考核"):
        assess_group(
            group_id=group.pk,
            year=year,
            grade="good",
            reason="再考",
            actor=world.coordinator.actor,
            today=stage.today(),
        )


def test_a_lead_does_not_assess_itself(world: World) -> None:
    group = stage.running(world)
    with pytest.raises(NotAllowed):
        assess_group(
            group_id=group.pk,
            year=stage.today().year,
            grade="excellent",
            reason="好",
            actor=world.school.actor,
            today=stage.today(),
        )
