"""Assessment: both sides, the student's reply, the clocks."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.operations.placements.choices.internships import (
    InternshipState,
)
from silian.operations.placements.choices.learning import (
    AssessmentState,
)
from silian.operations.placements.commands.assessments import (
    agree_to_assessment,
    answer_disagreement,
    change_sheet,
    disagree_with_assessment,
    lapse_reply,
)
from silian.operations.placements.models import Internship, InternshipPlan
from silian.operations.placements.rules.assessment import USUAL_SHEET
from silian.operations.placements.tasks.assessments import finalise_assessments
from tests.operations.placements.learning import stage
from tests.operations.placements.stage import NOW
from tests.world import World


def test_the_total_appears_when_both_sides_have_scored(world: World) -> None:
    internship = stage.finished(world)
    first = stage.score(world, internship, side="host", points=90)
    assert (first.state, first.total) == (AssessmentState.OPEN, None)
    both = stage.score(world, internship, side="school", points=80)
    assert (both.state, both.total) == (AssessmentState.SHOWN, Decimal("85.0"))
    assert both.reply_due_at is not None
    assert both.reply_due_at > NOW


def test_an_intern_at_work_is_not_assessed(world: World) -> None:
    internship = stage.own_internship(world)
    with pytest.raises(DomainError, match="期满"):
        stage.score(world, internship, side="school")


def test_a_side_scores_only_for_itself(world: World) -> None:
    internship = stage.finished(world)
    world.people["mentor"] = world.teacher
    with pytest.raises(NotAllowed, match="企业导师"):
        stage.score(world, internship, side="host")


def test_agreeing_makes_it_final_and_the_internship_assessed(world: World) -> None:
    made = stage.final(world)
    assert made.state == AssessmentState.FINAL
    assert Internship.objects.get(pk=made.internship_id).state == InternshipState.ASSESSED


def test_only_the_student_agrees(world: World) -> None:
    made = stage.shown(world)
    with pytest.raises(NotAllowed, match="本人"):
        agree_to_assessment(actor=world.teacher.actor, assessment_id=made.pk, now=NOW)


def test_a_disagreement_needs_a_reason_and_comes_in_time(world: World) -> None:
    made = stage.shown(world)
    given = {"actor": world.student.actor, "assessment_id": made.pk}
    with pytest.raises(DomainError, match="为什么"):
        disagree_with_assessment(**given, reason="", now=NOW)
    late = NOW + datetime.timedelta(days=30)
    with pytest.raises(DomainError, match="届满"):
        disagree_with_assessment(**given, reason="不同意", now=late)


def test_the_school_answers_and_may_correct_its_own_score(world: World) -> None:
    made = stage.disagreed(world)
    assert made.answer_due_at is not None
    done = answer_disagreement(
        actor=world.school.actor,
        assessment_id=made.pk,
        answer="补计两篇周记",
        school_score=Decimal(90),
        now=NOW,
    )
    assert (done.state, done.total, done.host_score) == (
        AssessmentState.FINAL,
        Decimal("90.0"),
        Decimal("90.0"),
    )


def test_an_answer_without_words_is_refused(world: World) -> None:
    made = stage.disagreed(world)
    with pytest.raises(DomainError, match="答复理由"):
        answer_disagreement(actor=world.school.actor, assessment_id=made.pk, answer="", now=NOW)


def test_what_is_left_unanswered_becomes_final_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = stage.shown(world)
    finalise_assessments(timestamp=0)
    made.refresh_from_db()
    assert made.state == AssessmentState.SHOWN
    late = NOW + datetime.timedelta(days=30)
    monkeypatch.setattr("django.utils.timezone.now", lambda: late)
    finalise_assessments(timestamp=0)
    made.refresh_from_db()
    assert made.state == AssessmentState.FINAL
    assert not lapse_reply(actor=world.school.actor, assessment_id=made.pk, now=late)


def test_a_disagreement_does_not_lapse(world: World) -> None:
    made = stage.disagreed(world)
    late = NOW + datetime.timedelta(days=60)
    assert not lapse_reply(actor=world.school.actor, assessment_id=made.pk, now=late)


def test_a_final_assessment_is_not_scored_again(world: World) -> None:
    made = stage.shown(world)
    with pytest.raises(WrongState):
        stage.score(world, made.internship, side="school")


def test_the_sheet_changes_until_somebody_scores(world: World) -> None:
    internship = stage.finished(world)
    plan = InternshipPlan.objects.get(pk=internship.plan_id)
    sheet = list(USUAL_SHEET)
    assert len(change_sheet(actor=world.school.actor, plan_id=plan.pk, items=sheet)) == 7
    with pytest.raises(DomainError, match="权重合计"):
        change_sheet(actor=world.school.actor, plan_id=plan.pk, items=sheet[1:])
    stage.score(world, internship, side="host")
    with pytest.raises(DomainError, match="已有人"):
        change_sheet(actor=world.school.actor, plan_id=plan.pk, items=sheet)
