"""Opinions of committees: written, sent, answered by the school, withdrawn."""

from __future__ import annotations

import pytest
from django.utils import timezone

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.operations.alliances.choices.committees import OpinionState, Take
from silian.operations.alliances.commands.opinions import (
    answer_opinion,
    change_opinion,
    issue_opinion,
    withdraw_opinion,
)
from silian.operations.alliances.events.committees import OpinionIssued
from silian.operations.alliances.handlers.committees import tell_schools
from silian.operations.alliances.models.opinions import CommitteeOpinion, OpinionAnswer
from silian.operations.alliances.permissions.committees import (
    answers_visible_to,
    opinions_visible_to,
    public_opinions,
)
from silian.operations.alliances.queries.committees import answers_waiting
from silian.registers.accounts.models import Notification
from tests.operations.alliances import committee_stage as stage
from tests.operations.alliances.group_stage import today
from tests.world import World


def answered(world: World, answer: OpinionAnswer, **given: object) -> OpinionAnswer:
    values: dict[str, object] = {
        "take": Take.ADOPTED,
        "text": "列入下学期方案",
        "actor": world.school.actor,
        "today": today(),
    }
    return answer_opinion(answer_id=answer.pk, **{**values, **given})  # type: ignore[arg-type]


def test_a_draft_is_read_by_its_keepers_only(world: World) -> None:
    draft = stage.drafted(world)
    assert draft not in opinions_visible_to(world.school.actor)
    assert draft not in public_opinions()
    assert draft in opinions_visible_to(world.enterprise.actor)
    assert draft in opinions_visible_to(world.coordinator.actor)


def test_an_opinion_on_nothing_is_not_sent(world: World) -> None:
    draft = stage.drafted(world)
    with pytest.raises(DomainError, match="没有对应专业点、标准或职业"):
        issue_opinion(opinion_id=draft.pk, actor=world.enterprise.actor, now=timezone.localtime())


def test_a_standard_output_names_its_standard(world: World) -> None:
    committee = stage.committee(world)
    draft = stage.drafted(world, committee, kind="standards")
    now = timezone.localtime()
    with pytest.raises(DomainError, match="标准库"):
        issue_opinion(opinion_id=draft.pk, actor=world.enterprise.actor, now=now)
    facts = stage.opinion_facts(kind="standards", standard_id=stage.standard(world).pk)
    change_opinion(opinion_id=draft.pk, facts=facts, actor=world.enterprise.actor)
    sent = issue_opinion(opinion_id=draft.pk, actor=world.enterprise.actor, now=now)
    assert sent.state == OpinionState.ISSUED
    assert not sent.answers.exists()


def test_the_school_concerned_owes_an_answer(world: World) -> None:
    opinion = stage.issued(world)
    answer = opinion.answers.get()
    assert answer.school == world.school.organisation
    assert list(answers_waiting(world.school.actor)) == [answer]
    assert (answer.due_at - timezone.now()).days >= 20
    assert not answers_waiting(world.teacher.actor)


def test_a_school_answers_once_and_says_how(world: World) -> None:
    answer = stage.issued(world).answers.get()
    with pytest.raises(DomainError, match="怎样落实"):
        answered(world, answer, text=" ")
    answered(world, answer, take=Take.DECLINED)
    with pytest.raises(DomainError, match="已答复"):
        answered(world, answer)


def test_nobody_answers_for_another_school(world: World) -> None:
    answer = stage.issued(world).answers.get()
    for person in (world.enterprise, world.coordinator, world.teacher):
        with pytest.raises(NotAllowed, match="所在学校"):
            answered(world, answer, actor=person.actor)


def test_answers_are_not_read_by_strangers(world: World) -> None:
    answer = stage.issued(world).answers.get()
    assert answer not in answers_visible_to(world.rival.actor)
    assert answer in answers_visible_to(world.school.actor)
    assert answer in answers_visible_to(world.enterprise.actor)


def test_a_sent_opinion_is_withdrawn_and_not_changed(world: World) -> None:
    opinion, actor = stage.issued(world), world.enterprise.actor
    with pytest.raises(DomainError, match="不再修改"):
        change_opinion(opinion_id=opinion.pk, facts=stage.opinion_facts(), actor=actor)
    with pytest.raises(DomainError, match="撤回理由"):
        withdraw_opinion(opinion_id=opinion.pk, reason="", actor=actor)
    withdraw_opinion(opinion_id=opinion.pk, reason="数据有误", actor=actor)
    assert opinion not in public_opinions()
    assert not answers_waiting(world.school.actor)
    with pytest.raises(WrongState):
        withdraw_opinion(opinion_id=opinion.pk, reason="再撤", actor=actor)


def test_a_school_does_not_send_opinions(world: World) -> None:
    draft = stage.drafted(world)
    with pytest.raises(CommitteeOpinion.DoesNotExist):
        issue_opinion(opinion_id=draft.pk, actor=world.school.actor, now=timezone.localtime())


def test_the_school_is_told_once(world: World) -> None:
    opinion = stage.issued(world)
    tell_schools(OpinionIssued(opinion_id=opinion.pk))
    tell_schools(OpinionIssued(opinion_id=opinion.pk))
    told = Notification.objects.filter(title__startswith="请答复委员会意见")
    assert told.filter(user=world.school.user).count() == 1
