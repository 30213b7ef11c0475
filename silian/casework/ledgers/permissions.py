"""Who reads and keeps the ledgers."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.casework.ledgers.models.funds import (
    AccountingMonth,
    BudgetLine,
    Fund,
    LedgerOffice,
)
from silian.casework.ledgers.models.journal import JournalEntry
from silian.casework.ledgers.models.payments import Commitment, FundPayment, PaymentBatch
from silian.casework.ledgers.models.receivables import Receivable
from silian.casework.ledgers.models.statements import BankStatement
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.organisations.permissions import in_jurisdiction

OVERSEERS = (Role.COORDINATOR, Role.LEADER)
CLERKS = (Role.REVIEWER, Role.AGENT, Role.MANAGER)
READERS = (*OVERSEERS, *CLERKS)
KEEPERS_ONLY = "资金由记账单位（财政）的人员登记。请联系本地区记账单位。"


def may_see_ledgers(actor: Actor) -> bool:
    """Whether the actor has a seat from which funds are read at all."""
    official = actor.organisation_kind == OrganisationKind.GOVERNMENT and actor.has_role(*READERS)
    return actor.is_system or official or actor.has_role(Role.AUDIT_ADMIN)


def require_reader(actor: Actor) -> None:
    if not may_see_ledgers(actor):
        raise NotAllowed("资金台账由财政、主管部门和审计人员查看。您的款项请看“我的申请”。")


def is_clerk(actor: Actor) -> bool:
    return actor.organisation_kind == OrganisationKind.GOVERNMENT and actor.has_role(*CLERKS)


def offices_visible_to(actor: Actor) -> QuerySet[LedgerOffice]:
    """Offices of the region for overseers, one's own for clerks, all for the auditor."""
    rows = LedgerOffice.objects.all()
    if actor.is_system or actor.has_role(Role.AUDIT_ADMIN):
        return rows
    seen = Q(pk__in=[])
    if actor.has_role(*OVERSEERS):
        seen |= in_jurisdiction(actor, field="division__code")
    if is_clerk(actor):
        seen |= Q(organisation_id=actor.organisation_id)
    return rows.filter(seen)


def offices_kept_by(actor: Actor) -> QuerySet[LedgerOffice]:
    """The offices whose books the actor keeps (记账)."""
    if actor.is_system:
        return LedgerOffice.objects.all()
    if not is_clerk(actor):
        return LedgerOffice.objects.none()
    return LedgerOffice.objects.filter(organisation_id=actor.organisation_id or 0)


def keeps(actor: Actor, office: LedgerOffice) -> bool:
    own = is_clerk(actor) and office.organisation_id == actor.organisation_id
    return actor.is_system or own


def require_keeper(actor: Actor, office: LedgerOffice) -> None:
    if not keeps(actor, office):
        raise NotAllowed(KEEPERS_ONLY)


def may_spend(actor: Actor, fund: Fund) -> bool:
    """Whether the actor commits and orders payments: the keeper or the owner department.

    A coordinator of the owner department does so too, and keeps no books.
    """
    official = actor.organisation_kind == OrganisationKind.GOVERNMENT
    spends = official and actor.has_role(*CLERKS, Role.COORDINATOR)
    return (spends and fund.owner_id == actor.organisation_id) or keeps(actor, fund.office)


def require_spender(actor: Actor, fund: Fund) -> None:
    if not may_spend(actor, fund):
        raise NotAllowed("这笔资金由主管部门或记账单位的人员安排。请联系资金主管部门。")


def funds_visible_to(actor: Actor) -> QuerySet[Fund]:
    """All of the region for overseers, of the office for keepers, the department's own."""
    rows = Fund.objects.select_related("office__organisation", "owner", "division")
    if actor.is_system or actor.has_role(Role.AUDIT_ADMIN):
        return rows
    seen = Q(pk__in=[])
    if actor.has_role(*OVERSEERS):
        seen |= in_jurisdiction(actor)
    if is_clerk(actor):
        own = actor.organisation_id
        seen |= Q(owner_id=own) | Q(office__organisation_id=own)
    return rows.filter(seen)


def lines_visible_to(actor: Actor) -> QuerySet[BudgetLine]:
    rows = BudgetLine.objects.select_related("fund__office__organisation", "fund__owner")
    return rows.filter(fund__in=funds_visible_to(actor).values("pk"))


def entries_visible_to(actor: Actor) -> QuerySet[JournalEntry]:
    return JournalEntry.objects.filter(line__fund__in=funds_visible_to(actor).values("pk"))


def commitments_visible_to(actor: Actor) -> QuerySet[Commitment]:
    return Commitment.objects.filter(line__fund__in=funds_visible_to(actor).values("pk"))


def payments_visible_to(actor: Actor) -> QuerySet[FundPayment]:
    return FundPayment.objects.filter(line__fund__in=funds_visible_to(actor).values("pk"))


def receivables_visible_to(actor: Actor) -> QuerySet[Receivable]:
    return Receivable.objects.filter(line__fund__in=funds_visible_to(actor).values("pk"))


def batches_visible_to(actor: Actor) -> QuerySet[PaymentBatch]:
    return PaymentBatch.objects.filter(office__in=offices_visible_to(actor).values("pk"))


def statements_visible_to(actor: Actor) -> QuerySet[BankStatement]:
    return BankStatement.objects.filter(office__in=offices_visible_to(actor).values("pk"))


def months_visible_to(actor: Actor) -> QuerySet[AccountingMonth]:
    return AccountingMonth.objects.filter(office__in=offices_visible_to(actor).values("pk"))


def may_designate(actor: Actor) -> bool:
    """Whether the actor names the office that keeps the books (指定记账单位)."""
    official = actor.organisation_kind == OrganisationKind.GOVERNMENT and bool(actor.jurisdiction)
    return actor.is_system or (official and actor.has_role(Role.COORDINATOR))


def require_designator(actor: Actor, *, division: str) -> None:
    if not may_designate(actor) or not (actor.is_system or actor.covers(division)):
        raise NotAllowed("记账单位由本地区牵头部门的统筹人员指定。请联系牵头部门。")


register_action_labels(
    {
        "ledgers.office.designated": "指定记账单位",
        "ledgers.fund.opened": "设立资金",
        "ledgers.line.opened": "开立预算项目",
        "ledgers.entry.booked": "登记记账凭证",
        "ledgers.entry.reversed": "红字冲销凭证",
        "ledgers.commitment.made": "占用指标",
        "ledgers.commitment.released": "释放指标占用",
        "ledgers.payment.ordered": "安排资金支付",
        "ledgers.payment.cancelled": "撤销资金支付",
        "ledgers.payment.confirmed": "确认支付成功",
        "ledgers.payment.failed": "登记支付失败",
        "ledgers.payment.returned": "退票退回占用",
        "ledgers.payment.retried": "更正账号重付",
        "ledgers.batch.drafted": "编制付款批次",
        "ledgers.batch.approved": "批准付款批次",
        "ledgers.batch.returned": "退回付款批次",
        "ledgers.batch.discarded": "作废付款批次",
        "ledgers.batch.sent": "付款批次送银行",
        "ledgers.batch.finished": "付款批次办结",
        "ledgers.batch.exported": "导出银行付款文件",
        "ledgers.receivable.opened": "确认应收款",
        "ledgers.receivable.planned": "安排应收分期",
        "ledgers.receivable.received": "登记收回款项",
        "ledgers.receivable.set_off": "抵扣应收款",
        "ledgers.receivable.reversed": "冲销应收款",
        "ledgers.month.closed": "结账",
        "ledgers.month.reopened": "反结账",
        "ledgers.statement.imported": "导入银行对账单",
        "ledgers.statement.finished": "完成银行对账",
        "ledgers.statement.withdrawn": "撤回银行对账单",
        "ledgers.row.matched": "人工匹配流水",
        "ledgers.row.explained": "说明未匹配流水",
    }
)
