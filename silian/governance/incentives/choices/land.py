"""Labels of land cases (用地政策)."""

from __future__ import annotations

from django.db import models


class LandClass(models.TextChoices):
    """What the land is used for (用地类别)."""

    EDUCATION = "education", "教育用地"
    SCIENCE_EDUCATION = "science_education", "科教用地"
    INDUSTRIAL = "industrial", "工业用地"
    LOGISTICS = "logistics", "物流仓储用地"
    COMMERCIAL = "commercial", "商业服务业用地"
    OTHER = "other", "其他用地"


class LandInvestor(models.TextChoices):
    """Who pays for what is built (投资方式)."""

    ENTERPRISE = "enterprise", "企业投资"
    WITH_GOVERNMENT = "with_government", "企业与政府合作"
    GOVERNMENT = "government", "政府投资"
    SCHOOL = "school", "学校自筹"
    OTHER = "other", "其他"


SCHOOL_INVESTORS = frozenset({LandInvestor.ENTERPRISE, LandInvestor.WITH_GOVERNMENT})


class SupplyMode(models.TextChoices):
    """How the state gives land (供地方式)."""

    ALLOCATION = "allocation", "划拨"
    TRANSFER = "transfer", "出让"
    LEASE = "lease", "租赁"


class LandState(models.TextChoices):
    """Where a land case stands (用地事项)."""

    REGISTERED = "registered", "已登记"
    COMPLETE = "complete", "材料齐"
    PLANNED = "planned", "已拟供地方案"
    APPROVED = "approved", "已批准"
    REFUSED = "refused", "不批准"
    SUPPLIED = "supplied", "已供地"
    HANDED_OVER = "handed_over", "已交地"
    WITHDRAWN = "withdrawn", "已撤回"


LAND_TONES = {
    LandState.REGISTERED: "open",
    LandState.COMPLETE: "info",
    LandState.PLANNED: "info",
    LandState.APPROVED: "watch",
    LandState.REFUSED: "late",
    LandState.SUPPLIED: "info",
    LandState.HANDED_OVER: "ok",
    LandState.WITHDRAWN: "unset",
}
ENDED_LAND = frozenset({LandState.REFUSED, LandState.HANDED_OVER, LandState.WITHDRAWN})
GRANTED_LAND = frozenset({LandState.APPROVED, LandState.SUPPLIED, LandState.HANDED_OVER})
