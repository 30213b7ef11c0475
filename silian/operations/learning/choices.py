"""Labels of the yearly return of the staff training fund."""

from __future__ import annotations

from django.db import models


class CallState(models.TextChoices):
    """Where the notice of a year stands (通知状态)."""

    DRAFT = "draft", "拟定中"
    ISSUED = "issued", "已下发"


class ReturnState(models.TextChoices):
    """Where a return stands (报告状态)."""

    DRAFT = "draft", "填报中"
    SUBMITTED = "submitted", "待核对"
    FIXING = "fixing", "退回补正"
    CONFIRMED = "confirmed", "已确认"
    ORDERED = "ordered", "责令改正中"
    REPORTED = "reported", "已报改正，待核"
    CORRECTED = "corrected", "已改正"
    REFUSED = "refused", "拒不改正"


TONES = {
    ReturnState.DRAFT: "open",
    ReturnState.SUBMITTED: "info",
    ReturnState.FIXING: "watch",
    ReturnState.CONFIRMED: "ok",
    ReturnState.ORDERED: "watch",
    ReturnState.REPORTED: "info",
    ReturnState.CORRECTED: "ok",
    ReturnState.REFUSED: "late",
}
SETTLED = (ReturnState.CONFIRMED, ReturnState.CORRECTED)
UNDER_ORDER = (ReturnState.ORDERED, ReturnState.REPORTED)
AMENDABLE = (
    ReturnState.SUBMITTED,
    ReturnState.CONFIRMED,
    ReturnState.ORDERED,
    ReturnState.REFUSED,
)
"""States in which the enterprise may begin another version."""


class SpendingKind(models.TextChoices):
    """For what the fund may be spent (经费列支范围).

    Basis: 财建〔2006〕317号三（五）.
    """

    INDUCTION = "induction", "上岗和转岗培训"
    ADAPTATION = "adaptation", "各类岗位适应性培训"
    SKILL = "skill", "岗位、职业技术等级和高技能人才培训"
    CONTINUING = "continuing", "专业技术人员继续教育"
    SPECIAL = "special", "特种作业人员培训"
    EXTERNAL = "external", "企业组织的职工外送培训"
    CERTIFICATION = "certification", "职业技能鉴定、职业资格认证"
    EQUIPMENT = "equipment", "购置教学设备与设施"
    SELF_STUDY = "self_study", "职工岗位自学成才奖励"
    ADMINISTRATION = "administration", "职工教育培训管理费用"
    OTHER = "other", "有关职工教育的其他开支"


class TraineeClass(models.TextChoices):
    """Who was trained (培训对象)."""

    FRONTLINE = "frontline", "一线生产服务人员"
    SKILLED = "skilled", "高技能人才"
    TECHNICAL = "technical", "专业技术人员"
    MANAGERS = "managers", "经营管理人员"
    NEWCOMERS = "newcomers", "新录用和转岗人员"


class Stance(models.TextChoices):
    """What a consulted office says (意见)."""

    AGREES = "agrees", "数据一致"
    DOUBTS = "doubts", "有疑问"
