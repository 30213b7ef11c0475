"""Labels of checks on service organisations."""

from __future__ import annotations

from django.db import models


class CheckKind(models.TextChoices):
    """Why an organisation is checked (检查类别)."""

    ONBOARDING = "onboarding", "入驻核查"
    ROUTINE = "routine", "日常检查"
    COMPLAINT = "complaint", "专项检查"


class ConductMatter(models.TextChoices):
    """What is looked at (规范运作检查事项). Basis: 规范运作 in S56 without detail; our own list."""

    QUALIFICATION = "qualification", "资质和许可与登记一致"
    PRICES = "prices", "收费标准已公示"
    CONTRACTS = "contracts", "服务合同写明内容、期限和验收"
    PRIVACY = "privacy", "个人信息按约定使用"
    CLAIMS = "claims", "宣传与实际相符"
    COMPLAINTS = "complaints", "投诉渠道畅通并有记录"
    STAFF = "staff", "专职人员在岗"


class Finding(models.TextChoices):
    """What was found (检查结果)."""

    PASSED = "passed", "符合"
    FAILED = "failed", "不符合"
    NOT_APPLICABLE = "not_applicable", "不适用"


class CheckState(models.TextChoices):
    """The life of a check (检查状态)."""

    PLANNED = "planned", "待检查"
    CORRECTING = "correcting", "整改中"
    HANDED_IN = "handed_in", "待复查"
    CLOSED = "closed", "已办结"


CHECK_TONES = {
    CheckState.PLANNED: "open",
    CheckState.CORRECTING: "watch",
    CheckState.HANDED_IN: "info",
    CheckState.CLOSED: "ok",
}
FINDING_TONES = {
    Finding.PASSED: "ok",
    Finding.FAILED: "watch",
    Finding.NOT_APPLICABLE: "unset",
}
