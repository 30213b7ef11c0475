"""Labels of ledgers."""

from __future__ import annotations

from django.db import models

BY_HAND = "ledgers.by_hand"  # the subject of what a person enters here, not a module above
OWN_SUBJECTS = "ledgers."


class FundLevel(models.TextChoices):
    """Which budget the money comes from (资金来源级次)."""

    CENTRAL = "central", "中央"
    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    COUNTY = "county", "县级"


class FundKind(models.TextChoices):
    """What money it is (资金性质)."""

    SKILLS_ACTION = "skills_action", "职业技能提升行动资金"
    EMPLOYMENT = "employment", "就业补助资金"
    EDUCATION_SURCHARGE = "education_surcharge", "地方教育附加"
    INTEGRATION = "integration", "产教融合专项资金"
    QUALITY = "quality", "现代职业教育质量提升资金"
    OTHER = "other", "其他财政资金"


class AccountKind(models.TextChoices):
    """The accounts of every budget line (科目)."""

    APPROPRIATED = "appropriated", "下达"
    AVAILABLE = "available", "可用"
    COMMITTED = "committed", "占用"
    TRANSIT = "transit", "在途"
    SUSPENSE = "suspense", "退票待处理"
    PAID = "paid", "支付"
    RECOVERED = "recovered", "收回"
    RECEIVABLE = "receivable", "应收"
    CLAIMED = "claimed", "应收对应"


CREDIT_ACCOUNTS = (AccountKind.APPROPRIATED, AccountKind.RECOVERED, AccountKind.CLAIMED)


class EntryKind(models.TextChoices):
    """What an entry books (凭证类型)."""

    APPROPRIATE = "appropriate", "下达预算"
    REDUCE = "reduce", "调减预算"
    CARRY = "carry", "年终结转"
    COMMIT = "commit", "占用指标"
    RELEASE = "release", "释放占用"
    SEND = "send", "送银行"
    CONFIRM = "confirm", "支付成功"
    FAIL = "fail", "退票"
    RETURN = "return", "退票退回占用"
    CLAIM = "claim", "确认应收"
    RECEIVE = "receive", "收回款项"
    SET_OFF = "set_off", "抵扣"
    REVERSE = "reverse", "红字冲销"


ENTRY_TONES = {
    EntryKind.REVERSE: "late",
    EntryKind.FAIL: "watch",
    EntryKind.REDUCE: "watch",
    EntryKind.CONFIRM: "ok",
    EntryKind.RECEIVE: "ok",
    EntryKind.SET_OFF: "ok",
}


class PaymentMethod(models.TextChoices):
    BANK = "bank", "银行转账"
    SET_OFF = "set_off", "抵扣应收"


class PaymentState(models.TextChoices):
    READY = "ready", "待组批"
    BATCHED = "batched", "已组批"
    SENT = "sent", "已送银行"
    CONFIRMED = "confirmed", "支付成功"
    FAILED = "failed", "支付失败"
    RETURNED = "returned", "已退回占用"
    CANCELLED = "cancelled", "已撤销"


LIVE_PAYMENTS = (
    PaymentState.READY,
    PaymentState.BATCHED,
    PaymentState.SENT,
    PaymentState.CONFIRMED,
    PaymentState.FAILED,
)
SPENT_PAYMENTS = (PaymentState.SENT, PaymentState.CONFIRMED, PaymentState.FAILED)
UNSENT_PAYMENTS = (PaymentState.READY, PaymentState.BATCHED)
PAYMENT_TONES = {
    PaymentState.READY: "open",
    PaymentState.BATCHED: "open",
    PaymentState.SENT: "info",
    PaymentState.CONFIRMED: "ok",
    PaymentState.FAILED: "late",
    PaymentState.RETURNED: "unset",
    PaymentState.CANCELLED: "unset",
}


class BatchState(models.TextChoices):
    DRAFT = "draft", "草稿"
    APPROVED = "approved", "已批准"
    SENT = "sent", "已送银行"
    DONE = "done", "已办结"
    DISCARDED = "discarded", "已作废"


BATCH_TONES = {
    BatchState.DRAFT: "open",
    BatchState.APPROVED: "info",
    BatchState.SENT: "watch",
    BatchState.DONE: "ok",
    BatchState.DISCARDED: "unset",
}


class ReceivableState(models.TextChoices):
    OPEN = "open", "未结清"
    SETTLED = "settled", "已结清"
    CANCELLED = "cancelled", "已冲销"


RECEIVABLE_TONES = {
    ReceivableState.OPEN: "watch",
    ReceivableState.SETTLED: "ok",
    ReceivableState.CANCELLED: "unset",
}


class ReceiptKind(models.TextChoices):
    CASH = "cash", "收款"
    SET_OFF = "set_off", "抵扣"
    REVERSED = "reversed", "收款冲销"


class MonthState(models.TextChoices):
    OPEN = "open", "未结账"
    CLOSED = "closed", "已结账"


class StatementState(models.TextChoices):
    OPEN = "open", "核对中"
    FINISHED = "finished", "已核对"
    WITHDRAWN = "withdrawn", "已撤回"


STATEMENT_TONES = {
    StatementState.OPEN: "watch",
    StatementState.FINISHED: "ok",
    StatementState.WITHDRAWN: "unset",
}


class RowState(models.TextChoices):
    """How a row of the bank's file was settled (流水核对结果)."""

    OPEN = "open", "未匹配"
    BY_KEY = "by_key", "按编号匹配"
    BY_NAME = "by_name", "按金额和户名匹配"
    BY_HAND = "by_hand", "人工匹配"
    EXPLAINED = "explained", "已说明"


ROW_TONES = {
    RowState.OPEN: "late",
    RowState.BY_KEY: "ok",
    RowState.BY_NAME: "ok",
    RowState.BY_HAND: "info",
    RowState.EXPLAINED: "unset",
}
