"""Labels of internships, consents and own choices."""

from __future__ import annotations

from django.db import models


class InternshipKind(models.TextChoices):
    """The forms of practice (实习形式).

    Basis: 教职成〔2021〕4号第二条 knows 认识实习 and 岗位实习; the others are forms of teaching
    that the policies name: 工学交替, and the terms of practice of applied undergraduates.
    """

    OBSERVATION = "observation", "认识实习"
    POST = "post", "岗位实习"
    ALTERNATING = "alternating", "工学交替"
    TERM = "term", "学期制实习"


KINDS_IN_POST = frozenset({InternshipKind.POST, InternshipKind.ALTERNATING, InternshipKind.TERM})
"""Forms in which students work: agreement, consent, insurance, training and pay rules apply."""


class InternshipState(models.TextChoices):
    """Where one student's internship stands (实习状态)."""

    PLANNED = "planned", "拟安排"
    PREPARING = "preparing", "办理手续"
    IN_POST = "in_post", "在岗"
    INTERRUPTED = "interrupted", "中断"
    FINISHED = "finished", "实习期满"
    ENDED_EARLY = "ended_early", "提前结束"
    ASSESSED = "assessed", "已考核"
    CANCELLED = "cancelled", "已取消"


LIVE_STATES = frozenset(
    {
        InternshipState.PLANNED,
        InternshipState.PREPARING,
        InternshipState.IN_POST,
        InternshipState.INTERRUPTED,
    }
)
"""States in which an internship holds its post and its days."""


PRESENT_STATES = frozenset({InternshipState.IN_POST, InternshipState.INTERRUPTED})


HELD_STATES = LIVE_STATES | {
    InternshipState.FINISHED,
    InternshipState.ENDED_EARLY,
    InternshipState.ASSESSED,
}
"""States whose days are taken: a second internship may not overlap them."""


class Arrangement(models.TextChoices):
    """Who chose the host (选择方式)."""

    SCHOOL = "school", "学校安排"
    ROUND = "round", "志愿安排"
    SELF = "self", "学生自主选择"


class InternshipSide(models.TextChoices):
    """Who takes a step in the life of an internship (办理方)."""

    SCHOOL = "school", "学校"
    HOST = "host", "实习单位"
    STUDENT = "student", "学生"
    GUARDIAN = "guardian", "家长"
    SYSTEM = "system", "系统"


class ConsentGiver(models.TextChoices):
    """Who gives an informed consent (同意人). Basis: 教职成〔2021〕4号第十五条."""

    STUDENT = "student", "学生"
    GUARDIAN = "guardian", "家长（监护人）"


class ConsentState(models.TextChoices):
    """Where an informed consent stands (知情同意状态)."""

    WAITING = "waiting", "待签"
    GIVEN = "given", "已同意"
    REFUSED = "refused", "不同意"


class SelfChoiceState(models.TextChoices):
    """Where an application for a self-chosen host stands (自主选择申请状态)."""

    WITH_GUARDIAN = "with_guardian", "待家长同意"
    SUBMITTED = "submitted", "待学校审核"
    APPROVED = "approved", "已同意"
    REFUSED = "refused", "未通过"
    WITHDRAWN = "withdrawn", "已撤回"
