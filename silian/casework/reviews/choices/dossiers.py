"""Labels of campaigns and dossiers."""

from __future__ import annotations

from django.db import models


class CampaignState(models.TextChoices):
    """Where a batch stands (批次状态)."""

    DRAFT = "draft", "筹备中"
    OPEN = "open", "申报中"
    REVIEWING = "reviewing", "评审中"
    DECIDING = "deciding", "审定中"
    NOTICED = "noticed", "公示中"
    CONCLUDED = "concluded", "已公布结果"
    CANCELLED = "cancelled", "已取消"


class DossierState(models.TextChoices):
    """Where an application stands (申报状态)."""

    DRAFT = "draft", "填报中"
    SUBMITTED = "submitted", "待形式审查"
    FIXING = "fixing", "待补正"
    OPINIONS = "opinions", "征求部门意见"
    EXPERTS = "experts", "专家评审"
    MODERATION = "moderation", "分差复核"
    VISIT = "visit", "实地核查"
    RANKED = "ranked", "待审定"
    NOTICED = "noticed", "公示中"
    OBJECTED = "objected", "异议核查"
    RECOGNISED = "recognised", "已认定"
    REJECTED = "rejected", "未通过"
    WITHDRAWN = "withdrawn", "已撤回"


ENDED_DOSSIER_STATES = frozenset(
    {DossierState.RECOGNISED, DossierState.REJECTED, DossierState.WITHDRAWN}
)
JUDGED_STATES = frozenset(DossierState) - {DossierState.DRAFT, DossierState.WITHDRAWN}


class SeatRole(models.TextChoices):
    """In which capacity a person acts on one dossier (评审席位); nobody holds two."""

    APPLICANT = "applicant", "申报人"
    INTAKE = "intake", "形式审查"
    OPINION = "opinion", "部门意见"
    EXPERT = "expert", "评审专家"
    MODERATOR = "moderator", "分差复核"
    VISITOR = "visitor", "实地核查"
    DECIDER = "decider", "集体审定"
    INVESTIGATOR = "investigator", "异议核查"
    APPEAL = "appeal", "复核申诉"


class OpinionState(models.TextChoices):
    """What a department has said (部门意见)."""

    ASKED = "asked", "待答复"
    AGREED = "agreed", "同意"
    DISAGREED = "disagreed", "不同意"
    SILENT = "silent", "逾期未答复"
    ENDED = "ended", "已停止征求"
