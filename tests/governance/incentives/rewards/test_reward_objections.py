"""Objections to a list on notice: by anybody, encrypted, taken by one who took no part."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.urls import reverse

from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.governance.incentives.commands.claim_notices import Objector
from silian.governance.incentives.commands.reward_entries import publish_decision
from silian.governance.incentives.commands.reward_objections import (
    answer_reward_objection,
    raise_reward_objection,
    read_objector,
    take_reward_objection,
)
from silian.governance.incentives.models import RewardDecision, RewardObjection
from silian.registers.accounts.models import Notification
from tests.governance.incentives.rewards import stage
from tests.governance.incentives.stage import NOW
from tests.world import World


def take(world: World, row: RewardObjection, who: str = "leader") -> RewardObjection:
    return take_reward_objection(objection_id=row.pk, actor=getattr(world, who).actor, now=NOW)


def answer(
    world: World,
    row: RewardObjection,
    *,
    effect: str = "",
    who: str = "leader",
    text: str = "已核实",
) -> RewardObjection:
    return answer_reward_objection(
        objection_id=row.pk, upheld=bool(effect), effect=effect, answer=text,
        actor=getattr(world, who).actor, now=NOW,
    )  # fmt: skip


def publish(world: World, row: RewardDecision) -> RewardDecision:
    return publish_decision(
        decision_id=row.pk, actor=world.reviewer.actor, today=stage.AFTER_NOTICE
    )


def test_nothing_is_published_until_every_objection_is_answered(world: World) -> None:
    decision = stage.noticed(world)
    row, _ = stage.objection(world, decision)
    assert row.due_on is not None
    with pytest.raises(DomainError, match="1 条异议没有答复"):
        publish(world, decision)
    answer(world, take(world, row))
    assert publish(world, decision).state == "given"


def test_the_objector_is_encrypted_and_found_by_code_only(world: World) -> None:
    row, code = stage.objection(world, stage.noticed(world), name="赵某", contact="13800000000")
    assert "赵某" not in row.name_cipher
    assert code not in row.code
    client, url = world.anonymous.client, reverse("incentives:reward_objection_lookup")
    assert client.post(url, {"code": "ABCDEFGH2345"}).status_code == 422
    page = client.post(url, {"code": code}).content.decode()
    assert "正在核查" in page
    assert "赵某" not in page
    with pytest.raises(NotAllowed, match="承办人"):
        read_objector(objection_id=row.pk, actor=world.leader.actor)
    take(world, row)
    assert read_objector(objection_id=row.pk, actor=world.leader.actor).name == "赵某"
    assert "incentives.reward_objection.contact_read" in [act.action for act in history_of(row)]
    answer(world, row, text="次序无误")
    assert "次序无误" in client.post(url, {"code": code}).content.decode()


def test_objections_come_during_the_notice_only_and_need_words(world: World) -> None:
    decision = stage.noticed(world)
    key = {"decision_id": decision.pk, "candidate_id": None}
    nobody = Objector(name="", contact="")
    with pytest.raises(DomainError, match="异议内容"):
        raise_reward_objection(**key, text=" ", objector=nobody, now=NOW)
    with pytest.raises(DomainError, match="联系方式"):
        raise_reward_objection(
            **key, text="不实", objector=Objector(name="赵某", contact=""), now=NOW
        )
    with pytest.raises(DomainError, match="为止"):
        raise_reward_objection(**key, text="不实", objector=nobody, now=NOW + 8 * stage.DAY)
    publish(world, decision)
    with pytest.raises(DomainError, match="不在公示期"):
        raise_reward_objection(**key, text="不实", objector=nobody, now=NOW)


def test_who_proposed_or_decided_does_not_look_into_it(world: World) -> None:
    row, _ = stage.objection(world, stage.noticed(world))
    for who in ("reviewer", "coordinator"):
        with pytest.raises(NotAllowed, match="没有经办过"):
            take(world, row, who)
    with pytest.raises(RewardObjection.DoesNotExist):
        take(world, row, "enterprise")
    take(world, row)
    third = stage.third_official(world)
    with pytest.raises(NotAllowed, match="已有承办人"):
        take_reward_objection(objection_id=row.pk, actor=third.actor, now=NOW)
    with pytest.raises(NotAllowed, match="承办人"):
        answer_reward_objection(
            objection_id=row.pk, upheld=False, effect="", answer="好", actor=third.actor, now=NOW
        )


def test_a_right_objection_takes_the_unit_out_and_the_rest_goes_on(
    world: World, run_jobs: Callable[[], None]
) -> None:
    decision = stage.approve(world, stage.submitted(world, quota=2))
    row, _ = stage.objection(world, decision)
    answer(world, take(world, row), effect="take_out")
    run_jobs()
    left = publish(world, decision).entries.get()
    assert left.organisation == world.rival.organisation
    titles = Notification.objects.filter(user=world.enterprise.user).values_list("title", flat=True)
    assert "公示异议成立，移出激励名单" in titles
    with pytest.raises(DomainError, match="已经答复"):
        answer(world, row)


def test_a_list_without_units_is_not_published(world: World) -> None:
    decision = stage.noticed(world)
    row, _ = stage.objection(world, decision)
    answer(world, take(world, row), effect="take_out")
    with pytest.raises(DomainError, match="没有单位"):
        publish(world, decision)


def test_a_list_that_is_wrong_is_drawn_up_decided_and_noticed_anew(world: World) -> None:
    decision = stage.noticed(world)
    row, _ = stage.objection(world, decision, whole=True)
    take(world, row)
    with pytest.raises(DomainError, match="名单整体"):
        answer(world, row, effect="take_out")
    answer(world, row, effect="draw_up_anew", text="次序有误")
    decision.refresh_from_db()
    assert (decision.state, decision.decided_by_id, decision.notice_until) == ("draft", None, None)
    assert "次序有误" in decision.opinion
    assert RewardObjection.objects.get().effect == "draw_up_anew"


def test_raised_taken_and_answered_in_the_browser(
    world: World, run_jobs: Callable[[], None]
) -> None:
    decision = stage.noticed(world)
    until = stage.NOTICE_UNTIL.replace(year=2099)
    RewardDecision.objects.update(notice_until=until)
    public = reverse("incentives:public_reward", args=[decision.pk])
    page = world.anonymous.client.get(public).content.decode()
    assert "提出异议" in page
    new = reverse("incentives:reward_object", args=[decision.pk])
    assert world.anonymous.client.post(new, {"text": ""}).status_code == 422
    unit = decision.listed.get(chosen=True)
    sent = world.anonymous.client.post(new, {"text": "投入不实", "candidate": unit.pk})
    assert re.search(r"<b>[2-9A-Z]{12}</b>", sent.content.decode())
    run_jobs()
    assert Notification.objects.filter(
        user=world.leader.user, title__startswith="激励名单有异议"
    ).exists()
    assert not Notification.objects.filter(
        user=world.coordinator.user, title__startswith="激励名单有异议"
    ).exists()
    row = RewardObjection.objects.get()
    todo = reverse("portal:todo_list")
    assert "承办名单异议" in world.leader.client.get(todo).content.decode()
    assert "承办名单异议" not in world.coordinator.client.get(todo).content.decode()
    step = {"objection_id": row.pk}
    url = reverse("incentives:reward_objection_step", kwargs=step | {"name": "take"})
    assert world.leader.client.post(url).status_code == 302
    url = reverse("incentives:reward_objection_step", kwargs=step | {"name": "contact"})
    assert "未填" in world.leader.client.post(url).content.decode()
    url = reverse("incentives:reward_objection_answer", kwargs=step)
    said = {"outcome": "upheld", "answer": "属实"}
    assert world.leader.client.post(url, said).status_code == 422
    assert world.leader.client.post(url, said | {"effect": "take_out"}).status_code == 302
    assert "启衡" not in world.anonymous.client.get(public).content.decode()
