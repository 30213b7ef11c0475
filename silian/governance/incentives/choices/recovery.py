"""Labels of recovering money, recomputing claims, and appeals."""

from __future__ import annotations

from django.db import models


class RecalculationState(models.TextChoices):
    """What followed from computing a claim again (重新核算处理)."""

    FOUND = "found", "待处理"
    SUPPLEMENTED = "supplemented", "已补拨"
    ADJUSTED = "adjusted", "已调整待拨金额"
    RECOVERING = "recovering", "已立案追回"
    CONFIRMED = "confirmed", "已确认，无差额"
    SET_ASIDE = "set_aside", "不予调整"


class RecoveryState(models.TextChoices):
    """Where a recovery stands (追回状态): nothing comes back without notice."""

    NOTICED = "noticed", "已告知，待陈述"
    REPLIED = "replied", "已陈述，待决定"
    DECIDED = "decided", "已决定追回"
    COLLECTING = "collecting", "收回中"
    SETTLED = "settled", "已结清"
    DROPPED = "dropped", "不予追回"


class RecoveryWay(models.TextChoices):
    """How the money comes back (收回方式)."""

    REFUND = "refund", "一次退回"
    INSTALMENTS = "instalments", "分期退回"
    SET_OFF = "set_off", "从后续补贴中抵扣"


class AppealState(models.TextChoices):
    """Where an appeal stands (复核状态)."""

    OPEN = "open", "复核中"
    UPHELD = "upheld", "维持原决定"
    CHANGED = "changed", "变更决定"


RECALCULATION_TONES = {
    RecalculationState.FOUND: "watch",
    RecalculationState.SUPPLEMENTED: "ok",
    RecalculationState.ADJUSTED: "ok",
    RecalculationState.RECOVERING: "watch",
    RecalculationState.CONFIRMED: "ok",
    RecalculationState.SET_ASIDE: "info",
}
APPEAL_TONES = {
    AppealState.OPEN: "watch",
    AppealState.UPHELD: "info",
    AppealState.CHANGED: "ok",
}
RECOVERIES_OPEN = (
    RecoveryState.NOTICED,
    RecoveryState.REPLIED,
    RecoveryState.DECIDED,
    RecoveryState.COLLECTING,
)
RECOVERY_TONES = {
    RecoveryState.NOTICED: "watch",
    RecoveryState.REPLIED: "watch",
    RecoveryState.DECIDED: "late",
    RecoveryState.COLLECTING: "watch",
    RecoveryState.SETTLED: "ok",
    RecoveryState.DROPPED: "info",
}
