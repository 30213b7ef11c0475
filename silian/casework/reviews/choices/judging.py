"""Labels of expert judgement and site visits."""

from __future__ import annotations

from django.db import models


class ExpertState(models.TextChoices):
    """Whether an expert can be drawn (入库状态)."""

    PROPOSED = "proposed", "待入库"
    ACTIVE = "active", "在库"
    PAUSED = "paused", "暂停抽取"
    LEFT = "left", "已出库"


class ExpertField(models.TextChoices):
    """What an expert knows well (专业领域)."""

    INTEGRATION = "integration", "产教融合"
    EDUCATION = "education", "职业教育"
    TEACHING = "teaching", "职业教育教学"
    PROGRAMMES = "programmes", "专业建设"
    BASES = "bases", "实训基地"
    TRAINING = "training", "技能培训与评价"
    MANAGEMENT = "management", "企业管理"
    INDUSTRIES = "industries", "行业发展"
    PARKS = "parks", "园区管理"
    REGIONS = "regions", "区域经济"
    CONSTRUCTION = "construction", "工程建设"
    EQUIPMENT = "equipment", "装备制造"
    ELECTRONICS = "electronics", "电子信息"
    SOFTWARE = "software", "软件与数据"
    MATERIALS = "materials", "新材料与化工"
    ENERGY = "energy", "能源与环保"
    TRANSPORT = "transport", "交通与物流"
    BUILDING = "building", "建筑与城市"
    AGRICULTURE = "agriculture", "农林与食品"
    HEALTH = "health", "医药与照护"
    BUSINESS = "business", "商贸与文旅"
    FINANCE = "finance", "财务与审计"
    LAW = "law", "法律与合规"


class Exclusion(models.TextChoices):
    """Why a candidate was left out of a draw (未列入原因)."""

    FIELD = "field", "专业领域不符"
    TERM = "term", "不在聘期或暂停抽取"
    CONFLICT = "conflict", "与申报单位有利害关系"
    RIVAL = "rival", "所在单位也在本批次申报"
    SEAT = "seat", "已以其他身份办理或评审过这份材料"
    LOAD = "load", "本批次任务已满"


class AssignmentState(models.TextChoices):
    """Where one expert's work on one dossier stands (评审任务)."""

    INVITED = "invited", "待申明"
    ACCEPTED = "accepted", "评审中"
    SUBMITTED = "submitted", "已提交"
    CONFLICTED = "conflicted", "因利害关系回避"
    DECLINED = "declined", "不能参加"
    LAPSED = "lapsed", "逾期未评"


GONE_STATES = frozenset(
    {AssignmentState.CONFLICTED, AssignmentState.DECLINED, AssignmentState.LAPSED}
)


class VisitState(models.TextChoices):
    """Where a site visit stands (实地核查)."""

    PLANNED = "planned", "已安排"
    REPORTED = "reported", "待共同签字"
    DONE = "done", "已完成"
    CANCELLED = "cancelled", "已取消"


class AgreementGrade(models.TextChoices):
    """How far experts agree, in words (评分一致程度)."""

    STRONG = "strong", "高度一致"
    FAIR = "fair", "基本一致"
    WEAK = "weak", "分歧较大"
