"""Labels of claims: calls, steps, gates, payments."""

from __future__ import annotations

from django.db import models


class ClaimScheme(models.TextChoices):
    """What is claimed (补贴项目); ``claim_schemes.toml`` names the rule of each."""

    INTERNSHIP = "internship", "实习成本补助"
    APPRENTICESHIP = "apprenticeship", "企业新型学徒制培训补贴"
    INNOVATION = "innovation", "协同创新和成果转化奖补"


class CallState(models.TextChoices):
    """Where a call stands (申领通知状态)."""

    DRAFT = "draft", "起草"
    OPEN = "open", "受理中"
    CLOSED = "closed", "已截止"


class Applicants(models.TextChoices):
    """Which units may apply under a call (申领单位)."""

    ENTERPRISE = "enterprise", "企业"
    SCHOOL = "school", "院校"
    BOTH = "both", "企业和院校"

    def admits(self, kind: str) -> bool:
        """Whether a unit of the kind may apply."""
        return self == Applicants.BOTH or self.value == kind


class CallMessageKind(models.TextChoices):
    """Why a unit was written to about a call (申领提醒类别)."""

    OPENED = "opened", "可以申领"
    CLOSING = "closing", "即将截止"


class StepKind(models.TextChoices):
    """What a step of the review is for (审核环节类别)."""

    CERTIFY = "certify", "学校核对"
    CHECK = "check", "部门审核"
    DECIDE = "decide", "审定"


class Silence(models.TextChoices):
    """What happens when the office does not answer in time (逾期未答复)."""

    REMIND = "remind", "催办"
    AGREE = "agree", "视为无异议"
    ESCALATE = "escalate", "报告牵头部门"


class StepState(models.TextChoices):
    """Where one step of one claim stands (审核环节状态)."""

    WAITING = "waiting", "未开始"
    OPEN = "open", "办理中"
    AGREED = "agreed", "同意"
    SILENT = "silent", "逾期视为无异议"
    RETURNED = "returned", "退回补正"
    REFUSED = "refused", "不同意"


STEPS_DONE = (StepState.AGREED, StepState.SILENT)


class ClaimState(models.TextChoices):
    """Where a claim stands (申领状态)."""

    DRAFT = "draft", "填报中"
    REVIEW = "review", "审核中"
    RETURNED = "returned", "待补正"
    AGREED = "agreed", "待公示"
    NOTICE = "notice", "公示中"
    APPROVED = "approved", "已批准"
    REJECTED = "rejected", "不予支持"
    WITHDRAWN = "withdrawn", "已撤回"
    SETTLED = "settled", "已结清"


CLAIMS_HELD = (
    ClaimState.DRAFT,
    ClaimState.REVIEW,
    ClaimState.RETURNED,
    ClaimState.AGREED,
    ClaimState.NOTICE,
    ClaimState.APPROVED,
    ClaimState.SETTLED,
)
"""States in which what a claim counts cannot be claimed again."""


class NoticeState(models.TextChoices):
    """Where a public notice stands (公示状态)."""

    RUNNING = "running", "公示中"
    ENDED = "ended", "已结束"


class ObjectionState(models.TextChoices):
    """Where an objection to a notice stands (异议状态)."""

    OPEN = "open", "待答复"
    UPHELD = "upheld", "成立"
    DISMISSED = "dismissed", "不成立"


class PaymentKind(models.TextChoices):
    """For what a payment is (拨付类别)."""

    FULL = "full", "一次拨付"
    ADVANCE = "advance", "预支"
    BALANCE = "balance", "结算余款"
    SUPPLEMENT = "supplement", "补拨"


class PaymentStanding(models.TextChoices):
    """Where one payment of a claim stands (拨付状态)."""

    WAITING = "waiting", "条件未满足"
    READY = "ready", "可拨付"
    ORDERED = "ordered", "已安排"
    PAID = "paid", "已到账"
    FAILED = "failed", "支付失败"
    CANCELLED = "cancelled", "已取消"


class GateOutcome(models.TextChoices):
    """What one gate said at one check (条件结论)."""

    PASSED = "passed", "满足"
    FAILED = "failed", "未满足"
    UNKNOWN = "unknown", "缺数据"
    HINT = "hint", "提示"


STATE_TONES = {
    ClaimState.DRAFT: "open",
    ClaimState.REVIEW: "watch",
    ClaimState.RETURNED: "late",
    ClaimState.AGREED: "watch",
    ClaimState.NOTICE: "watch",
    ClaimState.APPROVED: "ok",
    ClaimState.REJECTED: "info",
    ClaimState.WITHDRAWN: "unset",
    ClaimState.SETTLED: "ok",
}
STEP_TONES = {
    StepState.WAITING: "unset",
    StepState.OPEN: "watch",
    StepState.AGREED: "ok",
    StepState.SILENT: "info",
    StepState.RETURNED: "late",
    StepState.REFUSED: "late",
}
PAYMENT_TONES = {
    PaymentStanding.WAITING: "watch",
    PaymentStanding.READY: "open",
    PaymentStanding.ORDERED: "watch",
    PaymentStanding.PAID: "ok",
    PaymentStanding.FAILED: "late",
    PaymentStanding.CANCELLED: "unset",
}
GATE_TONES = {
    GateOutcome.PASSED: "ok",
    GateOutcome.FAILED: "late",
    GateOutcome.UNKNOWN: "unset",
    GateOutcome.HINT: "info",
}
