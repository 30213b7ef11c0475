"""Labels of the policy register."""

from __future__ import annotations

from django.db import models


class DocumentState(models.TextChoices):
    """How far a document has come from the upload to force (文件状态)."""

    PARSING = "parsing", "解析中"
    UNREADABLE = "unreadable", "未能解析"
    REVIEWING = "reviewing", "待核对"
    ISSUED = "issued", "已发布"
    SUPERSEDED = "superseded", "已被替代"
    REPEALED = "repealed", "已废止"
    WITHDRAWN = "withdrawn", "已撤下"


PUBLIC_STATES = frozenset({DocumentState.ISSUED, DocumentState.SUPERSEDED, DocumentState.REPEALED})


class DocumentLevel(models.TextChoices):
    NATION = "nation", "国家"
    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    COUNTY = "county", "县级"


class Medium(models.TextChoices):
    """In which form the original came (原件形式)."""

    TEXT = "txt", "纯文本"
    MARKDOWN = "md", "Markdown"
    WORD = "docx", "Word 文档"
    PDF = "pdf", "PDF"
    SCAN = "scan", "扫描件"
    BOOK = "book", "规则库"


class Responsibility(models.TextChoices):
    """Where a clause says who must act (责任写明之处)."""

    TAIL = "tail", "条末写明"
    INLINE = "inline", "正文写明"
    NONE = "none", "未写明"


class BodyRole(models.TextChoices):
    """The part a body plays in a clause, as printed (责任方式)."""

    LEAD = "lead", "牵头"
    JOINT = "joint", "会同"
    COOPERATE = "cooperate", "配合"
    SHARE = "share", "分工"
    RESPONSIBLE = "responsible", "责任单位"


LEADING_ROLES = frozenset({BodyRole.LEAD})


class Force(models.TextChoices):
    """How strongly a rule binds (强制程度); only ``MANDATORY`` can be violated."""

    MANDATORY = "mandatory", "应当"
    IN_PRINCIPLE = "in_principle", "原则上"
    ENCOURAGED = "encouraged", "鼓励"
    PERMITTED = "permitted", "允许"
    PROMOTED = "promoted", "推动"
    EXPLORATORY = "exploratory", "探索"
    STRIVE = "strive", "力争"
    TARGET = "target", "目标"


SOFT_FORCES = frozenset(Force) - {Force.MANDATORY, Force.TARGET}


class Comparator(models.TextChoices):
    """How a value is measured against a target (比较方式)."""

    AT_LEAST = ">=", "不低于"
    AT_MOST = "<=", "不超过"
    EQUAL = "=", "等于"
    RANGE = "range", "区间"
    ABOUT = "~", "左右"


class ClauseReview(models.TextChoices):
    """What the reviewer has said of a clause (核对)."""

    WAITING = "waiting", "待看"
    CONFIRMED = "confirmed", "已确认"


class MarkKind(models.TextChoices):
    """What a reader's note on a stretch of text is (批注)."""

    REPAIR = "repair", "已修复"
    DOUBT = "doubt", "疑点"


class BenefitKind(models.TextChoices):
    """What a preferential policy gives (优惠类别)."""

    FISCAL = "fiscal", "财政"
    TAX = "tax", "税收"
    INVESTMENT = "investment", "投资"
    FINANCE = "finance", "金融"
    LAND = "land", "用地"
    PRICE = "price", "价格"
    TALENT = "talent", "人才"
    HONOUR = "honour", "荣誉与认定"
