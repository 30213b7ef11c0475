"""Adoption elsewhere, rollout in the province, publicity (复制推广)."""

from __future__ import annotations

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.governance.policy_tasks.choices import RolloutState
from silian.governance.policy_tasks.commands.case_spreading import (
    adopt_case,
    count_publicity,
    decide_rollout,
    plan_publicity,
    propose_rollout,
    tell_adoption_result,
)
from silian.governance.policy_tasks.models.cases import ExperienceCase
from silian.governance.policy_tasks.queries.cases import adoptions_of, places_of, reach_of
from tests.governance.policy_tasks.cases.stage import (
    adopted,
    proposed,
    province_coordinator,
    published,
    submitted,
)
from tests.governance.policy_tasks.supervision.stage import DAY, NOW, TODAY
from tests.world import World


def test_another_unit_adopts_once_and_tells_the_result(world: World) -> None:
    adoption = adopted(world)
    case = adoption.case
    given = {"case_id": case.pk, "actor": world.enterprise.actor, "now": NOW}
    with pytest.raises(WrongState):
        adopt_case(starts_on=TODAY, changed="", **given)
    with pytest.raises(DomainError):
        tell_adoption_result(result="", **given)
    tell_adoption_result(result="新员工培训缩短到五周，见培训台账", **given)
    places = places_of(list(adoptions_of(case)))
    assert [(place.name, place.adoptions, place.with_result) for place in places] == [
        ("高新区", 1, 1)
    ]


def test_nobody_adopts_its_own_case_or_in_advance(world: World) -> None:
    case = published(world)
    with pytest.raises(DomainError, match="自己的案例"):
        adopt_case(case_id=case.pk, starts_on=TODAY, changed="", actor=world.school.actor, now=NOW)
    with pytest.raises(DomainError) as refusal:
        adopt_case(
            case_id=case.pk, starts_on=TODAY + DAY, changed="", actor=world.rival.actor, now=NOW
        )
    assert refusal.value.field == "starts_on"


def test_persons_do_not_adopt(world: World) -> None:
    case = published(world)
    for role in ("student", "leader"):
        with pytest.raises(NotAllowed):
            adopt_case(
                case_id=case.pk,
                starts_on=TODAY,
                changed="",
                actor=world.people[role].actor,
                now=NOW,
            )


def test_a_result_needs_an_adoption(world: World) -> None:
    case = published(world)
    with pytest.raises(DomainError, match="没有登记采用"):
        tell_adoption_result(case_id=case.pk, result="好", actor=world.rival.actor, now=NOW)


def test_an_unpublished_case_is_not_adopted(world: World) -> None:
    case = submitted(world)
    with pytest.raises(ExperienceCase.DoesNotExist):
        adopt_case(case_id=case.pk, starts_on=TODAY, changed="", actor=world.rival.actor, now=NOW)


def test_the_city_asks_and_the_province_approves(world: World) -> None:
    rollout = proposed(world)
    province = province_coordinator()
    given = {"rollout_id": rollout.pk, "approved": True, "now": NOW}
    with pytest.raises(NotAllowed):
        decide_rollout(opinion="同意", document="通知", actor=world.coordinator.actor, **given)
    with pytest.raises(DomainError) as refusal:
        decide_rollout(opinion="同意", document="", actor=province.actor, **given)
    assert refusal.value.field == "document"
    with pytest.raises(DomainError):
        decide_rollout(opinion="", document="通知", actor=province.actor, **given)
    decided = decide_rollout(
        opinion="同意", document="推广通知〔2026〕1号", actor=province.actor, **given
    )
    assert decided.state == RolloutState.APPROVED
    with pytest.raises(WrongState):
        propose_rollout(
            case_id=rollout.case_id, grounds="再申请", actor=world.coordinator.actor, now=NOW
        )


def test_a_declined_rollout_may_be_asked_again(world: World) -> None:
    rollout = proposed(world)
    decide_rollout(
        rollout_id=rollout.pk,
        approved=False,
        opinion="先扩大试点",
        document="",
        actor=province_coordinator().actor,
        now=NOW,
    )
    again = propose_rollout(
        case_id=rollout.case_id, grounds="已扩大", actor=world.coordinator.actor, now=NOW
    )
    assert again.state == RolloutState.PROPOSED


def test_only_the_coordinator_asks_for_rollout_with_grounds(world: World) -> None:
    case = published(world)
    with pytest.raises(NotAllowed):
        propose_rollout(case_id=case.pk, grounds="好", actor=world.school.actor, now=NOW)
    with pytest.raises(DomainError):
        propose_rollout(case_id=case.pk, grounds=" ", actor=world.coordinator.actor, now=NOW)


def test_publicity_is_planned_and_counted(world: World) -> None:
    case = published(world)
    given = {"case_id": case.pk, "title": "轮岗实训见成效", "planned_on": TODAY}
    with pytest.raises(NotAllowed):
        plan_publicity(outlet="市电视台", actor=world.rival.actor, **given)
    with pytest.raises(DomainError):
        plan_publicity(outlet=" ", actor=world.school.actor, **given)
    item = plan_publicity(outlet="市电视台", actor=world.school.actor, **given)
    assert reach_of(case) is None
    counted = {"item_id": item.pk, "link": "", "now": NOW}
    with pytest.raises(DomainError):
        count_publicity(published_on=TODAY + DAY, reach=1, actor=world.school.actor, **counted)
    count_publicity(published_on=TODAY, reach=3200, actor=world.coordinator.actor, **counted)
    assert reach_of(case) == 3200
