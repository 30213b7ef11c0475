"""Labels of the task ledger."""

from __future__ import annotations

from django.db import models


class TaskState(models.TextChoices):
    """The life of a task (任务状态)."""

    DRAFT = "draft", "待下达"
    ASSIGNED = "assigned", "待签收"
    RUNNING = "running", "推进中"
    CLAIMED = "claimed", "申请办结"
    DONE = "done", "已办结"
    CANCELLED = "cancelled", "已取消"


OPEN_STATES = frozenset({TaskState.ASSIGNED, TaskState.RUNNING, TaskState.CLAIMED})


class TaskOrigin(models.TextChoices):
    """Where a task came from (任务来源)."""

    CLAUSE = "clause", "政策条款"
    DECISION = "decision", "会议决定"
    SUPERVISION = "supervision", "督查整改"
    MANUAL = "manual", "自行添加"


class ChangeKind(models.TextChoices):
    """What can change about a task after it was made (任务变更)."""

    LEAD = "lead", "指定牵头单位"
    DUE = "due", "调整期限"
    OWNER = "owner", "更换责任人"
    HANDED_OVER = "handed_over", "职责划转"
    NEW_VERSION = "new_version", "转入新版文件"
    CANCEL_PROPOSED = "cancel", "建议取消"


class Weather(models.TextChoices):
    """How a task goes, said by a person (推进情况)."""

    NORMAL = "normal", "正常"
    BEHIND = "behind", "滞后"
    BLOCKED = "blocked", "受阻"


class TaskLight(models.TextChoices):
    """How a task stands on a day (任务灯号), computed and never typed."""

    DRAFT = "draft", "待下达"
    DONE = "done", "已办结"
    CANCELLED = "cancelled", "已取消"
    OVERDUE = "overdue", "逾期"
    GAP = "gap", "超期（软性）"
    BLOCKED = "blocked", "受阻"
    SILENT = "silent", "久未报送"
    BEHIND = "behind", "滞后"
    DUE_SOON = "due_soon", "临期"
    NORMAL = "normal", "正常"


class ReportState(models.TextChoices):
    """What became of a progress report (报告状态)."""

    SUBMITTED = "submitted", "已报送"
    CONFIRMED = "confirmed", "已确认办结"
    RETURNED = "returned", "退回补充"


class Light(models.TextChoices):
    """How a target stands against its plan (目标灯号), computed and never typed."""

    REACHED = "reached", "已达成"
    ON_TRACK = "on_track", "按期"
    BEHIND = "behind", "滞后"
    OVERDUE = "overdue", "逾期"
    GAP = "gap", "有差距"
    UNSET = "unset", "未设定"
    NO_METRIC = "no_metric", "暂无指标"
    NO_VALUE = "no_value", "暂无数据"


class Direction(models.TextChoices):
    """Which way a light changed (变化方向)."""

    BETTER = "better", "转好"
    WORSE = "worse", "转差"
    OTHER = "other", "其他"


class RoundState(models.TextChoices):
    """The life of a supervision round (督查批次状态)."""

    PLANNED = "planned", "筹备中"
    RUNNING = "running", "进行中"
    CLOSED = "closed", "已结束"
    CANCELLED = "cancelled", "已取消"


class CheckResult(models.TextChoices):
    """What the supervisor found on one line of the checklist (核查结果)."""

    WAITING = "waiting", "待核查"
    SOUND = "sound", "属实"
    FOUND = "found", "发现问题"


class VisitKind(models.TextChoices):
    """How the supervisor looked (督查方式)."""

    SITE = "site", "实地走访"
    WRITTEN = "written", "书面检查"


class Severity(models.TextChoices):
    """How grave a finding is (问题程度)."""

    NOTICE = "notice", "提示"
    GENERAL = "general", "一般"
    SERIOUS = "serious", "严重"


class FindingState(models.TextChoices):
    """The life of a finding on its rectification order (督办单状态)."""

    ISSUED = "issued", "待签收"
    RECEIVED = "received", "整改中"
    ANSWERED = "answered", "待核查"
    CLOSED = "closed", "已办结"
    CANCELLED = "cancelled", "已撤销"


FINDING_OPEN = frozenset({FindingState.ISSUED, FindingState.RECEIVED, FindingState.ANSWERED})
FINDING_OWED = frozenset({FindingState.ISSUED, FindingState.RECEIVED})  # the department's turn


class AnswerState(models.TextChoices):
    SUBMITTED = "submitted", "待核查"
    ACCEPTED = "accepted", "已认可"
    RETURNED = "returned", "已退回"


class AccountabilityMeasure(models.TextChoices):
    """What followed for those answerable (问责方式)."""

    REMINDER = "reminder", "提醒"
    TALK = "talk", "约谈"
    NOTICE = "notice", "通报批评"
    REVIEW = "review", "责令书面检查"
    REFERRAL = "referral", "移送有权机关"


class AccountabilityState(models.TextChoices):
    """The life of an accountability record (问责记录状态)."""

    TOLD = "told", "待申辩"
    REPLIED = "replied", "已申辩"
    UPHELD = "upheld", "维持"
    REVOKED = "revoked", "已撤销"


class ListKind(models.TextChoices):
    """Which of the two lists an item stands on (清单类别)."""

    PROBLEM = "problem", "问题清单"
    POLICY = "policy", "政策清单"


class ListSource(models.TextChoices):
    """Where an item came from (事项来源)."""

    DECISION = "decision", "会议决定"
    FINDING = "finding", "督查问题"
    DIFFICULTY = "difficulty", "进展报告中的困难"
    FEEDBACK = "feedback", "企业反映"
    OTHER = "other", "其他"


class ListState(models.TextChoices):
    """The life of a list item (清单事项状态)."""

    OPEN = "open", "办理中"
    CLAIMED = "claimed", "申请销号"
    CLOSED = "closed", "已销号"
    DROPPED = "dropped", "已撤下"


LIST_UNSETTLED = frozenset({ListState.OPEN, ListState.CLAIMED})


class ListNoteKind(models.TextChoices):
    PROGRESS = "progress", "进展"
    CLAIM = "claim", "申请销号"
    RETURN = "return", "退回"
    CLOSE = "close", "销号"
    REOPEN = "reopen", "重新打开"
    DROP = "drop", "撤下"


class CaseState(models.TextChoices):
    """The life of an experience case (经验案例状态)."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "待审核"
    RETURNED = "returned", "退回修改"
    PUBLISHED = "published", "已发布"
    WITHDRAWN = "withdrawn", "已撤下"


class CaseTheme(models.TextChoices):
    """What a case is about (案例主题)."""

    TRAINING = "training", "协同育人"
    PLACEMENT = "placement", "实习实训"
    FACULTY = "faculty", "师资建设"
    BASE = "base", "实训基地"
    INNOVATION = "innovation", "创新与成果转化"
    SERVICE = "service", "对接服务"
    GOVERNANCE = "governance", "机制改革"


class RolloutState(models.TextChoices):
    """The life of a request for province-wide rollout (全省推广申请状态)."""

    PROPOSED = "proposed", "待省级审批"
    APPROVED = "approved", "同意推广"
    DECLINED = "declined", "暂不推广"
