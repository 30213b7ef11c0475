"""Labels of guidance committees, their plans and opinions."""

from __future__ import annotations

from django.db import models


class CommitteeKind(models.TextChoices):
    """What a committee is for (委员会类别)."""

    INDUSTRY_TEACHING = "industry_teaching", "行业教学指导委员会"
    PROGRAMME_BUILDING = "programme_building", "专业建设委员会"
    COOPERATION = "cooperation", "校企合作行业协调委员会"
    ADVISORY = "advisory", "职业教育指导咨询委员会"
    EXPERTS = "experts", "产教融合专家指导委员会"


class MandateKind(models.TextChoices):
    """On what a committee's work rests (职责来源). Basis: 职能转移、授权委托."""

    TRANSFERRED = "transferred", "职能转移"
    DELEGATED = "delegated", "授权委托"
    FOUNDED = "founded", "组建文件"


class CommitteeRole(models.TextChoices):
    """The part in a committee (委员会职务)."""

    CHAIR = "chair", "主任委员"
    DEPUTY = "deputy", "副主任委员"
    SECRETARY = "secretary", "秘书长"
    MEMBER = "member", "委员"
    ADVISER = "adviser", "顾问"


class OpinionKind(models.TextChoices):
    """What an opinion is about (意见类别)."""

    PROGRAMMES = "programmes", "专业设置与调整"
    PLANS = "plans", "人才培养方案"
    COURSES = "courses", "课程与教材"
    STANDARDS = "standards", "标准成果"
    FORECASTS = "forecasts", "人才需求预测"
    QUALITY = "quality", "质量评价"
    POLICY = "policy", "政策建议"


class OpinionState(models.TextChoices):
    """The life of an opinion (意见状态)."""

    DRAFT = "draft", "拟稿"
    ISSUED = "issued", "已发出"
    WITHDRAWN = "withdrawn", "已撤回"


class Take(models.TextChoices):
    """What a school does with an opinion (采纳情况)."""

    WAITING = "waiting", "待答复"
    ADOPTED = "adopted", "采纳"
    PARTLY = "partly", "部分采纳"
    DECLINED = "declined", "不采纳"
