"""A claim goes through schools, offices and the decision, each with its clock."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.models import AuditEntry
from silian.governance.incentives.choices.claims import ClaimState, Silence, StepState
from silian.governance.incentives.commands.claim_decisions import (
    agree_to_claim,
    reject_claim,
    strike_items,
)
from silian.governance.incentives.commands.claim_steps import (
    agree_to_step,
    refuse_step,
    return_claim,
    run_out,
    start_review,
)
from silian.governance.incentives.commands.claims import withdraw_claim
from silian.governance.incentives.models import Claim, ClaimStep
from silian.registers.organisations.choices import Role
from tests.governance.incentives.claim_review.stage import (
    DAY,
    NOW,
    at,
    handed_in,
    make_claim,
    make_set,
    step,
)
from tests.world import CITY, World, make_member

pytestmark = pytest.mark.django_db
LATE = datetime.date(2026, 3, 26)  # the day after five working days


def agree(claim: Claim, order: int, actor: object, day: datetime.date = DAY) -> ClaimStep:
    return agree_to_step(step_id=step(claim, order).pk, opinion="属实", actor=actor, now=at(day))  # type: ignore[arg-type]


def test_a_claim_goes_from_the_school_through_the_office_to_the_decision(world: World) -> None:
    given = make_set(world)
    claim = handed_in(world, given)
    assert [row.state for row in claim.steps.order_by("order")] == ["open", "waiting", "waiting"]
    assert step(claim, 1).due_on == datetime.date(2026, 3, 25)
    agree(claim, 1, world.school.actor)
    assert step(claim, 2).state == StepState.OPEN
    agree(claim, 2, given.labour.actor)
    done = agree_to_claim(
        step_id=step(claim, 3).pk, opinion="", actor=world.reviewer.actor, now=NOW
    )
    assert (done.state, done.entitled) == (ClaimState.AGREED, done.planned)
    assert done.decided_by == world.reviewer.user
    assert not claim.items.filter(certified_at__isnull=True).exists()
    acts = AuditEntry.objects.filter(action__startswith="incentives.").values_list("action")
    assert ("incentives.claim.agreed",) in list(acts)


def test_each_school_answers_for_its_own_students_only(world: World) -> None:
    given = make_set(world)
    claim = make_claim(world, given, state=ClaimState.REVIEW, submitted_at=NOW)
    other = world.rival.organisation
    claim.items.filter(label="学生1").update(school=other)
    start_review(claim=claim, on=DAY, actor=world.enterprise.actor)
    assert claim.steps.filter(order=1, state=StepState.OPEN).count() == 2
    own = claim.steps.get(order=1, office=world.school.organisation)
    agree_to_step(step_id=own.pk, opinion="", actor=world.school.actor, now=NOW)
    assert claim.items.get(label="学生0").certified_by == world.school.user
    assert claim.items.get(label="学生1").certified_by is None
    assert step(claim, 2).state == StepState.WAITING


def test_another_unit_may_not_answer_a_step(world: World) -> None:
    given = make_set(world)
    claim = handed_in(world, given)
    with pytest.raises(NotAllowed, match="由“青澜职业技术学院"):
        agree(claim, 1, world.reviewer.actor)
    with pytest.raises(ClaimStep.DoesNotExist):
        agree(claim, 1, world.rival.actor)


def test_nobody_answers_or_decides_on_a_claim_that_they_entered(world: World) -> None:
    given = make_set(world)
    claim = handed_in(world, given, entered_by=world.reviewer.user)
    agree(claim, 1, world.school.actor)
    agree(claim, 2, given.labour.actor)
    with pytest.raises(NotAllowed, match="由您本人填报"):
        agree_to_claim(step_id=step(claim, 3).pk, opinion="", actor=world.reviewer.actor, now=NOW)
    colleague = make_member(
        username="second", organisation=world.reviewer.organisation, role=Role.REVIEWER,
        jurisdiction_id=CITY,
    )  # fmt: skip
    done = agree_to_claim(step_id=step(claim, 3).pk, opinion="", actor=colleague.actor, now=NOW)
    assert done.state == ClaimState.AGREED


def test_the_database_refuses_a_decision_by_the_one_who_entered(world: World) -> None:
    claim = handed_in(world, make_set(world))
    with pytest.raises(IntegrityError, match="claim_decided_by_another"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(decided_by=claim.entered_by)


def test_a_claim_is_not_decided_while_an_office_disagrees(world: World) -> None:
    given = make_set(world)
    claim = handed_in(world, given)
    agree(claim, 1, world.school.actor)
    refuse_step(step_id=step(claim, 2).pk, opinion="两人未参保", actor=given.labour.actor, now=NOW)
    decision = step(claim, 3)
    assert decision.state == StepState.OPEN
    with pytest.raises(DomainError, match="1 个部门不同意"):
        agree_to_claim(step_id=decision.pk, opinion="", actor=world.reviewer.actor, now=NOW)
    done = reject_claim(step_id=decision.pk, opinion="未参保", actor=world.reviewer.actor, now=NOW)
    assert (done.state, done.entitled, done.reason) == (ClaimState.REJECTED, 0, "未参保")
    assert not claim.items.filter(counts=True).exists()


def test_a_refusal_needs_a_reason(world: World) -> None:
    claim = handed_in(world, make_set(world))
    with pytest.raises(DomainError, match="请写明理由"):
        refuse_step(step_id=step(claim, 1).pk, opinion=" ", actor=world.school.actor, now=NOW)


def test_a_returned_claim_starts_a_new_round_and_keeps_the_old_answers(world: World) -> None:
    given = make_set(world)
    claim = handed_in(world, given)
    agree(claim, 1, world.school.actor)
    returned = return_claim(
        step_id=step(claim, 2).pk, opinion="补工资发放凭证", actor=given.labour.actor, now=NOW
    )
    assert (returned.state, returned.reason) == (ClaimState.RETURNED, "补工资发放凭证")
    returned.state = ClaimState.REVIEW
    returned.save()
    start_review(claim=returned, on=DAY, actor=world.enterprise.actor)
    assert step(claim, 1).round == 2
    assert claim.steps.get(round=1, order=2).opinion == "补工资发放凭证"


def test_a_claim_that_went_back_waits_for_nobody(world: World) -> None:
    given = make_set(world)
    claim = handed_in(world, given)
    withdraw_claim(claim_id=claim.pk, reason="名册有误", actor=world.enterprise.actor)
    assert not claim.steps.filter(state=StepState.OPEN).exists()
    page = world.school.client.get(reverse("incentives:claim_review_list")).content.decode()
    assert claim.number not in page


def test_a_school_strikes_a_student_and_the_amount_falls(world: World) -> None:
    given = make_set(world)
    claim = handed_in(world, given, heads=3)
    item = claim.items.first()
    strike_items(
        step_id=step(claim, 1).pk, item_ids=[item.pk], reason="四月已离岗",
        actor=world.school.actor,
    )  # fmt: skip
    claim.refresh_from_db()
    item.refresh_from_db()
    assert claim.planned == 1200
    assert (item.counts, item.struck_reason, item.struck_by) == (
        False, "四月已离岗", world.school.user,
    )  # fmt: skip


def test_a_school_that_struck_everybody_cannot_agree(world: World) -> None:
    claim = handed_in(world, make_set(world))
    ids = list(claim.items.values_list("pk", flat=True))
    strike_items(
        step_id=step(claim, 1).pk, item_ids=ids, reason="不是本校学生", actor=world.school.actor
    )
    with pytest.raises(DomainError, match="全部剔除"):
        agree(claim, 1, world.school.actor)


def test_silence_agrees_only_where_the_call_says_so(world: World) -> None:
    claim = handed_in(world, make_set(world, silence=Silence.AGREE))
    first = step(claim, 1)
    assert not run_out(step_id=first.pk, actor=system_actor(), now=at(first.due_on))
    assert run_out(step_id=first.pk, actor=system_actor(), now=at(LATE))
    first.refresh_from_db()
    assert first.state == StepState.SILENT
    assert step(claim, 2).opened_on == LATE
    assert not run_out(step_id=first.pk, actor=system_actor(), now=at(LATE))


def test_a_late_office_is_reminded_once_and_nothing_passes(world: World) -> None:
    claim = handed_in(world, make_set(world, silence=Silence.ESCALATE))
    first = step(claim, 1)
    assert run_out(step_id=first.pk, actor=system_actor(), now=at(LATE))
    assert not run_out(step_id=first.pk, actor=system_actor(), now=at(LATE))
    first.refresh_from_db()
    assert (first.state, first.reminded_on) == (StepState.OPEN, LATE)


def test_a_decision_never_passes_by_silence(world: World) -> None:
    given = make_set(world)
    with pytest.raises(IntegrityError, match="never_decided_by_silence"), transaction.atomic():
        given.call.steps.filter(kind="decide").update(on_silence=Silence.AGREE)


def test_an_answered_step_is_not_answered_again(world: World) -> None:
    claim = handed_in(world, make_set(world))
    agree(claim, 1, world.school.actor)
    with pytest.raises(WrongState):
        agree(claim, 1, world.school.actor)
