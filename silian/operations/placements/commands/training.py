"""Safety courses are written and offered; students sit the test."""

from __future__ import annotations

import datetime
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.operations.placements.choices.internships import (
    LIVE_STATES,
)
from silian.operations.placements.choices.learning import (
    CourseState,
)
from silian.operations.placements.events.learning import SafetyTestPassed
from silian.operations.placements.models import (
    Internship,
    SafetyCourse,
    SafetyQuestion,
    TrainingAttempt,
)
from silian.operations.placements.permissions.sides import require_student
from silian.operations.placements.permissions.training import require_course_writer
from silian.operations.placements.queries.practice_settings import pass_mark_rule, settings_of
from silian.operations.placements.queries.training import courses_for
from silian.operations.placements.rules.training import (
    Question,
    Unreadable,
    questions_of,
    reason_not_sat,
    required_mark,
    score_of,
    valid_until,
)
from silian.operations.placements.workflow.training import course as course_steps

CHOOSER = random.SystemRandom()  # nobody foretells which questions come


@dataclass(frozen=True, kw_only=True)
class CourseText:
    """A course as its author typed it (课程内容)."""

    title: str
    body: str
    bank: str
    questions_asked: int
    valid_months: int
    pass_mark: int | None = None
    trades: Sequence[str] = ()


@transaction.atomic
def write_course(*, actor: Actor, text: CourseText, course_id: int | None = None) -> SafetyCourse:
    """Write a course with its question bank, or change a draft (编写安全课程)."""
    require_course_writer(actor)
    course = (
        locked_course(actor=actor, course_id=course_id)
        if course_id
        else SafetyCourse(owner_id=actor.organisation_id or 0, created_by_id=actor.user_id)
    )
    if course.state != CourseState.DRAFT:
        raise DomainError("已发布的课程不能修改，学生已按它考过。请另建一门课程，再停用这门。")
    course.title, course.body = text.title.strip(), text.body.strip()
    course.questions_asked, course.valid_months = text.questions_asked, text.valid_months
    course.pass_mark, course.trades = text.pass_mark, sorted(set(text.trades))
    course.save()
    replace_questions(course, questions=read_bank(text.bank))
    record(actor, "placements.course.written", course)
    return course


def read_bank(bank: str) -> list[Question]:
    try:
        return questions_of(bank)
    except Unreadable as fault:
        raise DomainError(str(fault), field="bank") from None


def replace_questions(course: SafetyCourse, *, questions: Sequence[Question]) -> None:
    course.questions.all().delete()
    SafetyQuestion.objects.bulk_create(
        [
            SafetyQuestion(
                course=course,
                position=place,
                text=question.text,
                options=list(question.options),
                correct=sorted(question.correct),
                explanation=question.explanation,
            )
            for place, question in enumerate(questions, start=1)
        ]
    )


@transaction.atomic
def publish_course(*, actor: Actor, course_id: int, now: datetime.datetime) -> SafetyCourse:
    """Offer a course to interns; from now on it is frozen (发布安全课程)."""
    course = locked_course(actor=actor, course_id=course_id)
    course.state = course_steps.target(
        "publish",
        state=CourseState(course.state),
        questions=course.questions.count(),
        asked=course.questions_asked,
        mark=course.pass_mark or settings_of(school_id=course.owner_id).pass_mark,
    )
    course.published_at = now
    course.save(update_fields=["state", "published_at"])
    record(actor, "placements.course.published", course)
    return course


@transaction.atomic
def withdraw_course(*, actor: Actor, course_id: int) -> SafetyCourse:
    """Offer a course no longer; what was passed stays passed (停用安全课程)."""
    course = locked_course(actor=actor, course_id=course_id)
    course.state = course_steps.target("withdraw", state=CourseState(course.state))
    course.save(update_fields=["state"])
    record(actor, "placements.course.withdrawn", course)
    return course


def locked_course(*, actor: Actor, course_id: int) -> SafetyCourse:
    require_course_writer(actor)
    rows = SafetyCourse.objects.select_for_update(of=("self",))
    return rows.get(pk=course_id, owner_id=actor.organisation_id)


@transaction.atomic
def start_attempt(
    *, actor: Actor, internship_id: int, course_id: int, now: datetime.datetime
) -> TrainingAttempt:
    """Begin a sitting with questions drawn anew; one begun already is gone on with (开始测试)."""
    internship = locked_internship(internship_id)
    require_student(actor, internship)
    if internship.state not in LIVE_STATES:
        raise DomainError("这次实习已结束，不需要再测试。")
    course = courses_for(internship).get(pk=course_id)
    begun = internship.training_attempts.filter(course=course, submitted_at__isnull=True).first()
    if begun:
        return begun
    sentence = reason_not_sat(sittings_today=sittings_on(internship, course, now=now))
    if sentence:
        raise DomainError(sentence)
    attempt = TrainingAttempt.objects.create(
        course=course,
        internship=internship,
        paper=drawn(course),
        pass_mark=mark_for(internship, course=course, on=timezone.localdate(now)),
        started_at=now,
    )
    record(actor, "placements.attempt.started", attempt)
    return attempt


def sittings_on(internship: Internship, course: SafetyCourse, *, now: datetime.datetime) -> int:
    return internship.training_attempts.filter(
        course=course, started_at__date=timezone.localdate(now)
    ).count()


def drawn(course: SafetyCourse) -> list[int]:
    bank = list(course.questions.values_list("pk", flat=True))
    return CHOOSER.sample(bank, min(course.questions_asked, len(bank)))


def mark_for(internship: Internship, *, course: SafetyCourse, on: datetime.date) -> int:
    mark = required_mark(
        rule=pass_mark_rule(school_id=internship.school_id, on=on),
        school=settings_of(school_id=internship.school_id).pass_mark,
        course=course.pass_mark,
    )
    if mark is None:
        raise DomainError("学校还没有设定合格分，暂时不能测试，请联系指导教师。")
    return mark


@transaction.atomic
def submit_attempt(
    *,
    actor: Actor,
    attempt_id: int,
    answers: Mapping[int, Sequence[int]],
    now: datetime.datetime,
) -> TrainingAttempt:
    """Hand in the answers and have them marked at once (交卷). Basis: IN-25."""
    rows = TrainingAttempt.objects.select_for_update(of=("self",))
    attempt = rows.select_related("internship__person", "course").get(pk=attempt_id)
    require_student(actor, attempt.internship)
    if attempt.submitted_at is not None:
        raise DomainError(f"这份答卷已交，得 {attempt.score} 分。")
    unanswered = [pk for pk in attempt.paper if not answers.get(pk)]
    if unanswered:
        raise DomainError(f"还有 {len(unanswered)} 题没有作答，请答完再交卷。")
    keys = dict(SafetyQuestion.objects.filter(pk__in=attempt.paper).values_list("pk", "correct"))
    attempt.answers = {str(pk): sorted(answers[pk]) for pk in attempt.paper}
    attempt.score = score_of(keys=keys, answers=answers)
    attempt.is_passed = attempt.score >= attempt.pass_mark
    attempt.submitted_at = now
    if attempt.is_passed:
        attempt.valid_until = valid_until(
            passed_on=timezone.localdate(now), months=attempt.course.valid_months
        )
    attempt.save()
    record(actor, "placements.attempt.submitted", attempt, detail={"score": attempt.score})
    if attempt.is_passed:
        publish(SafetyTestPassed(internship_id=attempt.internship_id, attempt_id=attempt.pk))
    return attempt


def locked_internship(internship_id: int) -> Internship:
    rows = Internship.objects.select_for_update(of=("self",))
    return rows.select_related("person", "teacher", "mentor", "plan").get(pk=internship_id)
