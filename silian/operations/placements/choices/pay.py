"""Labels of pay, visits and incidents."""

from __future__ import annotations

from django.db import models


class PayAlarmKind(models.TextChoices):
    """What may be wrong with a month's pay (报酬预警)."""

    LATE = "late", "逾期未发"
    LOW = "low", "低于协议"
    BELOW_LINE = "below_line", "低于参照线"
    CONTRARY = "contrary", "学生反映不符"
    SAME_ACCOUNT = "same_account", "多人同一账户"
    INTERVAL = "interval", "发放间隔超过一个月"


class StudentAnswer(models.TextChoices):
    """What the student says of a month's pay (学生核对)."""

    NONE = "none", "未核对"
    CONFIRMED = "confirmed", "已收到"
    CONTRARY = "contrary", "与发放记录不符"


class PaySheetState(models.TextChoices):
    """Where an uploaded payroll sheet stands (发放表状态)."""

    PREVIEW = "preview", "待确认"
    TAKEN = "taken", "已入账"
    DROPPED = "dropped", "已放弃"


class VisitWay(models.TextChoices):
    """How a teacher looked after interns (巡访方式)."""

    ON_SITE = "on_site", "到岗巡访"
    ONLINE = "online", "视频巡访"
    PHONE = "phone", "电话巡访"


class IncidentKind(models.TextChoices):
    """What happened to an intern (事件类别)."""

    INJURY = "injury", "人身伤害"
    ILLNESS = "illness", "突发疾病"
    TRAFFIC = "traffic", "交通事故"
    SAFETY = "safety", "安全生产事故"
    DISPUTE = "dispute", "纠纷"
    MISSING = "missing", "失联"
    OTHER = "other", "其他"


class IncidentSeverity(models.TextChoices):
    """How grave an incident is (严重程度)."""

    MINOR = "minor", "一般"
    SERIOUS = "serious", "较重"
    GRAVE = "grave", "重大"


class IncidentState(models.TextChoices):
    """Where an incident stands (事件状态)."""

    OPEN = "open", "处置中"
    REPORTED = "reported", "已报告主管部门"
    CLOSED = "closed", "已办结"
