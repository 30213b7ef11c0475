"""Who sees an internship and who takes its steps."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.operations.placements.choices.internships import (
    InternshipSide,
    InternshipState,
)
from silian.operations.placements.models.consents import InternshipConsent
from silian.operations.placements.models.internships import Internship
from silian.operations.placements.models.self_choices import SelfChoice
from silian.operations.placements.workflow.internship import TAKEN_BY, steps_of
from silian.registers.organisations.choices import JURISDICTION_ROLES, OrganisationKind, Role
from silian.registers.organisations.permissions import in_jurisdiction
from silian.registers.people.models import Person

STAFF_ROLES = (Role.MANAGER, Role.AGENT, Role.READER)
CLERK_ROLES = (Role.MANAGER, Role.AGENT)
NOBODY = Q(pk__in=[])


def is_school_clerk(actor: Actor) -> bool:
    """Whether the actor arranges internships for its school (学校经办人)."""
    return (
        actor.organisation_id is not None
        and actor.organisation_verified
        and actor.organisation_kind == OrganisationKind.SCHOOL
        and actor.has_role(*CLERK_ROLES)
    )


def is_host_clerk(actor: Actor) -> bool:
    """Whether the actor acts for an organisation that takes interns (实习单位经办人)."""
    return (
        actor.organisation_id is not None
        and actor.organisation_verified
        and actor.organisation_kind not in (OrganisationKind.SCHOOL, OrganisationKind.GOVERNMENT)
        and actor.has_role(*CLERK_ROLES)
    )


def is_official(actor: Actor) -> bool:
    return bool(actor.jurisdiction) and actor.has_role(*JURISDICTION_ROLES)


def require_school_clerk(actor: Actor) -> None:
    if not is_school_clerk(actor):
        raise NotAllowed("实习由已核验学校的管理员或经办人安排，请联系学校实习管理人员。")


def seen_as_staff(actor: Actor) -> Q:
    """The rows of the actor's own school, or of the host that it works for."""
    if actor.organisation_id is None or not actor.has_role(*STAFF_ROLES):
        return NOBODY
    if actor.organisation_kind == OrganisationKind.SCHOOL:
        return Q(school_id=actor.organisation_id)
    return Q(organisation_id=actor.organisation_id) & ~Q(state=InternshipState.PLANNED)


def seen_as_person(actor: Actor) -> Q:
    """The rows of the student, the guardian, the teachers and the mentor."""
    user = actor.user_id
    if user is None:
        return NOBODY
    seen = Q(person__user_id=user) | Q(person__guardian__user_id=user)
    if actor.has_role(Role.TEACHER):
        seen |= Q(teacher__user_id=user) | Q(school_class__head_teacher__user_id=user)
    if actor.has_role(Role.MENTOR):
        seen |= Q(mentor__user_id=user, organisation_id=actor.organisation_id)
    return seen


def seen_as_official(actor: Actor) -> Q:
    """Schools, hosts and places of work within the jurisdiction."""
    if not is_official(actor):
        return NOBODY
    return (
        in_jurisdiction(actor, field="school__division__code")
        | in_jurisdiction(actor, field="organisation__division__code")
        | in_jurisdiction(actor)
    )


def internships_visible_to(actor: Actor) -> QuerySet[Internship]:
    """The internships that concern the actor: each side its own, officials their region."""
    if actor.is_system:
        return Internship.objects.all()
    if not actor.is_authenticated:
        return Internship.objects.none()
    return Internship.objects.filter(
        seen_as_staff(actor) | seen_as_person(actor) | seen_as_official(actor)
    )


def sides_of(actor: Actor, internship: Internship) -> frozenset[InternshipSide]:
    """For whom the actor acts in this internship (办理身份). Needs ``person`` loaded."""
    sides = set()
    if actor.is_system:
        sides.add(InternshipSide.SYSTEM)
    if is_school_clerk(actor) and actor.organisation_id == internship.school_id:
        sides.add(InternshipSide.SCHOOL)
    if is_host_clerk(actor) and actor.organisation_id == internship.organisation_id:
        sides.add(InternshipSide.HOST)
    if actor.user_id is not None and actor.user_id == internship.person.user_id:
        sides.add(InternshipSide.STUDENT)
    guardian = internship.person.guardian
    if actor.user_id is not None and guardian and actor.user_id == guardian.user_id:
        sides.add(InternshipSide.GUARDIAN)
    return frozenset(sides)


def steps_open_to(actor: Actor, internship: Internship) -> frozenset[str]:
    """The steps that the actor may take now, guards aside (可办步骤)."""
    state = InternshipState(internship.state)
    sides = sides_of(actor, internship)
    return frozenset(step for side in sides for step in steps_of(state=state, side=side))


def acting_side(actor: Actor, internship: Internship, step: str) -> InternshipSide:
    """The side for which the actor takes the step; refuses when there is none."""
    sides = sides_of(actor, internship)
    table = TAKEN_BY[step]
    for side in InternshipSide:
        if side in sides and side in table:
            return side
    words = "、".join(side.label for side in InternshipSide if side in table)
    raise NotAllowed(f"这一步由{words}办理。")


def consents_visible_to(actor: Actor) -> QuerySet[InternshipConsent]:
    """Consents to internships and choices that the actor sees, if a school's or one's own."""
    if not actor.is_authenticated:
        return InternshipConsent.objects.none()
    user = actor.user_id
    own = (
        Q(internship__person__user_id=user)
        | Q(internship__person__guardian__user_id=user)
        | Q(self_choice__person__user_id=user)
        | Q(self_choice__person__guardian__user_id=user)
    )
    if is_school_clerk(actor):
        school = actor.organisation_id
        own |= Q(internship__school_id=school) | Q(self_choice__school_id=school)
    return InternshipConsent.objects.filter(own)


def may_read_consent_scan(actor: Actor, file: StoredFile) -> bool:
    """The scan of an answer on paper: whoever sees the consent."""
    return consents_visible_to(actor).filter(pk=file.object_id).exists()


register_file_readers("placements.internshipconsent", may_read_consent_scan)


def self_choices_visible_to(actor: Actor) -> QuerySet[SelfChoice]:
    """A student's own choices, a guardian's wards', and those of the clerk's school."""
    if not actor.is_authenticated:
        return SelfChoice.objects.none()
    seen = Q(person__user_id=actor.user_id) | Q(person__guardian__user_id=actor.user_id)
    if actor.organisation_kind == OrganisationKind.SCHOOL and actor.has_role(*STAFF_ROLES):
        seen |= Q(school_id=actor.organisation_id)
    return SelfChoice.objects.filter(seen)


def has_own_page(actor: Actor) -> bool:
    """Whether the actor is a student, or the guardian of one (学生和家长)."""
    if actor.user_id is None:
        return False
    if actor.has_role(Role.STUDENT):
        return True
    return Person.objects.filter(guardian__user_id=actor.user_id, erased_at=None).exists()


def reads_register(actor: Actor) -> bool:
    """Whether the register of internships concerns the actor's work (实习台账)."""
    if actor.organisation_id is None:
        return is_official(actor)
    is_government = actor.organisation_kind == OrganisationKind.GOVERNMENT
    works = actor.has_role(*STAFF_ROLES, Role.TEACHER, Role.MENTOR)
    return is_official(actor) or (works and not is_government)
