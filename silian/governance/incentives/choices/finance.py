"""Labels of financing: products, needs, answers, recommendations, funds and investments."""

from __future__ import annotations

from django.db import models


class FinanceKind(models.TextChoices):
    """What kind of financing a product is (金融产品类别).

    Basis: the kinds that S64 lists from 000·二(六)3, 001·21, 002·五(一), 003·(二十四), 004·六(四).
    """

    PRIORITY_LOAN = "priority_loan", "产教融合项目贷款"
    DEVELOPMENT = "development", "开发性金融贷款"
    FOREIGN_LOAN = "foreign_loan", "国际金融组织和外国政府贷款"
    PPP = "ppp", "政府和社会资本合作（PPP）融资"
    EQUITY = "equity", "股权融资"
    STANDARD_DEBT = "standard_debt", "标准化债权"
    BOND = "bond", "债券"
    INDUSTRY_FUND = "industry_fund", "产业投资基金"
    GOVERNMENT_FUND = "government_fund", "政府投资基金"
    GUARANTEE = "guarantee", "融资担保"
    INSURANCE = "insurance", "保险"
    OTHER = "other", "其他融资品种"


class RecordKind(models.TextChoices):
    """What a movement of money is (记录类别)."""

    LOAN = "loan", "贷款"
    INVESTMENT = "investment", "投资"
    BOND = "bond", "债券"
    GUARANTEE = "guarantee", "担保"
    INSURANCE = "insurance", "保险"


K, R = FinanceKind, RecordKind
RECORD_OF = {
    K.PRIORITY_LOAN: R.LOAN,
    K.DEVELOPMENT: R.LOAN,
    K.FOREIGN_LOAN: R.LOAN,
    K.PPP: R.LOAN,
    K.EQUITY: R.INVESTMENT,
    K.STANDARD_DEBT: R.BOND,
    K.BOND: R.BOND,
    K.INDUSTRY_FUND: R.INVESTMENT,
    K.GOVERNMENT_FUND: R.INVESTMENT,
    K.GUARANTEE: R.GUARANTEE,
    K.INSURANCE: R.INSURANCE,
    K.OTHER: R.LOAN,
}
"""Under which kind the money of a product is counted."""

FUNDING_KINDS = (R.LOAN, R.INVESTMENT, R.BOND)
"""Money that reaches the project; a guarantee or a cover is a promise and is counted apart."""


class ProductState(models.TextChoices):
    """Where a financial product stands (金融产品状态)."""

    DRAFT = "draft", "草稿"
    PUBLISHED = "published", "已公布"
    WITHDRAWN = "withdrawn", "已下架"


class NeedState(models.TextChoices):
    """Where a financing need stands (融资需求状态)."""

    DRAFT = "draft", "草稿"
    OPEN = "open", "征集中"
    MET = "met", "已落实"
    CLOSED = "closed", "已关闭"


class AnswerState(models.TextChoices):
    """Where a need and a product stand with each other (对接状态)."""

    ASKED = "asked", "待机构答复"
    INTERESTED = "interested", "有意向"
    DILIGENCE = "diligence", "尽职调查中"
    GRANTED = "granted", "已同意"
    REFUSED = "refused", "未同意"
    ENDED = "ended", "申请方终止"


class RecommendationState(models.TextChoices):
    """Where a recommendation to the banks stands (推荐状态)."""

    PROPOSED = "proposed", "待审定"
    RETURNED = "returned", "已退回"
    APPROVED = "approved", "已审定"
    ISSUED = "issued", "已发布"
    REMOVED = "removed", "已移出"


class FundKind(models.TextChoices):
    """Which fund it is (基金类别). Basis: 003·(十), 004·三(五), 004·六(四), 002·五(一)."""

    GREEN = "green", "绿色生态产业发展基金"
    INDUSTRY = "industry", "产业投资基金"
    VENTURE = "venture", "风险投资基金"
    DEVELOPMENT = "development", "产业发展基金"
    TECHNOLOGY = "technology", "科技创新基金"


class FundStage(models.TextChoices):
    """When in the life of an undertaking a fund comes in (投资阶段)."""

    SEED = "seed", "种子期"
    EARLY = "early", "初创期"
    GROWTH = "growth", "成长期"
    MATURE = "mature", "成熟期"


class FundState(models.TextChoices):
    """Where a fund stands (基金状态)."""

    DRAFT = "draft", "草稿"
    OPEN = "open", "接受投递"
    CLOSED = "closed", "停止投资"


class PitchKind(models.TextChoices):
    """What is handed to a fund (投递内容)."""

    PROJECT = "project", "产教融合项目"
    RESULT = "result", "科技成果"


class PitchState(models.TextChoices):
    """Where a pitch stands (投递状态)."""

    SUBMITTED = "submitted", "待基金答复"
    ROADSHOW = "roadshow", "已约路演"
    ACCEPTED = "accepted", "同意投资"
    DECLINED = "declined", "未通过"
    WITHDRAWN = "withdrawn", "已撤回"


class Investor(models.TextChoices):
    """Whose money it is (出资方)."""

    FUND = "fund", "基金"
    SOCIAL = "social", "社会资本"


TONES = {
    "draft": "unset", "published": "ok", "withdrawn": "unset", "open": "info", "met": "ok",
    "closed": "unset", "asked": "watch", "interested": "info", "diligence": "info",
    "granted": "ok", "refused": "late", "ended": "unset", "proposed": "watch",
    "returned": "late", "approved": "info", "issued": "ok", "removed": "unset",
    "submitted": "watch", "roadshow": "info", "accepted": "ok", "declined": "late",
}  # fmt: skip
"""How each state is coloured on pages."""
