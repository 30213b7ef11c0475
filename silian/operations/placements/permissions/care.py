"""Who sees and records visits and incidents."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.operations.placements.models.care import Incident, Visit
from silian.operations.placements.models.internships import Internship
from silian.operations.placements.permissions.internships import (
    internships_visible_to,
    is_host_clerk,
    is_official,
    is_school_clerk,
)
from silian.registers.organisations.choices import OrganisationKind, Role


def visits_visible_to(actor: Actor) -> QuerySet[Visit]:
    """What the school's staff, its teachers and the authorities see; hosts do not."""
    if is_official(actor) or actor.is_system:
        seen = internships_visible_to(actor)
        return Visit.objects.filter(internships__in=seen).distinct()
    if actor.organisation_kind != OrganisationKind.SCHOOL or actor.organisation_id is None:
        return Visit.objects.none()
    if actor.has_role(Role.MANAGER, Role.AGENT, Role.READER):
        return Visit.objects.filter(host__school_id=actor.organisation_id)
    if actor.has_role(Role.TEACHER):
        mine = Q(teacher__user_id=actor.user_id)
        mine |= Q(internships__in=internships_visible_to(actor))
        return Visit.objects.filter(mine).distinct()
    return Visit.objects.none()


def visits_interns(actor: Actor) -> bool:
    """Whether the actor may record visits: teachers and clerks of a school (登记巡访)."""
    return is_school_clerk(actor) or (
        actor.organisation_kind == OrganisationKind.SCHOOL and actor.has_role(Role.TEACHER)
    )


def visitable_internships(actor: Actor) -> QuerySet[Internship]:
    return internships_visible_to(actor).filter(school_id=actor.organisation_id or 0)


def require_visitor(actor: Actor) -> None:
    if not visits_interns(actor):
        raise NotAllowed("巡访由学校指导教师或实习管理人员登记。")


def incidents_visible_to(actor: Actor) -> QuerySet[Incident]:
    return Incident.objects.filter(internship__in=internships_visible_to(actor))


def reads_incidents(actor: Actor) -> bool:
    return (
        is_official(actor)
        or is_school_clerk(actor)
        or is_host_clerk(actor)
        or (actor.has_role(Role.TEACHER, Role.READER, Role.MENTOR))
    )


def may_record_incident(actor: Actor, internship: Internship) -> bool:
    """School staff, guide teacher, host staff and mentor: whoever knows first (登记事件)."""
    if is_school_clerk(actor) and actor.organisation_id == internship.school_id:
        return True
    if is_host_clerk(actor) and actor.organisation_id == internship.organisation_id:
        return True
    guides = [internship.teacher, internship.mentor]
    return actor.user_id is not None and any(
        each is not None and each.user_id == actor.user_id for each in guides
    )


def require_incident_recorder(actor: Actor, internship: Internship) -> None:
    if not may_record_incident(actor, internship):
        raise NotAllowed("事件由学校、实习单位的经办人或指导教师、企业导师登记。")


def may_settle_incident(actor: Actor, incident: Incident) -> bool:
    return is_school_clerk(actor) and actor.organisation_id == incident.internship.school_id


def require_incident_settler(actor: Actor, incident: Incident) -> None:
    if not may_settle_incident(actor, incident):
        raise NotAllowed("报告主管部门和办结由学生所在学校的管理员或经办人办理。")


def may_read_visit_file(actor: Actor, file: StoredFile) -> bool:
    return visits_visible_to(actor).filter(pk=file.object_id).exists()


def may_read_incident_file(actor: Actor, file: StoredFile) -> bool:
    return incidents_visible_to(actor).filter(pk=file.object_id).exists()


register_file_readers("placements.visit", may_read_visit_file)
register_file_readers("placements.incident", may_read_incident_file)
register_action_labels(
    {
        "placements.visit.recorded": "登记巡访",
        "placements.visit.followed_up": "登记巡访跟进",
        "placements.visit_setting.set": "设定巡访频次",
        "placements.incident.recorded": "登记实习事件",
        "placements.incident.reported": "实习事件报主管部门",
        "placements.incident.closed": "办结实习事件",
    }
)
