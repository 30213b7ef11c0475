"""A distribution plan is shown inside the school, answered, and then comes into force."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.governance.incentives.commands.distribution import (
    answer_objection,
    change_plan,
    draft_plan,
    notice_plan,
    object_to_plan,
    step_plan,
)
from silian.governance.incentives.permissions.income import plans_visible_to
from silian.registers.policies.models.parameters import Parameter
from tests.governance.incentives.income import stage
from tests.governance.incentives.stage import NOW
from tests.world import CITY, World, make_member

OVER = stage.TODAY + datetime.timedelta(days=6)


def adopt(world: World, plan_id: int, *, on: datetime.date = OVER) -> Any:
    return step_plan(plan_id=plan_id, step="adopt", actor=world.school.actor, today=on)


def test_a_plan_comes_into_force_after_its_notice(world: World) -> None:
    plan = stage.noticed(world)
    with pytest.raises(DomainError, match="期满后"):
        adopt(world, plan.pk, on=stage.TODAY)
    assert adopt(world, plan.pk).state == "in_force"


def test_objections_are_answered_first_by_another(world: World) -> None:
    objection = stage.objection(world)
    with pytest.raises(DomainError, match="没有答复"):
        adopt(world, objection.plan_id)
    facts: dict[str, Any] = {"objection_id": objection.pk, "answer": "已提高", "now": NOW}
    with pytest.raises(NotAllowed, match="院校"):
        answer_objection(actor=world.teacher.actor, **facts)
    answer_objection(actor=world.school.actor, **facts)
    with pytest.raises(WrongState, match="已经答复"):
        answer_objection(actor=world.school.actor, **facts)
    assert adopt(world, objection.plan_id).in_force_on == OVER


def test_nobody_answers_the_own_objection(world: World) -> None:
    plan = stage.noticed(world)
    facts: dict[str, Any] = {"actor": world.school.actor, "now": NOW}
    own = object_to_plan(plan_id=plan.pk, text="漏了一类", today=stage.TODAY, **facts)
    with pytest.raises(DomainError, match="另一位"):
        answer_objection(objection_id=own.pk, answer="补上", **facts)


def test_objections_are_taken_only_while_it_is_shown(world: World) -> None:
    plan = stage.noticed(world)
    with pytest.raises(WrongState, match="公示期内"):
        object_to_plan(plan_id=plan.pk, text="迟了", actor=world.teacher.actor, now=NOW, today=OVER)


def test_the_region_may_set_the_days(world: World) -> None:
    Parameter.objects.create(
        division_id=CITY, code="TR-02", name="price_notice_days", unit="日", value=15,
        title="公示天数", force="mandatory", source="青科发〔2025〕2号", place="第四条",
        valid_from=datetime.date(2025, 1, 1),
    )  # fmt: skip
    with pytest.raises(DomainError, match="不少于 15 日"):
        stage.noticed(world, days=5)
    assert stage.noticed(world, days=15).notice_basis == "青科发〔2025〕2号 第四条"


def test_days_have_a_bound(world: World) -> None:
    with pytest.raises(DomainError, match="60"):
        stage.noticed(world, days=61)


def test_a_shown_plan_is_not_changed_but_taken_down(world: World) -> None:
    plan = stage.noticed(world)
    facts: dict[str, Any] = {"title": "新", "text": "新", "actor": world.school.actor}
    with pytest.raises(WrongState, match="公示后"):
        change_plan(plan_id=plan.pk, **facts)
    with pytest.raises(DomainError, match="接着办"):
        draft_plan(**facts)
    with pytest.raises(WrongState, match="不能校内公示"):
        notice_plan(plan_id=plan.pk, days=5, basis="", actor=world.school.actor, today=stage.TODAY)
    step_plan(plan_id=plan.pk, step="withdraw", actor=world.school.actor, today=OVER)
    assert draft_plan(**facts).version == 2


def test_a_new_version_takes_the_place_of_the_old(world: World) -> None:
    first = stage.noticed(world)
    adopt(world, first.pk)
    second = draft_plan(title="二版", text="按贡献", actor=world.school.actor)
    notice_plan(plan_id=second.pk, days=1, basis="", actor=world.school.actor, today=stage.TODAY)
    adopt(world, second.pk)
    first.refresh_from_db()
    assert first.state == "replaced"


def test_drafts_and_other_schools_stay_hidden(world: World) -> None:
    plan = stage.plan(world)
    assert not plans_visible_to(world.teacher.actor).exists()
    stage.noticed(world)
    assert plans_visible_to(world.teacher.actor).get() == plan
    assert world.enterprise.organisation is not None
    stranger = make_member(
        username="stranger",
        organisation=world.enterprise.organisation,
        role="teacher",  # type: ignore[arg-type]
    )
    assert not plans_visible_to(stranger.actor).exists()
