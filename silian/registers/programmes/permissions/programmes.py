"""Who may see and change the programmes of a school."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import NotAllowed
from silian.registers.organisations.choices import (
    JURISDICTION_ROLES,
    OrganisationKind,
    OrganisationState,
    Role,
)
from silian.registers.organisations.permissions import in_jurisdiction
from silian.registers.programmes.choices import ProgrammeStage
from silian.registers.programmes.models.participation import Participation, TaskModule
from silian.registers.programmes.models.programmes import Programme

STAFF_ROLES = (Role.MANAGER, Role.AGENT)


def is_school_staff(actor: Actor) -> bool:
    """Whether the actor works on the registers of a school (院校教务)."""
    return actor.organisation_kind == OrganisationKind.SCHOOL and actor.has_role(*STAFF_ROLES)


def is_official(actor: Actor) -> bool:
    """Whether the actor watches over a region (主管部门)."""
    return bool(actor.jurisdiction) and actor.has_role(*JURISDICTION_ROLES)


def is_enterprise_staff(actor: Actor) -> bool:
    """Whether the actor speaks for an enterprise."""
    return actor.organisation_kind == OrganisationKind.ENTERPRISE and actor.has_role(*STAFF_ROLES)


def programmes_visible_to(actor: Actor) -> QuerySet[Programme]:
    """What schools offer is public among the signed in; what is only planned stays with its own."""
    if actor.is_system:
        return Programme.objects.all()
    if not actor.is_authenticated:
        return Programme.objects.none()
    verified = Q(school__verified_at__isnull=False) | Q(school__state=OrganisationState.VERIFIED)
    seen = ~Q(stage=ProgrammeStage.PLANNED) & verified
    if actor.organisation_id:
        seen |= Q(school_id=actor.organisation_id)
    if is_official(actor):
        seen |= in_jurisdiction(actor)
    return Programme.objects.filter(seen)


def programmes_watched_by(actor: Actor) -> QuerySet[Programme]:
    """The programmes that the actor answers for: one's own school's, or those of the region."""
    if is_school_staff(actor):
        return Programme.objects.filter(school_id=actor.organisation_id)
    if is_official(actor):
        return Programme.objects.filter(in_jurisdiction(actor))
    return Programme.objects.none()


def participations_visible_to(actor: Actor) -> QuerySet[Participation]:
    """Records of one's own school, of one's own enterprise, and of the region."""
    if actor.is_system:
        return Participation.objects.all()
    seen = Q(programme__in=programmes_watched_by(actor))
    if is_enterprise_staff(actor):
        seen |= Q(enterprise_id=actor.organisation_id)
    return Participation.objects.filter(seen)


def task_modules_visible_to(actor: Actor) -> QuerySet[TaskModule]:
    """Task modules of one's own school, of one's own enterprise, and of the region."""
    seen = Q(programme__in=programmes_watched_by(actor))
    if is_enterprise_staff(actor):
        seen |= Q(enterprise_id=actor.organisation_id)
    return TaskModule.objects.filter(seen)


def may_manage(actor: Actor, programme: Programme) -> bool:
    """Whether the actor keeps this programme's register: staff of its school."""
    return is_school_staff(actor) and actor.organisation_id == programme.school_id


def require_school_staff(actor: Actor) -> None:
    if not is_school_staff(actor):
        raise NotAllowed("只有学校的单位管理员和经办人可以办理。请切换到学校身份。")


def require_manager(actor: Actor, programme: Programme) -> None:
    if not may_manage(actor, programme):
        raise NotAllowed("只有开设这个专业的学校的管理员和经办人可以办理。")
