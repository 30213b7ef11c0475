"""Labels of the appropriation to schools and of its open numbers."""

from __future__ import annotations

from django.db import models


class SheetState(models.TextChoices):
    """Where an appropriation sheet stands (拨款核算表状态)."""

    DRAFT = "draft", "拟定中"
    CHECKING = "checking", "待教育核对"
    APPROVING = "approving", "待审定"
    APPROVED = "approved", "已审定，待送达"
    PUBLISHED = "published", "已送达学校"
    REPLACED = "replaced", "已被更正"


SHEET_TONES = {
    SheetState.DRAFT: "open",
    SheetState.CHECKING: "info",
    SheetState.APPROVING: "info",
    SheetState.APPROVED: "watch",
    SheetState.PUBLISHED: "ok",
    SheetState.REPLACED: "unset",
}
SEEN_BY_SCHOOL = (SheetState.PUBLISHED, SheetState.REPLACED)
IN_HAND = (SheetState.DRAFT, SheetState.CHECKING, SheetState.APPROVING, SheetState.APPROVED)


class SettingKind(models.TextChoices):
    """Which open number is set (拨款参数)."""

    BASE = "base", "生均拨款标准（元/生·年）"
    WEIGHT = "weight", "专业办学成本系数"
    FACTOR = "factor", "绩效系数"
