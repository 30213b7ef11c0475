"""Who scores, who reads, who answers an assessment."""

from __future__ import annotations

from django.db.models import QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.operations.placements.choices.learning import (
    AssessmentSide,
)
from silian.operations.placements.models import Assessment, Internship, InternshipPlan
from silian.operations.placements.permissions.internships import (
    STAFF_ROLES,
    internships_visible_to,
    is_official,
    is_school_clerk,
)
from silian.operations.placements.permissions.sides import stands_for_host, stands_for_school
from silian.registers.organisations.choices import Role


def assessments_visible_to(actor: Actor) -> QuerySet[Assessment]:
    """The assessments of the internships that the actor sees."""
    return Assessment.objects.filter(internship__in=internships_visible_to(actor))


def plans_kept_by(actor: Actor) -> QuerySet[InternshipPlan]:
    """The plans whose sheet the actor may change (本校方案)."""
    if not is_school_clerk(actor):
        return InternshipPlan.objects.none()
    return InternshipPlan.objects.filter(school_id=actor.organisation_id)


def scoring_sides(actor: Actor, internship: Internship) -> list[AssessmentSide]:
    """For which sides the actor may score this internship."""
    sides = []
    if stands_for_host(actor, internship):
        sides.append(AssessmentSide.HOST)
    if stands_for_school(actor, internship):
        sides.append(AssessmentSide.SCHOOL)
    return sides


def require_assessment_reader(actor: Actor) -> None:
    """Staff of school and host, guides, mentors and officials; students read their own page."""
    if not (actor.has_role(*STAFF_ROLES, Role.TEACHER, Role.MENTOR) or is_official(actor)):
        raise NotAllowed("考核名单由学校、实习单位和主管部门查看；您的考核见“我的实习”。")


def require_scorer(actor: Actor, internship: Internship, *, side: str) -> None:
    if AssessmentSide(side) not in scoring_sides(actor, internship):
        who = {
            AssessmentSide.HOST: "企业导师或实习单位经办人",
            AssessmentSide.SCHOOL: "指导教师或学校经办人",
        }[AssessmentSide(side)]
        raise NotAllowed(f"{AssessmentSide(side).label}评分由{who}办理。")


register_action_labels(
    {
        "placements.sheet.changed": "修改考核表",
        "placements.assessment.scored": "实习考核评分",
        "placements.assessment.agreed": "学生确认考核",
        "placements.assessment.disagreed": "学生对考核提出异议",
        "placements.assessment.answered": "答复考核异议",
        "placements.assessment.lapsed": "考核期满定稿",
        "placements.report.submitted": "提交实习报告",
        "placements.report.accepted": "通过实习报告",
        "placements.report.returned": "退回实习报告",
        "placements.credit.granted": "认定实习学分",
        "placements.certificate.issued": "出具实习证明",
        "placements.certificate.revoked": "撤销实习证明",
    }
)
