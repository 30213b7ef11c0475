"""A decision on rewards: rows, computed list, deviations, another person, notice, ledger."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.urls import reverse

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.governance.incentives.choices.rewards import RewardState
from silian.governance.incentives.commands.reward_decisions import (
    Given,
    cancel_decision,
    choose_candidate,
    compute_candidates,
    fill_given,
    return_decision,
    submit_decision,
)
from silian.governance.incentives.commands.reward_entries import publish_decision
from silian.governance.incentives.models.reward_decisions import RewardCandidate, RewardDecision
from silian.governance.incentives.models.reward_results import ResultUse
from silian.registers.accounts.models import Notification
from silian.registers.credit.models import CreditReading
from silian.registers.organisations.choices import Role
from silian.registers.organisations.models import Membership
from tests.governance.incentives.rewards import stage
from tests.governance.incentives.stage import NOW
from tests.world import STARTED, World


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def listed(row: RewardDecision) -> dict[str, RewardCandidate]:
    return {each.subject_name.split("（")[0]: each for each in row.listed.all()}


def choose(world: World, row: RewardCandidate, *, chosen: bool, deviation: str = "") -> None:
    choose_candidate(
        candidate_id=row.pk,
        chosen=chosen,
        deviation=deviation,
        given=Given(words="表彰"),
        actor=world.reviewer.actor,
    )


def test_rows_are_frozen_and_of_one_measure(world: World) -> None:
    row = stage.draft(world)
    assert row.rules[0]["clause"] == "五（三）"
    assert row.rules[0]["document"] == "三政办〔2020〕9号"
    with pytest.raises(DomainError, match="一种激励"):
        stage.draft(world, rules=[stage.COMMEND, "411200:effect_pilot"])
    with pytest.raises(DomainError, match="现行有效"):
        stage.draft(world, rules=["411200:nothing"])
    with pytest.raises(DomainError, match="止期应晚于"):
        stage.draft(world, ends_on=stage.draft(world).starts_on)


def test_the_list_is_computed_with_evidence_and_readings_are_noted(world: World) -> None:
    row = stage.computed(world)
    found = listed(row)
    first = found["启衡精密制造"]
    assert (first.order, first.standing, first.within_quota) == (1, "meets", True)
    assert first.facts[0]["url"].startswith("/incentives/rewards/results/")
    assert (found["澜动新能源"].within_quota, found["青澜职业技术学院"].standing) == (False, "gap")
    assert CreditReading.objects.filter(purpose__startswith="奖励事项").count() == 3


def test_a_lawful_record_excludes_and_a_disputed_one_only_warns(world: World) -> None:
    stage.credit_record(world)
    stage.credit_record(world, "enterprise", decision_number="罚〔2026〕2号", is_disputed=True)
    found = listed(stage.computed(world))
    rival = found["澜动新能源"]
    assert (rival.standing, rival.chosen) == ("excluded", False)
    assert "某条例" in rival.basis
    mine = found["启衡精密制造"]
    assert mine.standing == "meets"
    assert any("信用提示" in fact.get("hint", "") for fact in mine.facts)
    with pytest.raises(DomainError, match="依法不得列入"):
        choose(world, rival, chosen=True, deviation="特别贡献")


def test_a_record_of_mere_policy_does_not_exclude(world: World) -> None:
    stage.credit_record(world, ground="policy")
    assert listed(stage.computed(world))["澜动新能源"].standing == "meets"


def test_a_decided_suspension_excludes(world: World) -> None:
    stage.imposed(world)
    later = NOW + 10 * stage.DAY
    stage.result(world, "enterprise", document="新报告")
    row = stage.draft(world)
    compute_candidates(decision_id=row.pk, actor=world.reviewer.actor, now=later)
    mine = listed(row)["启衡精密制造"]
    assert mine.standing == "excluded"
    assert "第十条" in mine.basis


def test_each_deviation_needs_its_reason_before_submitting(world: World) -> None:
    row = stage.computed(world)
    found = listed(row)
    with pytest.raises(DomainError, match="须写明理由"):
        choose(world, found["澜动新能源"], chosen=True)
    choose(world, found["澜动新能源"], chosen=True, deviation="上一批递补")
    choose(world, found["启衡精密制造"], chosen=False, deviation="已享受同类激励")
    done = submit_decision(decision_id=row.pk, actor=world.reviewer.actor, now=NOW)
    assert done.state == RewardState.PROPOSED
    with pytest.raises(DomainError, match="不能再改"):
        choose(world, found["澜动新能源"], chosen=True, deviation="再改")


def test_money_and_plaques_need_their_figures(world: World) -> None:
    row = stage.computed(world)
    RewardDecision.objects.filter(pk=row.pk).update(measure="award_money")
    key = {"decision_id": row.pk, "actor": world.reviewer.actor}
    with pytest.raises(DomainError, match="写明每家的金额"):
        submit_decision(**key, now=NOW)
    with pytest.raises(DomainError, match="先写明资金来源"):
        fill_given(**key, given=Given(amount=Decimal("50000.00")))
    RewardDecision.objects.filter(pk=row.pk).update(measure="plaque")
    with pytest.raises(DomainError, match="牌匾编号"):
        submit_decision(**key, now=NOW)
    fill_given(**key, given=Given(number="QL2026-"))
    assert row.listed.get(chosen=True).number == "QL2026-001"
    assert submit_decision(**key, now=NOW).state == RewardState.PROPOSED


def test_who_proposed_does_not_decide_and_nobody_for_the_own_unit(world: World) -> None:
    row = stage.submitted(world)
    RewardDecision.objects.filter(pk=row.pk).update(proposed_by=world.coordinator.user)
    with pytest.raises(DomainError, match="提出人不能"):
        stage.approve(world, row)
    RewardDecision.objects.filter(pk=row.pk).update(proposed_by=world.reviewer.user)
    Membership.objects.create(
        user=world.coordinator.user,
        organisation=world.enterprise.organisation,
        role=Role.READER,
        starts_on=STARTED,
    )
    with pytest.raises(DomainError, match="回避"):
        stage.approve(world, row)
    assert stage.approve(world, row, who="leader").state == RewardState.NOTICE
    with pytest.raises(NotAllowed):
        stage.approve(world, stage.draft(world), who="reviewer")


def test_a_returned_list_can_be_changed_and_submitted_again(world: World) -> None:
    row = stage.submitted(world)
    key = {"decision_id": row.pk, "actor": world.coordinator.actor}
    with pytest.raises(DomainError, match="退回理由"):
        return_decision(**key, reason=" ")
    assert return_decision(**key, reason="请补充依据").state == RewardState.DRAFT
    submit_decision(decision_id=row.pk, actor=world.reviewer.actor, now=NOW)
    with pytest.raises(DomainError, match="取消理由"):
        cancel_decision(decision_id=row.pk, reason="", actor=world.reviewer.actor)
    done = cancel_decision(decision_id=row.pk, reason="政策调整", actor=world.reviewer.actor)
    assert done.state == RewardState.CANCELLED


def test_publishing_waits_for_the_notice_then_writes_ledger_and_uses(
    world: World, run_jobs: Callable[[], None]
) -> None:
    row = stage.noticed(world)
    key = {"decision_id": row.pk, "actor": world.reviewer.actor}
    with pytest.raises(DomainError, match="期满后再公布"):
        publish_decision(**key, today=stage.NOTICE_UNTIL)
    done = publish_decision(**key, today=stage.AFTER_NOTICE)
    entry = done.entries.get()
    assert entry.organisation == world.enterprise.organisation
    assert entry.words == "通报表彰"
    outcomes = dict(ResultUse.objects.values_list("result__organisation__name", "outcome"))
    assert outcomes == {
        "启衡精密制造（演示）": "given",
        "澜动新能源（演示）": "not_given",
        "青澜职业技术学院（演示）": "not_given",
    }
    run_jobs()
    titles = Notification.objects.filter(user=world.enterprise.user).values_list("title", flat=True)
    assert any("列入激励" in title for title in titles)


def test_the_public_sees_the_chosen_only_and_no_small_numbers(world: World) -> None:
    row = stage.submitted(world)
    url = reverse("incentives:public_reward", kwargs={"decision_id": row.pk})
    client = world.anonymous.client
    assert client.get(url).status_code == 404
    stage.approve(world, row)
    page = text(client.get(url))
    assert "启衡精密制造" in page
    assert "澜动新能源" not in page
    assert "三政办〔2020〕9号 五（三）" in page
    publish_decision(decision_id=row.pk, actor=world.reviewer.actor, today=stage.AFTER_NOTICE)
    overview = text(client.get(reverse("incentives:public_rewards")))
    assert "少于 5" in overview


def test_the_whole_way_in_the_browser(world: World) -> None:
    stage.result(world)
    client = world.reviewer.client
    said = {
        "title": "年度表彰",
        "rules": [stage.COMMEND],
        "starts_on": "2025-01-01",
        "ends_on": "2026-03-19",
        "lasts_until": "2027-12-31",
        "quota": "1",
    }
    refused = client.post(reverse("incentives:reward_decision_new"), said | {"rules": []})
    assert refused.status_code == 422
    sent = client.post(reverse("incentives:reward_decision_new"), said)
    assert sent.status_code == 302, text(sent)
    row = RewardDecision.objects.get()
    key = {"decision_id": row.pk}
    step = "incentives:reward_decision_step"
    client.post(reverse(step, kwargs=key | {"name": "compute"}))
    candidate = row.listed.get()
    edit = reverse("incentives:reward_candidate", kwargs={"candidate_id": candidate.pk})
    wrong = client.post(edit, {"words": "表彰"})
    assert wrong.status_code == 422
    assert "须写明理由" in text(wrong)
    assert client.post(edit, {"words": "表彰", "chosen": "on"}).status_code == 302
    client.post(reverse(step, kwargs=key | {"name": "submit"}))
    todo = text(world.leader.client.get(reverse("portal:todo_list")))
    assert "审定激励名单：年度表彰" in todo
    approve = reverse("incentives:reward_decision_approve", kwargs=key)
    done = world.leader.client.post(
        approve, {"notice_until": "2026-03-25", "contact": "教育局", "objection_days": "5"}
    )
    assert done.status_code == 302
    assert RewardDecision.objects.get().state == RewardState.NOTICE
    page = text(client.get(row.get_absolute_url()))
    assert "公示中" in page
