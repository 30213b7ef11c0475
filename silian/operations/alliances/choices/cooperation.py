"""Labels of cooperation with other regions and countries."""

from __future__ import annotations

from django.db import models


class CooperationScope(models.TextChoices):
    """Where the partner sits (合作范围)."""

    PROVINCE = "province", "省内"
    COUNTRY = "country", "省外"
    INTERNATIONAL = "international", "国际"
    BELT_AND_ROAD = "belt_and_road", "“一带一路”"


ABROAD = frozenset({CooperationScope.INTERNATIONAL, CooperationScope.BELT_AND_ROAD})


class CooperationKind(models.TextChoices):
    """What is built together (合作内容)."""

    JOINT_SCHOOL = "joint_school", "合作办学"
    PROGRAMME = "programme", "特色专业"
    BASE = "base", "实训基地"
    RESOURCES = "resources", "引进优质教育资源"
    CAPACITY = "capacity", "产能合作"
    RESEARCH = "research", "协同创新"


class CooperationStage(models.TextChoices):
    """The life of a project (合作阶段)."""

    EXPLORED = "explored", "洽谈中"
    SIGNED = "signed", "已签约"
    BUILDING = "building", "建设中"
    RUNNING = "running", "运行中"
    ENDED = "ended", "已结束"
    BROKEN_OFF = "broken_off", "已中止"


PUBLIC_STAGES = frozenset(CooperationStage) - {CooperationStage.EXPLORED}
ACTIVE_STAGES = frozenset(
    {CooperationStage.SIGNED, CooperationStage.BUILDING, CooperationStage.RUNNING}
)
STAGE_TONES = {
    CooperationStage.EXPLORED: "open",
    CooperationStage.SIGNED: "info",
    CooperationStage.BUILDING: "info",
    CooperationStage.RUNNING: "ok",
    CooperationStage.ENDED: "unset",
    CooperationStage.BROKEN_OFF: "watch",
}


class TalentMode(models.TextChoices):
    """How a person of high standing came (引进方式)."""

    FULL_TIME = "full_time", "全职引进"
    FLEXIBLE = "flexible", "柔性引进"
    TEAM = "team", "团队引进"
