"""Labels of hosts, posts and plans."""

from __future__ import annotations

from django.db import models


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


class Severity(models.TextChoices):
    """What a finding does to the step it was found in (结论)."""

    BLOCK = "block", "不得安排"
    WARN = "warn", "须说明理由"
    INFO = "info", "提示"
