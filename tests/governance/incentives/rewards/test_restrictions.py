"""A restriction: told, heard, decided by another with an end, appealed to a third."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.governance.incentives.choices.rewards import RestrictionState
from silian.governance.incentives.commands.restrictions import (
    appeal_restriction,
    drop_restriction,
    reply_to_restriction,
    settle_appeal,
)
from silian.governance.incentives.models.restrictions import Restriction
from silian.governance.incentives.models.reward_results import ResultUse
from silian.governance.incentives.permissions.rewards import restrictions_visible_to
from silian.registers.accounts.models import Notification
from tests.governance.incentives.rewards import stage
from tests.governance.incentives.stage import NOW
from tests.world import World

LATER = NOW + 8 * stage.DAY


def reply(
    world: World, row: Restriction, *, who: str = "enterprise", later: int = 1
) -> Restriction:
    return reply_to_restriction(
        restriction_id=row.pk,
        text="已经整改",
        evidence=stage.paper("整改.pdf"),
        actor=getattr(world, who).actor,
        now=NOW + later * stage.DAY,
    )


def test_there_is_no_restriction_without_a_binding_basis(world: World) -> None:
    with pytest.raises(DomainError, match="依据文件和条款"):
        stage.restriction(world, clause="")
    with pytest.raises(DomainError, match="只形成差距"):
        stage.restriction(world, binding=False)
    with pytest.raises(DomainError, match="与约束事项不一致"):
        stage.restriction(world, rule="411200:internship_norms")
    row = stage.restriction(world, measure="subsidy_withheld", rule="411200:internship_norms")
    assert (row.document, row.clause) == ("三政办〔2020〕9号", "三（三）")


def test_a_good_result_restricts_nobody_and_one_matter_runs_once(world: World) -> None:
    good = stage.result(world, document="好的报告")
    with pytest.raises(DomainError, match="不是不利结果"):
        stage.restriction(world, result_id=good.pk)
    stage.restriction(world)
    with pytest.raises(DomainError, match="正在办理"):
        stage.restriction(world)


def test_the_unit_is_heard_before_the_decision(world: World, run_jobs: Callable[[], None]) -> None:
    row = stage.restriction(world)
    with pytest.raises(DomainError, match="还没有陈述"):
        stage.impose(world, row, later=1)
    with pytest.raises(NotAllowed):
        reply(world, row, who="coordinator")
    assert reply(world, row).state == RestrictionState.REPLIED
    assert stage.impose(world, row, later=1).state == RestrictionState.IMPOSED
    run_jobs()
    assert Notification.objects.filter(user=world.enterprise.user).count() >= 1


def test_a_late_reply_is_refused_and_silence_lets_the_decision_come(world: World) -> None:
    row = stage.restriction(world)
    with pytest.raises(DomainError, match="陈述期限"):
        reply(world, row, later=6)
    done = stage.impose(world, row)
    assert done.ends_on is not None
    assert ResultUse.objects.get().outcome == "restricted"


def test_who_proposed_decides_neither_way(world: World) -> None:
    row = stage.restriction(world)
    Restriction.objects.filter(pk=row.pk).update(proposed_by=world.coordinator.user)
    with pytest.raises(DomainError, match="提出人不能"):
        stage.impose(world, row)
    with pytest.raises(DomainError, match="提出人"):
        drop_restriction(
            restriction_id=row.pk, decision="不约束", actor=world.coordinator.actor, now=LATER
        )
    done = drop_restriction(
        restriction_id=row.pk, decision="已整改", actor=world.leader.actor, now=LATER
    )
    assert done.state == RestrictionState.DROPPED


def test_an_appeal_is_settled_by_somebody_who_took_no_part(world: World) -> None:
    row = stage.imposed(world)
    key = {"restriction_id": row.pk, "now": LATER}
    appeal_restriction(**key, text="评价有误", actor=world.enterprise.actor)
    with pytest.raises(DomainError, match="没有经办过"):
        settle_appeal(**key, upheld=True, answer="维持", actor=world.coordinator.actor)
    third = stage.third_official(world)
    done = settle_appeal(**key, upheld=False, answer="评价已更正", actor=third.actor)
    assert done.state == RestrictionState.LIFTED
    in_force = Restriction.objects.in_force(on=LATER.date())  # type: ignore[attr-defined]
    assert not in_force.exists()


def test_a_restriction_is_read_by_the_unit_and_officials_alone(world: World) -> None:
    row = stage.restriction(world)
    officials = {"reviewer", "coordinator", "supervisor", "leader"}
    for name, person in world.people.items():
        seen = restrictions_visible_to(person.actor).filter(pk=row.pk).exists()
        assert seen == (name in officials | {"enterprise"}), name


def test_the_way_in_the_browser(world: World) -> None:
    bad = stage.result(world, level="unqualified")
    client = world.reviewer.client
    url = reverse("incentives:restriction_new", kwargs={"result_id": bad.pk})
    said = {"measure": "close_supervision", "facts": "不合格", "reply_by": "2026-03-24"}
    refused = client.post(url, said)
    assert refused.status_code == 422
    assert "依据文件和条款" in refused.content.decode()
    basis = {"document": "某办法", "clause": "第五条", "binding": "on"}
    assert client.post(url, said | basis).status_code == 302
    row = Restriction.objects.get()
    todo = world.enterprise.client.get(reverse("portal:todo_list")).content.decode()
    assert "陈述意见" in todo
    answer = reverse(
        "incentives:restriction_step", kwargs={"restriction_id": row.pk, "name": "reply"}
    )
    assert world.enterprise.client.post(answer, {"text": "已整改"}).status_code == 302
    page = world.leader.client.get(row.get_absolute_url()).content.decode()
    assert "决定约束" in page
