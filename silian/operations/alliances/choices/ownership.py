"""Labels of schools run with enterprises: modes, parties, assets and the life of a case."""

from __future__ import annotations

from django.db import models


class CaseMode(models.TextChoices):
    """How an enterprise takes part in running a school (企业参与办学方式)."""

    SOLE = "sole", "独资"
    JOINT_VENTURE = "joint_venture", "合资"
    COOPERATIVE = "cooperative", "合作"
    PURCHASE = "purchase", "购买服务"
    ENTRUSTED = "entrusted", "委托管理"
    SHAREHOLDING = "shareholding", "股份制、混合所有制"
    PUBLIC_AIDED = "public_aided", "公办民助"
    PRIVATE_AIDED = "private_aided", "民办公助"
    STATE_ENTERPRISE = "state_enterprise", "国有企业办学"


EQUITY_MODES = frozenset({CaseMode.SOLE, CaseMode.JOINT_VENTURE, CaseMode.SHAREHOLDING})
ALONE_MODES = frozenset({CaseMode.SOLE, CaseMode.STATE_ENTERPRISE})


class CaseObject(models.TextChoices):
    """What is run together (办学对象)."""

    SCHOOL = "school", "整所学校"
    COLLEGE = "college", "产业学院、二级学院"
    BASE = "base", "实训基地"
    INNOVATION = "innovation", "创新基地"


class PartyKind(models.TextChoices):
    """What kind of owner a party is (参与方性质)."""

    GOVERNMENT = "government", "政府"
    PUBLIC_SCHOOL = "public_school", "公办学校"
    STATE_ENTERPRISE = "state_enterprise", "国有企业"
    PRIVATE_ENTERPRISE = "private_enterprise", "民营企业"
    FOREIGN = "foreign", "外资"
    SOCIAL = "social", "社会组织"
    OTHER = "other", "其他"


class AssetKind(models.TextChoices):
    """With what a party takes part (投入要素)."""

    LAND = "land", "土地"
    CAPITAL = "capital", "资本"
    KNOWLEDGE = "knowledge", "知识"
    TECHNOLOGY = "technology", "技术"
    EQUIPMENT = "equipment", "设备"
    MANAGEMENT = "management", "管理"


VALUED_KINDS = frozenset(AssetKind) - {AssetKind.CAPITAL}


class LegalPerson(models.TextChoices):
    """What legal person the school is (法人类型)."""

    PUBLIC = "public", "事业单位法人"
    NON_PROFIT = "non_profit", "非营利性民办学校法人"
    PROFIT = "profit", "营利性民办学校法人"
    NONE = "none", "不是独立法人"


class CaseState(models.TextChoices):
    """The life of a case (案例状态)."""

    DRAFT = "draft", "草拟"
    APPLIED = "applied", "待审核"
    RETURNED = "returned", "退回补正"
    REVIEWED = "reviewed", "待批准"
    REFUSED = "refused", "不予批准"
    APPROVED = "approved", "已批准"
    RUNNING = "running", "运行中"
    ENDED = "ended", "已终止"


PUBLIC_CASES = frozenset({CaseState.APPROVED, CaseState.RUNNING, CaseState.ENDED})
OPEN_CASES = frozenset({CaseState.DRAFT, CaseState.RETURNED})
CASE_TONES = {
    CaseState.DRAFT: "open",
    CaseState.APPLIED: "info",
    CaseState.RETURNED: "watch",
    CaseState.REVIEWED: "info",
    CaseState.REFUSED: "late",
    CaseState.APPROVED: "ok",
    CaseState.RUNNING: "ok",
    CaseState.ENDED: "unset",
}


class ApprovalState(models.TextChoices):
    """What an authority said (审批结果)."""

    PENDING = "pending", "待审批"
    GRANTED = "granted", "已批准"
    REFUSED = "refused", "未批准"


APPROVAL_TONES = {
    ApprovalState.PENDING: "open",
    ApprovalState.GRANTED: "ok",
    ApprovalState.REFUSED: "late",
}
