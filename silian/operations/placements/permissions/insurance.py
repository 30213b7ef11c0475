"""Who sees and handles insurance products, policies and claims."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.operations.placements.choices.insurance import (
    ProductState,
)
from silian.operations.placements.models import (
    InsuranceClaim,
    InsurancePolicy,
    InsuranceProduct,
    InsuredIntern,
)
from silian.operations.placements.permissions.internships import (
    CLERK_ROLES,
    STAFF_ROLES,
    is_host_clerk,
    is_official,
    is_school_clerk,
)
from silian.operations.placements.permissions.sides import require_school_staff
from silian.registers.organisations.choices import OrganisationKind


def is_insurer(actor: Actor) -> bool:
    """Whether the actor writes for a financial institution (保险机构经办人)."""
    return actor.organisation_kind == OrganisationKind.FINANCE and actor.has_role(*CLERK_ROLES)


def products_visible_to(actor: Actor) -> QuerySet[InsuranceProduct]:
    """Published products for everybody; for an insurer also its own others."""
    seen = Q(state=ProductState.PUBLISHED)
    if is_insurer(actor):
        seen |= Q(insurer_id=actor.organisation_id)
    return InsuranceProduct.objects.filter(seen)


def products_kept_by(actor: Actor) -> QuerySet[InsuranceProduct]:
    if not is_insurer(actor):
        return InsuranceProduct.objects.none()
    return InsuranceProduct.objects.filter(insurer_id=actor.organisation_id)


def policies_visible_to(actor: Actor) -> QuerySet[InsurancePolicy]:
    """The school's own, those an insurer wrote, those with a host's interns, those of a region."""
    seen = Q(pk__in=[])
    if actor.organisation_kind == OrganisationKind.SCHOOL and actor.has_role(*STAFF_ROLES):
        seen |= Q(school_id=actor.organisation_id)
    if is_insurer(actor):
        seen |= Q(insurer_id=actor.organisation_id)
    if is_host_clerk(actor):
        insured = InsuredIntern.objects.filter(
            internship__organisation_id=actor.organisation_id or 0
        )
        seen |= Q(pk__in=insured.values("policy_id"))
    if is_official(actor):
        seen |= Q(school__division__code__startswith=subtree_prefix(actor.jurisdiction))
    return InsurancePolicy.objects.filter(seen)


def policies_kept_by(actor: Actor) -> QuerySet[InsurancePolicy]:
    if not is_school_clerk(actor):
        return InsurancePolicy.objects.none()
    return InsurancePolicy.objects.filter(school_id=actor.organisation_id)


def claims_visible_to(actor: Actor) -> QuerySet[InsuranceClaim]:
    """Claims of the school's, the host's or the insurer's own, and the student's own."""
    seen = Q(internship__person__user_id=actor.user_id or 0)
    if actor.organisation_kind == OrganisationKind.SCHOOL and actor.has_role(*STAFF_ROLES):
        seen |= Q(policy__school_id=actor.organisation_id)
    if is_insurer(actor):
        seen |= Q(policy__insurer_id=actor.organisation_id)
    if is_host_clerk(actor):
        seen |= Q(internship__organisation_id=actor.organisation_id)
    if is_official(actor):
        seen |= Q(policy__school__division__code__startswith=subtree_prefix(actor.jurisdiction))
    return InsuranceClaim.objects.filter(seen)


def may_answer_claim(actor: Actor, claim: InsuranceClaim) -> bool:
    """The insurer itself, or the school when the insurer is not on the platform."""
    if claim.policy.insurer_id is not None:
        return is_insurer(actor) and actor.organisation_id == claim.policy.insurer_id
    return is_school_clerk(actor) and actor.organisation_id == claim.policy.school_id


def require_claim_answerer(actor: Actor, claim: InsuranceClaim) -> None:
    if not may_answer_claim(actor, claim):
        raise NotAllowed("理赔答复由承保的保险机构登记；机构未入驻的，由投保学校登记。")


def require_policy_keeper(actor: Actor, policy: InsurancePolicy) -> None:
    require_school_staff(actor)
    if policy.school_id != actor.organisation_id:
        raise NotAllowed("这份保单由其他学校登记，只能由投保学校办理。")


def require_insurer(actor: Actor) -> None:
    if not is_insurer(actor):
        raise NotAllowed("保险产品由金融机构的管理员或经办人办理。")


def may_read_insurance(actor: Actor, *, policy: InsurancePolicy | None = None) -> bool:
    """Whether the actor reads insurance of its school, business or region; whole policies."""
    school = actor.organisation_kind == OrganisationKind.SCHOOL and actor.has_role(*STAFF_ROLES)
    if policy is None:
        return school or is_insurer(actor) or is_host_clerk(actor) or is_official(actor)
    return (
        (school and actor.organisation_id == policy.school_id)
        or (is_insurer(actor) and actor.organisation_id == policy.insurer_id)
        or is_official(actor)
    )


def require_insurance_reader(actor: Actor) -> None:
    if not may_read_insurance(actor):
        raise NotAllowed("保险台账由学校、实习单位、保险机构和主管部门查看；您的保险见“我的实习”。")


def may_read_policy_file(actor: Actor, file: StoredFile) -> bool:
    return policies_visible_to(actor).filter(pk=file.object_id).exists()


def may_read_claim_file(actor: Actor, file: StoredFile) -> bool:
    return claims_visible_to(actor).filter(pk=file.object_id).exists()


register_file_readers("placements.insurancepolicy", may_read_policy_file)
register_file_readers("placements.insuranceclaim", may_read_claim_file)
register_action_labels(
    {
        "placements.product.written": "登记保险产品",
        "placements.product.published": "公布保险产品",
        "placements.product.withdrawn": "停售保险产品",
        "placements.policy.registered": "登记保单",
        "placements.policy.extended": "加保学生",
        "placements.policy.cancelled": "登记退保",
        "placements.claim.reported": "报案",
        "placements.claim.linked": "理赔关联实习事件",
        "placements.claim.answered": "登记理赔答复",
        "placements.claim.paid": "登记赔付",
        "placements.claim.settled": "了结理赔",
        "placements.claim.withdrawn": "撤回报案",
    }
)
