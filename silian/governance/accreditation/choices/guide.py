"""Labels of matters of approval and of the cases against them."""

from __future__ import annotations

from django.db import models


class MatterState(models.TextChoices):
    """Whether a matter can be applied for (事项状态)."""

    DRAFT = "draft", "拟定中"
    PUBLISHED = "published", "已公布"
    WITHDRAWN = "withdrawn", "已停办"


class VersionState(models.TextChoices):
    """The life of one text of a guide (指南版本状态)."""

    DRAFT = "draft", "拟定中"
    PUBLISHED = "published", "现行"
    REPLACED = "replaced", "已替换"


class CaseState(models.TextChoices):
    """Where an application stands (办件状态)."""

    APPLIED = "applied", "待受理"
    SUPPLEMENT = "supplement", "待补正"
    ACCEPTED = "accepted", "办理中"
    GRANTED = "granted", "准予许可"
    REFUSED = "refused", "不予许可"
    WITHDRAWN = "withdrawn", "已撤回"


CASE_TONES = {
    CaseState.APPLIED: "open",
    CaseState.SUPPLEMENT: "watch",
    CaseState.ACCEPTED: "info",
    CaseState.GRANTED: "ok",
    CaseState.REFUSED: "late",
    CaseState.WITHDRAWN: "unset",
}
OPEN_CASES = frozenset({CaseState.APPLIED, CaseState.SUPPLEMENT, CaseState.ACCEPTED})
AUTHORITY_CASES = frozenset({CaseState.APPLIED, CaseState.ACCEPTED})  # the authority's clock runs
DECIDED_CASES = frozenset({CaseState.GRANTED, CaseState.REFUSED})
