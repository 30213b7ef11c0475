"""The steps of a draft: from the scheme with their clause, added, changed, moved, dropped."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.models import AuditEntry
from silian.governance.incentives.choices.claims import ClaimScheme, StepKind
from silian.governance.incentives.commands.call_steps import (
    add_step,
    change_step,
    draft_by_book,
    drop_step,
    leave_out_step,
    move_step,
)
from silian.governance.incentives.commands.claim_calls import StepCard, open_call
from silian.governance.incentives.models import ClaimCall, FunctionOffice
from tests.casework.ledgers.stage import Books, make_books
from tests.governance.incentives.claims import stage
from tests.governance.incentives.claims.stage import NOW, TODAY
from tests.world import World

pytestmark = pytest.mark.django_db


def drafted(
    world: World, *, scheme: ClaimScheme = ClaimScheme.INTERNSHIP
) -> tuple[ClaimCall, Books]:
    """A draft in a region whose bureau of education is known, and no other office."""
    books = make_books()
    FunctionOffice.objects.create(
        division_id="990100", function="education", organisation=world.reviewer.organisation,
        basis="演示分工", starts_on=stage.FROM,
    )  # fmt: skip
    call = draft_by_book(card=stage.card(books, scheme), actor=books.owner.actor, today=TODAY)
    return call, books


def card(world: World, **values: Any) -> StepCard:
    facts: dict[str, Any] = {
        "order": 1, "kind": "check", "title": "审计部门抽查", "working_days": 3,
        "office_id": world.reviewer.organisation.pk, "on_silence": "agree",
        "checks": "抽查 5% 的明细", "papers": ("attendance",),
    }  # fmt: skip
    return StepCard(**{**facts, **values})


def titles(call: ClaimCall) -> list[tuple[int, str]]:
    return list(call.steps.order_by("order", "pk").values_list("order", "title"))


def test_a_draft_begins_with_the_steps_of_its_scheme_and_their_clause(world: World) -> None:
    call, _ = drafted(world)
    rows = {row.code: row for row in call.steps.all()}
    assert sorted(rows) == ["decide", "education", "school"]
    assert "三（三）" in rows["education"].basis
    assert rows["decide"].basis == ""
    assert rows["school"].papers == ["agreement", "attendance"]
    assert set(call.left_out.values_list("code", "reason")) == {("labour", ""), ("finance", "")}


def test_a_step_without_an_office_keeps_the_call_from_being_issued(world: World) -> None:
    call, books = drafted(world)
    actor = books.owner.actor
    with pytest.raises(DomainError, match="规定的环节"):
        open_call(call_id=call.pk, actor=actor, now=NOW)
    for row in call.left_out.all():
        with pytest.raises(DomainError, match="原因"):
            leave_out_step(left_out_id=row.pk, reason=" ", actor=actor)
        leave_out_step(left_out_id=row.pk, reason="本地没有这个部门", actor=actor)
    assert open_call(call_id=call.pk, actor=actor, now=NOW).state == "open"


def test_a_step_is_added_before_the_decision(world: World) -> None:
    call, books = drafted(world)
    row = add_step(call_id=call.pk, card=card(world), actor=books.owner.actor)
    assert titles(call)[-2:] == [(3, "审计部门抽查"), (4, "审定")]
    row.refresh_from_db()
    assert (row.checks, row.papers, row.on_silence) == ("抽查 5% 的明细", ["attendance"], "agree")


def test_a_suggested_step_is_taken_up_with_its_clause(world: World) -> None:
    call, books = drafted(world)
    given = card(world, code="finance", title="财政部门复核", basis="瞎编的依据")
    row = add_step(call_id=call.pk, card=given, actor=books.owner.actor)
    assert "三（三）" in row.basis
    assert not call.left_out.filter(code="finance").exists()
    with pytest.raises(DomainError, match="已经有了"):
        add_step(call_id=call.pk, card=given, actor=books.owner.actor)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"office_id": None}, "选择办理部门"),
        ({"kind": "decide", "on_silence": "agree"}, "不能视为无异议"),
        ({"kind": "decide", "on_silence": "remind"}, "只能有一个"),
        ({"papers": ("nothing",)}, "这项补贴的材料"),
        ({"code": "nothing"}, "没有这个环节"),
    ],
)
def test_a_step_that_does_not_work_is_refused(
    world: World, values: dict[str, Any], words: str
) -> None:
    call, books = drafted(world)
    with pytest.raises(DomainError, match=words):
        add_step(call_id=call.pk, card=card(world, **values), actor=books.owner.actor)


def test_an_enterprise_has_no_step(world: World) -> None:
    call, books = drafted(world)
    given = card(world, office_id=world.enterprise.organisation.pk)
    with pytest.raises(DomainError, match="政府部门"):
        add_step(call_id=call.pk, card=given, actor=books.owner.actor)


def test_a_step_is_changed_and_put_beside_another(world: World) -> None:
    call, books = drafted(world)
    actor = books.owner.actor
    mate = call.steps.get(code="school")
    row = add_step(call_id=call.pk, card=card(world), actor=actor)
    changed = card(world, title="审计抽查", working_days=8)
    change_step(step_id=row.pk, card=changed, beside_id=mate.pk, actor=actor)
    assert titles(call) == [
        (1, "学校核对实习学生和月数"), (1, "审计抽查"), (2, "教育部门审核"), (3, "审定"),
    ]  # fmt: skip
    change_step(step_id=row.pk, card=changed, actor=actor)
    assert [order for order, _ in titles(call)] == [1, 2, 3, 4]


def test_the_same_office_is_not_asked_twice_at_once(world: World) -> None:
    call, books = drafted(world)
    mate = call.steps.get(code="education")
    with pytest.raises(DomainError, match="同一部门"):
        add_step(call_id=call.pk, card=card(world), beside_id=mate.pk, actor=books.owner.actor)


def test_steps_are_moved_but_never_past_the_decision(world: World) -> None:
    call, books = drafted(world)
    actor = books.owner.actor
    row = call.steps.get(code="education")
    move_step(step_id=row.pk, up=True, actor=actor)
    assert titles(call)[0] == (1, "教育部门审核")
    move_step(step_id=row.pk, up=False, actor=actor)
    for step in (row, call.steps.get(kind=StepKind.DECIDE)):
        with pytest.raises(DomainError, match="最后单独办理"):
            move_step(step_id=step.pk, up=False, actor=actor)


def test_a_step_of_a_provision_is_dropped_for_a_reason_that_stays(world: World) -> None:
    call, books = drafted(world)
    actor = books.owner.actor
    row = call.steps.get(code="education")
    with pytest.raises(DomainError, match="请写明不设的原因"):
        drop_step(step_id=row.pk, reason="", actor=actor)
    drop_step(step_id=row.pk, reason="已并入学校核对", actor=actor)
    left = call.left_out.get(code="education")
    assert (left.reason, left.decided_by) == ("已并入学校核对", books.owner.user)
    assert "三（三）" in left.basis
    assert titles(call) == [(1, "学校核对实习学生和月数"), (2, "审定")]
    entry = AuditEntry.objects.filter(action="incentives.call_step.dropped").latest("pk")
    assert entry.reason == "已并入学校核对"


def test_the_decision_is_not_dropped_and_an_own_step_leaves_nothing(world: World) -> None:
    call, books = drafted(world)
    actor = books.owner.actor
    with pytest.raises(DomainError, match="不能取消"):
        drop_step(step_id=call.steps.get(code="decide").pk, reason="不要", actor=actor)
    row = add_step(call_id=call.pk, card=card(world), actor=actor)
    drop_step(step_id=row.pk, reason="", actor=actor)
    assert call.left_out.count() == 2


def test_an_issued_call_keeps_its_steps(world: World) -> None:
    call, books = stage.opened_call(world)
    row = call.steps.get(kind=StepKind.CHECK)
    actor = books.owner.actor
    with pytest.raises(WrongState, match="不能修改内容和环节"):
        drop_step(step_id=row.pk, reason="不要了", actor=actor)
    with pytest.raises(WrongState):
        add_step(call_id=call.pk, card=card(world), actor=actor)
    with pytest.raises(WrongState):
        move_step(step_id=row.pk, up=True, actor=actor)


def test_only_the_leading_department_arranges_steps(world: World) -> None:
    call, _ = drafted(world)
    with pytest.raises(NotAllowed, match="牵头部门"):
        add_step(call_id=call.pk, card=card(world), actor=world.reviewer.actor)


def test_the_database_refuses_a_decision_by_silence(world: World) -> None:
    call, _ = drafted(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        call.steps.filter(kind=StepKind.DECIDE).update(on_silence="agree")
