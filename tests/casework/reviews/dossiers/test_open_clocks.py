"""Where nobody set a limit, the organiser stops waiting and says why."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from silian.casework.reviews.choices.dossiers import DossierState, OpinionState
from silian.casework.reviews.commands.intake import accept_dossier, ask_fix
from silian.casework.reviews.commands.open_clocks import end_fix, end_opinion
from silian.casework.reviews.commands.opinions import give_opinion
from silian.casework.reviews.models import Dossier
from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.registers.organisations.choices import Role
from tests.casework.reviews import stage
from tests.world import World

REASON = "该部门已书面说明不再答复"
ITEMS = [{"field": "hosted", "text": "请补充协议"}]


def sent(world: World, *, days: str) -> Dossier:
    """An application in a batch with one level and these limits; empty is 未设定."""
    levels = [{"code": "county", "label": "县级", "departments": [stage.INDUSTRY]}]
    procedure: dict[str, Any] = {
        "levels": [{**levels[0], "working_days": days}],
        "fix_days": days,
    }
    version = stage.published(world, procedure=procedure)
    campaign = stage.open_campaign(world, version=version)
    office = stage.department(world, stage.INDUSTRY)
    campaign.offices.create(
        level="county",
        department=stage.INDUSTRY,
        division_id=campaign.division_id,
        organisation=office.organisation,
    )
    return stage.dossier_of(campaign, world.enterprise.organisation)


def asked(world: World, *, days: str = "") -> Dossier:
    dossier = sent(world, days=days)
    return accept_dossier(dossier_id=dossier.pk, actor=world.reviewer.actor)


def test_an_opinion_without_a_limit_is_ended_with_its_reason(world: World) -> None:
    dossier = asked(world)
    opinion = dossier.opinions.get()
    end_opinion(opinion_id=opinion.pk, reason=REASON, actor=world.coordinator.actor)
    opinion.refresh_from_db()
    dossier.refresh_from_db()
    assert (opinion.state, opinion.text) == (OpinionState.ENDED, REASON)
    assert opinion.answered_by == world.coordinator.user
    assert dossier.state == DossierState.RANKED
    acts = {(act.action, act.reason) for act in history_of(opinion)}
    assert ("reviews.opinion.ended", REASON) in acts


def test_a_department_with_a_limit_keeps_it(world: World) -> None:
    opinion = asked(world, days="10").opinions.get()
    with pytest.raises(DomainError, match="不能提前停止"):
        end_opinion(opinion_id=opinion.pk, reason=REASON, actor=world.coordinator.actor)


def test_no_reason_no_end_and_only_the_organiser(world: World) -> None:
    opinion = asked(world).opinions.get()
    with pytest.raises(DomainError, match="原因"):
        end_opinion(opinion_id=opinion.pk, reason=" ", actor=world.coordinator.actor)
    for person in (world.reviewer, world.enterprise, stage.department(world, stage.INDUSTRY)):
        with pytest.raises(NotAllowed):
            end_opinion(opinion_id=opinion.pk, reason=REASON, actor=person.actor)


def test_a_department_does_not_answer_after_the_end(world: World) -> None:
    opinion = asked(world).opinions.get()
    end_opinion(opinion_id=opinion.pk, reason=REASON, actor=world.coordinator.actor)
    actor = stage.department(world, stage.INDUSTRY).actor
    with pytest.raises(DomainError, match="已停止征求"):
        give_opinion(opinion_id=opinion.pk, agrees=True, text="", actor=actor)


def test_a_fix_without_a_limit_ends_and_the_file_is_judged_as_it_was_sent(world: World) -> None:
    dossier = sent(world, days="")
    ask_fix(dossier_id=dossier.pk, items=ITEMS, actor=world.reviewer.actor)
    Dossier.objects.filter(pk=dossier.pk).update(answers={**stage.ANSWERS, "hosted": 1})
    ended = end_fix(dossier_id=dossier.pk, reason=REASON, actor=world.reviewer.actor)
    assert ended.state == DossierState.SUBMITTED
    assert ended.answers["hosted"] == stage.ANSWERS["hosted"]
    dossier.refresh_from_db()
    assert dossier.material_fix.end_reason == REASON
    said = {act.action: act.reason for act in history_of(dossier)}
    assert said["reviews.dossier.fix_ended"] == REASON


def test_a_fix_with_a_limit_runs_to_its_day(world: World) -> None:
    dossier = sent(world, days="10")
    ask_fix(dossier_id=dossier.pk, items=ITEMS, actor=world.reviewer.actor)
    with pytest.raises(DomainError, match="不能提前停止"):
        end_fix(dossier_id=dossier.pk, reason=REASON, actor=world.reviewer.actor)
    assert Dossier.objects.get(pk=dossier.pk).due_on > timezone.localdate() + datetime.timedelta(1)


def test_the_pages_lead_to_the_end_and_show_the_reason(world: World) -> None:
    dossier = sent(world, days="")
    second = stage.colleague(world, name="checker")
    client = world.coordinator.client
    ask_fix(dossier_id=dossier.pk, items=ITEMS, actor=second.actor)
    url = reverse("reviews:fix_end", args=[dossier.pk])
    assert url in second.client.get(dossier.get_absolute_url()).content.decode()
    assert second.client.post(url, {"reason": ""}).status_code == 422
    assert second.client.post(url, {"reason": REASON}).status_code == 302
    accept_dossier(dossier_id=dossier.pk, actor=second.actor)
    url = reverse("reviews:opinion_end", args=[dossier.opinions.get().pk])
    assert url in client.get(dossier.get_absolute_url()).content.decode()
    assert client.post(url, {"reason": REASON}, follow=True).status_code == 200
    shown = client.get(dossier.get_absolute_url()).content.decode()
    assert "已停止征求" in shown
    assert shown.count(REASON) >= 2


def test_a_colleague_of_another_department_finds_nothing(world: World) -> None:
    dossier = asked(world)
    other = stage.colleague(world, role=Role.AGENT, name="clerk")
    url = reverse("reviews:opinion_end", args=[dossier.opinions.get().pk])
    assert other.client.get(url).status_code == 403
    assert world.leader.client.get(url).status_code == 404
