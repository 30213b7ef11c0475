"""Labels of signals that a reviewer looks into."""

from __future__ import annotations

from django.db import models


class RiskKind(models.TextChoices):
    """What auditors of subsidies look for (风险提示); a signal is a question, never a refusal."""

    TWO_EMPLOYERS = "two_employers", "同一时段在两家单位"
    SAME_ACCOUNT = "same_account", "多人共用收款账号"
    SAME_PHONE = "same_phone", "多人共用手机号"
    ALL_PASSED = "all_passed", "整批全部合格"
    SAME_CERTIFICATE = "same_certificate", "证书编号重复"
    PUBLIC_PAYROLL = "public_payroll", "在机关或学校任职"
    FULL_TIME_STUDENT = "full_time_student", "全日制在校学生"
    LEFT_EARLY = "left_early", "劳动合同早于培训期结束"
    OTHER_LEVEL = "other_level", "证书等级与培养目标不一致"
    BUSY_MENTOR = "busy_mentor", "同一导师同期带教过多"
    OTHER_PAYMENT = "other_payment", "与其他补贴重复"


class RiskState(models.TextChoices):
    """What became of a signal (风险提示处理)."""

    OPEN = "open", "待核实"
    CLEARED = "cleared", "已核实，无问题"
    CONFIRMED = "confirmed", "已核实，有问题"


MUST_BE_HEARD = (RiskKind.OTHER_PAYMENT,)  # what a reviewer settles with words before agreeing
RISK_TONES = {
    RiskState.OPEN: "watch",
    RiskState.CLEARED: "ok",
    RiskState.CONFIRMED: "late",
}
