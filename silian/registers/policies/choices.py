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


class BenefitState(models.TextChoices):
    """How far a preferential policy has come (优惠政策状态)."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "待审核"
    REVIEWED = "reviewed", "已审核"
    PUBLISHED = "published", "已公布"
    ENDED = "ended", "已停止"


class Audience(models.TextChoices):
    """Who may have a benefit (适用对象); the first nine are kinds of organisations."""

    ENTERPRISE = "enterprise", "企业"
    SCHOOL = "school", "院校"
    INSTITUTE = "institute", "科研院所"
    ASSOCIATION = "association", "行业组织"
    ALLIANCE = "alliance", "集团联盟"
    SERVICE = "service", "产教融合服务组织"
    EVALUATOR = "evaluator", "第三方评价机构"
    FINANCE = "finance", "金融机构"
    PERSON = "person", "个人"


class ConditionFact(models.TextChoices):
    """The fact of an organisation that a condition asks for (条件依据的事实)."""

    KIND = "kind", "单位类别"
    SIZE = "size", "单位规模"
    ABOVE_SCALE = "above_scale", "规模以上"
    INDUSTRY = "industry", "所属行业"
    CHAIN = "chain", "重点产业链"
    VERIFIED = "verified", "平台核验"
    DIVISION = "division", "所在区划"
    STATEMENT = "statement", "由您确认"


class PublicityChannel(models.TextChoices):
    """By which way a benefit was made known (宣传渠道)."""

    WEBSITE = "website", "门户网站"
    ACCOUNT = "account", "政务新媒体"
    LECTURE = "lecture", "政策宣讲会"
    VISIT = "visit", "上门走访"
    HALL = "hall", "办事大厅"
    PRESS = "press", "报刊广播电视"
    OTHER = "other", "其他渠道"


class PlanKind(models.TextChoices):
    """Kinds of plans that must go together with 产教融合 (规划类别)."""

    DEVELOPMENT = "development", "国民经济和社会发展规划"
    REGION = "region", "区域发展规划"
    INDUSTRY = "industry", "产业发展规划"
    TOWN = "town", "城镇建设规划"
    LAYOUT = "layout", "重大生产力布局规划"
    PROJECT = "project", "重大项目"


class PlanState(models.TextChoices):
    """How far the plan itself has come (规划进度)."""

    COMPILING = "compiling", "编制中"
    ISSUED = "issued", "已印发"
    RUNNING = "running", "实施中"
    CLOSED = "closed", "已结束"


class PlanRecordState(models.TextChoices):
    """How far the entry in the register has come (登记状态)."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "待核对"
    REVIEWED = "reviewed", "已核对"


class PlanQuestion(models.TextChoices):
    """What the checklist asks of each plan (同步规划核对项)."""

    REQUIREMENT = "requirement", "写明产教融合要求"
    SUPPORT = "support", "写明支持方式"
    PROJECTS = "projects", "列出产教融合项目"


class PlanAnswerValue(models.TextChoices):
    """The answer to an item of the checklist (核对结论)."""

    UNSET = "unset", "未核对"
    CONTAINED = "contained", "有"
    MISSING = "missing", "没有"


class NeedAnswer(models.TextChoices):
    """Whether a major project needs something (需求)."""

    UNSET = "unset", "未填"
    NEEDED = "needed", "需要"
    NOT_NEEDED = "not_needed", "不需要"
