"""What stands at the edges of the demonstration's internships: an earlier stay, own choices."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal

from silian.casework.agreements.choices import SigningMethod
from silian.operations.placements.choices.hosts import (
    AnswerState,
    PlanState,
    PostState,
)
from silian.operations.placements.choices.internships import (
    ConsentGiver,
    ConsentState,
    InternshipKind,
    InternshipState,
    SelfChoiceState,
)
from silian.operations.placements.commands.consents import notice_of_choice
from silian.operations.placements.models import (
    HostAnswer,
    Internship,
    InternshipConsent,
    InternshipPlan,
    InternshipPost,
    SelfChoice,
)
from silian.operations.placements.rules.consents import digest, notice_text

EARLIER_STUDENTS = 40
STAY = datetime.timedelta(days=21)
CHOICES = 3
SHARED = (
    "title", "division_id", "address", "tasks", "daily_hours", "weekly_days", "shift_starts",
    "shift_ends", "pay", "post_wage", "pay_day", "staff_in_post",
)  # fmt: skip


def earlier_plan(internships: Sequence[Internship]) -> None:
    """Three weeks of 认识实习 of the first class, just before its internship, finished."""
    rows = [row for row in internships if row.started_on is not None][:EARLIER_STUDENTS]
    if not rows:
        return
    first = rows[0].plan
    plan = InternshipPlan.objects.create(
        school_id=first.school_id,
        cohort_id=first.cohort_id,
        kind=InternshipKind.OBSERVATION,
        title=f"{first.cohort.year} 级{first.cohort.programme.name}认识实习方案",
        goals="了解企业、岗位和安全规范",
        tasks=list(first.tasks),
        standards="认识实习要求",
        assessment="认识实习报告",
        credits=Decimal(2),
        starts_on=first.starts_on - STAY,
        ends_on=first.starts_on,
        state=PlanState.APPROVED,
        approved_by=first.approved_by,
        approved_at=first.approved_at,
        is_demo=True,
    )
    rows = [row for row in rows if row.plan_id == first.pk]
    HostAnswer.objects.bulk_create(
        HostAnswer(
            plan=plan, host_id=host_id, state=AnswerState.CONFIRMED, answered_at=plan.approved_at
        )
        for host_id in sorted({row.host_id for row in rows})
    )
    Internship.objects.bulk_create(earlier_stay(row, plan=plan) for row in rows)


def earlier_stay(row: Internship, *, plan: InternshipPlan) -> Internship:
    return Internship(
        school_id=row.school_id,
        person_id=row.person_id,
        school_class_id=row.school_class_id,
        plan=plan,
        host_id=row.host_id,
        organisation_id=row.organisation_id,
        post_id=row.post_id,
        division_id=row.division_id,
        kind=plan.kind,
        state=InternshipState.FINISHED,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        pay=Decimal(0),
        teacher_id=row.teacher_id,
        started_on=plan.starts_on,
        ended_on=plan.ends_on - datetime.timedelta(days=1),
        is_demo=True,
    )


def later_choices(*, on: datetime.date) -> None:
    """A few students found a host themselves: one waits for home, the others for the school."""
    rows = (
        Internship.objects.filter(
            state=InternshipState.PREPARING,
            consents__giver=ConsentGiver.STUDENT,
            consents__state=ConsentState.WAITING,
            is_demo=True,
        )
        .select_related("plan", "person__guardian", "school_class", "school")
        .order_by("pk")
    )
    for place, row in enumerate(rows[:CHOICES]):
        posts = InternshipPost.objects.filter(
            organisation__hosting__school_id=row.school_id, state=PostState.OPEN
        ).exclude(organisation_id=row.organisation_id)
        post = posts.select_related("organisation").order_by("pk").first()
        if post is not None:
            write_choice(row, post=post, on=on, is_submitted=place > 0)


def write_choice(
    row: Internship, *, post: InternshipPost, on: datetime.date, is_submitted: bool
) -> None:
    """One application at a post of another published host."""
    states = SelfChoiceState
    asked_at = datetime.datetime.combine(
        on - datetime.timedelta(days=2), datetime.time(2), tzinfo=datetime.UTC
    )
    choice = SelfChoice.objects.create(
        school_id=row.school_id,
        person=row.person,
        school_class=row.school_class,
        plan=row.plan,
        organisation=post.organisation,
        post=post,
        mentor_name="单位指定的师傅",
        reason="离家近，岗位与专业对口，毕业后愿意留用",
        state=states.SUBMITTED if is_submitted else states.WITH_GUARDIAN,
        due_at=asked_at + datetime.timedelta(days=7) if is_submitted else None,
        is_demo=True,
        **{name: getattr(post, name) for name in SHARED},
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )
    text = notice_text(notice_of_choice(choice), self_chosen=True)
    for giver in ConsentGiver:
        is_given = is_submitted or giver == ConsentGiver.STUDENT
        person = row.person if giver == ConsentGiver.STUDENT else row.person.guardian
        InternshipConsent.objects.create(
            self_choice=choice,
            giver=giver,
            person=person,
            giver_name=person.name if person else f"{row.person.name[:1]}家长",
            state=ConsentState.GIVEN if is_given else ConsentState.WAITING,
            text=text,
            sha256=digest(text),
            method=SigningMethod.LINK if is_given else "",
            asked_at=asked_at,
            acted_at=asked_at + datetime.timedelta(hours=5) if is_given else None,
        )
