"""Who has passed the safety test."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BooleanField,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Left

from silian.operations.placements.choices.learning import (
    CourseState,
)
from silian.operations.placements.models import (
    Internship,
    SafetyCourse,
    SafetyQuestion,
    TrainingAttempt,
)
from silian.operations.placements.queries.many import these
from silian.operations.placements.rules.training import Question, bank_text


class ArrayOf(Func):
    """One text as an array, for ``@>``."""

    template = "ARRAY[%(expressions)s]::varchar(2)[]"
    output_field = ArrayField(CharField(max_length=2))


POST_CLASSES = "internship__post__major_classes"
OF_THE_HOST = Q(course__owner=F("internship__organisation"))
OF_THE_TRADE = Q(course__trades__overlap=F(POST_CLASSES)) | Q(
    **{POST_CLASSES: []},
    course__trades__contains=ArrayOf(
        Left("internship__school_class__cohort__programme__major__code", 2)
    ),
)


def held_passes() -> QuerySet[TrainingAttempt]:
    """Passes that let the student begin: of the host's own course or one of the post's trade.

    They hold on the first day. A post that suits every trade asks for that of the programme.
    Basis: 教职成〔2016〕3号第三十四条 (IN-25).
    """
    return TrainingAttempt.objects.filter(
        OF_THE_HOST | OF_THE_TRADE, is_passed=True, valid_until__gt=F("internship__starts_on")
    )


def passed_ids(*, internship_ids: Collection[int]) -> set[int]:
    """The internships whose student passed the safety test of host or trade (培训合格)."""
    held = held_passes().filter(internship_id__in=these(internship_ids))
    return set(held.values_list("internship_id", flat=True))


def pass_of(internship: Internship) -> TrainingAttempt | None:
    """The pass that lets the student begin, the one that holds longest (合格记录)."""
    return held_passes().filter(internship=internship).order_by("-valid_until").first()


def with_training(rows: QuerySet[Internship]) -> QuerySet[Any]:
    """Internships, each with whether its student passed and the best score (培训情况)."""
    attempts = TrainingAttempt.objects.filter(internship=OuterRef("pk"), submitted_at__isnull=False)
    held = held_passes().filter(internship=OuterRef("pk"))
    best = attempts.order_by("-score", "-pk")
    return rows.annotate(
        has_passed=Exists(held),
        best_score=Subquery(best.values("score")[:1]),
        passed_at=Subquery(held.order_by("submitted_at").values("submitted_at")[:1]),
        sittings=SubqueryCount(attempts),
    )


class SubqueryCount(Subquery):
    """The number of rows of a subquery."""

    template = "(SELECT count(*) FROM (%(subquery)s) _count)"
    output_field = IntegerField()


def courses_for(internship: Internship) -> QuerySet[Any]:
    """The published courses of the intern's school and host (可学课程), those that count first.

    ``counts`` says whether a pass lets the student begin at this post.
    """
    wanted = internship.post.major_classes or [
        internship.school_class.cohort.programme.major.code[:2]
    ]
    counts = Q(owner_id=internship.organisation_id) | Q(trades__overlap=wanted)
    return (
        SafetyCourse.objects.filter(
            state=CourseState.PUBLISHED,
            owner_id__in=[internship.school_id, internship.organisation_id],
        )
        .annotate(counts=ExpressionWrapper(counts, output_field=BooleanField()))
        .select_related("owner")
        .order_by("-counts", "pk")
    )


def attempts_of(internship: Internship) -> QuerySet[TrainingAttempt]:
    return internship.training_attempts.select_related("course").order_by("-pk")


def open_attempt(internship: Internship, *, course: SafetyCourse) -> TrainingAttempt | None:
    """The sitting that was begun and not handed in."""
    return attempts_of(internship).filter(course=course, submitted_at__isnull=True).first()


def paper_of(attempt: TrainingAttempt) -> list[SafetyQuestion]:
    """The questions of a sitting in the order they are asked; the key is not read."""
    rows = SafetyQuestion.objects.filter(pk__in=attempt.paper).defer("correct", "explanation")
    found = {row.pk: row for row in rows}
    return [found[pk] for pk in attempt.paper if pk in found]


def bank_of(course: SafetyCourse) -> str:
    """The question bank as its author typed it (题库)."""
    rows = course.questions.all()
    return bank_text(
        [
            Question(
                text=row.text,
                options=tuple(row.options),
                correct=frozenset(row.correct),
                explanation=row.explanation,
            )
            for row in rows
        ]
    )


def missed_questions(attempt: TrainingAttempt) -> list[SafetyQuestion]:
    """The questions answered wrongly; told after handing in, without the right answers."""
    rows = SafetyQuestion.objects.filter(pk__in=attempt.paper)
    wrong = [row.pk for row in rows if attempt.answers.get(str(row.pk)) != sorted(row.correct)]
    return list(SafetyQuestion.objects.filter(pk__in=wrong).defer("correct"))
