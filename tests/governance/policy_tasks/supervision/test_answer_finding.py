"""Signing for, answering and judging an order (签收、答复、核查)."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.files import files_of
from silian.governance.policy_tasks.choices import AnswerState, FindingState
from silian.governance.policy_tasks.commands.supervision_findings import (
    accept_answer,
    answer_finding,
    cancel_finding,
    receive_finding,
    return_answer,
)
from silian.governance.policy_tasks.models.supervision_findings import SupervisionFinding
from tests.governance.policy_tasks.supervision.stage import (
    DAY,
    NOW,
    answered,
    issued,
    other_department,
    proof,
    received,
)
from tests.world import World


def test_the_department_signs_and_answers_with_proof(world: World) -> None:
    answer = answered(world)
    finding = answer.finding
    assert finding.state == FindingState.ANSWERED
    assert finding.received_by == world.reviewer.user
    assert not finding.was_overdue
    assert files_of(answer).count() == 1


def test_another_department_does_not_find_the_order(world: World) -> None:
    finding = issued(world)
    with pytest.raises(SupervisionFinding.DoesNotExist):
        receive_finding(finding_id=finding.pk, actor=other_department().actor, now=NOW)


def test_the_supervisor_does_not_sign_for_the_department(world: World) -> None:
    finding = issued(world)
    with pytest.raises(NotAllowed):
        receive_finding(finding_id=finding.pk, actor=world.supervisor.actor, now=NOW)


def test_an_order_is_signed_for_before_it_is_answered(world: World) -> None:
    finding = issued(world)
    with pytest.raises(WrongState):
        answer_finding(
            finding_id=finding.pk,
            measures="已整改",
            result="已完成",
            files=[proof()],
            actor=world.reviewer.actor,
            now=NOW,
        )


@pytest.mark.parametrize("missing", ["measures", "result", "files"])
def test_an_answer_needs_measures_result_and_proof(world: World, missing: str) -> None:
    finding = received(world)
    given = {"measures": "两次会商", "result": "已报送", "files": [proof()]}
    given[missing] = [] if missing == "files" else " "
    with pytest.raises(DomainError) as refusal:
        answer_finding(finding_id=finding.pk, actor=world.reviewer.actor, now=NOW, **given)
    assert refusal.value.field == missing.replace("files", "proofs")


def test_a_late_answer_is_remembered(world: World) -> None:
    finding = received(world)
    answer_finding(
        finding_id=finding.pk,
        measures="两次会商",
        result="已报送",
        files=[proof()],
        actor=world.reviewer.actor,
        now=NOW + 9 * DAY,
    )
    finding.refresh_from_db()
    assert finding.was_overdue


def test_the_supervisor_accepts_and_the_order_is_closed(world: World) -> None:
    finding = answered(world).finding
    accept_answer(finding_id=finding.pk, opinion="", actor=world.supervisor.actor, now=NOW)
    finding.refresh_from_db()
    assert finding.state == FindingState.CLOSED
    assert finding.closed_by == world.supervisor.user
    assert finding.answers.get().state == AnswerState.ACCEPTED


def test_a_returned_answer_counts_and_sets_a_new_day(world: World) -> None:
    finding = answered(world).finding
    return_answer(
        finding_id=finding.pk,
        opinion="缺用地批复时间表",
        working_days=3,
        actor=world.supervisor.actor,
        now=NOW + DAY,
    )
    finding.refresh_from_db()
    assert (finding.state, finding.return_count) == (FindingState.RECEIVED, 1)
    assert finding.due_on == datetime.date(2026, 3, 24)
    assert finding.answers.get().opinion == "缺用地批复时间表"


def test_a_return_says_why(world: World) -> None:
    finding = answered(world).finding
    with pytest.raises(DomainError) as refusal:
        return_answer(
            finding_id=finding.pk,
            opinion=" ",
            working_days=3,
            actor=world.supervisor.actor,
            now=NOW,
        )
    assert refusal.value.field == "opinion"


def test_the_coordinator_does_not_judge(world: World) -> None:
    finding = answered(world).finding
    with pytest.raises(NotAllowed):
        accept_answer(finding_id=finding.pk, opinion="", actor=world.coordinator.actor, now=NOW)


def test_who_answered_does_not_judge(world: World) -> None:
    answer = answered(world)
    answer.answered_by = world.supervisor.user
    answer.save(update_fields=["answered_by"])
    with pytest.raises(DomainError, match="另一位督查人员"):
        accept_answer(
            finding_id=answer.finding_id, opinion="", actor=world.supervisor.actor, now=NOW
        )


def test_the_table_refuses_one_who_judges_himself(world: World) -> None:
    answer = answered(world)
    answer.judged_by = answer.answered_by
    with pytest.raises(IntegrityError), transaction.atomic():
        answer.save(update_fields=["judged_by"])


def test_an_order_is_cancelled_with_its_reason(world: World) -> None:
    finding = issued(world)
    with pytest.raises(DomainError):
        cancel_finding(finding_id=finding.pk, reason="", actor=world.supervisor.actor)
    cancel_finding(finding_id=finding.pk, reason="任务已调整", actor=world.supervisor.actor)
    finding.refresh_from_db()
    assert finding.state == FindingState.CANCELLED
    with pytest.raises(WrongState):
        receive_finding(finding_id=finding.pk, actor=world.reviewer.actor, now=NOW)
