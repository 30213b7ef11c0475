"""Papers of a claim that the platform makes, and where each stands."""

from __future__ import annotations

from django.db import models


class PaperKind(models.TextChoices):
    """A paper that the platform makes from what it knows (平台生成的材料)."""

    FORM = "form", "申请表"
    ROSTER = "roster", "花名册"
    SUMS = "sums", "资金计算明细表"
    PLEDGE = "pledge", "承诺书"


class PaperStanding(models.TextChoices):
    """Where one paper of a claim stands (材料状态)."""

    MISSING = "missing", "没有上传"
    UPLOADED = "uploaded", "已上传"
    TO_MAKE = "to_make", "还没有生成"
    MADE = "made", "由平台生成"
    SIGNED = "signed", "签章件已上传"
    OUTDATED = "outdated", "需重新生成"


PAPER_TONES = {
    PaperStanding.MISSING: "unset",
    PaperStanding.UPLOADED: "ok",
    PaperStanding.TO_MAKE: "unset",
    PaperStanding.MADE: "ok",
    PaperStanding.SIGNED: "ok",
    PaperStanding.OUTDATED: "watch",
}
