"""Labels of the training fund, of competitions, promotions and awards."""

from __future__ import annotations

from django.db import models


class CallState(models.TextChoices):
    """Where the notice of a year stands (通知状态)."""

    DRAFT = "draft", "拟定中"
    ISSUED = "issued", "已下发"


class ReturnState(models.TextChoices):
    """Where a return stands (报告状态)."""

    DRAFT = "draft", "填报中"
    SUBMITTED = "submitted", "待核对"
    FIXING = "fixing", "退回补正"
    CONFIRMED = "confirmed", "已确认"
    ORDERED = "ordered", "责令改正中"
    REPORTED = "reported", "已报改正，待核"
    CORRECTED = "corrected", "已改正"
    REFUSED = "refused", "拒不改正"


TONES = {
    ReturnState.DRAFT: "open",
    ReturnState.SUBMITTED: "info",
    ReturnState.FIXING: "watch",
    ReturnState.CONFIRMED: "ok",
    ReturnState.ORDERED: "watch",
    ReturnState.REPORTED: "info",
    ReturnState.CORRECTED: "ok",
    ReturnState.REFUSED: "late",
}
SETTLED = (ReturnState.CONFIRMED, ReturnState.CORRECTED)
UNDER_ORDER = (ReturnState.ORDERED, ReturnState.REPORTED)
AMENDABLE = (
    ReturnState.SUBMITTED,
    ReturnState.CONFIRMED,
    ReturnState.ORDERED,
    ReturnState.REFUSED,
)
"""States in which the enterprise may begin another version."""


class CollectionState(models.TextChoices):
    """How far a collecting office has come with what it was told (依法收取状态)."""

    TOLD = "told", "待接收"
    TAKEN = "taken", "收取中"
    COLLECTED = "collected", "已收取"
    RETURNED = "returned", "已退回"


COLLECTION_TONES = {
    CollectionState.TOLD: "watch",
    CollectionState.TAKEN: "info",
    CollectionState.COLLECTED: "ok",
    CollectionState.RETURNED: "late",
}
COLLECTING = (CollectionState.TOLD, CollectionState.TAKEN)


class SpendingKind(models.TextChoices):
    """For what the fund may be spent (经费列支范围).

    Basis: 财建〔2006〕317号三（五）.
    """

    INDUCTION = "induction", "上岗和转岗培训"
    ADAPTATION = "adaptation", "各类岗位适应性培训"
    SKILL = "skill", "岗位、职业技术等级和高技能人才培训"
    CONTINUING = "continuing", "专业技术人员继续教育"
    SPECIAL = "special", "特种作业人员培训"
    EXTERNAL = "external", "企业组织的职工外送培训"
    CERTIFICATION = "certification", "职业技能鉴定、职业资格认证"
    EQUIPMENT = "equipment", "购置教学设备与设施"
    SELF_STUDY = "self_study", "职工岗位自学成才奖励"
    ADMINISTRATION = "administration", "职工教育培训管理费用"
    OTHER = "other", "有关职工教育的其他开支"


class TraineeClass(models.TextChoices):
    """Who was trained (培训对象)."""

    FRONTLINE = "frontline", "一线生产服务人员"
    SKILLED = "skilled", "高技能人才"
    TECHNICAL = "technical", "专业技术人员"
    MANAGERS = "managers", "经营管理人员"
    NEWCOMERS = "newcomers", "新录用和转岗人员"


class Stance(models.TextChoices):
    """What a consulted office says (意见)."""

    AGREES = "agrees", "数据一致"
    DOUBTS = "doubts", "有疑问"


class CompetitionLevel(models.TextChoices):
    """Who stands behind a competition (竞赛级别)."""

    NATIONAL = "national", "国家级"
    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    COUNTY = "county", "县级"
    ENTERPRISE = "enterprise", "企业"


class CompetitionState(models.TextChoices):
    """Where a competition stands (竞赛状态)."""

    DRAFT = "draft", "拟定中"
    PUBLISHED = "published", "已发布"
    OPEN = "open", "报名中"
    HELD = "held", "已举办"
    RESULTS = "results", "成绩已公布"
    CANCELLED = "cancelled", "已取消"


COMPETITION_TONES = {
    CompetitionState.DRAFT: "open",
    CompetitionState.PUBLISHED: "info",
    CompetitionState.OPEN: "info",
    CompetitionState.HELD: "watch",
    CompetitionState.RESULTS: "ok",
    CompetitionState.CANCELLED: "late",
}
PUBLIC_COMPETITIONS = (
    CompetitionState.PUBLISHED,
    CompetitionState.OPEN,
    CompetitionState.HELD,
    CompetitionState.RESULTS,
    CompetitionState.CANCELLED,
)


class Prize(models.TextChoices):
    """What a place in a competition is called (奖项)."""

    FIRST = "first", "一等奖"
    SECOND = "second", "二等奖"
    THIRD = "third", "三等奖"
    MERIT = "merit", "优胜奖"


class CertificateLevel(models.TextChoices):
    """The five levels that a certificate states, lowest first (职业技能等级)."""

    FIVE = "5", "五级/初级工"
    FOUR = "4", "四级/中级工"
    THREE = "3", "三级/高级工"
    TWO = "2", "二级/技师"
    ONE = "1", "一级/高级技师"


HIGH_LEVELS = (CertificateLevel.THREE, CertificateLevel.TWO, CertificateLevel.ONE)


class PromotionState(models.TextChoices):
    """Where the entry of a promotion stands (技能等级提升登记状态)."""

    SUBMITTED = "submitted", "待核验"
    VERIFIED = "verified", "已核验"
    REFUSED = "refused", "未通过"


PROMOTION_TONES = {
    PromotionState.SUBMITTED: "info",
    PromotionState.VERIFIED: "ok",
    PromotionState.REFUSED: "late",
}


class AwardKind(models.TextChoices):
    """For what an award is given (奖补事由)."""

    PROMOTION = "promotion", "技能等级提升"
    COMPETITION = "competition", "技能竞赛获奖"


class AwardListState(models.TextChoices):
    """Where an award list stands (奖补名单状态)."""

    DRAFT = "draft", "编制中"
    NOTICED = "noticed", "公示中"
    APPROVED = "approved", "已批准"
    CLOSED = "closed", "已办结"
    DISCARDED = "discarded", "已作废"


AWARD_LIST_TONES = {
    AwardListState.DRAFT: "open",
    AwardListState.NOTICED: "info",
    AwardListState.APPROVED: "watch",
    AwardListState.CLOSED: "ok",
    AwardListState.DISCARDED: "late",
}
PUBLIC_LISTS = (AwardListState.NOTICED, AwardListState.APPROVED, AwardListState.CLOSED)


class AwardState(models.TextChoices):
    """Where one award of a list stands (奖补状态)."""

    PROPOSED = "proposed", "拟发放"
    REFUSED = "refused", "不发放"
    APPROVED = "approved", "待支付"
    ORDERED = "ordered", "支付中"
    PAID = "paid", "已支付"
    FAILED = "failed", "支付失败"


AWARD_TONES = {
    AwardState.PROPOSED: "info",
    AwardState.REFUSED: "open",
    AwardState.APPROVED: "watch",
    AwardState.ORDERED: "info",
    AwardState.PAID: "ok",
    AwardState.FAILED: "late",
}
LIVING_AWARDS = (
    AwardState.PROPOSED,
    AwardState.APPROVED,
    AwardState.ORDERED,
    AwardState.PAID,
    AwardState.FAILED,
)


class ObjectionState(models.TextChoices):
    """Whether an objection was answered (异议状态)."""

    OPEN = "open", "待答复"
    UPHELD = "upheld", "异议成立"
    REJECTED = "rejected", "异议不成立"


class StandardName(models.TextChoices):
    """What a region may set for awards (奖补标准事项)."""

    PROMOTION = "promotion", "技能等级提升奖补金额"
    COMPETITION = "competition", "技能竞赛获奖奖补金额"
    TERM = "term", "申领期限"
    NOTICE = "notice", "名单公示工作日"


STANDARD_UNITS = {
    StandardName.PROMOTION: "元",
    StandardName.COMPETITION: "元",
    StandardName.TERM: "个月",
    StandardName.NOTICE: "个工作日",
}
