"""Labels of complaints and violations."""

from __future__ import annotations

from django.db import models


class ComplaintCategory(models.TextChoices):
    """What a complaint is about (投诉事项); each names the rule it speaks of."""

    PAY = "pay", "报酬未发、少发或转付"
    HOURS = "hours", "加班、夜班或不让休息"
    FORBIDDEN = "forbidden", "安排禁止的岗位或工作"
    FEES = "fees", "收费、押金或扣留证件"
    SAFETY = "safety", "安全保护不到位"
    HARASSMENT = "harassment", "欺凌、骚扰或侮辱"
    MISMATCH = "mismatch", "岗位与专业或协议不符"
    FORCED = "forced", "强制实习或与毕业证挂钩"
    AGENT = "agent", "中介、劳务派遣或另签合同"
    PROFIT = "profit", "以实习牟利或指定单位"
    OTHER = "other", "其他"


class ComplaintChannel(models.TextChoices):
    """Where a complaint goes (受理渠道)."""

    SCHOOL = "school", "学校"
    EDUCATION = "education", "教育部门"
    LABOUR = "labour", "人力资源社会保障部门"


class ComplaintState(models.TextChoices):
    """Where a complaint stands (投诉状态)."""

    FILED = "filed", "待受理"
    ACCEPTED = "accepted", "办理中"
    ASKED = "asked", "待补充"
    RESOLVED = "resolved", "已办结"
    APPEALED = "appealed", "申请复核"
    DECLINED = "declined", "不予受理"
    WITHDRAWN = "withdrawn", "已撤回"


class ComplaintResult(models.TextChoices):
    """What an examination found (办理结论)."""

    CONFIRMED = "confirmed", "属实"
    PARTLY = "partly", "部分属实"
    UNPROVEN = "unproven", "未能证实"
    UNFOUNDED = "unfounded", "不属实"


class ComplaintStepKind(models.TextChoices):
    """One act in the course of a complaint (办理环节)."""

    FILED = "filed", "提出投诉"
    ACCEPTED = "accepted", "受理"
    DECLINED = "declined", "不予受理"
    ASKED = "asked", "请求补充"
    ANSWERED = "answered", "补充说明"
    NOTED = "noted", "调查记录"
    ESCALATED = "escalated", "逾期上移"
    RESOLVED = "resolved", "办结答复"
    APPEALED = "appealed", "申请复核"
    WITHDRAWN = "withdrawn", "撤回"


OPEN_COMPLAINTS = frozenset(
    {
        ComplaintState.FILED,
        ComplaintState.ACCEPTED,
        ComplaintState.ASKED,
        ComplaintState.APPEALED,
    }
)


class ViolationState(models.TextChoices):
    """Where a case of unlawful internship stands (查处状态)."""

    OPEN = "open", "调查中"
    FINED = "fined", "已作出处罚"
    DROPPED = "dropped", "不予处罚"
