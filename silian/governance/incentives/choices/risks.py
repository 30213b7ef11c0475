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
    NOT_INSURED = "not_insured", "培训期内无社保记录"
    INSURED_ELSEWHERE = "insured_elsewhere", "社保由其他单位缴纳"
    PAID_ELSEWHERE = "paid_elsewhere", "工资由其他单位申报"
    DEAD = "dead", "培训或实习期间已死亡"
    IMPRISONED = "imprisoned", "培训或实习期间在服刑"
    PUBLIC_FUNDED = "public_funded", "财政供养人员"
    SAME_PICTURE = "same_picture", "同一照片或扫描件重复使用"


class RiskState(models.TextChoices):
    """What became of a signal (风险提示处理)."""

    OPEN = "open", "待核实"
    CLEARED = "cleared", "已核实，无问题"
    CONFIRMED = "confirmed", "已核实，有问题"


MUST_BE_HEARD = (RiskKind.OTHER_PAYMENT,)  # what a reviewer settles with words before agreeing
COMPARED = (
    RiskKind.NOT_INSURED, RiskKind.INSURED_ELSEWHERE, RiskKind.PAID_ELSEWHERE, RiskKind.DEAD,
    RiskKind.IMPRISONED, RiskKind.PUBLIC_FUNDED, RiskKind.SAME_PICTURE,
)  # fmt: skip
RISK_TONES = {
    RiskState.OPEN: "watch",
    RiskState.CLEARED: "ok",
    RiskState.CONFIRMED: "late",
}
