"""A case from the first draft to the public library and back (经验案例)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.governance.policy_tasks.choices import CaseState
from silian.governance.policy_tasks.commands.cases import (
    Figure,
    change_case,
    publish_case,
    recall_case,
    return_case,
    submit_case,
    withdraw_case,
)
from silian.governance.policy_tasks.models.cases import ExperienceCase
from silian.governance.policy_tasks.permissions.cases import cases_visible_to
from tests.governance.policy_tasks.cases.stage import make_text, published, submitted, written
from tests.governance.policy_tasks.supervision.stage import NOW
from tests.world import World


def test_a_unit_writes_a_case(world: World) -> None:
    case = written(world)
    assert case.state == CaseState.DRAFT
    assert case.figures.get().after == Decimal(4)
    assert case.division_id == world.school.organisation.division_id


def test_students_and_teachers_do_not_write_for_the_school(world: World) -> None:
    for role in ("student", "teacher", "leader", "expert"):
        with pytest.raises(NotAllowed):
            written(world, by=world.people[role])


@pytest.mark.parametrize("field", ["title", "problem", "practice", "effect", "conditions"])
def test_a_thin_case_is_refused(world: World, field: str) -> None:
    with pytest.raises(DomainError) as refusal:
        written(world, **{field: "很好"})
    assert refusal.value.field == field


def test_personal_numbers_are_refused(world: World) -> None:
    told = "联系张老师 13800138000，按四周一轮安排轮岗，企业出设备和工程师。"
    with pytest.raises(DomainError, match="个人号码") as refusal:
        written(world, practice=told)
    assert refusal.value.field == "practice"
    assert "13800138000" not in refusal.value.sentence


def test_a_number_stands_once(world: World) -> None:
    figure = Figure(name="留用率", before=None, after=Decimal(80), unit="%", source="台账")
    with pytest.raises(DomainError, match="重名"):
        written(world, figures=(figure, figure))


def test_a_draft_is_the_units_own(world: World) -> None:
    case = written(world)
    assert case in cases_visible_to(world.school.actor)
    for role in ("enterprise", "coordinator", "anonymous"):
        assert case not in cases_visible_to(world.people[role].actor)


def test_handing_in_needs_consent_and_a_number(world: World) -> None:
    case = written(world)
    with pytest.raises(DomainError, match="同意公开"):
        submit_case(case_id=case.pk, consented=False, actor=world.school.actor, now=NOW)
    bare = written(world, figures=())
    with pytest.raises(DomainError, match="成效数据"):
        submit_case(case_id=bare.pk, consented=True, actor=world.school.actor, now=NOW)
    handed = submit_case(case_id=case.pk, consented=True, actor=world.school.actor, now=NOW)
    assert (handed.state, handed.consented_at) == (CaseState.SUBMITTED, NOW)


def test_what_is_handed_in_can_be_taken_back(world: World) -> None:
    case = submitted(world)
    with pytest.raises(WrongState):
        change_case(case_id=case.pk, text=make_text(), actor=world.school.actor)
    case = recall_case(case_id=case.pk, actor=world.school.actor)
    assert (case.state, case.consented_at) == (CaseState.DRAFT, None)
    changed = change_case(
        case_id=case.pk, text=make_text(title="五轴轮岗实训"), actor=world.school.actor
    )
    assert changed.title == "五轴轮岗实训"


def test_the_coordinator_publishes_for_everybody(world: World) -> None:
    case = published(world)
    assert case.state == CaseState.PUBLISHED
    assert case in cases_visible_to(world.anonymous.actor)


def test_only_the_coordinator_reviews(world: World) -> None:
    case = submitted(world)
    for role in ("supervisor", "leader"):
        with pytest.raises(NotAllowed):
            publish_case(case_id=case.pk, actor=world.people[role].actor, now=NOW)
    with pytest.raises(ExperienceCase.DoesNotExist):
        publish_case(case_id=case.pk, actor=world.enterprise.actor, now=NOW)


def test_who_wrote_does_not_review(world: World) -> None:
    case = written(world, by=world.coordinator)
    submit_case(case_id=case.pk, consented=True, actor=world.coordinator.actor, now=NOW)
    with pytest.raises(DomainError, match="另一位"):
        publish_case(case_id=case.pk, actor=world.coordinator.actor, now=NOW)


def test_a_return_says_what_to_improve(world: World) -> None:
    case = submitted(world)
    given = {"case_id": case.pk, "actor": world.coordinator.actor, "now": NOW}
    with pytest.raises(DomainError):
        return_case(reason=" ", **given)
    case = return_case(reason="补数据来源", **given)
    assert (case.state, case.reason) == (CaseState.RETURNED, "补数据来源")
    again = submit_case(case_id=case.pk, consented=True, actor=world.school.actor, now=NOW)
    assert again.reason == ""


def test_author_and_reviewer_withdraw_with_a_reason(world: World) -> None:
    for person in (world.school, world.coordinator):
        case = published(world)
        with pytest.raises(DomainError):
            withdraw_case(case_id=case.pk, reason="", actor=person.actor)
        withdraw_case(case_id=case.pk, reason="合作终止", actor=person.actor)
        assert case not in cases_visible_to(world.anonymous.actor)
    with pytest.raises(NotAllowed):
        withdraw_case(case_id=published(world).pk, reason="不好", actor=world.rival.actor)
