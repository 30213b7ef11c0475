"""Who reads and handles complaints: never anybody complained about."""

from __future__ import annotations

import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.operations.placements.choices.complaints import (
    OPEN_COMPLAINTS,
)
from silian.operations.placements.models.complaints import (
    Complaint,
    ComplaintStep,
    ComplaintSubject,
    ViolationCase,
)
from silian.operations.placements.permissions.internships import is_official
from silian.registers.organisations.choices import JURISDICTION_ROLES, OrganisationKind, Role
from silian.registers.organisations.models import Membership

CONCEALED = Actor(name="投诉人（身份保密）")
"""Who acts in audit entries and files of a complainant: nobody that could be told."""

SCHOOL_HANDLERS = (Role.MANAGER, Role.AGENT)
OFFICE_HANDLERS = (*sorted(JURISDICTION_ROLES), Role.MANAGER, Role.AGENT)
LAW_ROLES = (Role.REVIEWER, Role.COORDINATOR, Role.SUPERVISOR)


def handles_complaints(actor: Actor) -> bool:
    """Whether handling complaints is the actor's work (投诉办理人员)."""
    if actor.organisation_id is None or not actor.organisation_verified:
        return False
    if actor.organisation_kind == OrganisationKind.SCHOOL:
        return actor.has_role(*SCHOOL_HANDLERS)
    return actor.organisation_kind == OrganisationKind.GOVERNMENT and actor.has_role(
        *OFFICE_HANDLERS
    )


def complaints_handled_by(actor: Actor) -> QuerySet[Complaint]:
    """The complaints of the actor's office, without those about anybody he belongs to."""
    if not handles_complaints(actor):
        return Complaint.objects.none()
    mine = Membership.objects.in_force(on=timezone.localdate()).filter(user_id=actor.user_id or 0)
    about = ComplaintSubject.objects.filter(
        Q(organisation_id=actor.organisation_id or 0)
        | Q(organisation_id__in=mine.values("organisation_id"))
    )
    return Complaint.objects.filter(handler_id=actor.organisation_id or 0).exclude(
        pk__in=about.values("complaint_id")
    )


def handler_user_ids(complaint: Complaint, *, on: datetime.date) -> set[int]:
    """Who handles a complaint, without anybody who belongs to an organisation complained about."""
    office = complaint.handler
    is_school = office.kind == OrganisationKind.SCHOOL
    members = Membership.objects.in_force(on=on)
    found = members.filter(
        organisation=office, role__in=SCHOOL_HANDLERS if is_school else OFFICE_HANDLERS
    )
    about = members.filter(organisation__in=complaint.subjects.values("organisation_id"))
    return set(found.exclude(user__in=about.values("user_id")).values_list("user_id", flat=True))


def own_complaints(actor: Actor) -> QuerySet[Complaint]:
    """What the actor complained of under his name (我的投诉)."""
    if not actor.is_authenticated:
        return Complaint.objects.none()
    return Complaint.objects.filter(
        Q(origin__filed_by_id=actor.user_id) | Q(origin__person__user_id=actor.user_id)
    )


def complaints_visible_to(actor: Actor) -> QuerySet[Complaint]:
    """One's own, and those that one's office handles."""
    keys = Q(pk__in=own_complaints(actor).values("pk"))
    keys |= Q(pk__in=complaints_handled_by(actor).values("pk"))
    return Complaint.objects.filter(keys)


def handles(actor: Actor, complaint: Complaint) -> bool:
    return complaints_handled_by(actor).filter(pk=complaint.pk).exists()


def is_complainant(actor: Actor, complaint: Complaint) -> bool:
    return own_complaints(actor).filter(pk=complaint.pk).exists()


def require_handler(actor: Actor, complaint: Complaint) -> None:
    if not handles(actor, complaint):
        raise NotAllowed("投诉由受理单位的经办人办理，被投诉单位和无关人员不能办理。")


def require_complainant(actor: Actor, complaint: Complaint) -> None:
    if not is_complainant(actor, complaint):
        raise NotAllowed("这一步由投诉人本人办理。匿名投诉请凭查询码办理。")


def cases_visible_to(actor: Actor) -> QuerySet[ViolationCase]:
    """The cases of the actor's office."""
    if not may_open_cases(actor):
        return ViolationCase.objects.none()
    return ViolationCase.objects.filter(authority_id=actor.organisation_id or 0)


def may_open_cases(actor: Actor) -> bool:
    """Authorities look into violations (立案)."""
    return (
        is_official(actor)
        and actor.organisation_kind == OrganisationKind.GOVERNMENT
        and actor.has_role(*LAW_ROLES)
    )


def waiting_complaints(actor: Actor) -> int:
    return complaints_handled_by(actor).filter(state__in=sorted(OPEN_COMPLAINTS)).count()


def may_read_complaint_file(actor: Actor, file: StoredFile) -> bool:
    return complaints_visible_to(actor).filter(pk=file.object_id).exists()


def may_read_step_file(actor: Actor, file: StoredFile) -> bool:
    """Proofs of a step: for the handlers; for the complainant when the step is shown."""
    step = ComplaintStep.objects.filter(pk=file.object_id).select_related("complaint").first()
    if step is None:
        return False
    if handles(actor, step.complaint):
        return True
    return step.is_shown and is_complainant(actor, step.complaint)


register_file_readers("placements.complaint", may_read_complaint_file)
register_file_readers("placements.complaintstep", may_read_step_file)
register_action_labels(
    {
        "placements.complaint.filed": "提出投诉",
        "placements.complaint.accepted": "受理投诉",
        "placements.complaint.declined": "不予受理投诉",
        "placements.complaint.asked": "请投诉人补充",
        "placements.complaint.answered": "投诉人补充说明",
        "placements.complaint.noted": "记录投诉调查",
        "placements.complaint.resolved": "办结投诉",
        "placements.complaint.appealed": "申请复核投诉",
        "placements.complaint.withdrawn": "撤回投诉",
        "placements.complaint.escalated": "投诉逾期上移",
        "placements.violation.opened": "立案查处违规实习",
        "placements.violation.fined": "作出违规实习处罚",
        "placements.violation.dropped": "不予处罚违规实习",
    }
)
