"""An applicant appeals in time; somebody new settles it; the old decision stays on record."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.utils import timezone

from silian.casework.reviews.choices.deciding import AppealResult, DecisionGround, Outcome
from silian.casework.reviews.choices.dossiers import CampaignState, DossierState
from silian.casework.reviews.commands.appeals import (
    REMEDY,
    Settlement,
    file_appeal,
    settle_appeal,
    take_appeal,
)
from silian.casework.reviews.commands.notices import conclude_notice, publish_notice
from silian.casework.reviews.models import Appeal, Dossier, Recognition
from silian.casework.reviews.queries.decisions import current_decision, decisions_of
from silian.foundation.kernel.errors import DomainError, NotAllowed
from tests.casework.reviews import stage_deciding as stage
from tests.world import World


def refused(world: World, **facts: Any) -> Dossier:
    """The enterprise's own dossier, refused by the meeting; another one passed."""
    campaign = stage.batch(world, ["60", "80"], own=True, **facts)
    stage.decided(world, campaign, passing=1)
    return campaign.dossiers.get(applicant=world.enterprise.organisation)


def appealed(world: World, **facts: Any) -> Appeal:
    dossier = refused(world, **facts)
    return file_appeal(dossier_id=dossier.pk, text="漏计了一项证明。", actor=world.enterprise.actor)


def settle(world: World, appeal: Appeal, **facts: Any) -> Appeal:
    take_appeal(appeal_id=appeal.pk, actor=world.supervisor.actor)
    settlement = Settlement(**{"answer": "经复核，确有漏计。", **facts})
    return settle_appeal(appeal_id=appeal.pk, settlement=settlement, actor=world.supervisor.actor)


def test_a_dismissed_appeal_names_the_legal_remedy_and_changes_nothing(world: World) -> None:
    appeal = settle(world, appealed(world), answer="经复核，原决定事实清楚。")
    assert appeal.answer.endswith(REMEDY)
    dossier = appeal.decision.dossier
    assert dossier.state == DossierState.REJECTED
    assert decisions_of(dossier).count() == 1
    with pytest.raises(DomainError, match="已经申诉过"):
        file_appeal(dossier_id=dossier.pk, text="再来", actor=world.enterprise.actor)


def test_an_upheld_appeal_supersedes_and_waits_for_its_own_notice(world: World) -> None:
    appeal = settle(world, appealed(world, quota=2), result=AppealResult.WITHIN_QUOTA)
    dossier = Dossier.objects.get(pk=appeal.decision.dossier_id)
    first, second = decisions_of(dossier)
    assert (second.supersedes, second.outcome) == (first, Outcome.RECOGNISE)
    assert second.ground == DecisionGround.APPEAL
    assert second.snapshot["places"] == "within"
    assert (dossier.state, dossier.end_reason) == (DossierState.RANKED, "")
    notice = publish_notice(
        campaign_id=dossier.campaign_id,
        contact="电话",
        masked=[],
        actor=world.coordinator.actor,
    )
    stage.keep_days(notice)
    conclude_notice(notice_id=notice.pk, actor=world.coordinator.actor)
    assert Recognition.objects.filter(dossier=dossier).exists()


def test_a_full_quota_sends_it_beyond_and_says_so(world: World) -> None:
    appeal = appealed(world, quota=1)
    with pytest.raises(DomainError, match="名额已满"):
        settle(world, appeal, result=AppealResult.WITHIN_QUOTA)
    settle(world, appeal, result=AppealResult.BEYOND_QUOTA)
    decision = current_decision(appeal.decision.dossier)
    assert decision is not None
    assert decision.snapshot["places"] == "beyond"


def test_a_new_look_brings_the_dossier_before_another_meeting(world: World) -> None:
    appeal = appealed(world)
    settle(world, appeal, result=AppealResult.NEW_LOOK, stage=DossierState.RANKED)
    dossier = Dossier.objects.get(pk=appeal.decision.dossier_id)
    assert dossier.state == DossierState.RANKED
    campaign = dossier.campaign
    assert campaign.state == CampaignState.DECIDING
    stage.decided(world, campaign, passing=1)
    assert [row.outcome for row in decisions_of(dossier)] == [Outcome.REJECT, Outcome.RECOGNISE]


def test_nobody_who_acted_on_the_file_settles_its_appeal(world: World) -> None:
    appeal = appealed(world)
    for person in (world.leader, world.enterprise, world.rival, world.expert):
        with pytest.raises(NotAllowed):
            take_appeal(appeal_id=appeal.pk, actor=person.actor)
    take_appeal(appeal_id=appeal.pk, actor=world.supervisor.actor)
    with pytest.raises(NotAllowed):
        settle_appeal(
            appeal_id=appeal.pk, settlement=Settlement(answer="好"), actor=world.reviewer.actor
        )


def test_an_appeal_has_its_last_day_and_an_answer_clock(world: World, monkeypatch: Any) -> None:
    dossier = refused(world)
    later = timezone.now() + datetime.timedelta(days=60)
    with monkeypatch.context() as patch:
        patch.setattr("django.utils.timezone.now", lambda: later)
        with pytest.raises(DomainError, match="已经过期"):
            file_appeal(dossier_id=dossier.pk, text="迟了", actor=world.enterprise.actor)
    appeal = file_appeal(dossier_id=dossier.pk, text="理由", actor=world.enterprise.actor)
    assert appeal.due_on is not None


def test_only_the_applicant_appeals_and_only_against_a_refusal(world: World) -> None:
    dossier = refused(world)
    with pytest.raises(NotAllowed):
        file_appeal(dossier_id=dossier.pk, text="理由", actor=world.rival.actor)
    passed = dossier.campaign.dossiers.exclude(pk=dossier.pk).get()
    Dossier.objects.filter(pk=passed.pk).update(applicant=world.enterprise.organisation)
    with pytest.raises(DomainError, match="只有不通过的决定可以申诉"):
        file_appeal(dossier_id=passed.pk, text="理由", actor=world.enterprise.actor)
