"""Who sees and keeps the hosts of a school, their inspections and the declarations of staff."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.operations.placements.choices.hosts import (
    HostState,
)
from silian.operations.placements.models.hosts import Host, HostInspection, PostCensus
from silian.operations.placements.permissions.internships import (
    STAFF_ROLES,
    is_host_clerk,
    is_official,
    is_school_clerk,
)
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.organisations.permissions import in_jurisdiction

NOBODY = Q(pk__in=[])
SHOWN_TO_HOSTS = (HostState.APPROVED, HostState.PUBLISHED, HostState.REMOVED)


def is_school_insider(actor: Actor) -> bool:
    """Staff and teachers of a school (学校人员)."""
    return actor.organisation_kind == OrganisationKind.SCHOOL and actor.has_role(
        *STAFF_ROLES, Role.TEACHER
    )


def is_host_insider(actor: Actor) -> bool:
    """Staff and mentors of an organisation that is neither school nor government."""
    return (
        actor.organisation_id is not None
        and actor.organisation_kind not in (OrganisationKind.SCHOOL, OrganisationKind.GOVERNMENT)
        and actor.has_role(*STAFF_ROLES, Role.MENTOR)
    )


def may_keep_hosts(actor: Actor) -> bool:
    return is_school_clerk(actor)


def require_host_keeper(actor: Actor) -> int:
    """The school whose list the actor keeps."""
    if not may_keep_hosts(actor):
        raise NotAllowed("实习单位名单由已核验学校的管理员或经办人办理。")
    return actor.organisation_id or 0


def may_inspect(actor: Actor) -> bool:
    """Whoever of the school goes there may write the report (实地考察人)."""
    return actor.organisation_verified and is_school_insider(actor)


def require_inspector(actor: Actor) -> None:
    if not may_inspect(actor):
        raise NotAllowed("实地考察由学校的管理员、经办人或教师登记。")


def hosts_visible_to(actor: Actor) -> QuerySet[Host]:
    """A school's own in every state; an organisation its own once decided; officials' regions."""
    if actor.is_system:
        return Host.objects.all()
    seen = NOBODY
    if is_school_insider(actor):
        seen |= Q(school_id=actor.organisation_id)
    if is_host_insider(actor):
        seen |= Q(organisation_id=actor.organisation_id, state__in=SHOWN_TO_HOSTS)
    if is_official(actor):
        seen |= in_jurisdiction(actor, field="school__division__code")
        seen |= in_jurisdiction(actor, field="organisation__division__code")
    return Host.objects.filter(seen)


def hosts_kept_by(actor: Actor) -> QuerySet[Host]:
    """The hosts of the actor's own school, when it keeps them."""
    if not may_keep_hosts(actor):
        return Host.objects.none()
    return Host.objects.filter(school_id=actor.organisation_id)


def published_hosts() -> QuerySet[Host]:
    """What everybody may read (实习单位名单公布)."""
    return Host.objects.filter(state=HostState.PUBLISHED)


def inspections_visible_to(actor: Actor) -> QuerySet[HostInspection]:
    """Reports are the school's and the officials'; the organisation sees only that it was seen."""
    seen = NOBODY
    if is_school_insider(actor):
        seen |= Q(host__school_id=actor.organisation_id)
    if is_official(actor):
        seen |= in_jurisdiction(actor, field="host__school__division__code")
    return HostInspection.objects.filter(seen)


def may_approve_inspection(actor: Actor, inspection: HostInspection) -> bool:
    """A clerk of the school who did not write the report."""
    return (
        is_school_clerk(actor)
        and inspection.host.school_id == actor.organisation_id
        and inspection.recorded_by_id != actor.user_id
    )


def may_read_inspection_file(actor: Actor, file: StoredFile) -> bool:
    return inspections_visible_to(actor).filter(pk=file.object_id).exists()


def may_declare_census(actor: Actor) -> bool:
    return is_host_clerk(actor)


def require_declarer(actor: Actor) -> int:
    """The organisation for which the actor declares."""
    if not may_declare_census(actor):
        raise NotAllowed("在岗人数和岗位由已核验单位的管理员或经办人申报。")
    return actor.organisation_id or 0


def watches_censuses(actor: Actor) -> bool:
    return is_official(actor)


def censuses_visible_to(actor: Actor) -> QuerySet[PostCensus]:
    """An organisation's own; officials those of their region; the hosts' of a school."""
    seen = NOBODY
    if is_host_insider(actor):
        seen |= Q(organisation_id=actor.organisation_id)
    if is_official(actor):
        seen |= in_jurisdiction(actor)
    if is_school_insider(actor):
        hosts = Host.objects.filter(school_id=actor.organisation_id)
        seen |= Q(organisation_id__in=hosts.values("organisation_id"))
    return PostCensus.objects.filter(seen)


register_file_readers("placements.hostinspection", may_read_inspection_file)
register_action_labels(
    {
        "placements.host.proposed": "拟选实习单位",
        "placements.host.checked": "登记单位核查结果",
        "placements.host.inspected": "实习单位考察通过",
        "placements.host.decided": "集体研究通过实习单位",
        "placements.host.published": "公布实习单位",
        "placements.host.refused": "实习单位未通过",
        "placements.host.reconsidered": "重新拟选实习单位",
        "placements.host.removed": "移出实习单位",
        "placements.inspection.recorded": "登记实地考察",
        "placements.inspection.approved": "审核实地考察",
        "placements.inspection.returned": "退回实地考察",
        "placements.census.declared": "申报在岗人数与岗位",
    }
)
