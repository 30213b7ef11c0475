"""Who writes safety courses, who sits the test, who sees the results."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.operations.placements.models import Internship, SafetyCourse, TrainingAttempt
from silian.operations.placements.permissions.internships import (
    STAFF_ROLES,
    internships_visible_to,
    is_host_clerk,
    is_official,
    is_school_clerk,
)
from silian.registers.organisations.choices import Role


def may_write_courses(actor: Actor) -> bool:
    """Whether the actor writes courses for its school or host (课程编写单位)."""
    return is_school_clerk(actor) or is_host_clerk(actor)


def require_course_writer(actor: Actor) -> None:
    if not may_write_courses(actor):
        raise NotAllowed("安全课程由学校或实习单位的管理员、经办人编写。")


def require_training_reader(actor: Actor) -> None:
    """Staff of school and host, guides, mentors and officials; students have a page of their own.

    What each then sees are the internships that concern it.
    """
    known = actor.has_role(*STAFF_ROLES, Role.TEACHER, Role.MENTOR) or is_official(actor)
    if not known or actor.organisation_kind == "":
        raise NotAllowed("安全测试情况由学校、实习单位和主管部门查看；您的测试见“我的实习”。")


def courses_kept_by(actor: Actor) -> QuerySet[SafetyCourse]:
    """The courses of the actor's own organisation, with their key (本单位课程)."""
    if not may_write_courses(actor):
        return SafetyCourse.objects.none()
    return SafetyCourse.objects.filter(owner_id=actor.organisation_id)


def sittings_of(actor: Actor) -> QuerySet[TrainingAttempt]:
    """The student's own sittings."""
    return TrainingAttempt.objects.filter(internship__person__user_id=actor.user_id or 0)


def own_internships(actor: Actor) -> QuerySet[Internship]:
    """The internships that are the actor's own as a student (本人的实习)."""
    return internships_visible_to(actor).filter(Q(person__user_id=actor.user_id or 0))


register_action_labels(
    {
        "placements.course.written": "编写安全课程",
        "placements.course.published": "发布安全课程",
        "placements.course.withdrawn": "停用安全课程",
        "placements.attempt.started": "开始安全测试",
        "placements.attempt.submitted": "交安全测试答卷",
        "placements.settings.changed": "修改实习管理设置",
    }
)
