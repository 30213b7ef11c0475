"""Labels of the exchange."""

from __future__ import annotations

from django.db import models


class Side(models.TextChoices):
    """Which side of the market a listing stands on (供需方向)."""

    DEMAND = "demand", "需求"
    SUPPLY = "supply", "供给"


class ListingState(models.TextChoices):
    DRAFT = "draft", "草稿"
    IN_REVIEW = "in_review", "待审核"
    RETURNED = "returned", "退回修改"
    PUBLISHED = "published", "已发布"
    PAUSED = "paused", "已暂停"
    FILLED = "filled", "已满额"
    EXPIRED = "expired", "已到期"
    WITHDRAWN = "withdrawn", "已撤回"


class Visibility(models.TextChoices):
    """Who may read a published listing (可见范围)."""

    PUBLIC = "public", "公开"
    MEMBERS = "members", "登录后可见"


class PauseCause(models.TextChoices):
    """Why a published listing stands still (暂停原因)."""

    OWNER = "owner", "发布单位暂停"
    UNCONFIRMED = "unconfirmed", "逾期未确认"
    ORGANISATION = "organisation", "发布单位被暂停"


class ListingSource(models.TextChoices):
    TYPED = "typed", "在线填写"
    IMPORTED = "imported", "批量导入"
    API = "api", "接口写入"


class NegotiationState(models.TextChoices):
    OPEN = "open", "待回应"
    TALKING = "talking", "洽谈中"
    INTENDED = "intended", "已达成意向"
    AGREED = "agreed", "已成交"
    REFUSED = "refused", "已婉拒"
    WITHDRAWN = "withdrawn", "已撤回"
    LAPSED = "lapsed", "逾期未回应"


class DealState(models.TextChoices):
    RUNNING = "running", "履行中"
    COMPLETED = "completed", "已完成"
    BROKEN_OFF = "broken_off", "已中止"


class UnmetDemandState(models.TextChoices):
    PROPOSED = "proposed", "待核实"
    OPEN = "open", "待承接"
    TAKEN_UP = "taken_up", "已有承接"
    MET = "met", "已满足"
    REFUSED = "refused", "未通过核实"
    WITHDRAWN = "withdrawn", "已撤回"


class DemandOrigin(models.TextChoices):
    """What an unmet demand rests on (需求来由)."""

    ORGANISATION = "organisation", "单位登记"
    SEARCHES = "searches", "检索统计"


class DemandSuggestionState(models.TextChoices):
    """What became of a suggestion that searches made (建议需求状态)."""

    SUGGESTED = "suggested", "待处理"
    TAKEN_UP = "taken_up", "已登记为需求"
    DISMISSED = "dismissed", "不采用"
    ANSWERED = "answered", "已能找到"


class TeamSeatState(models.TextChoices):
    INVITED = "invited", "待答复"
    JOINED = "joined", "已加入"
    DECLINED = "declined", "未参加"


class ImportMode(models.TextChoices):
    """What happens to a file that has rows which cannot be taken in (遇到坏行)."""

    GOOD_ROWS = "good", "只导入没有问题的行"
    ALL_OR_NOTHING = "all", "有一行不合格就都不导入"


class ImportState(models.TextChoices):
    UPLOADED = "uploaded", "待对应列"
    CHECKING = "checking", "检查中"
    CHECKED = "checked", "待确认"
    RUNNING = "running", "导入中"
    DONE = "done", "已导入"
    REFUSED = "refused", "未导入"
    UNDONE = "undone", "已撤销"


class EventTheme(models.TextChoices):
    """What an event brings together (活动主题). Basis: 教育培训、项目合作、技术研发."""

    TRAINING = "training", "教育培训"
    PROJECT = "project", "项目合作"
    RESEARCH = "research", "技术研发"
    RECRUITMENT = "recruitment", "人才招聘"
    GENERAL = "general", "综合"


class EventState(models.TextChoices):
    DRAFT = "draft", "筹备中"
    ANNOUNCED = "announced", "报名中"
    CLOSED = "closed", "报名截止"
    HELD = "held", "已举办"
    FOLLOWED_UP = "followed_up", "已办结跟进"
    CANCELLED = "cancelled", "已取消"


class EventRhythm(models.TextChoices):
    """How often the organiser undertakes to hold such an event (举办周期)."""

    MONTH = "month", "每月"
    QUARTER = "quarter", "每季度"
    HALF_YEAR = "half_year", "每半年"
    ONCE = "once", "不定期"


class MeetingResult(models.TextChoices):
    """What came of a meeting at a table (洽谈结果)."""

    PLANNED = "planned", "待洽谈"
    NO_INTENT = "no_intent", "暂无意向"
    INTENT = "intent", "有意向"
    MISSED = "missed", "未到场"


class SharingTerms(models.TextChoices):
    """On what terms a data set is shared (共享属性).

    Basis: 《政务数据共享条例》（国令第809号）无条件共享、有条件共享、不予共享.
    """

    OPEN = "open", "无条件共享"
    CONDITIONAL = "conditional", "有条件共享"
    CLOSED = "closed", "不予共享"


class DataFieldType(models.TextChoices):
    TEXT = "text", "文本"
    INTEGER = "integer", "整数"
    NUMBER = "number", "数值"
    DATE = "date", "日期"


class Sensitivity(models.TextChoices):
    """How a field may leave its owner (敏感程度)."""

    PLAIN = "plain", "可公开"
    INTERNAL = "internal", "内部使用"
    PERSONAL = "personal", "个人信息"


class DataRequestState(models.TextChoices):
    WAITING = "waiting", "待答复"
    APPROVED = "approved", "已同意"
    REFUSED = "refused", "未同意"
    ENDED = "ended", "已终止"


class DataReadingKind(models.TextChoices):
    """How rows were read (读取方式)."""

    DOWNLOAD = "download", "下载"
    JOIN = "join", "关联比对"


class AlertFrequency(models.TextChoices):
    """How often a subscription tells (提醒频率)."""

    AT_ONCE = "at_once", "有新的立即告诉我"
    DAILY = "daily", "每日汇总"
    WEEKLY = "weekly", "每周汇总"


class DeliveryState(models.TextChoices):
    """Where a webhook delivery stands (推送状态)."""

    WAITING = "waiting", "待推送"
    DELIVERED = "delivered", "已送达"
    FAILED = "failed", "未送达"


class RankingMethod(models.TextChoices):
    """How recommendations were put in order (排序方法)."""

    RULES = "rules", "事实规则"
    LEARNED = "learned", "事实规则与学习排序"


class RecommendationVerdict(models.TextChoices):
    """What an organisation says of a recommendation (推荐评价)."""

    SUITS = "suits", "合适"
    UNSUITABLE = "unsuitable", "不合适"


class HidingSubject(models.TextChoices):
    """By what a person hides recommendations (不看此类)."""

    KIND = "kind", "类别"
    ORGANISATION = "organisation", "单位"
    OCCUPATION = "occupation", "职业"


class ValueAddedCategory(models.TextChoices):
    """Services that go with matching (增值服务类别). Basis: S02."""

    CONTRACT = "contract", "合同模板"
    POLICY = "policy", "政策匹配"
    REPORT = "report", "数据报告"
    ADVICE = "advice", "咨询辅导"
    OTHER = "other", "其他"
