"""Labels of schemes and their definitions."""

from __future__ import annotations

from django.db import models


class SchemeVersionState(models.TextChoices):
    """Where a version of a scheme stands (版本状态)."""

    DRAFT = "draft", "草稿"
    PUBLISHED = "published", "已发布"
    RETIRED = "retired", "已停用"


class SubjectKind(models.TextChoices):
    """What is judged and may be recognised (认定对象)."""

    ORGANISATION = "organisation", "单位"
    PERSON = "person", "个人"
    MATTER = "matter", "项目或事项"


class CriterionKind(models.TextChoices):
    """How a criterion is met (指标类型)."""

    ALL_OF = "all_of", "全部满足"
    ANY_OF = "any_of", "满足若干项"
    SUM = "sum", "分值相加"
    ITEM = "item", "单项"


class FunctionKind(models.TextChoices):
    """How an item turns a value into points (评分方法)."""

    CONDITION = "condition", "达到即满足"
    RATIO_TO_STANDARD = "ratio_to_standard", "与标准之比"
    TWO_LINE = "two_line", "合格线与限制线"
    RATIO_TO_BEST = "ratio_to_best", "与最好值之比"
    STEP = "step", "分档"
    COUNT_WEIGHTED = "count_weighted", "按级别加权计数"
    DEDUCTION = "deduction", "按次扣分"
    SURVEY = "survey", "问卷"
    EXPERT = "expert", "专家评分"
    VETO = "veto", "一票否决"


class SourceKind(models.TextChoices):
    """Where an item takes its value from (数据来源)."""

    ANSWER = "answer", "申报填写"
    METRIC = "metric", "平台指标"
    REGISTER = "register", "平台名录"
    EXPERT = "expert", "专家评审"
    VISIT = "visit", "实地核查"
    OFFICIAL = "official", "部门核查"


class Silence(models.TextChoices):
    """What a department's silence means when its days are over (逾期未答复的效力)."""

    NO_OBJECTION = "no_objection", "视为无意见"
    ESCALATE = "escalate", "报上级督办，评审继续"


class VisitRule(models.TextChoices):
    """Whether applicants are visited (实地核查安排)."""

    NONE = "none", "不安排"
    CHOSEN = "chosen", "抽查"
    EVERY = "every", "逐一核查"
