"""Who stands where in one internship: school, guide, host, mentor, student, guardian."""

from __future__ import annotations

from django.db.models import Q

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import NotAllowed
from silian.operations.placements.models import Internship
from silian.operations.placements.permissions.internships import is_host_clerk, is_school_clerk


def writes_for_school_of(actor: Actor, internship: Internship) -> bool:
    return is_school_clerk(actor) and actor.organisation_id == internship.school_id


def writes_for_host_of(actor: Actor, internship: Internship) -> bool:
    return is_host_clerk(actor) and actor.organisation_id == internship.organisation_id


def is_guide_of(actor: Actor, internship: Internship) -> bool:
    """Whether the actor guides this student for the school (指导教师)."""
    teacher = internship.teacher
    return actor.user_id is not None and teacher is not None and teacher.user_id == actor.user_id


def is_mentor_of(actor: Actor, internship: Internship) -> bool:
    """Whether the actor is this student's mentor at the host (企业导师)."""
    mentor = internship.mentor
    return actor.user_id is not None and mentor is not None and mentor.user_id == actor.user_id


def is_student_of(actor: Actor, internship: Internship) -> bool:
    return actor.user_id is not None and internship.person.user_id == actor.user_id


def stands_for_school(actor: Actor, internship: Internship) -> bool:
    return writes_for_school_of(actor, internship) or is_guide_of(actor, internship)


def stands_for_host(actor: Actor, internship: Internship) -> bool:
    return writes_for_host_of(actor, internship) or is_mentor_of(actor, internship)


def guided_by(actor: Actor) -> Q:
    """Internships that the actor guides or runs for the school."""
    seen = Q(teacher__user_id=actor.user_id or 0)
    if is_school_clerk(actor):
        seen |= Q(school_id=actor.organisation_id)
    return seen


def mentored_by(actor: Actor) -> Q:
    """Internships that the actor mentors, or all of the host for its staff."""
    seen = Q(mentor__user_id=actor.user_id or 0)
    if is_host_clerk(actor):
        seen |= Q(organisation_id=actor.organisation_id)
    return seen


def require_school_staff(actor: Actor) -> None:
    if not is_school_clerk(actor):
        raise NotAllowed("这一步由学校的管理员或经办人办理，请联系学校实习管理部门。")


def require_school_of(actor: Actor, internship: Internship) -> None:
    if not writes_for_school_of(actor, internship):
        raise NotAllowed("这一步由学生所在学校的管理员或经办人办理。")


def require_student(actor: Actor, internship: Internship) -> None:
    if not is_student_of(actor, internship):
        raise NotAllowed("这一步由学生本人办理，其他人不能代办。")
