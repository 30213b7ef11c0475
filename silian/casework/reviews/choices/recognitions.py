"""Labels of recognitions and the duties that keep them."""

from __future__ import annotations

from django.db import models


class RecognitionState(models.TextChoices):
    """Where a recognition stands (认定状态)."""

    INCUBATING = "incubating", "建设培育"
    CERTIFIED = "certified", "已认定"
    WARNED = "warned", "警示整改"
    SUSPENDED = "suspended", "暂停资格"
    REMOVED = "removed", "已取消"
    EXPIRED = "expired", "已到期"
    WITHDRAWN = "withdrawn", "主动退出"


HOLDING_STATES = frozenset(
    {RecognitionState.INCUBATING, RecognitionState.CERTIFIED, RecognitionState.WARNED}
)
ENDED_STATES = (RecognitionState.EXPIRED, RecognitionState.REMOVED, RecognitionState.WITHDRAWN)


class ActKind(models.TextChoices):
    """What was done to a recognition (认定变动)."""

    ENTER = "enter", "入库培育"
    CERTIFY = "certify", "认定"
    WARN = "warn", "警示"
    SUSPEND = "suspend", "暂停资格"
    REINSTATE = "reinstate", "恢复资格"
    EXTEND = "extend", "延续"
    REMOVE = "remove", "取消资格"
    EXPIRE = "expire", "到期"
    LEAVE = "leave", "主动退出"


class DutyState(models.TextChoices):
    """Where a duty of a recognised subject stands (义务事项)."""

    DUE = "due", "待提交"
    SUBMITTED = "submitted", "待审查"
    RETURNED = "returned", "退回补充"
    DONE = "done", "已完成"
    MISSED = "missed", "未完成"


class DutyKind(models.TextChoices):
    """What a recognised subject owes (义务类别)."""

    PLAN = "plan", "建设规划"
    YEARLY_PLAN = "yearly_plan", "年度计划"
    YEARLY_REPORT = "yearly_report", "年度报告"
    RECHECK = "recheck", "年度复核"
    OTHER = "other", "其他"


class RemovalState(models.TextChoices):
    """Where a proceeding to take a recognition away stands (取消认定程序)."""

    SUGGESTED = "suggested", "系统建议，待核实"
    NOTICED = "noticed", "已告知，听取陈述"
    REPLIED = "replied", "已陈述，待决定"
    UPHELD = "upheld", "决定取消"
    DROPPED = "dropped", "不予取消"


OPEN_REMOVALS = frozenset({RemovalState.SUGGESTED, RemovalState.NOTICED, RemovalState.REPLIED})


class RecheckState(models.TextChoices):
    """What came of a yearly re-check (年度复核)."""

    OPEN = "open", "待确认"
    PASSED = "passed", "合格"
    FAILED = "failed", "不合格"
