"""Who sees apprenticeships and apprentices, and who takes their steps."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.operations.placements.models import Apprentice, Apprenticeship
from silian.operations.placements.permissions.internships import (
    STAFF_ROLES,
    is_host_clerk,
    is_school_clerk,
)
from silian.operations.placements.permissions.orders import seen_by_officials, seen_by_sides
from silian.registers.organisations.choices import Role

FILERS = (Role.REVIEWER, Role.COORDINATOR)


def apprenticeships_visible_to(actor: Actor) -> QuerySet[Apprenticeship]:
    """Both sides their own, officials their region, apprentices and mentors those they are in."""
    if actor.is_system:
        return Apprenticeship.objects.all()
    if not actor.is_authenticated:
        return Apprenticeship.objects.none()
    own = Apprentice.objects.filter(seen_in_person(actor)).values("apprenticeship_id")
    return Apprenticeship.objects.filter(
        seen_by_sides(actor) | seen_by_officials(actor) | Q(pk__in=own)
    )


def seen_in_person(actor: Actor) -> Q:
    """The apprentice, and the two mentors."""
    user = actor.user_id or 0
    return (
        Q(person__user_id=user)
        | Q(enterprise_mentor__user_id=user)
        | Q(school_mentor__user_id=user)
    )


def apprentices_visible_to(actor: Actor) -> QuerySet[Apprentice]:
    """The ledger of apprentices: staff of both sides, mentors, the apprentice; not officials."""
    if actor.is_system:
        return Apprentice.objects.all()
    if not actor.is_authenticated:
        return Apprentice.objects.none()
    seen = seen_in_person(actor)
    if actor.organisation_id is not None and actor.has_role(*STAFF_ROLES):
        seen |= Q(apprenticeship__enterprise_id=actor.organisation_id)
        seen |= Q(apprenticeship__school_id=actor.organisation_id)
    return Apprentice.objects.filter(seen)


def writes_for_enterprise(actor: Actor, row: Apprenticeship) -> bool:
    return is_host_clerk(actor) and actor.organisation_id == row.enterprise_id


def writes_for_school(actor: Actor, row: Apprenticeship) -> bool:
    return is_school_clerk(actor) and actor.organisation_id == row.school_id


def writes_for_side(actor: Actor, row: Apprenticeship) -> bool:
    return writes_for_enterprise(actor, row) or writes_for_school(actor, row)


def may_file(actor: Actor, row: Apprenticeship) -> bool:
    """Whether the actor files programmes of this region (备案机关)."""
    return actor.has_role(*FILERS) and actor.covers(row.division_id)


def require_drafting_clerk(actor: Actor) -> None:
    if not (is_host_clerk(actor) or is_school_clerk(actor)):
        raise NotAllowed("学徒培养项目由已核验企业或院校的管理员、经办人起草。")


def require_side(actor: Actor, row: Apprenticeship) -> None:
    if not writes_for_side(actor, row):
        raise NotAllowed("这一步由项目的企业或院校经办人办理。")


def require_filer(actor: Actor, row: Apprenticeship) -> None:
    if not may_file(actor, row):
        raise NotAllowed("备案由项目所在地区主管部门的审核员或统筹人员办理。")


register_action_labels(
    {
        "placements.apprenticeship.drafted": "起草学徒培养项目",
        "placements.apprenticeship.revised": "修改学徒培养项目",
        "placements.apprenticeship.submitted": "提交备案",
        "placements.apprenticeship.filed": "备案",
        "placements.apprenticeship.returned": "退回修改",
        "placements.apprenticeship.started": "开始培养",
        "placements.apprenticeship.completed": "完成培养",
        "placements.apprenticeship.stopped": "终止项目",
        "placements.apprentice.enrolled": "学徒入册",
        "placements.apprentice.identified": "补登学徒身份",
        "placements.apprentice.agreement_sent": "送签学徒培养协议",
        "placements.apprentice.begun": "学徒开始培养",
        "placements.apprentice.taught": "登记学徒课时",
        "placements.apprentice.examined": "登记学徒考核",
        "placements.apprentice.qualified": "学徒考核合格",
        "placements.apprentice.failed": "学徒考核不合格",
        "placements.apprentice.left": "学徒中途离开",
        "placements.apprentice.corrected": "更正学徒培养结果",
        "placements.break.recorded": "登记学徒培训中断",
        "placements.break.ended": "学徒恢复培训",
        "placements.break.corrected": "更正学徒培训中断",
    }
)
