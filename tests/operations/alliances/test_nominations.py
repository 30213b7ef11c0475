"""A committee proposes an expert for the review pool; the person agrees first."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from silian.casework.reviews.choices.judging import ExpertState
from silian.casework.reviews.models import Expert
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.operations.alliances.choices.nominations import NominationState
from silian.operations.alliances.commands.nominations import (
    agree_to_nomination,
    decline_nomination,
    nominate_expert,
    withdraw_nomination,
)
from silian.operations.alliances.events.committees import ExpertAsked, NominationAnswered
from silian.operations.alliances.handlers.committees import tell_committee, tell_person_asked
from silian.operations.alliances.models.nominations import ExpertNomination
from silian.operations.alliances.panels.committees import consents
from silian.registers.accounts.models import Notification
from tests.operations.alliances import committee_stage as stage
from tests.operations.alliances.group_stage import today
from tests.world import World


def agreed(world: World, found: ExpertNomination, **given: Any) -> ExpertNomination:
    values: dict[str, Any] = {
        "title": found.title,
        "fields": found.fields,
        "actor": world.teacher.actor,
        "today": today(),
    }
    return agree_to_nomination(nomination_id=found.pk, **{**values, **given})


def test_nobody_enters_the_pool_before_agreeing(world: World) -> None:
    found = stage.nominated(world)
    assert found.state == NominationState.ASKED
    assert not Expert.objects.filter(user=world.teacher.user).exists()


def test_agreeing_proposes_the_person_in_the_name_of_the_host(world: World) -> None:
    found = agreed(world, stage.nominated(world), fields=["bases"])
    expert = Expert.objects.get(user=world.teacher.user)
    assert found.expert == expert
    assert expert.state == ExpertState.PROPOSED
    assert expert.fields == ["bases"]
    assert expert.proposed_by_id == found.committee.host_id
    assert expert.division_id == found.committee.division_id


def test_only_the_person_answers(world: World) -> None:
    found = stage.nominated(world)
    for other in (world.coordinator, world.enterprise, world.student):
        with pytest.raises(ExpertNomination.DoesNotExist):
            agreed(world, found, actor=other.actor)


def test_a_no_needs_no_reason_and_leaves_the_pool_alone(world: World) -> None:
    found = decline_nomination(
        nomination_id=stage.nominated(world).pk,
        reason="",
        actor=world.teacher.actor,
        today=today(),
    )
    assert found.state == NominationState.DECLINED
    assert not Expert.objects.exists()


def test_an_answer_is_given_once(world: World) -> None:
    found = agreed(world, stage.nominated(world))
    with pytest.raises(WrongState):
        agreed(world, found)


def test_login_name_and_unit_must_agree(world: World) -> None:
    committee = stage.with_teacher(world)
    assert world.student.user is not None
    for login in ("nobody", world.student.user.username):
        with pytest.raises(DomainError, match="没有找到"):
            stage.nominated(world, committee, login=login)


def test_a_person_is_asked_once_at_a_time(world: World) -> None:
    found = stage.nominated(world)
    with pytest.raises(DomainError, match="正等本人答复"):
        stage.nominated(world, found.committee)


def test_an_expert_of_the_pool_is_not_proposed_again(world: World) -> None:
    found = agreed(world, stage.nominated(world))
    with pytest.raises(DomainError, match="不必重复推荐"):
        stage.nominated(world, found.committee)


def test_strangers_do_not_propose_for_a_committee(world: World) -> None:
    committee = stage.with_teacher(world)
    for other in (world.leader, world.supervisor):
        with pytest.raises(NotAllowed):
            nominate_expert(
                committee_id=committee.pk,
                facts=stage.nomination_facts(world, committee),
                actor=other.actor,
                today=today(),
            )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"grounds": " "}, "推荐理由"),
        ({"fields": []}, "专业领域"),
        ({"title": ""}, "职称"),
        ({"ends_on": stage.FOUNDED}, "聘期止"),
    ],
)
def test_what_cannot_stand_in_the_pool_is_refused(
    world: World, given: dict[str, Any], said: str
) -> None:
    with pytest.raises(DomainError, match=said):
        stage.nominated(world, **given)


def test_a_withdrawn_nomination_says_why_and_asks_nobody(world: World) -> None:
    found = stage.nominated(world)
    with pytest.raises(DomainError, match="撤回理由"):
        withdraw_nomination(
            nomination_id=found.pk, reason="", actor=world.enterprise.actor, today=today()
        )
    withdraw_nomination(
        nomination_id=found.pk, reason="人选调整", actor=world.enterprise.actor, today=today()
    )
    assert consents(world.teacher.actor) == []
    assert world.teacher.client.get(found.get_absolute_url()).status_code == 404


def test_the_person_is_told_and_finds_it_among_the_todos(world: World) -> None:
    found = stage.nominated(world)
    tell_person_asked(ExpertAsked(nomination_id=found.pk))
    assert Notification.objects.filter(user=world.teacher.user).count() == 1
    (todo,) = consents(world.teacher.actor)
    assert todo.url == found.get_absolute_url()
    agreed(world, found)
    tell_committee(NominationAnswered(nomination_id=found.pk))
    assert Notification.objects.filter(user=world.enterprise.user, title__contains="同意").exists()


def test_keeper_and_person_go_the_whole_way_on_the_pages(world: World) -> None:
    committee = stage.with_teacher(world)
    page = world.enterprise.client.get(committee.get_absolute_url()).content.decode()
    new = reverse("alliances:nomination_new", args=[committee.pk])
    assert new in page
    facts = stage.nomination_facts(world, committee)
    sent = world.enterprise.client.post(
        new,
        {
            "member": facts.member_id,
            "login": facts.login,
            "title": facts.title,
            "fields_known": list(facts.fields),
            "grounds": facts.grounds,
            "starts_on": facts.starts_on,
            "ends_on": facts.ends_on,
        },
    )
    assert sent.status_code == 302
    found = ExpertNomination.objects.get()
    answer = {"consent": "agree", "title": found.title, "fields_known": found.fields}
    assert world.teacher.client.post(found.get_absolute_url(), answer).status_code == 302
    page = world.enterprise.client.get(committee.get_absolute_url()).content.decode()
    assert "待入库" in page
