"""Who may see classes, and who may read the names in them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.organisations.permissions import in_jurisdiction
from silian.registers.programmes.models.classes import ClassMember, Cohort, SchoolClass
from silian.registers.programmes.models.rosters import RosterImport
from silian.registers.programmes.permissions.programmes import is_official, is_school_staff


def is_of_school(actor: Actor) -> bool:
    """Whether the actor works or teaches at a school."""
    return is_school_staff(actor) or (
        actor.organisation_kind == OrganisationKind.SCHOOL and actor.has_role(Role.TEACHER)
    )


def cohorts_visible_to(actor: Actor) -> QuerySet[Cohort]:
    """Cohorts of one's own school and of the region."""
    if actor.is_system:
        return Cohort.objects.all()
    seen = Q(pk__in=[])
    if is_of_school(actor):
        seen |= Q(programme__school_id=actor.organisation_id)
    if is_official(actor):
        seen |= in_jurisdiction(actor, field="programme__division__code")
    return Cohort.objects.filter(seen)


def classes_visible_to(actor: Actor) -> QuerySet[SchoolClass]:
    """Classes of one's own school and of the region; a student sees the own class."""
    if actor.is_system:
        return SchoolClass.objects.all()
    seen = Q(cohort__in=cohorts_visible_to(actor))
    if actor.user_id is not None:
        mine = ClassMember.objects.filter(person__user_id=actor.user_id)
        seen |= Q(pk__in=mine.values("school_class_id"))
    return SchoolClass.objects.filter(seen)


def members_visible_to(actor: Actor) -> QuerySet[ClassMember]:
    """Names for the school's staff, the head teacher, and the student or guardian themself.

    Basis: 个人信息保护法第六条: no more than the purpose needs; officials read numbers.
    """
    if actor.is_system:
        return ClassMember.objects.all()
    if actor.user_id is None:
        return ClassMember.objects.none()
    seen = Q(person__user_id=actor.user_id) | Q(person__guardian__user_id=actor.user_id)
    seen |= Q(school_class__head_teacher__user_id=actor.user_id)
    if is_school_staff(actor):
        seen |= Q(school_class__cohort__programme__school_id=actor.organisation_id)
    return ClassMember.objects.filter(seen, person__erased_at__isnull=True)


def rosters_visible_to(actor: Actor) -> QuerySet[RosterImport]:
    """The imports of the school that one works for."""
    if not is_school_staff(actor):
        return RosterImport.objects.none()
    return RosterImport.objects.filter(school_id=actor.organisation_id)
