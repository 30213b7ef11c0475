"""Labels of publications."""

from __future__ import annotations

from django.db import models


class EditionState(models.TextChoices):
    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "待审批"
    APPROVED = "approved", "已批准"
    PUBLISHED = "published", "已发布"
    WITHDRAWN = "withdrawn", "已撤下"


PUBLIC_STATES = (EditionState.PUBLISHED, EditionState.WITHDRAWN)
HANDED_IN_STATES = (EditionState.SUBMITTED, EditionState.APPROVED, *PUBLIC_STATES)

EDITION_TONES = {
    EditionState.DRAFT: "open",
    EditionState.SUBMITTED: "info",
    EditionState.APPROVED: "info",
    EditionState.PUBLISHED: "ok",
    EditionState.WITHDRAWN: "unset",
}


class ChangeKind(models.TextChoices):
    """How an entry differs from the last edition (变化)."""

    ADDED = "added", "新增"
    REMOVED = "removed", "删去"
    CHANGED = "changed", "改动"
