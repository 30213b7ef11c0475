"""Labels of subsidies that were paid outside the platform."""

from __future__ import annotations

from django.db import models


class OutsideKind(models.TextChoices):
    """What a subsidy that was paid elsewhere was for (其他渠道补贴类别)."""

    ENTRY_TRAINING = "entry", "岗前培训补贴"
    UPSKILLING = "upskill", "技能提升补贴"
    APPRENTICESHIP = "apprentice", "企业新型学徒制补贴"
    INTERNSHIP = "intern", "实习补贴"
    RELIEF = "relief", "一次性纾困培训补贴"
    OTHER = "other", "其他培训补贴"


class SkillLevel(models.TextChoices):
    """Levels of vocational skill, from the lowest (职业技能等级)."""

    JUNIOR = "初级工", "初级工"
    MIDDLE = "中级工", "中级工"
    SENIOR = "高级工", "高级工"
    TECHNICIAN = "技师", "技师"
    SENIOR_TECHNICIAN = "高级技师", "高级技师"


class Conflict(models.TextChoices):
    """In which way a person was subsidised already (重复情形)."""

    DOUBLE = "double", "同期没有领取其他培训补贴"
    EARLIER = "earlier", "同一职业同等级以上未享受过补贴"
    ELSEWHERE = "elsewhere", "没有在其他渠道领取同级学徒补贴"
    RELIEF = "relief", "没有领过一次性纾困培训补贴"
    SAME = "same", "同一段实习没有在其他渠道领取补贴"
    SCHEMES = "schemes", "同一时段没有同时计入实习和学徒补贴"
