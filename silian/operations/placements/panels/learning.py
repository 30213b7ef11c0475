"""Insurance, training, notes, assessment and file on the page of an internship."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui.sockets import Panel, panels
from silian.operations.placements.choices.internships import (
    LIVE_STATES,
    InternshipState,
)
from silian.operations.placements.models import Assessment, Internship
from silian.operations.placements.permissions.assessments import scoring_sides
from silian.operations.placements.permissions.internships import is_official
from silian.operations.placements.permissions.sides import (
    is_student_of,
    stands_for_school,
    writes_for_school_of,
)
from silian.operations.placements.queries.files import ENDED_STATES, file_of
from silian.operations.placements.queries.insurance import coverage
from silian.operations.placements.queries.notes import diversity, rest_words, weeks
from silian.operations.placements.queries.training import attempts_of, pass_of

PLACE = "placements.internship"
SHOWN_WEEKS = 5


def insurance(actor: Actor, subject: Any) -> Panel | None:
    """What the policies cover of this stay, with the days that lack cover (保险)."""
    if not isinstance(subject, Internship):
        return None
    found = coverage(internship_ids=[subject.pk])[subject.pk]
    return Panel(
        template="placements/learning/_insurance.html",
        context={
            "covers": found.values(),
            "internship": subject,
            "may_claim": writes_for_school_of(actor, subject)
            and any(item.covers for item in found.values()),
            "may_add": writes_for_school_of(actor, subject) and subject.state in LIVE_STATES,
        },
    )


def training(actor: Actor, subject: Any) -> Panel | None:
    """Whether the student passed the safety test (安全测试)."""
    if not isinstance(subject, Internship):
        return None
    attempts = [row for row in attempts_of(subject) if row.submitted_at]
    passed = pass_of(subject)
    is_student = is_student_of(actor, subject)
    return Panel(
        template="placements/learning/_training.html",
        context={
            "attempts": attempts,
            "passed": passed,
            "url": reverse("placements:training", args=[subject.pk]) if is_student else "",
        },
    )


def notes(actor: Actor, subject: Any) -> Panel | None:
    """The latest weeks and what the student may write now (周记)."""
    if not isinstance(subject, Internship) or not subject.started_on or is_official(actor):
        return None
    now = timezone.localtime()
    listed = weeks(subject, now=now)
    is_school = stands_for_school(actor, subject)
    return Panel(
        template="placements/learning/_notes.html",
        context={
            "internship": subject,
            "weeks": listed[:SHOWN_WEEKS],
            "written": sum(week.note is not None for week in listed),
            "needed": sum(week.is_needed for week in listed),
            "is_student": is_student_of(actor, subject),
            "rest": rest_words(subject, on=now.date()),
            "hint": diversity(subject).hint if is_school else None,
        },
    )


def assessment(actor: Actor, subject: Any) -> Panel | None:
    """The result, or who has still to score (考核)."""
    if not isinstance(subject, Internship) or subject.state not in ENDED_STATES:
        return None
    found = Assessment.objects.filter(internship=subject).first()
    is_open = subject.state != InternshipState.ASSESSED
    return Panel(
        template="placements/learning/_assessment.html",
        context={
            "assessment": found,
            "url": reverse("placements:assessment", args=[subject.pk]),
            "may_score": is_open and bool(scoring_sides(actor, subject)),
        },
    )


def practice_file(actor: Actor, subject: Any) -> Panel | None:
    """How complete the file is and what is missing (档案)."""
    if not isinstance(subject, Internship) or not subject.started_on:
        return None
    return Panel(
        template="placements/learning/_file.html",
        context={
            "file": file_of(subject, now=timezone.localtime()),
            "url": reverse("placements:practice_file", args=[subject.pk]),
        },
    )


panels[PLACE].plug(insurance, order=20)
panels[PLACE].plug(training, order=30)
panels[PLACE].plug(notes, order=40)
panels[PLACE].plug(assessment, order=60)
panels[PLACE].plug(practice_file, order=70)
