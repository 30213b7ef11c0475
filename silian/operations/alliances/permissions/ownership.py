"""Who may see and decide cases of schools run with enterprises.

A case is read by its applicant and by officials of its region, by nobody else.
"""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.operations.alliances.choices.ownership import OPEN_CASES, PUBLIC_CASES, CaseState
from silian.operations.alliances.models.ownership import (
    CaseApproval,
    CaseAsset,
    CaseParty,
    CaseReport,
    EducationPurchase,
    OwnershipCase,
)
from silian.operations.alliances.permissions.keeping import (
    keeps_region,
    keeps_registers,
    of_unit,
    within,
    writes_for_unit,
)
from silian.registers.organisations.choices import OrganisationKind, Role

PartT = TypeVar("PartT", bound=Model)
APPLYING_KINDS = frozenset({OrganisationKind.ENTERPRISE, OrganisationKind.SCHOOL})


def may_apply(actor: Actor) -> bool:
    """Whether the actor drafts cases: for a verified enterprise or school."""
    return writes_for_unit(actor) and actor.organisation_kind in APPLYING_KINDS


def require_applicant(actor: Actor) -> None:
    if not may_apply(actor):
        raise NotAllowed("办学案例由已核验的企业或院校的管理员、经办人申请。")


def cases_visible_to(actor: Actor) -> QuerySet[OwnershipCase]:
    """One's own, and for officials those of the region that were handed in."""
    handed_in = within(actor) & ~Q(state=CaseState.DRAFT)
    return OwnershipCase.objects.filter(handed_in | of_unit(actor, "applicant_id"))


def public_cases() -> QuerySet[OwnershipCase]:
    """The approved cases; the public register shows their headline only (案例名录)."""
    return OwnershipCase.objects.filter(state__in=sorted(PUBLIC_CASES))


def owns_case(actor: Actor, case: OwnershipCase) -> bool:
    return may_apply(actor) and case.applicant_id == actor.organisation_id


def may_edit_case(actor: Actor, case: OwnershipCase) -> bool:
    return owns_case(actor, case) and case.state in OPEN_CASES


def require_owner(actor: Actor, case: OwnershipCase) -> None:
    if not owns_case(actor, case):
        raise NotAllowed(f"这个案例由申请单位“{case.applicant}”办理。")


def require_editor(actor: Actor, case: OwnershipCase) -> None:
    require_owner(actor, case)
    if not may_edit_case(actor, case):
        raise NotAllowed("已提交的案例不能修改，退回补正后才能改。")


def may_review(actor: Actor, case: OwnershipCase) -> bool:
    """Whether the actor reviews: an official of the region, never of the applicant."""
    foreign = case.applicant_id != actor.organisation_id
    return keeps_region(actor, case.division_id) and foreign


def may_approve(actor: Actor, case: OwnershipCase) -> bool:
    """Whether the actor approves: a coordinator who did not review the case."""
    other = case.reviewed_by_id is None or case.reviewed_by_id != actor.user_id
    return may_review(actor, case) and actor.has_role(Role.COORDINATOR) and other


def require_reviewer(actor: Actor, case: OwnershipCase) -> None:
    if not may_review(actor, case):
        raise NotAllowed("办学案例由本地区主管部门的审核或统筹人员审核，申请单位自己的人员除外。")


def require_approver(actor: Actor, case: OwnershipCase) -> None:
    if not may_approve(actor, case):
        raise NotAllowed("办学案例由本地区统筹人员批准，审核和批准不能是同一人。")


def cases_to_decide(actor: Actor) -> QuerySet[OwnershipCase]:
    """Cases that wait for the actor's review or approval."""
    if not keeps_registers(actor):
        return OwnershipCase.objects.none()
    waiting = Q(state=CaseState.APPLIED)
    if actor.has_role(Role.COORDINATOR):
        waiting |= Q(state=CaseState.REVIEWED) & ~Q(reviewed_by_id=actor.user_id)
    own = Q(applicant_id=actor.organisation_id)
    return OwnershipCase.objects.filter(within(actor), waiting).exclude(own)


def parts_visible_to(actor: Actor, model: type[PartT]) -> QuerySet[PartT]:
    """Parties, assets, approvals or reports of the cases that the actor reads."""
    return model._default_manager.filter(case__in=cases_visible_to(actor))


def purchases_visible_to(actor: Actor) -> QuerySet[EducationPurchase]:
    """Every purchase: money of the public is public."""
    return EducationPurchase.objects.all()


def may_read_case_file(actor: Actor, file: StoredFile) -> bool:
    return cases_visible_to(actor).filter(pk=int(file.object_id)).exists()


def may_read_asset_file(actor: Actor, file: StoredFile) -> bool:
    return parts_visible_to(actor, CaseAsset).filter(pk=int(file.object_id)).exists()


def may_read_approval_file(actor: Actor, file: StoredFile) -> bool:
    return parts_visible_to(actor, CaseApproval).filter(pk=int(file.object_id)).exists()


def may_read_report_file(actor: Actor, file: StoredFile) -> bool:
    return parts_visible_to(actor, CaseReport).filter(pk=int(file.object_id)).exists()


def case_parties_visible_to(actor: Actor) -> QuerySet[CaseParty]:
    return parts_visible_to(actor, CaseParty)


register_file_readers("alliances.ownershipcase", may_read_case_file)
register_file_readers("alliances.caseasset", may_read_asset_file)
register_file_readers("alliances.caseapproval", may_read_approval_file)
register_file_readers("alliances.casereport", may_read_report_file)
register_action_labels(
    {
        "alliances.case.drafted": "起草办学案例",
        "alliances.case.changed": "修改办学案例",
        "alliances.case.party_added": "登记办学参与方",
        "alliances.case.party_removed": "删除办学参与方",
        "alliances.case.asset_added": "登记投入资产",
        "alliances.case.asset_removed": "删除投入资产",
        "alliances.case.applied": "提交办学申请",
        "alliances.case.returned": "退回办学申请",
        "alliances.case.reviewed": "审核办学案例",
        "alliances.case.refused": "不予批准办学",
        "alliances.case.approval": "登记办学审批环节",
        "alliances.case.approved": "批准办学",
        "alliances.case.running": "登记办学运行",
        "alliances.case.ended": "终止办学",
        "alliances.case.reported": "报送办学年度报告",
        "alliances.purchase.registered": "登记政府购买教育服务",
    }
)
