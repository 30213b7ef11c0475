"""Host and school score, the student answers, the assessment becomes final."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.site_calendar import site_deadline
from silian.operations.placements.choices.internships import (
    InternshipState,
)
from silian.operations.placements.choices.learning import (
    AssessmentState,
)
from silian.operations.placements.commands.training import locked_internship
from silian.operations.placements.events.internships import InternshipAssessed
from silian.operations.placements.events.learning import (
    AssessmentDisagreed,
    AssessmentFinal,
    AssessmentShown,
)
from silian.operations.placements.models import (
    Assessment,
    AssessmentItem,
    AssessmentScore,
    Internship,
    InternshipPlan,
)
from silian.operations.placements.permissions.assessments import require_scorer
from silian.operations.placements.permissions.sides import (
    require_school_of,
    require_school_staff,
    require_student,
)
from silian.operations.placements.rules.assessment import (
    USUAL_SHEET,
    Item,
    reason_scores_unfit,
    reason_sheet_unfit,
    side_score,
    total_score,
)
from silian.operations.placements.workflow.assessments import assessment as assessment_steps
from silian.operations.placements.workflow.internship import internship as internship_steps

REPLY_DAYS = 5  # working days: as long as the answer to an objection in the school's other cases
ANSWER_DAYS = 5
ENDED = frozenset({InternshipState.FINISHED, InternshipState.ENDED_EARLY})


@transaction.atomic
def change_sheet(*, actor: Actor, plan_id: int, items: Sequence[Item]) -> list[AssessmentItem]:
    """Replace the sheet of a plan before anybody scored on it (修改考核表). Basis: IN-24."""
    require_school_staff(actor)
    rows = InternshipPlan.objects.select_for_update(of=("self",))
    plan = rows.get(pk=plan_id, school_id=actor.organisation_id)
    sentence = reason_sheet_unfit(items)
    if sentence:
        raise DomainError(sentence)
    if AssessmentScore.objects.filter(item__plan=plan).exists():
        raise DomainError("已有人按这张表评分，不能再改，以免前后标准不一。")
    plan.assessment_items.all().delete()
    made = make_items(plan, items)
    record(actor, "placements.sheet.changed", plan, detail={"items": len(items)})
    return made


def make_items(plan: InternshipPlan, items: Sequence[Item]) -> list[AssessmentItem]:
    return AssessmentItem.objects.bulk_create(
        [
            AssessmentItem(
                plan=plan,
                side=item.side,
                position=place,
                name=item.name,
                component=item.component,
                weight=item.weight,
            )
            for place, item in enumerate(items, start=1)
        ]
    )


def sheet_of(plan: InternshipPlan) -> list[AssessmentItem]:
    """The plan's own sheet; the usual one is copied when it has none yet."""
    return list(plan.assessment_items.all()) or make_items(plan, USUAL_SHEET)


@transaction.atomic
def score_internship(
    *,
    actor: Actor,
    internship_id: int,
    side: str,
    scores: Mapping[int, int],
    comment: str,
    now: datetime.datetime,
) -> Assessment:
    """Score one side of the sheet, by position; with both in, the student is shown it (评分)."""
    internship = locked_internship(internship_id)
    require_scorer(actor, internship, side=side)
    if internship.state not in ENDED:
        raise DomainError("实习期满或提前结束后才能考核。")
    assessment, _ = Assessment.objects.select_for_update().get_or_create(internship=internship)
    assessment.state = assessment_steps.target("score", state=AssessmentState(assessment.state))
    items = {item.position: item for item in sheet_of(internship.plan) if item.side == side}
    weights = {place: item.weight for place, item in items.items()}
    sentence = reason_scores_unfit(expected=weights, scores=scores)
    if sentence:
        raise DomainError(sentence)
    keep_scores(assessment, {item.pk: scores[place] for place, item in items.items()})
    setattr(assessment, f"{side}_score", side_score(weights=weights, scores=scores))
    setattr(assessment, f"{side}_comment", comment.strip())
    setattr(assessment, f"{side}_by_id", actor.user_id)
    setattr(assessment, f"{side}_at", now)
    show_when_both(assessment, internship, now=now)
    assessment.save()
    record(actor, "placements.assessment.scored", assessment, detail={"side": side})
    return assessment


def keep_scores(assessment: Assessment, scores: Mapping[int, int]) -> None:
    assessment.scores.filter(item_id__in=list(scores)).delete()
    AssessmentScore.objects.bulk_create(
        [
            AssessmentScore(assessment=assessment, item_id=pk, score=score)
            for pk, score in scores.items()
        ]
    )


def show_when_both(
    assessment: Assessment, internship: Internship, *, now: datetime.datetime
) -> None:
    """Compute the total and start the student's clock once host and school have scored."""
    host, school = assessment.host_score, assessment.school_score
    if host is None or school is None:
        return
    assessment.state = assessment_steps.target("show", state=AssessmentState(assessment.state))
    assessment.school_weight = internship.plan.school_weight
    assessment.total = total_score(host=host, school=school, school_weight=assessment.school_weight)
    assessment.shown_at = now
    assessment.reply_due_at = site_deadline(now, working_days=REPLY_DAYS).due_at
    publish(AssessmentShown(assessment_id=assessment.pk, internship_id=internship.pk))


@transaction.atomic
def agree_to_assessment(*, actor: Actor, assessment_id: int, now: datetime.datetime) -> Assessment:
    """The student accepts the result, which becomes final (学生确认考核)."""
    assessment = locked_assessment(assessment_id)
    require_student(actor, assessment.internship)
    step(assessment, "agree")
    make_final(assessment, now=now)
    record(actor, "placements.assessment.agreed", assessment)
    return assessment


@transaction.atomic
def disagree_with_assessment(
    *, actor: Actor, assessment_id: int, reason: str, now: datetime.datetime
) -> Assessment:
    """The student disagrees with a reason; the school has to answer (学生提出异议)."""
    assessment = locked_assessment(assessment_id)
    require_student(actor, assessment.internship)
    step(assessment, "disagree", now=now, reply_due_at=assessment.reply_due_at)
    if not reason.strip():
        raise DomainError("请写明哪一项、为什么不同意，学校据此答复。", field="reason")
    assessment.disagreement, assessment.disagreed_at = reason.strip(), now
    assessment.answer_due_at = site_deadline(now, working_days=ANSWER_DAYS).due_at
    assessment.save()
    record(actor, "placements.assessment.disagreed", assessment)
    publish(
        AssessmentDisagreed(assessment_id=assessment.pk, internship_id=assessment.internship_id)
    )
    return assessment


@transaction.atomic
def answer_disagreement(
    *,
    actor: Actor,
    assessment_id: int,
    answer: str,
    now: datetime.datetime,
    school_score: Decimal | None = None,
) -> Assessment:
    """The school answers and keeps or corrects its own score; the result is final (答复异议)."""
    assessment = locked_assessment(assessment_id)
    require_school_of(actor, assessment.internship)
    step(assessment, "answer")
    if not answer.strip():
        raise DomainError("请写明答复理由，学生会看到。", field="answer")
    before = assessment.total
    if school_score is not None:
        assessment.school_score = school_score
        assessment.total = total_score(
            host=assessment.host_score or Decimal(0),
            school=school_score,
            school_weight=assessment.school_weight,
        )
    assessment.answer, assessment.answered_at = answer.strip(), now
    assessment.answered_by_id = actor.user_id
    make_final(assessment, now=now)
    detail = {"before": str(before), "after": str(assessment.total)}
    record(actor, "placements.assessment.answered", assessment, detail=detail)
    return assessment


@transaction.atomic
def lapse_reply(*, actor: Actor, assessment_id: int, now: datetime.datetime) -> bool:
    """Make a result final that the student left unanswered; false when there is nothing to do."""
    assessment = locked_assessment(assessment_id)
    due = assessment.reply_due_at
    if assessment.state != AssessmentState.SHOWN or due is None or now < due:
        return False
    step(assessment, "lapse")
    make_final(assessment, now=now)
    record(actor, "placements.assessment.lapsed", assessment)
    return True


def step(assessment: Assessment, name: str, **facts: object) -> None:
    assessment.state = assessment_steps.target(
        name, state=AssessmentState(assessment.state), **facts
    )


def make_final(assessment: Assessment, *, now: datetime.datetime) -> None:
    """Keep the final result and bring the internship to 已考核."""
    assessment.final_at = now
    assessment.save()
    internship = assessment.internship
    internship.state = internship_steps.target("assess", state=InternshipState(internship.state))
    internship.save(update_fields=["state"])
    publish(AssessmentFinal(assessment_id=assessment.pk, internship_id=assessment.internship_id))
    publish(InternshipAssessed(internship_id=assessment.internship_id))


def locked_assessment(assessment_id: int) -> Assessment:
    """The assessment with its internship, both locked."""
    rows = Assessment.objects.select_for_update(of=("self", "internship"))
    return rows.select_related("internship__person", "internship__plan").get(pk=assessment_id)
