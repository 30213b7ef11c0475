"""Labels of accounts and notifications."""

from __future__ import annotations

from django.db import models


class AdministratorRole(models.TextChoices):
    """The three separate administrators (三员分立). Basis: GB/T 22239-2019 8.1.5.

    The register of organisations grants these roles; the words are the same there.
    """

    SYSTEM = "system_admin", "系统管理员"
    SECURITY = "security_admin", "安全管理员"
    AUDIT = "audit_admin", "审计管理员"


class NotificationKind(models.TextChoices):
    """What a notification is about; each person chooses the way per kind (通知类别)."""

    SECURITY = "security", "账号安全"
    ORGANISATION = "organisation", "单位核验与变更"
    MEMBER = "member", "成员与授权"
    TASK = "task", "待办与期限"
    REVIEW = "review", "审核结果"
    ANSWER = "answer", "应答、意向与成交"
    MESSAGE = "message", "洽谈消息"
    SUBSCRIPTION = "subscription", "订阅的供需信息"
    EVENT = "event", "对接活动"
    PERSONAL = "personal", "个人信息与授权同意"


MANDATORY_KINDS = frozenset({NotificationKind.SECURITY})


class Delivery(models.TextChoices):
    """How a notification travels by e-mail (邮件方式)."""

    AT_ONCE = "at_once", "立即"
    DIGEST = "digest", "每日汇总"
    OFF = "off", "不发邮件"


DEFAULT_DELIVERY = {
    NotificationKind.SECURITY: Delivery.AT_ONCE,
    NotificationKind.ORGANISATION: Delivery.AT_ONCE,
    NotificationKind.MEMBER: Delivery.AT_ONCE,
    NotificationKind.TASK: Delivery.DIGEST,
    NotificationKind.REVIEW: Delivery.AT_ONCE,
    NotificationKind.ANSWER: Delivery.AT_ONCE,
    NotificationKind.MESSAGE: Delivery.DIGEST,
    NotificationKind.SUBSCRIPTION: Delivery.DIGEST,
    NotificationKind.EVENT: Delivery.DIGEST,
    NotificationKind.PERSONAL: Delivery.AT_ONCE,
}


class EmailState(models.TextChoices):
    """Where a notification's e-mail stands (邮件状态)."""

    NONE = "none", "不发送"
    QUEUED = "queued", "待发送"
    DIGEST = "digest", "待汇总"
    SENT = "sent", "已发送"


class DemoSeat(models.TextChoices):
    """Who can be tried out in demonstration mode (演示身份); the value ends the user name."""

    COORDINATOR = "coordinator", "政府牵头部门"
    DEPARTMENT = "department", "责任单位"
    TREASURY = "treasury", "财政部门"
    LABOUR = "hrss", "人力资源社会保障部门"
    EDUCATION = "education", "教育部门"
    TAX = "tax", "税务部门"
    UNION = "union", "工会组织"
    SUPERVISOR = "supervisor", "督查人员"
    LEADER = "leader", "分管领导"
    ENTERPRISE = "enterprise", "企业"
    SCHOOL = "school", "学校"
    TEACHER = "teacher", "教师"
    STUDENT = "student", "学生"
    MENTOR = "mentor", "企业导师"
    EXPERT = "expert", "第三方评价与专家"
    ASSOCIATION = "association", "行业组织"
    FINANCE = "finance", "服务机构与银行"
    SYSTEM = "system", "系统管理员"
    SECURITY = "security", "安全管理员"
    AUDIT = "audit", "审计管理员"
