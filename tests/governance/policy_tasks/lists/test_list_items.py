"""Items of the two lists: entered, worked on, closed by another person (销号)."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.governance.policy_tasks.choices import ListKind, ListSource, ListState, Weather
from silian.governance.policy_tasks.commands.lists import (
    change_list_item,
    claim_closing,
    close_list_item,
    drop_list_item,
    note_progress,
    open_list_item,
    reopen_list_item,
    return_claim,
)
from silian.governance.policy_tasks.models.lists import ListItem
from silian.governance.policy_tasks.models.progress import ProgressReport
from silian.governance.policy_tasks.permissions.lists import list_items_visible_to
from silian.governance.policy_tasks.queries.lists import draft_from_report
from tests.governance.policy_tasks.lists.stage import claimed, closed, make_text, opened
from tests.governance.policy_tasks.supervision.stage import (
    DAY,
    NOW,
    TODAY,
    make_task,
    other_department,
    proof,
)
from tests.world import OTHER_CITY, World


def test_numbers_run_by_list(world: World) -> None:
    assert opened(world).number == "问题〔2026〕1号"
    assert opened(world).number == "问题〔2026〕2号"
    assert opened(world, kind=ListKind.POLICY).number == "政策〔2026〕1号"


def test_only_keepers_enter_items(world: World) -> None:
    for role in ("leader", "reviewer", "enterprise"):
        with pytest.raises(NotAllowed):
            open_list_item(text=make_text(world), actor=world.people[role].actor, now=NOW)
    assert open_list_item(text=make_text(world), actor=world.coordinator.actor, now=NOW).pk


@pytest.mark.parametrize(
    ("field", "value"), [("title", " "), ("detail", "无"), ("due_on", TODAY - DAY)]
)
def test_an_incomplete_item_is_refused(world: World, field: str, value: object) -> None:
    with pytest.raises(DomainError) as refusal:
        opened(world, **{field: value})
    assert refusal.value.field == field


def test_a_foreign_lead_is_refused(world: World) -> None:
    from silian.registers.policies.models import PolicyBody

    body = PolicyBody.objects.create(division_id=OTHER_CITY, name="外市发改委")
    with pytest.raises(DomainError) as refusal:
        opened(world, lead_id=body.pk)
    assert refusal.value.field == "lead"


def test_a_blocked_report_becomes_a_problem_once(world: World) -> None:
    report = ProgressReport.objects.create(
        task=make_task(world),
        organisation=world.coordinator.organisation,
        text="选址未定",
        percent=20,
        weather=Weather.BLOCKED,
        difficulty="规划调整未批\n需市自然资源部门协调",
        reported_by=world.reviewer.user,
        reported_at=NOW,
    )
    draft = draft_from_report(report)
    assert (draft.title, draft.source) == ("规划调整未批", ListSource.DIFFICULTY)
    item = opened(world, report_id=report.pk, task_id=report.task_id)
    assert item.report == report
    with pytest.raises(WrongState, match=item.number):
        opened(world, report_id=report.pk)


def test_units_see_what_they_lead_or_share(world: World) -> None:
    from silian.registers.policies.models import PolicyBody

    helper = other_department()
    body = PolicyBody.objects.create(
        division_id="990100", name="市财政局", organisation=helper.organisation
    )
    stranger = other_department(name="青澜市民政局（演示）")
    item = opened(world, cooperating_ids=[body.pk])
    for actor in (world.reviewer.actor, helper.actor, world.leader.actor):
        assert item in list_items_visible_to(actor)
    for actor in (stranger.actor, world.enterprise.actor):
        assert item not in list_items_visible_to(actor)
    note_progress(item_id=item.pk, text="资金已列预算", actor=helper.actor, now=NOW)
    with pytest.raises(NotAllowed):
        claim_closing(item_id=item.pk, text="已办", files=[proof()], actor=helper.actor, now=NOW)


def test_progress_is_noted_in_words(world: World) -> None:
    item = opened(world)
    with pytest.raises(DomainError):
        note_progress(item_id=item.pk, text=" ", actor=world.reviewer.actor, now=NOW)
    with pytest.raises(NotAllowed):
        note_progress(item_id=item.pk, text="已会商", actor=world.leader.actor, now=NOW)
    note = note_progress(item_id=item.pk, text="已会商", actor=world.reviewer.actor, now=NOW)
    assert note.item.last_note_at == NOW


def test_closing_is_asked_with_proof(world: World) -> None:
    item = opened(world)
    with pytest.raises(DomainError) as refusal:
        claim_closing(item_id=item.pk, text="已办", files=[], actor=world.reviewer.actor, now=NOW)
    assert refusal.value.field == "proofs"
    assert claimed(world).state == ListState.CLAIMED


def test_who_asked_does_not_confirm(world: World) -> None:
    item = opened(world)
    claim_closing(
        item_id=item.pk, text="已办", files=[proof()], actor=world.coordinator.actor, now=NOW
    )
    with pytest.raises(DomainError, match="另一位"):
        close_list_item(item_id=item.pk, text="属实", actor=world.coordinator.actor, now=NOW)
    shut = close_list_item(item_id=item.pk, text="属实", actor=world.supervisor.actor, now=NOW)
    assert (shut.state, shut.closed_on) == (ListState.CLOSED, TODAY)


def test_the_table_refuses_one_who_confirms_himself(world: World) -> None:
    item = closed(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        ListItem.objects.filter(pk=item.pk).update(closed_by=item.claimed_by)


def test_an_item_is_not_closed_without_a_claim(world: World) -> None:
    item = opened(world)
    with pytest.raises(WrongState):
        close_list_item(item_id=item.pk, text="属实", actor=world.supervisor.actor, now=NOW)


def test_the_lead_does_not_close(world: World) -> None:
    item = claimed(world)
    with pytest.raises(NotAllowed):
        close_list_item(item_id=item.pk, text="属实", actor=world.reviewer.actor, now=NOW)


def test_a_returned_claim_counts(world: World) -> None:
    item = claimed(world)
    with pytest.raises(DomainError):
        return_claim(item_id=item.pk, text="", actor=world.supervisor.actor, now=NOW)
    item = return_claim(item_id=item.pk, text="缺批复", actor=world.supervisor.actor, now=NOW)
    assert (item.state, item.return_count) == (ListState.OPEN, 1)


def test_a_closed_item_comes_back(world: World) -> None:
    item = closed(world)
    item = reopen_list_item(item_id=item.pk, text="又停工", actor=world.supervisor.actor, now=NOW)
    assert (item.state, item.closed_on, item.reopen_count) == (ListState.OPEN, None, 1)


def test_an_item_is_dropped_and_then_not_worked_on(world: World) -> None:
    item = opened(world)
    drop_list_item(item_id=item.pk, text="重复", actor=world.coordinator.actor, now=NOW)
    with pytest.raises(WrongState):
        note_progress(item_id=item.pk, text="已会商", actor=world.reviewer.actor, now=NOW)


def test_an_open_item_is_changed_by_its_keepers(world: World) -> None:
    item = opened(world)
    text = make_text(world, title="用地批复与规划调整同步办理")
    with pytest.raises(NotAllowed):
        change_list_item(item_id=item.pk, text=text, actor=world.reviewer.actor, now=NOW)
    changed = change_list_item(item_id=item.pk, text=text, actor=world.supervisor.actor, now=NOW)
    assert changed.title == "用地批复与规划调整同步办理"
    shut = closed(world)
    with pytest.raises(WrongState):
        change_list_item(item_id=shut.pk, text=text, actor=world.supervisor.actor, now=NOW)
