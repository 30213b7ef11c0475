"""The pool: proposed, admitted, paused, left, expired, imported; ties declared."""

from __future__ import annotations

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from silian.casework.reviews.choices.judging import ExpertState
from silian.casework.reviews.commands.expert_imports import import_experts
from silian.casework.reviews.commands.experts import (
    ExpertFacts,
    admit_expert,
    change_own_fields,
    declare_interest,
    dismiss_expert,
    end_interest,
    expire_experts,
    pause_expert,
    propose_expert,
    resume_expert,
)
from silian.casework.reviews.models import Expert, Interest
from silian.casework.reviews.permissions.experts import experts_visible_to
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from tests.casework.reviews.stage_judging import actor_of, pool_of
from tests.world import CITY, World

TODAY = timezone.localdate()
YEAR = datetime.timedelta(days=365)
HEAD = "登录名,姓名,职称或职务,专业领域,聘期起,聘期止\n"


def facts(world: World, **given: object) -> ExpertFacts:
    """The school's teacher as an expert."""
    said = {
        "user_id": world.teacher.actor.user_id,
        "organisation_id": world.school.actor.organisation_id,
        "division_id": CITY,
        "title": "教授",
        "fields": ["education"],
        "starts_on": TODAY,
        "ends_on": TODAY + 3 * YEAR,
        **given,
    }
    return ExpertFacts(**said)  # type: ignore[arg-type]


def proposed(world: World) -> Expert:
    return propose_expert(facts=facts(world), actor=world.school.actor)


def test_a_school_proposes_and_the_coordinator_admits(world: World) -> None:
    expert = proposed(world)
    assert expert.state == ExpertState.PROPOSED
    assert expert.proposed_by_id == world.school.actor.organisation_id
    admit_expert(expert_id=expert.pk, actor=world.coordinator.actor)
    expert.refresh_from_db()
    assert expert.state == ExpertState.ACTIVE


def test_a_person_is_proposed_once_and_again_after_leaving(world: World) -> None:
    expert = proposed(world)
    with pytest.raises(DomainError, match="不必重复"):
        proposed(world)
    dismiss_expert(expert_id=expert.pk, reason="调离", actor=world.coordinator.actor)
    assert proposed(world).pk == expert.pk


def test_only_one_s_own_people_are_proposed(world: World) -> None:
    with pytest.raises(NotAllowed, match="本单位"):
        propose_expert(facts=facts(world), actor=world.enterprise.actor)
    with pytest.raises(DomainError, match="现任成员"):
        propose_expert(
            facts=facts(world, user_id=world.rival.actor.user_id), actor=world.school.actor
        )
    with pytest.raises(NotAllowed):
        propose_expert(facts=facts(world), actor=world.student.actor)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"fields": []}, "fields"),
        ({"fields": ["magic"]}, "fields"),
        ({"fields": ["health", "law", "finance", "energy", "software"]}, "fields"),
        ({"title": " "}, "title"),
        ({"ends_on": TODAY}, "ends_on"),
    ],
)
def test_wrong_facts_are_refused_at_their_box(
    given: dict[str, object], field: str, world: World
) -> None:
    with pytest.raises(DomainError) as refusal:
        propose_expert(facts=facts(world, **given), actor=world.school.actor)
    assert refusal.value.field == field


def test_only_the_coordinator_of_the_region_admits(world: World) -> None:
    expert = proposed(world)
    far = Actor(user_id=1, roles=frozenset({"coordinator"}), jurisdiction="530300")
    for actor in (world.school.actor, world.reviewer.actor, world.supervisor.actor, far):
        with pytest.raises(NotAllowed):
            admit_expert(expert_id=expert.pk, actor=actor)


def test_an_expired_term_is_not_admitted(world: World) -> None:
    expert = proposed(world)
    Expert.objects.filter(pk=expert.pk).update(starts_on=TODAY - YEAR, ends_on=TODAY)
    with pytest.raises(DomainError, match="聘期"):
        admit_expert(expert_id=expert.pk, actor=world.coordinator.actor)


def test_nobody_admits_himself(world: World) -> None:
    own = facts(
        world,
        user_id=world.coordinator.actor.user_id,
        organisation_id=world.coordinator.actor.organisation_id,
    )
    expert = propose_expert(facts=own, actor=world.coordinator.actor)
    with pytest.raises(NotAllowed, match="本人"):
        admit_expert(expert_id=expert.pk, actor=world.coordinator.actor)


def test_an_expert_is_paused_and_resumed_by_himself_or_the_keeper(world: World) -> None:
    expert = pool_of(1)[0]
    for actor in (actor_of(expert), world.coordinator.actor):
        pause_expert(expert_id=expert.pk, reason="出国访学", actor=actor)
        with pytest.raises(WrongState):
            pause_expert(expert_id=expert.pk, reason="再停", actor=actor)
        resume_expert(expert_id=expert.pk, actor=actor)
    with pytest.raises(DomainError, match="原因"):
        pause_expert(expert_id=expert.pk, reason="", actor=actor_of(expert))
    with pytest.raises(NotAllowed):
        pause_expert(expert_id=expert.pk, reason="代停", actor=world.enterprise.actor)


def test_terms_end_by_themselves(world: World) -> None:
    over, lasting = pool_of(2)
    Expert.objects.filter(pk=over.pk).update(ends_on=TODAY)
    assert expire_experts(on=TODAY) == 1
    over.refresh_from_db()
    assert (over.state, over.reason) == (ExpertState.LEFT, "聘期届满")
    assert expire_experts(on=TODAY) == 0
    assert Expert.objects.get(pk=lasting.pk).state == ExpertState.ACTIVE


def test_an_expert_keeps_his_own_fields(world: World) -> None:
    expert = pool_of(1)[0]
    change_own_fields(title="研究员", fields=["law"], actor=actor_of(expert))
    expert.refresh_from_db()
    assert (expert.title, expert.fields) == ("研究员", ["law"])
    with pytest.raises(NotAllowed):
        change_own_fields(title="研究员", fields=["law"], actor=world.school.actor)


def test_interests_are_declared_and_ended_once(world: World) -> None:
    expert = pool_of(1)[0]
    actor = actor_of(expert)
    unit = world.rival.organisation
    assert unit is not None
    interest = declare_interest(
        organisation_id=unit.pk, what="技术顾问", until_on=None, actor=actor
    )
    with pytest.raises(DomainError, match="晚于今天"):
        end_interest(interest_id=interest.pk, ended_on=TODAY + YEAR, actor=actor)
    end_interest(interest_id=interest.pk, ended_on=TODAY, actor=actor)
    with pytest.raises(DomainError, match="不再修改"):
        end_interest(interest_id=interest.pk, ended_on=TODAY, actor=actor)
    with pytest.raises(DomainError, match="什么关系"):
        declare_interest(organisation_id=unit.pk, what="", until_on=None, actor=actor)
    with pytest.raises(NotAllowed):
        declare_interest(
            organisation_id=unit.pk, what="顾问", until_on=None, actor=world.school.actor
        )
    assert Interest.objects.count() == 1


def test_who_sees_which_experts(world: World) -> None:
    expert = proposed(world)
    others = pool_of(2)
    assert experts_visible_to(world.coordinator.actor).count() == 3
    assert experts_visible_to(world.supervisor.actor).count() == 3
    assert list(experts_visible_to(world.school.actor)) == [expert]
    assert list(experts_visible_to(actor_of(others[0]))) == [others[0]]
    assert not experts_visible_to(world.enterprise.actor).exists()


def upload(*lines: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("list.csv", (HEAD + "\n".join(lines)).encode())


def test_a_list_is_imported_as_proposals(world: World) -> None:
    outcome = import_experts(
        upload=upload(
            "teacher,teacher,教授,职业教育、装备制造,2026-01-01,2099-01-01",
            "rival,,总工程师,装备制造,2026-01-01,2099-01-01",
        ),
        actor=world.coordinator.actor,
    )
    assert (outcome.taken, outcome.faults) == (2, [])
    assert set(Expert.objects.values_list("state", flat=True)) == {ExpertState.PROPOSED}


def test_one_wrong_cell_and_nobody_is_imported(world: World) -> None:
    pool_of(1)
    outcome = import_experts(
        upload=upload(
            "teacher,别人,教授,职业教育,2026-01-01,2099-01-01",
            "nobody,,教授,玄学,2026-01-01,2099-01-01",
            "ghost,,教授,职业教育,2026-01-01,2099-01-01",
            "expert-0,,教授,职业教育,2026-01-01,2099-01-01",
        ),
        actor=world.coordinator.actor,
    )
    named = [(fault.row, fault.column) for fault in outcome.faults]
    assert named == [(2, "姓名"), (3, "专业领域"), (4, "登录名"), (5, "登录名")]
    assert Expert.objects.count() == 1


def test_a_list_without_a_column_and_by_others_is_refused(world: World) -> None:
    bad = SimpleUploadedFile("list.csv", "登录名,姓名\na,b\n".encode())
    with pytest.raises(DomainError, match="缺少列名"):
        import_experts(upload=bad, actor=world.coordinator.actor)
    with pytest.raises(NotAllowed):
        import_experts(upload=upload(), actor=world.school.actor)
