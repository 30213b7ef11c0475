"""Labels of leading groups, joint conferences and their meetings."""

from __future__ import annotations

from django.db import models


class BodyKind(models.TextChoices):
    """What a coordinating body is (协调机构类别)."""

    LEADING_GROUP = "leading_group", "领导小组"
    JOINT_CONFERENCE = "joint_conference", "联席会议"
    OFFICE = "office", "办公室"
    WORKING_GROUP = "working_group", "专班"


class Rhythm(models.TextChoices):
    """How often a body meets to study the work (定期研究工作的周期); empty where nobody set it."""

    MONTHLY = "monthly", "每月"
    QUARTERLY = "quarterly", "每季度"
    HALF_YEARLY = "half_yearly", "每半年"
    YEARLY = "yearly", "每年"


class PostRole(models.TextChoices):
    """The part a post has in a body (职务)."""

    LEADER = "leader", "组长"
    DEPUTY = "deputy", "副组长"
    MEMBER = "member", "成员"
    DIRECTOR = "director", "办公室主任"
    DEPUTY_DIRECTOR = "deputy_director", "办公室副主任"
    LIAISON = "liaison", "联络员"


class MeetingKind(models.TextChoices):
    PLENARY = "plenary", "全体会议"
    SPECIAL = "special", "专题会议"
    OFFICE = "office", "办公室会议"


class MeetingState(models.TextChoices):
    """The life of a meeting (会议状态)."""

    PLANNED = "planned", "筹备中"
    CONVENED = "convened", "已通知"
    HELD = "held", "已召开"
    MINUTED = "minuted", "纪要已签发"
    CANCELLED = "cancelled", "已取消"


CHANGEABLE_STATES = frozenset({MeetingState.PLANNED, MeetingState.CONVENED})
KNOWN_STATES = frozenset(MeetingState) - {MeetingState.PLANNED}  # known to its members


class Reply(models.TextChoices):
    """What a member answers to the notice of a meeting (参会回执)."""

    WAITING = "waiting", "待回执"
    COMES = "comes", "参加"
    SENDS = "sends", "委托参加"
    ABSENT = "absent", "请假"


class DecisionState(models.TextChoices):
    DRAFT = "draft", "待签发"
    MADE = "made", "已签发"
    REVOKED = "revoked", "已撤销"


class EscalationState(models.TextChoices):
    """The life of a problem that a unit brings before a body (提请协调)."""

    RAISED = "raised", "待安排"
    SCHEDULED = "scheduled", "已列入议题"
    RESOLVED = "resolved", "已协调"
    RETURNED = "returned", "已退回"


OPEN_ESCALATIONS = frozenset({EscalationState.RAISED, EscalationState.SCHEDULED})
