"""Recommendations: computed, proposed by one, approved by another, issued, removed."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction

from silian.casework.publications.choices import EditionState
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.governance.accreditation.choices.projects import ProjectStage
from silian.governance.incentives.choices.finance import RecommendationState
from silian.governance.incentives.commands.finance_notices import tell_of_recommendation
from silian.governance.incentives.commands.finance_recommendations import (
    approve_recommendation,
    issue_list,
    propose_recommendation,
    remove_recommendation,
    return_recommendation,
)
from silian.governance.incentives.commands.needs import withdraw_consent
from silian.governance.incentives.models import ProjectRecommendation
from silian.governance.incentives.permissions.finance import recommendations_visible_to
from silian.governance.incentives.queries.finance_recommendations import (
    NO_RULE,
    candidates,
    ground_of,
    rule_at,
    rule_gates,
)
from silian.registers.accounts.models import Notification
from tests.governance.incentives.finance import stage
from tests.governance.incentives.stage import NOW
from tests.world import CITY, World

pytestmark = pytest.mark.django_db
S = RecommendationState


def test_a_region_with_the_rule_names_its_clause_and_others_say_encouraged() -> None:
    kaizhou = ground_of(division="500154", on=datetime.date(2021, 6, 30))
    assert "21" in kaizhou.basis
    assert kaizhou.force
    here = ground_of(division=CITY, on=stage.TODAY)
    assert (here.basis, here.force) == (NO_RULE, "鼓励")


def test_the_rule_of_a_region_tells_a_gap_and_does_not_stop(world: World) -> None:
    need = stage.shown_need(world)
    rule = rule_at("500154", on=datetime.date(2021, 6, 30))
    gates = {gate.title: gate for gate in rule_gates(need, loan=False, rule=rule)}
    assert gates["属于产教融合项目"].passed is True
    assert gates["符合贷款条件"].passed is False
    assert gates["符合贷款条件"].cure
    assert not any(gate.stops for gate in gates.values())
    unknown = rule_gates(need, loan=None, rule=rule)
    assert [gate.passed for gate in unknown] == [True, None]


def test_only_consented_needs_with_a_living_project_are_eligible(world: World) -> None:
    shown = stage.shown_need(world)
    hidden = stage.need(
        world, title="未授权", project_id=stage.project(world, name="另一个车间").pk
    )
    found = {
        each.need: each.eligible for each in candidates(world.coordinator.actor, on=stage.TODAY)
    }
    assert found == {shown: True, hidden: False}
    assert candidates(world.enterprise.actor, on=stage.TODAY) == []


def test_a_need_without_consent_is_not_recommended(world: World) -> None:
    need = stage.need(world)
    with pytest.raises(DomainError, match="授权展示"):
        stage.recommendation(world, need)


def test_a_finished_project_is_not_recommended(world: World) -> None:
    need = stage.shown_need(world)
    project = need.project
    assert project is not None
    project.stage, project.stop_reason = ProjectStage.STOPPED, "缓建"
    project.save()
    with pytest.raises(DomainError, match="已投用或终止"):
        stage.recommendation(world, need)


def test_the_gates_are_kept_as_they_stood(world: World) -> None:
    row = stage.recommendation(world)
    assert [gate["passed"] for gate in row.gates] == [True, True, None, True]
    assert row.state == S.PROPOSED


def test_a_project_is_proposed_once(world: World) -> None:
    row = stage.recommendation(world)
    with pytest.raises(WrongState, match="不需要再提出"):
        stage.recommendation(world, row.need)


def test_a_proposal_needs_its_reason_and_the_leading_department(world: World) -> None:
    need = stage.shown_need(world)
    with pytest.raises(DomainError, match="推荐理由"):
        propose_recommendation(need_id=need.pk, reason=" ", actor=world.coordinator.actor, now=NOW)
    with pytest.raises(NotAllowed, match="统筹人员"):
        propose_recommendation(need_id=need.pk, reason="好", actor=world.reviewer.actor, now=NOW)


def test_who_proposed_does_not_approve(world: World) -> None:
    row = stage.recommendation(world)
    with pytest.raises(NotAllowed, match="回避"):
        approve_recommendation(
            recommendation_id=row.pk, opinion="", actor=world.coordinator.actor, now=NOW
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        ProjectRecommendation.objects.filter(pk=row.pk).update(decided_by=row.proposed_by)


def test_what_changed_since_the_proposal_stops_the_approval(world: World) -> None:
    row = stage.recommendation(world)
    withdraw_consent(need_id=row.need_id, actor=world.enterprise.actor, now=NOW)
    with pytest.raises(DomainError, match="情况有变化"):
        approve_recommendation(
            recommendation_id=row.pk, opinion="", actor=world.reviewer.actor, now=NOW
        )


def test_a_return_needs_an_opinion(world: World) -> None:
    row = stage.recommendation(world)
    given = {"recommendation_id": row.pk, "actor": world.reviewer.actor, "now": NOW}
    with pytest.raises(DomainError, match="退回意见"):
        return_recommendation(opinion="", **given)  # type: ignore[arg-type]
    assert return_recommendation(opinion="补充用途", **given).state == S.RETURNED  # type: ignore[arg-type]


def test_the_list_is_published_with_what_was_approved(world: World) -> None:
    row = stage.approved(world)
    edition = issue_list(actor=world.coordinator.actor, now=NOW)
    row.refresh_from_db()
    assert (row.state, row.edition, row.issued_on) == (S.ISSUED, edition, stage.TODAY)
    assert edition.state == EditionState.PUBLISHED
    (entry,) = edition.snapshot["sections"][0]["entries"]
    assert entry["title"] == "精密加工学徒培养车间"
    assert entry["values"]["total"] == "未公开"


def test_an_empty_list_is_not_published(world: World) -> None:
    stage.recommendation(world)
    with pytest.raises(DomainError, match="没有可发布"):
        issue_list(actor=world.coordinator.actor, now=NOW)


def test_banks_see_the_list_only_while_the_owner_consents(world: World) -> None:
    row = stage.approved(world)
    actor = stage.bank(world).actor
    assert not recommendations_visible_to(actor, on=stage.TODAY).exists()
    issue_list(actor=world.coordinator.actor, now=NOW)
    assert set(recommendations_visible_to(actor, on=stage.TODAY)) == {row}
    withdraw_consent(need_id=row.need_id, actor=world.enterprise.actor, now=NOW)
    assert not recommendations_visible_to(actor, on=stage.TODAY).exists()
    with pytest.raises(DomainError, match="没有可发布"):
        issue_list(actor=world.coordinator.actor, now=NOW)


def test_a_removal_needs_a_reason_and_is_told_to_the_owner(world: World) -> None:
    row = stage.approved(world)
    given = {"recommendation_id": row.pk, "actor": world.coordinator.actor, "now": NOW}
    with pytest.raises(DomainError, match="移出原因"):
        remove_recommendation(reason="", **given)  # type: ignore[arg-type]
    removed = remove_recommendation(reason="缓建", **given)  # type: ignore[arg-type]
    assert removed.state == S.REMOVED
    tell_of_recommendation(recommendation_id=row.pk, state=S.REMOVED)
    assert Notification.objects.get(user=world.enterprise.user).detail == "缓建"


def test_deciders_hear_of_a_proposal_and_the_proposer_does_not(world: World) -> None:
    row = stage.recommendation(world)
    tell_of_recommendation(recommendation_id=row.pk, state=S.PROPOSED)
    assert Notification.objects.filter(user=world.reviewer.user).exists()
    assert not Notification.objects.filter(user=world.coordinator.user).exists()
