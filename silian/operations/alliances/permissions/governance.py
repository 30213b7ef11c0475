"""Who may see and fill in the governance record of a school."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.operations.alliances.models.governance import (
    CharterVersion,
    GovernanceItem,
    GovernanceMeeting,
)
from silian.operations.alliances.permissions.keeping import of_unit, within, writes_for_school
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Organisation


def schools_visible_to(actor: Actor) -> QuerySet[Organisation]:
    """The schools whose records the actor reads: its own, or those of the region it oversees."""
    schools = Q(kind=OrganisationKind.SCHOOL)
    living = Q(state=OrganisationState.VERIFIED)
    return Organisation.objects.filter(schools, (living & within(actor)) | of_unit(actor, "pk"))


def may_fill_in(actor: Actor, *, school_id: int) -> bool:
    return writes_for_school(actor) and actor.organisation_id == school_id


def require_school(actor: Actor, *, school_id: int) -> None:
    if not may_fill_in(actor, school_id=school_id):
        raise NotAllowed("治理档案由学校的管理员或经办人填报。")


def reads_part(
    actor: Actor, file: StoredFile, model: type[CharterVersion | GovernanceMeeting | GovernanceItem]
) -> bool:
    rows = model._default_manager.filter(record__school__in=schools_visible_to(actor))
    return rows.filter(pk=int(file.object_id)).exists()


def may_read_charter(actor: Actor, file: StoredFile) -> bool:
    return reads_part(actor, file, CharterVersion)


def may_read_minutes(actor: Actor, file: StoredFile) -> bool:
    return reads_part(actor, file, GovernanceMeeting)


def may_read_evidence(actor: Actor, file: StoredFile) -> bool:
    return reads_part(actor, file, GovernanceItem)


register_file_readers("alliances.charterversion", may_read_charter)
register_file_readers("alliances.governancemeeting", may_read_minutes)
register_file_readers("alliances.governanceitem", may_read_evidence)
register_action_labels(
    {
        "alliances.governance.office": "填报产教融合专门机构",
        "alliances.governance.charter": "登记章程版本",
        "alliances.governance.seated": "登记治理机构席位",
        "alliances.governance.left": "登记治理机构离任",
        "alliances.governance.met": "登记治理机构会议",
        "alliances.governance.item": "填报治理事项",
    }
)
