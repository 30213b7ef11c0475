"""Paid rewards come back after notice, reply and a decision by another person."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse

from silian.casework.ledgers.commands.receivables import receive
from silian.casework.ledgers.models.receivables import Receivable
from silian.casework.ledgers.queries.checking import differences
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.governance.incentives.commands.reward_recoveries import (
    decide_reward_recovery,
    drop_reward_recovery,
    follow_reward_receivable,
    reply_to_reward_recovery,
)
from silian.governance.incentives.models import RewardEntry, RewardRecovery
from silian.governance.incentives.queries.reward_checking import reward_differences
from silian.governance.incentives.queries.reward_sums import sums_of_reward
from tests.governance.incentives.rewards import stage
from tests.governance.incentives.stage import NOW
from tests.world import World

LATE = NOW + 20 * stage.DAY


def decide(
    world: World, row: RewardRecovery, *, who: str = "leader", now: datetime.datetime = LATE
) -> RewardRecovery:
    return decide_reward_recovery(
        recovery_id=row.pk,
        decision="材料不实属实",
        pay_by=LATE.date() + 30 * stage.DAY,
        actor=getattr(world, who).actor,
        now=now,
    )


def test_paid_money_comes_back_and_the_reward_is_withdrawn(world: World) -> None:
    books = stage.books(world)
    entry = stage.paid_entry(world, books)
    row = decide(world, stage.recovery(world, entry))
    entry.refresh_from_db()
    sums = sums_of_reward(entry.candidate_id)
    assert (entry.state, sums.entitled, sums.paid) == ("withdrawn", 0, 30000)
    assert (sums.to_recover, sums.outstanding) == (30000, -30000)
    assert reward_differences() == []
    for key in ("r1", "r1"):
        receive(
            receivable_id=row.receivable_id or 0, amount=row.amount, note="退回", key=key,
            on=LATE.date(), actor=books.actor,
        )  # fmt: skip
    for _ in range(2):
        follow_reward_receivable(receivable_id=row.receivable_id or 0)
    row.refresh_from_db()
    assert (row.state, sums_of_reward(entry.candidate_id).recovered) == ("settled", 30000)
    assert differences() == []
    assert reward_differences() == []


def test_nothing_comes_back_without_notice_hearing_and_another_person(world: World) -> None:
    entry = stage.paid_entry(world, stage.books(world))
    for missing in ({"cause": ""}, {"basis": " "}, {"reply_basis": ""}):
        with pytest.raises(DomainError, match="没有依据"):
            stage.recovery(world, entry, **missing)
    with pytest.raises(DomainError, match="晚于今天"):
        stage.recovery(world, entry, reply_until=stage.TODAY)
    row = stage.recovery(world, entry)
    with pytest.raises(DomainError, match="原件"):
        stage.recovery(world, entry)
    with pytest.raises(DomainError, match="尚未陈述"):
        decide(world, row, now=NOW + 9 * stage.DAY)
    RewardRecovery.objects.filter(pk=row.pk).update(noticed_by=world.leader.user)
    with pytest.raises(DomainError, match="另一名"):
        decide(world, row)
    with pytest.raises(NotAllowed, match="审定"):
        decide(world, row, who="reviewer")
    with pytest.raises(DomainError, match="正在办理收回"):
        stage.order(world, entry)
    assert not Receivable.objects.exists()


def test_the_unit_replies_and_the_reward_may_stand(world: World) -> None:
    entry = stage.paid_entry(world, stage.books(world))
    row = stage.recovery(world, entry)
    key = {"recovery_id": row.pk, "text": "有验收记录", "now": NOW + 9 * stage.DAY}
    with pytest.raises(RewardRecovery.DoesNotExist):
        reply_to_reward_recovery(**key, actor=world.rival.actor)
    reply_to_reward_recovery(**key, actor=world.enterprise.actor)
    page = world.leader.client.get(row.get_absolute_url()).content.decode()
    assert "有验收记录" in page
    done = drop_reward_recovery(
        recovery_id=row.pk, decision="说明成立", actor=world.leader.actor, now=NOW + 9 * stage.DAY
    )
    assert done.state == "dropped"
    assert RewardEntry.objects.get(pk=entry.pk).state == "valid"
    assert reward_differences() == []


def test_a_reward_that_is_not_paid_is_not_recovered(world: World) -> None:
    entry = stage.money_entry(world, stage.books(world))
    with pytest.raises(DomainError, match="没有已付"):
        stage.recovery(world, entry)


def test_notice_and_decision_in_the_browser(world: World) -> None:
    entry = stage.paid_entry(world, stage.books(world))
    new = reverse("incentives:reward_recovery_new", args=[entry.pk])
    said = {
        "cause": "材料不实", "basis": "办法第九条", "reply_until": "2027-01-10",
        "reply_basis": "办法第十条",
    }  # fmt: skip
    assert world.reviewer.client.post(new, said | {"basis": ""}).status_code == 422
    assert world.reviewer.client.post(new, said).status_code == 302
    row = RewardRecovery.objects.get()
    todo = world.enterprise.client.get(reverse("portal:todo_list")).content.decode()
    assert "拟收回奖励，请陈述申辩" in todo
    step = {"recovery_id": row.pk}
    reply = reverse("incentives:reward_recovery_step", kwargs=step | {"name": "reply"})
    assert world.enterprise.client.post(reply, {"text": "已补充材料"}).status_code == 302
    todo = world.leader.client.get(reverse("portal:todo_list")).content.decode()
    assert "决定是否收回奖励" in todo
    drop = reverse("incentives:reward_recovery_step", kwargs=step | {"name": "drop"})
    assert world.leader.client.post(drop, {"decision": "材料已补充"}).status_code == 302
    assert RewardRecovery.objects.get().state == "dropped"
