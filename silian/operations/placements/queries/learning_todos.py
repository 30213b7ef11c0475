"""What waits for the actor in preparing, learning and assessing, with its clock."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui.sockets import Todo
from silian.operations.placements.choices.insurance import (
    ClaimState,
)
from silian.operations.placements.choices.internships import (
    LIVE_STATES,
    PRESENT_STATES,
    InternshipState,
)
from silian.operations.placements.choices.learning import (
    AssessmentState,
    NoteState,
)
from silian.operations.placements.models import Assessment, InsuranceClaim, Internship
from silian.operations.placements.permissions.insurance import claims_visible_to, is_insurer
from silian.operations.placements.permissions.internships import (
    internships_visible_to,
    is_host_clerk,
    is_school_clerk,
)
from silian.operations.placements.permissions.notes import notes_to_read, notes_to_tick
from silian.operations.placements.queries.insurance_lists import without_single_cover
from silian.operations.placements.queries.notes import weeks
from silian.operations.placements.queries.training import with_training
from silian.registers.organisations.choices import Role

SHOWN = 10
TRAINING_BASIS = "教职成〔2016〕3号第三十四条：培训考核合格后上岗"
INSURANCE_BASIS = "教职成〔2021〕4号（安全职责）：实习学生须投保"


def learning_todos(*, actor: Actor, now: datetime.datetime) -> list[Todo]:
    """The actor's own part: student, mentor, teacher, school, host, insurer (待办)."""
    return [
        *student_todos(actor, now=now),
        *mentor_todos(actor),
        *teacher_todos(actor),
        *school_todos(actor),
        *insurer_todos(actor),
    ]


def student_todos(actor: Actor, *, now: datetime.datetime) -> list[Todo]:
    """Test, write, reply to the assessment."""
    own = Internship.objects.filter(person__user_id=actor.user_id or 0)
    if actor.user_id is None or not own.exists():
        return []
    return [*test_todos(own), *note_todos(own, now=now), *reply_todos(actor)]


def test_todos(own: QuerySet[Any]) -> list[Todo]:
    rows = with_training(own.filter(state__in=sorted(LIVE_STATES)))
    return [
        Todo(
            title="学习安全内容并测试",
            detail=f"{row.starts_on:%-m月%-d日}到岗前要合格",
            url=reverse("placements:training", args=[row.pk]),
            action="去测试",
            due_at=midnight(row.starts_on),
            basis=TRAINING_BASIS,
        )
        for row in rows
        if not row.has_passed
    ]


def note_todos(own: QuerySet[Internship], *, now: datetime.datetime) -> list[Todo]:
    """The weeks that want a note now or to which the mentor asked for more."""
    rows = own.filter(state__in=sorted(PRESENT_STATES), started_on__isnull=False)
    found = []
    for row in rows:
        for week in weeks(row, now=now)[:SHOWN]:
            returned = week.note is not None and week.note.state == NoteState.RETURNED
            waits = week.note is None and week.is_needed and not week.is_current
            if returned or waits:
                found.append(
                    Todo(
                        title=f"{'补充' if returned else '写'}第 {week.number} 周周记",
                        detail=week.note.mentor_comment if week.note else "写完约 3 分钟",
                        url=reverse(
                            "placements:note_write", args=[row.pk, week.starts_on.isoformat()]
                        ),
                        action="补充" if returned else "写周记",
                        due_at=timezone.localtime(week.due_at),
                    )
                )
    return found[:3]


def reply_todos(actor: Actor) -> list[Todo]:
    rows = Assessment.objects.filter(
        state=AssessmentState.SHOWN, internship__person__user_id=actor.user_id or 0
    )
    return [
        Todo(
            title=f"看实习考核，总评 {row.total} 分",
            detail="不同意可以提出异议；不答复的期满定稿",
            url=reverse("placements:assessment", args=[row.internship_id]),
            action="查看",
            due_at=timezone.localtime(row.reply_due_at) if row.reply_due_at else None,
        )
        for row in rows
    ]


def mentor_todos(actor: Actor) -> list[Todo]:
    """Notes to tick and interns to score."""
    if not (actor.has_role(Role.MENTOR) or is_host_clerk(actor)):
        return []
    waiting = notes_to_tick(actor).filter(state=NoteState.SUBMITTED).count()
    found = []
    if waiting:
        found.append(
            Todo(
                title=f"确认 {waiting} 篇周记",
                detail="一页里勾完，约 5 分钟",
                url=reverse("placements:note_ticking"),
                action="确认",
            )
        )
    unscored = Q(assessment__isnull=True) | Q(assessment__host_score__isnull=True)
    return [*found, *scoring_todo(actor, unscored, part="host")]


def scoring_todo(actor: Actor, unscored: Q, *, part: str) -> list[Todo]:
    ended = [InternshipState.FINISHED, InternshipState.ENDED_EARLY]
    count = internships_visible_to(actor).filter(unscored, state__in=ended).count()
    if not count:
        return []
    return [
        Todo(
            title=f"给 {count} 名实习期满的学生评分",
            detail="双方都评完后告知学生",
            url=f"{reverse('placements:assessment_list')}?part={part}",
            action="评分",
        )
    ]


def teacher_todos(actor: Actor) -> list[Todo]:
    if not actor.has_role(Role.TEACHER):
        return []
    waiting = notes_to_read(actor).filter(read_at__isnull=True).count()
    unscored = Q(assessment__isnull=True) | Q(assessment__school_score__isnull=True)
    found = scoring_todo(actor, unscored, part="school")
    if waiting:
        found.append(
            Todo(
                title=f"批阅 {waiting} 篇周记",
                detail="先看迟交和有困难的",
                url=f"{reverse('placements:note_reading')}?part=unread",
                action="批阅",
            )
        )
    return found


def school_todos(actor: Actor) -> list[Todo]:
    """Students without cover, and disagreements to answer."""
    if not is_school_clerk(actor):
        return []
    own = internships_visible_to(actor)
    count = without_single_cover(own.filter(state__in=sorted(LIVE_STATES))).count()
    found = []
    if count:
        found.append(
            Todo(
                title=f"补投保 {count} 人",
                detail="同一保单可加人，保费由学校付，不向学生收",
                url=reverse("placements:insurance_uninsured"),
                action="生成加保名单",
                basis=INSURANCE_BASIS,
            )
        )
    return [*found, *answer_todos(actor)]


def answer_todos(actor: Actor) -> list[Todo]:
    rows = Assessment.objects.filter(
        state=AssessmentState.DISAGREED, internship__school_id=actor.organisation_id
    ).select_related("internship__person")
    return [
        Todo(
            title=f"答复{row.internship.person.name}的考核异议",
            detail=row.disagreement[:40],
            url=reverse("placements:assessment", args=[row.internship_id]),
            action="答复",
            due_at=timezone.localtime(row.answer_due_at) if row.answer_due_at else None,
        )
        for row in rows.order_by("answer_due_at")[:SHOWN]
    ]


def insurer_todos(actor: Actor) -> list[Todo]:
    """Claims that the insurer has to answer."""
    if not is_insurer(actor):
        return []
    rows: list[InsuranceClaim] = list(
        claims_visible_to(actor)
        .filter(state=ClaimState.REPORTED)
        .select_related("policy")
        .order_by("answer_due_at")[:SHOWN]
    )
    return [
        Todo(
            title=f"答复报案：{row.policy.number}",
            detail=row.incident[:40],
            url=reverse("placements:insurance_claim", args=[row.pk]),
            action="答复",
            due_at=timezone.localtime(row.answer_due_at) if row.answer_due_at else None,
        )
        for row in rows
    ]


def midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
