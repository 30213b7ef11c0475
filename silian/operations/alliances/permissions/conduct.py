"""Who plans, sees and answers checks on service organisations."""

from __future__ import annotations

from django.db.models import QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.operations.alliances.choices.conduct import CheckState
from silian.operations.alliances.models.conduct import ConductCheck, ConductPoint
from silian.operations.alliances.permissions.keeping import (
    keeps_region,
    of_unit,
    oversees,
    reads_for_unit,
    within,
    writes_for_unit,
)
from silian.registers.organisations.choices import OrganisationKind


def is_service(actor: Actor) -> bool:
    """Whether the actor belongs to a service organisation in a reading role."""
    return reads_for_unit(actor) and actor.organisation_kind == OrganisationKind.SERVICE


def reads_checks(actor: Actor) -> bool:
    return oversees(actor) or is_service(actor)


def checks_visible_to(actor: Actor) -> QuerySet[ConductCheck]:
    """One's own, and for officials those of the region."""
    return ConductCheck.objects.filter(within(actor) | of_unit(actor, "organisation_id"))


def public_checks() -> QuerySet[ConductCheck]:
    """Closed checks, published with their result (检查公开)."""
    return ConductCheck.objects.filter(state=CheckState.CLOSED)


def answers_check(actor: Actor, check: ConductCheck) -> bool:
    return check.organisation_id == actor.organisation_id and writes_for_unit(actor)


def may_check(actor: Actor, check: ConductCheck) -> bool:
    return keeps_region(actor, check.division_id)


def require_checker(actor: Actor, check: ConductCheck) -> None:
    if not may_check(actor, check):
        raise NotAllowed("规范运作检查由本地区主管部门的统筹或审核人员办理。")


def require_answerer(actor: Actor, check: ConductCheck) -> None:
    if not answers_check(actor, check):
        raise NotAllowed(f"整改由被检查的“{check.organisation}”提交。")


def may_read_point_file(actor: Actor, file: StoredFile) -> bool:
    rows = ConductPoint.objects.filter(check_row__in=checks_visible_to(actor))
    return rows.filter(pk=int(file.object_id)).exists()


register_file_readers("alliances.conductpoint", may_read_point_file)
register_action_labels(
    {
        "alliances.conduct.planned": "安排规范运作检查",
        "alliances.conduct.found": "登记规范运作检查结果",
        "alliances.conduct.corrected": "登记整改情况",
        "alliances.conduct.handed_in": "提交整改",
        "alliances.conduct.accepted": "复查通过",
        "alliances.conduct.rejected": "退回再整改",
    }
)
