"""Labels of placements: one section per aggregate."""

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


class HostState(models.TextChoices):
    """Where a host of one school stands (实习单位状态)."""

    PROPOSED = "proposed", "拟选"
    INSPECTED = "inspected", "已考察"
    APPROVED = "approved", "集体研究通过"
    PUBLISHED = "published", "已公布"
    REFUSED = "refused", "未通过"
    REMOVED = "removed", "已移出"


class PostState(models.TextChoices):
    """Where an internship post stands (岗位状态)."""

    DRAFT = "draft", "草稿"
    OPEN = "open", "可安排"
    CLOSED = "closed", "已关闭"


class Intensity(models.IntegerChoices):
    """Grades of physical workload (体力劳动强度分级). Basis: GBZ 2.2."""

    ONE = 1, "Ⅰ级"
    TWO = 2, "Ⅱ级"
    THREE = 3, "Ⅲ级"
    FOUR = 4, "Ⅳ级"


class Hazard(models.TextChoices):
    """What a post may expose to (危害因素), the words that the prohibitions speak of."""

    HEIGHT = "height", "高处作业"
    UNDERGROUND = "underground", "井下作业"
    RADIATION = "radiation", "放射性"
    TOXIC = "toxic", "高毒"
    FLAMMABLE = "flammable", "易燃易爆"
    DUST = "dust", "粉尘"
    NOISE = "noise", "高噪声"
    HIGH_TEMPERATURE = "high_temperature", "高温"
    HEAVY_LIFTING = "heavy_lifting", "重体力搬运"
    HEALTH_HARM = "health_harm", "其他危害健康因素"
    OTHER_RISK = "other_risk", "其他高风险"


class PayMethod(models.TextChoices):
    """How pay reaches somebody (支付方式). Only the bank transfer to the student is lawful."""

    BANK = "bank", "银行转账至学生本人"
    CASH = "cash", "现金"
    GOODS = "goods", "实物或有价证券"
    THIRD_PARTY = "third_party", "由第三方转付"


class PlanState(models.TextChoices):
    """Where an internship plan stands (实习方案状态)."""

    DRAFT = "draft", "起草"
    SENT = "sent", "待实习单位确认"
    APPROVED = "approved", "双方已确认"
    WITHDRAWN = "withdrawn", "已撤回"


class AnswerState(models.TextChoices):
    """Where a host's answer to a plan stands (确认状态)."""

    WAITING = "waiting", "待确认"
    CONFIRMED = "confirmed", "已确认"
    REFUSED = "refused", "不同意"


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
