"""Who may read and write the guide, and who may see an application."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.governance.accreditation.choices.guide import MatterState, VersionState
from silian.governance.accreditation.models.approvals import ApprovalCase, ApprovalStep
from silian.governance.accreditation.models.guide import GuideMatter, MatterVersion
from silian.registers.organisations.choices import OrganisationKind, Role

AUTHORITY_ROLES = frozenset({Role.MANAGER, Role.AGENT, Role.COORDINATOR, Role.REVIEWER})
APPLICANT_ROLES = frozenset({Role.MANAGER, Role.AGENT})


def is_authority(actor: Actor) -> bool:
    """Whether the actor works on matters of a government department (实施机关工作人员)."""
    return actor.organisation_kind == OrganisationKind.GOVERNMENT and actor.has_role(
        *AUTHORITY_ROLES
    )


def may_apply(actor: Actor) -> bool:
    """Whether the actor applies for a verified organisation that is no department (申请人)."""
    return (
        actor.organisation_verified
        and actor.organisation_kind != OrganisationKind.GOVERNMENT
        and actor.has_role(*APPLICANT_ROLES)
    )


def matters_kept_by(actor: Actor) -> QuerySet[GuideMatter]:
    """The matters of the actor's own department."""
    if not is_authority(actor):
        return GuideMatter.objects.none()
    return GuideMatter.objects.filter(authority_id=actor.organisation_id or 0)


def matters_visible_to(actor: Actor) -> QuerySet[GuideMatter]:
    """Published matters for everybody; those on their way for the authority alone."""
    shown = Q(state__in=[MatterState.PUBLISHED, MatterState.WITHDRAWN])
    return GuideMatter.objects.filter(shown | Q(pk__in=matters_kept_by(actor).values("pk")))


def versions_visible_to(actor: Actor) -> QuerySet[MatterVersion]:
    shown = Q(state__in=[VersionState.PUBLISHED, VersionState.REPLACED])
    return MatterVersion.objects.filter(shown | Q(matter__in=matters_kept_by(actor)))


def cases_visible_to(actor: Actor) -> QuerySet[ApprovalCase]:
    """Only the applicant's own people and the authority read an application (办件)."""
    seen = Q(pk__in=[])
    if actor.organisation_id and actor.has_role(*APPLICANT_ROLES):
        seen |= Q(applicant_id=actor.organisation_id)
    if is_authority(actor):
        seen |= Q(matter__authority_id=actor.organisation_id or 0)
    return ApprovalCase.objects.filter(seen)


def case_steps_visible_to(actor: Actor) -> QuerySet[ApprovalStep]:
    return ApprovalStep.objects.filter(case__in=cases_visible_to(actor))


def may_handle(actor: Actor, case: ApprovalCase) -> bool:
    """Whether the actor handles the case: the authority, never one's own application (承办)."""
    own = actor.organisation_id == case.applicant_id
    return is_authority(actor) and actor.organisation_id == case.matter.authority_id and not own


def is_own_case(actor: Actor, case: ApprovalCase) -> bool:
    return actor.organisation_id == case.applicant_id and actor.has_role(*APPLICANT_ROLES)


def may_keep_matter(actor: Actor, matter: GuideMatter) -> bool:
    return is_authority(actor) and actor.organisation_id == matter.authority_id


def may_see_cases(actor: Actor) -> bool:
    return is_authority(actor) or may_apply(actor)


def require_keeper(actor: Actor, matter: GuideMatter) -> None:
    if not may_keep_matter(actor, matter):
        raise NotAllowed("办事指南由实施机关维护，请联系该机关的经办人员。")


def require_authority(actor: Actor) -> None:
    if not is_authority(actor):
        raise NotAllowed("办事指南由政府部门的经办人员维护，请联系实施机关。")


def require_applicant(actor: Actor) -> None:
    if not may_apply(actor):
        raise NotAllowed("申请由已核验单位的管理员或经办人提交，请联系贵单位管理员。")


def require_handler(actor: Actor, case: ApprovalCase) -> None:
    if not may_handle(actor, case):
        raise NotAllowed("办件由实施机关的经办人员办理，请联系该机关。")


def require_own_case(actor: Actor, case: ApprovalCase) -> None:
    if not is_own_case(actor, case):
        raise NotAllowed("补正和撤回由申请单位的管理员或经办人办理。")


def may_read_case_file(actor: Actor, file: StoredFile) -> bool:
    return cases_visible_to(actor).filter(pk=int(file.object_id)).exists()


def may_read_form(actor: Actor, file: StoredFile) -> bool:
    """Forms of a published guide are for everybody."""
    return versions_visible_to(actor).filter(pk=int(file.object_id)).exists()


register_file_readers("accreditation.approvalcase", may_read_case_file)
register_file_readers("accreditation.matterversion", may_read_form)
