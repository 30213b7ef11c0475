"""Labels of evaluation results, reward decisions, the reward ledger and restrictions."""

from __future__ import annotations

from django.db import models


class ResultSource(models.TextChoices):
    """Where an evaluation result comes from (评价结果来源)."""

    RECOGNITION = "recognition", "认定等级与年度复核"
    ALLIANCE = "alliance", "集团联盟年度考核"
    INTERNSHIP = "internship", "实习单位履责情况"
    PROJECT = "project", "工程项目验收"
    CREDIT = "credit", "信用记录"
    THIRD_PARTY = "third_party", "第三方评价"
    QUALITY_REPORT = "quality_report", "质量年度报告"
    POLICY_EFFECT = "policy_effect", "改革试点成效评估"


class ResultLevel(models.TextChoices):
    """What a result says, the best first (结果等次)."""

    EXCELLENT = "excellent", "优秀"
    FIRST_CLASS = "first_class", "验收投用，装备国内一流"
    RECHECK_PASSED = "recheck_passed", "已认定，年度复核合格"
    CERTIFIED = "certified", "已认定"
    FINE = "fine", "良好"
    ACCEPTED = "accepted", "验收投用"
    PRAISED = "praised", "守信"
    QUALIFIED = "qualified", "合格"
    INCUBATING = "incubating", "建设培育"
    FAIR = "fair", "基本合格"
    RECORDED = "recorded", "有数据，未评等次"
    WARNED = "warned", "警示整改"
    SUSPENDED = "suspended", "暂停资格"
    RECHECK_FAILED = "recheck_failed", "年度复核不合格"
    UNQUALIFIED = "unqualified", "不合格"
    REMOVED = "removed", "已取消认定"
    BAD = "bad", "失信"


LEVEL_RANK = {level: rank for rank, level in enumerate(ResultLevel.values)}
ADVERSE_LEVELS = frozenset(ResultLevel.values[LEVEL_RANK[ResultLevel.WARNED] :])
ENTERED_LEVELS = (
    ResultLevel.EXCELLENT,
    ResultLevel.FINE,
    ResultLevel.QUALIFIED,
    ResultLevel.FAIR,
    ResultLevel.UNQUALIFIED,
)


class RewardMeasure(models.TextChoices):
    """What a good result may lead to (激励事项)."""

    ENROLMENT_PLAN = "enrolment_plan", "招生计划倾斜"
    CONSTRUCTION_INVESTMENT = "construction_investment", "建设投资倾斜"
    DEGREE_POINT = "degree_point", "学位（专业）点倾斜"
    PROJECT_SUPPORT = "project_support", "项目支持"
    PLAQUE = "plaque", "统一授牌"
    COMMENDATION = "commendation", "表彰激励"
    INVESTMENT_GUIDANCE = "investment_guidance", "投入引导"
    PILOT_CHOICE = "pilot_choice", "试点选择"
    RESOURCE_ALLOCATION = "resource_allocation", "资源配置"
    PRIORITY_SUPPORT = "priority_support", "优先支持"
    PERFORMANCE_REVIEW = "performance_review", "绩效考核"
    AWARD_MONEY = "award_money", "奖励补助"


class RestrictionMeasure(models.TextChoices):
    """What a bad result may lead to where law says so (约束事项)."""

    APPLY_SUSPENDED = "apply_suspended", "暂停申报"
    CLOSE_SUPERVISION = "close_supervision", "重点监管"
    SUBSIDY_WITHHELD = "subsidy_withheld", "不予补助"
    CREDIT_RECORD = "credit_record", "记入信用记录"


class RewardState(models.TextChoices):
    """Where a decision on rewards stands (奖励事项)."""

    DRAFT = "draft", "拟定中"
    PROPOSED = "proposed", "待审定"
    NOTICE = "notice", "公示中"
    GIVEN = "given", "已公布"
    CANCELLED = "cancelled", "已取消"


REWARD_TONES = {
    RewardState.DRAFT: "open",
    RewardState.PROPOSED: "watch",
    RewardState.NOTICE: "info",
    RewardState.GIVEN: "ok",
    RewardState.CANCELLED: "unset",
}
PUBLIC_REWARD_STATES = (RewardState.NOTICE, RewardState.GIVEN)


class CandidateStanding(models.TextChoices):
    """How a candidate stands to the rows of a decision (候选情况)."""

    MEETS = "meets", "符合"
    GAP = "gap", "差距"
    EXCLUDED = "excluded", "不得列入"


STANDING_TONES = {
    CandidateStanding.MEETS: "ok",
    CandidateStanding.GAP: "watch",
    CandidateStanding.EXCLUDED: "late",
}


class EntryState(models.TextChoices):
    """Where an entry of the reward ledger stands (奖励台账)."""

    VALID = "valid", "有效"
    CORRECTED = "corrected", "已更正"
    WITHDRAWN = "withdrawn", "已撤回"


ENTRY_TONES = {
    EntryState.VALID: "ok",
    EntryState.CORRECTED: "unset",
    EntryState.WITHDRAWN: "late",
}


class RewardMoneyStanding(models.TextChoices):
    """Where the money of one unit stands, as the ledger says it (奖励资金)."""

    NO_ACCOUNT = "no_account", "待填收款账户"
    TO_ORDER = "to_order", "待安排支付"
    ORDERED = "ordered", "支付途中"
    FAILED = "failed", "银行退票"
    PAID = "paid", "已到账"
    TO_RECOVER = "to_recover", "待收回"
    CLOSED = "closed", "已了结"


REWARD_MONEY_TONES = {
    RewardMoneyStanding.NO_ACCOUNT: "open",
    RewardMoneyStanding.TO_ORDER: "watch",
    RewardMoneyStanding.ORDERED: "info",
    RewardMoneyStanding.FAILED: "late",
    RewardMoneyStanding.PAID: "ok",
    RewardMoneyStanding.TO_RECOVER: "late",
    RewardMoneyStanding.CLOSED: "unset",
}


class ObjectionEffect(models.TextChoices):
    """What an objection that is right does to a list on notice (异议成立后的处理)."""

    TAKE_OUT = "take_out", "移出名单，其余继续公示"
    DRAW_UP_ANEW = "draw_up_anew", "退回重拟，改后另行审定和公示"


class UseOutcome(models.TextChoices):
    """What came of using a result (运用结果)."""

    GIVEN = "given", "据此激励"
    NOT_GIVEN = "not_given", "比较后未列入"
    RESTRICTED = "restricted", "据此约束"


class RestrictionState(models.TextChoices):
    """Where a restriction stands (约束事项)."""

    NOTICED = "noticed", "已告知，听取陈述"
    REPLIED = "replied", "已陈述，待决定"
    IMPOSED = "imposed", "已决定"
    APPEALED = "appealed", "申诉中"
    UPHELD = "upheld", "申诉后维持"
    LIFTED = "lifted", "已撤销"
    DROPPED = "dropped", "不予约束"


RESTRICTION_TONES = {
    RestrictionState.NOTICED: "watch",
    RestrictionState.REPLIED: "watch",
    RestrictionState.IMPOSED: "late",
    RestrictionState.APPEALED: "watch",
    RestrictionState.UPHELD: "late",
    RestrictionState.LIFTED: "unset",
    RestrictionState.DROPPED: "unset",
}
STANDING_RESTRICTIONS = (
    RestrictionState.IMPOSED,
    RestrictionState.APPEALED,
    RestrictionState.UPHELD,
)
OPEN_RESTRICTIONS = (RestrictionState.NOTICED, RestrictionState.REPLIED)
