"""Who registers, reads and handles land cases."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.governance.incentives.choices.offices import HANDLES_LAND
from silian.governance.incentives.models.land import LandCase, LandStep
from silian.governance.incentives.models.offices import FunctionOffice
from silian.governance.incentives.permissions.offices import answers_for, offices_of
from silian.registers.organisations.choices import JURISDICTION_ROLES, OrganisationKind, Role
from silian.registers.organisations.permissions import in_jurisdiction

APPLICANT_ROLES = frozenset({Role.MANAGER, Role.AGENT})
READING_ROLES = APPLICANT_ROLES | {Role.READER}
APPLICANT_KINDS = frozenset(
    {OrganisationKind.ENTERPRISE, OrganisationKind.SCHOOL, OrganisationKind.INSTITUTE}
)


def oversees_land(actor: Actor) -> bool:
    """Whether the actor looks after a region (主管部门)."""
    return bool(actor.jurisdiction) and actor.has_role(*JURISDICTION_ROLES)


def land_offices_of(actor: Actor) -> QuerySet[FunctionOffice]:
    """What the actor's own office answers for in land cases today."""
    return offices_of(actor).filter(function__in=HANDLES_LAND)


def may_apply(actor: Actor) -> bool:
    """Whether the actor registers a case for its own unit (申请单位)."""
    fits = actor.organisation_kind in APPLICANT_KINDS and actor.organisation_verified
    return fits and actor.has_role(*APPLICANT_ROLES)


def reads_own_land(actor: Actor) -> bool:
    return actor.organisation_kind in APPLICANT_KINDS and actor.has_role(*READING_ROLES)


def reads_land(actor: Actor) -> bool:
    return oversees_land(actor) or reads_own_land(actor) or answers_for(actor, *HANDLES_LAND)


def land_cases_visible_to(actor: Actor) -> QuerySet[LandCase]:
    """Officials and land offices those of the region, an applicant its own (用地事项)."""
    seen = Q(pk__in=[])
    if oversees_land(actor):
        seen |= in_jurisdiction(actor)
    for office in land_offices_of(actor):
        seen |= Q(division__path__contains=[office.division_id])
    if reads_own_land(actor):
        seen |= Q(applicant_id=actor.organisation_id)
    return LandCase.objects.filter(seen)


def land_steps_visible_to(actor: Actor) -> QuerySet[LandStep]:
    return LandStep.objects.filter(case__in=land_cases_visible_to(actor))


def handles_case(actor: Actor, case: LandCase) -> bool:
    """Whether the actor's office handles the case, and it is not the office's own (办理)."""
    return actor.organisation_id != case.applicant_id and answers_for(
        actor, *HANDLES_LAND, division=case.division_id
    )


def keeps_case(actor: Actor, case: LandCase) -> bool:
    """Whether the actor acts for the applicant."""
    return may_apply(actor) and actor.organisation_id == case.applicant_id


def require_land_reader(actor: Actor) -> None:
    if not reads_land(actor):
        raise NotAllowed("用地事项由申请单位、自然资源部门、园区管委会和主管部门查看。")


def require_applicant(actor: Actor) -> None:
    if not may_apply(actor):
        raise NotAllowed("用地事项由已核验的企业、院校或科研院所的管理员、经办人登记。")


def require_handler(actor: Actor, case: LandCase) -> None:
    if not handles_case(actor, case):
        raise NotAllowed("用地事项由用地地区的自然资源部门或园区管委会办理，本单位的不能自己办理。")


def require_case_keeper(actor: Actor, case: LandCase) -> None:
    if not keeps_case(actor, case):
        raise NotAllowed(f"这项由申请单位“{case.applicant}”的管理员或经办人办理。")


def may_read_case_file(actor: Actor, file: StoredFile) -> bool:
    return land_cases_visible_to(actor).filter(pk=int(file.object_id)).exists()


register_file_readers("incentives.landcase", may_read_case_file)
register_action_labels(
    {
        "incentives.land.registered": "登记用地事项",
        "incentives.land.changed": "修改用地事项",
        "incentives.land.complete": "确认用地材料齐",
        "incentives.land.plan": "拟订供地方案",
        "incentives.land.approve": "登记用地批准",
        "incentives.land.refuse": "登记用地不批准",
        "incentives.land.supply": "登记供地",
        "incentives.land.hand_over": "登记交地",
        "incentives.land.withdraw": "撤回用地事项",
    }
)
