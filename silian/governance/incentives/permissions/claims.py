"""Who calls for claims, hands them in, certifies, checks, decides, pays and reads them."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.governance.incentives.choices.claims import CallState
from silian.governance.incentives.models import (
    Claim,
    ClaimCall,
    ClaimItem,
    ClaimPayment,
    ClaimStep,
    RecoveryCase,
)
from silian.registers.organisations.choices import OrganisationKind, Role

CLERKS = frozenset({Role.REVIEWER, Role.COORDINATOR})
OVERSEERS = frozenset({Role.COORDINATOR, Role.SUPERVISOR, Role.LEADER})
WRITERS = frozenset({Role.MANAGER, Role.AGENT})
READERS = frozenset({Role.MANAGER, Role.AGENT, Role.READER})
CLAIMING_KINDS = frozenset({OrganisationKind.ENTERPRISE, OrganisationKind.SCHOOL})


def is_clerk(actor: Actor) -> bool:
    """Whether the actor handles claims for a department of a region (部门办理人员)."""
    official = actor.organisation_kind == OrganisationKind.GOVERNMENT
    return official and bool(actor.jurisdiction) and actor.has_role(*CLERKS)


def oversees(actor: Actor) -> bool:
    """Whether the actor reads every claim of a region (统筹、督查、领导)."""
    return bool(actor.jurisdiction) and actor.has_role(*OVERSEERS)


def may_claim(actor: Actor) -> bool:
    """Whether the actor claims for a verified unit (申领)."""
    unit = actor.organisation_verified and actor.organisation_kind in CLAIMING_KINDS
    return unit and actor.has_role(*WRITERS)


def may_read_own_claims(actor: Actor) -> bool:
    return actor.organisation_kind in CLAIMING_KINDS and actor.has_role(*READERS)


def may_certify(actor: Actor) -> bool:
    """Whether the actor answers for a school about its students (学校核对)."""
    return actor.organisation_kind == OrganisationKind.SCHOOL and actor.has_role(*WRITERS)


def may_open_claims(actor: Actor) -> bool:
    """Whether the actor has anything to do with claims as an official."""
    return is_clerk(actor) or oversees(actor)


def calls_visible_to(actor: Actor) -> QuerySet[ClaimCall]:
    """Issued calls are public; drafts are read by the department that leads and the region."""
    seen = ~Q(state=CallState.DRAFT)
    if is_clerk(actor):
        seen |= Q(owner_id=actor.organisation_id)
    if oversees(actor):
        seen |= Q(division__code__startswith=subtree_prefix(actor.jurisdiction))
    return ClaimCall.objects.filter(seen)


def claims_visible_to(actor: Actor) -> QuerySet[Claim]:
    """One's own; handed-in ones of the region for overseers, for offices and schools asked."""
    seen = Q(pk__in=[])
    own = actor.organisation_id or 0
    if may_read_own_claims(actor):
        seen |= Q(organisation_id=own)
    handed_in = Q(submitted_at__isnull=False)
    if oversees(actor):
        seen |= handed_in & Q(call__division__code__startswith=subtree_prefix(actor.jurisdiction))
    if is_clerk(actor) or may_certify(actor):
        asked = ClaimStep.objects.filter(claim_id=OuterRef("pk"), office_id=own)
        seen |= handed_in & Q(Exists(asked))
    if is_clerk(actor):
        seen |= handed_in & (Q(call__owner_id=own) | Q(call__line__fund__office__organisation=own))
    return Claim.objects.filter(seen)


def items_visible_to(actor: Actor, claim: Claim) -> QuerySet[ClaimItem]:
    """All items for the unit and officials; a school sees its own students only."""
    rows = claim.items.all()
    if claim.organisation_id != actor.organisation_id and may_certify(actor):
        return rows.filter(school_id=actor.organisation_id)
    return rows


def all_items_visible_to(actor: Actor) -> QuerySet[ClaimItem]:
    """Items of every claim that the actor reads; a school sees its own students only."""
    rows = ClaimItem.objects.filter(claim__in=claims_visible_to(actor).values("pk"))
    if may_certify(actor):
        own = actor.organisation_id or 0
        return rows.filter(Q(school_id=own) | Q(claim__organisation_id=own))
    return rows


def steps_visible_to(actor: Actor) -> QuerySet[ClaimStep]:
    return ClaimStep.objects.filter(claim__in=claims_visible_to(actor).values("pk"))


def payments_visible_to(actor: Actor) -> QuerySet[ClaimPayment]:
    """Payments of visible claims; a school that certifies reads no money."""
    rows = ClaimPayment.objects.filter(claim__in=claims_visible_to(actor).values("pk"))
    if may_certify(actor) and not may_open_claims(actor):
        return rows.filter(claim__organisation_id=actor.organisation_id or 0)
    return rows


def recoveries_visible_to(actor: Actor) -> QuerySet[RecoveryCase]:
    rows = RecoveryCase.objects.filter(claim__in=claims_visible_to(actor).values("pk"))
    if may_certify(actor) and not may_open_claims(actor):
        return rows.filter(claim__organisation_id=actor.organisation_id or 0)
    return rows


def leads(actor: Actor, call: ClaimCall) -> bool:
    """Whether the actor works for the department that leads the call (牵头部门办理)."""
    own = call.owner_id == actor.organisation_id
    return is_clerk(actor) and own and actor.covers(call.division_id)


def may_answer(actor: Actor, step: ClaimStep) -> bool:
    """Whether the actor answers this step: of its office, never on the own unit's claim."""
    if step.office_id != actor.organisation_id or step.claim.organisation_id == step.office_id:
        return False
    return is_clerk(actor) or may_certify(actor)


def owns(actor: Actor, claim: Claim) -> bool:
    return may_claim(actor) and claim.organisation_id == actor.organisation_id


def require_claiming(actor: Actor) -> None:
    if not may_claim(actor):
        raise NotAllowed("补贴由已核验单位的管理员或经办人申领，请联系本单位管理员。")


def require_owner(actor: Actor, claim: Claim) -> None:
    if not owns(actor, claim):
        raise NotAllowed("这份申领由申领单位的管理员或经办人办理。")


def require_clerk(actor: Actor) -> None:
    if not is_clerk(actor):
        raise NotAllowed("申领通知由政府部门的统筹人员或审核员办理。")


def require_reviewing(actor: Actor) -> None:
    """Only offices and schools have steps to answer."""
    if not (is_clerk(actor) or may_certify(actor)):
        raise NotAllowed("补贴审核由政府部门的审核人员和学校的经办人办理。")


def require_lead(actor: Actor, call: ClaimCall) -> None:
    if not leads(actor, call):
        raise NotAllowed(f"这项补贴由牵头部门“{call.owner.name}”的统筹人员或审核员办理。")


def require_answering(actor: Actor, step: ClaimStep) -> None:
    if not may_answer(actor, step):
        raise NotAllowed(f"这个环节由“{step.office.name}”的人员办理，本单位的申领除外。")


register_action_labels(
    {
        "incentives.call.drafted": "起草申领通知",
        "incentives.call.changed": "修改申领通知",
        "incentives.call.opened": "发布申领通知",
        "incentives.call_step.added": "新增审核环节",
        "incentives.call_step.changed": "修改审核环节",
        "incentives.call_step.moved": "调整审核环节次序",
        "incentives.call_step.dropped": "取消审核环节",
        "incentives.call.closed": "截止申领",
        "incentives.call.extended": "延长申领受理期",
        "incentives.claim.drafted": "起草申领",
        "incentives.claim.refreshed": "刷新申领明细",
        "incentives.claim.changed": "修改申领",
        "incentives.claim.submitted": "提交申领",
        "incentives.claim.withdrawn": "撤回申领",
        "incentives.claim.returned": "退回申领补正",
        "incentives.claim.agreed": "审定同意申领",
        "incentives.claim.rejected": "申领不予支持",
        "incentives.claim.approved": "批准申领",
        "incentives.claim.settled": "申领结清",
        "incentives.claim.exported": "导出申领清单",
        "incentives.item.struck": "剔除申领明细",
        "incentives.item.certified": "核对申领明细",
        "incentives.step.answered": "办理申领审核环节",
        "incentives.step.reminded": "催办申领审核环节",
        "incentives.step.passed_silent": "逾期视为无异议",
        "incentives.notice.published": "发布补贴公示",
        "incentives.notice.ended": "结束补贴公示",
        "incentives.objection.raised": "对补贴公示提出异议",
        "incentives.objection.answered": "答复补贴公示异议",
        "incentives.gate.overridden": "放行拨付条件",
        "incentives.payment.checked": "核对拨付条件",
        "incentives.payment.ordered": "安排补贴拨付",
        "incentives.payment.cancelled": "取消补贴拨付",
        "incentives.claim.recalculated": "重新核算申领",
        "incentives.recalculation.handled": "处理重新核算差额",
        "incentives.recovery.noticed": "告知拟追回补贴",
        "incentives.recovery.replied": "陈述申辩",
        "incentives.recovery.decided": "决定追回补贴",
        "incentives.recovery.dropped": "不予追回补贴",
        "incentives.recovery.collected": "确定补贴收回方式",
        "incentives.recovery.settled": "追回结清",
        "incentives.appeal.filed": "申请复核",
        "incentives.appeal.answered": "答复复核申请",
        "incentives.risk.settled": "核实风险提示",
        "incentives.assessment.proposed": "拟定实习年度考核",
        "incentives.assessment.noticed": "告知实习考核结果",
        "incentives.assessment.replied": "陈述实习考核意见",
        "incentives.assessment.reopened": "重新考核",
        "incentives.assessment.decided": "作出实习年度考核结论",
    }
)
