"""Training plans: drafted, agreed by their co-authors, approved, superseded."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, Q

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.registers.organisations.choices import Role
from silian.registers.programmes.choices import ConsentState, PlanState
from silian.registers.programmes.events import TrainingPlanApproved, TrainingPlanSubmitted
from silian.registers.programmes.models.plans import PlanAuthor, PlanCourse, TrainingPlan
from silian.registers.programmes.models.programmes import Programme
from silian.registers.programmes.permissions.programmes import (
    is_enterprise_staff,
    require_manager,
)
from silian.registers.programmes.rules.course_rows import CourseRow
from silian.registers.programmes.workflow.plan import plan as steps

COPIED = (
    "code", "name", "kind", "term", "theory_hours", "practice_hours", "internship_weeks",
    "credits", "modes", "standard_id", "enterprise_id",
)  # fmt: skip
IN_THE_MAKING = (PlanState.DRAFT, PlanState.SUBMITTED)


@dataclass(frozen=True, kw_only=True)
class PlanFacts:
    """What stands at the head of a plan (方案概要)."""

    cohort_from: int
    goal: str
    cohort_until: int | None = None
    content_renewal: str = ""
    standard_ids: tuple[int, ...] = ()
    enterprise_ids: tuple[int, ...] = ()


@transaction.atomic
def draft_plan(
    *, programme_id: int, actor: Actor, facts: PlanFacts, based_on_id: int | None = None
) -> TrainingPlan:
    """Begin a new version; the courses of an earlier one come along when asked (起草方案)."""
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=programme_id)
    require_manager(actor, programme)
    if programme.plans.filter(state__in=IN_THE_MAKING).exists():
        raise DomainError("这个专业点已有一版方案正在起草或审定。请先完成或删除那一版。")
    check_cohorts(facts)
    last = programme.plans.aggregate(last=Max("version"))["last"] or 0
    plan = TrainingPlan.objects.create(
        programme=programme,
        version=last + 1,
        cohort_from=facts.cohort_from,
        cohort_until=facts.cohort_until,
        goal=facts.goal,
        content_renewal=facts.content_renewal,
        based_on=programme.plans.filter(pk=based_on_id or 0).first(),
    )
    set_parts(plan, facts)
    if plan.based_on:
        copy_courses(source=plan.based_on, target=plan)
    record(actor, "programmes.plan.drafted", plan)
    return plan


def check_cohorts(facts: PlanFacts) -> None:
    if facts.cohort_until is not None and facts.cohort_until < facts.cohort_from:
        raise DomainError("适用年级止不能早于适用年级起，请核对。", field="cohort_until")


def set_parts(plan: TrainingPlan, facts: PlanFacts) -> None:
    """The standards cited, and the enterprises that write along."""
    plan.standards.set(facts.standard_ids)
    plan.authors.exclude(enterprise_id__in=facts.enterprise_ids).delete()
    known = set(plan.authors.values_list("enterprise_id", flat=True))
    PlanAuthor.objects.bulk_create(
        [PlanAuthor(plan=plan, enterprise_id=pk) for pk in facts.enterprise_ids if pk not in known]
    )


def copy_courses(*, source: TrainingPlan, target: TrainingPlan) -> None:
    PlanCourse.objects.bulk_create(
        [
            PlanCourse(plan=target, **{name: getattr(row, name) for name in COPIED})
            for row in source.courses.all()
        ]
    )


@transaction.atomic
def revise_plan(*, plan_id: int, actor: Actor, facts: PlanFacts) -> TrainingPlan:
    """Change the head of a draft (修改方案)."""
    plan = draft_of(plan_id, actor)
    check_cohorts(facts)
    plan.cohort_from, plan.cohort_until = facts.cohort_from, facts.cohort_until
    plan.goal, plan.content_renewal = facts.goal, facts.content_renewal
    plan.save(update_fields=["cohort_from", "cohort_until", "goal", "content_renewal"])
    set_parts(plan, facts)
    record(actor, "programmes.plan.revised", plan)
    return plan


def own_plan(plan_id: int, actor: Actor) -> TrainingPlan:
    """The plan, locked for its own school."""
    rows = TrainingPlan.objects.select_for_update(of=("self",)).select_related("programme")
    plan = rows.get(pk=plan_id)
    require_manager(actor, plan.programme)
    return plan


def draft_of(plan_id: int, actor: Actor) -> TrainingPlan:
    plan = own_plan(plan_id, actor)
    if plan.state != PlanState.DRAFT:
        raise DomainError(
            f"方案当前为“{plan.get_state_display()}”，内容已固定。请退回修改，或起草新的一版。"
        )
    return plan


@transaction.atomic
def replace_courses(*, plan_id: int, actor: Actor, courses: Sequence[CourseRow]) -> TrainingPlan:
    """Put a whole course table in the place of the old one (导入课程表)."""
    plan = draft_of(plan_id, actor)
    plan.courses.all().delete()
    PlanCourse.objects.bulk_create([course_of(plan, row) for row in courses])
    record(actor, "programmes.plan.courses_replaced", plan, detail={"courses": len(courses)})
    return plan


def course_of(plan: TrainingPlan, row: CourseRow) -> PlanCourse:
    return PlanCourse(plan=plan, **{name: getattr(row, name) for name in COPIED})


@transaction.atomic
def save_course(
    *, plan_id: int, actor: Actor, row: CourseRow, course_id: int | None = None
) -> PlanCourse:
    """Add a course to a draft, or change one (填写课程)."""
    plan = draft_of(plan_id, actor)
    same = plan.courses.filter(code=row.code).exclude(pk=course_id or 0)
    if same.exists():
        raise DomainError(f"课程代码“{row.code}”已用于其他课程，请改用别的代码。", field="code")
    if not row.theory_hours + row.practice_hours + row.internship_weeks:
        raise DomainError("理论学时、实践学时、实习周数不能都是 0。", field="theory_hours")
    if row.internship_weeks and row.kind != "internship":
        raise DomainError("只有“实习”类课程可以填实习周数。", field="internship_weeks")
    course = plan.courses.filter(pk=course_id or 0).first() or PlanCourse(plan=plan)
    for name in COPIED:
        setattr(course, name, getattr(row, name))
    course.save()
    record(actor, "programmes.plan.course_saved", plan, detail={"code": row.code})
    return course


@transaction.atomic
def remove_course(*, course_id: int, actor: Actor) -> TrainingPlan:
    """Take a course out of a draft (删除课程)."""
    course = PlanCourse.objects.get(pk=course_id)
    plan = draft_of(course.plan_id, actor)
    course.delete()
    record(actor, "programmes.plan.course_removed", plan, detail={"code": course.code})
    return plan


@transaction.atomic
def submit_plan(*, plan_id: int, actor: Actor, now: datetime.datetime) -> TrainingPlan:
    """Ask the co-authors and the school for their word (提交审定)."""
    plan = own_plan(plan_id, actor)
    plan.state = steps.target(
        "submit", state=PlanState(plan.state), courses=plan.courses.count(), goal=plan.goal
    )
    plan.submitted_at, plan.return_reason = now, ""
    plan.save(update_fields=["state", "submitted_at", "return_reason"])
    plan.authors.update(state=ConsentState.ASKED, opinion="", decided_by=None, decided_at=None)
    record(actor, "programmes.plan.submitted", plan)
    publish(TrainingPlanSubmitted(plan_id=plan.pk))
    return plan


@transaction.atomic
def send_plan_back(*, plan_id: int, actor: Actor, reason: str) -> TrainingPlan:
    """Open a submitted plan for changes; opinions given will be asked anew (退回修改)."""
    plan = own_plan(plan_id, actor)
    plan.state = steps.target("send_back", state=PlanState(plan.state), reason=reason)
    plan.return_reason = reason.strip()
    plan.save(update_fields=["state", "return_reason"])
    record(actor, "programmes.plan.sent_back", plan, reason=plan.return_reason)
    return plan


@transaction.atomic
def answer_plan(
    *, plan_id: int, actor: Actor, agrees: bool, opinion: str, now: datetime.datetime
) -> PlanAuthor:
    """A co-authoring enterprise agrees or not (企业对方案的意见)."""
    plan = TrainingPlan.objects.select_for_update(of=("self",)).get(pk=plan_id)
    author = plan.authors.filter(enterprise_id=actor.organisation_id or 0).first()
    if author is None or not is_enterprise_staff(actor):
        raise NotAllowed("只有共同编制这份方案的企业的管理员和经办人可以答复。")
    if plan.state != PlanState.SUBMITTED:
        raise DomainError(f"方案当前为“{plan.get_state_display()}”，不需要答复。")
    if not agrees and not opinion.strip():
        raise DomainError("不同意的，请写明哪些内容需要修改。", field="opinion")
    author.state = ConsentState.AGREED if agrees else ConsentState.REFUSED
    author.opinion, author.decided_at = opinion.strip(), now
    author.decided_by_id = actor.user_id
    author.save(update_fields=["state", "opinion", "decided_at", "decided_by"])
    record(actor, "programmes.plan.answered", author, detail={"agrees": agrees})
    return author


@transaction.atomic
def approve_plan(*, plan_id: int, actor: Actor, now: datetime.datetime) -> TrainingPlan:
    """The school approves; earlier versions give way for the same cohorts (审定方案)."""
    plan = own_plan(plan_id, actor)
    if not actor.has_role(Role.MANAGER):
        raise NotAllowed("方案由学校的单位管理员审定，请联系贵校管理员。")
    opinions = list(plan.authors.values_list("state", flat=True))
    plan.state = steps.target(
        "approve",
        state=PlanState(plan.state),
        waiting=opinions.count(ConsentState.ASKED),
        refused=opinions.count(ConsentState.REFUSED),
    )
    give_way(plan)
    plan.approved_at, plan.approved_by_id = now, actor.user_id
    plan.save(update_fields=["state", "approved_at", "approved_by"])
    record(actor, "programmes.plan.approved", plan)
    publish(TrainingPlanApproved(plan_id=plan.pk, programme_id=plan.programme_id))
    return plan


def give_way(plan: TrainingPlan) -> None:
    """Shorten older versions to the cohorts before, or supersede them as a whole."""
    older = TrainingPlan.objects.filter(programme_id=plan.programme_id, state=PlanState.APPROVED)
    overlapping = older.filter(Q(cohort_until__isnull=True) | Q(cohort_until__gte=plan.cohort_from))
    if plan.cohort_until is not None:
        overlapping = overlapping.filter(cohort_from__lte=plan.cohort_until)
        later = Q(cohort_until__isnull=True) | Q(cohort_until__gt=plan.cohort_until)
        if overlapping.filter(later).exists():
            raise DomainError(
                "现行方案还适用于更晚的年级。请退回修改，把适用年级止延长到同一年级，或留空。"
            )
    superseded = steps.target("supersede", state=PlanState.APPROVED)
    overlapping.filter(cohort_from__gte=plan.cohort_from).update(state=superseded)
    overlapping.filter(cohort_from__lt=plan.cohort_from).update(cohort_until=plan.cohort_from - 1)


@transaction.atomic
def delete_draft(*, plan_id: int, actor: Actor) -> None:
    """Drop a draft that never came to anything (删除草稿)."""
    plan = draft_of(plan_id, actor)
    record(actor, "programmes.plan.deleted", plan)
    plan.delete()
