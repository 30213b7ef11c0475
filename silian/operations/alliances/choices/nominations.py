"""Labels of experts whom committees propose for the review pool."""

from __future__ import annotations

from django.db import models


class NominationState(models.TextChoices):
    """What became of a nomination (专家推荐状态)."""

    ASKED = "asked", "待本人同意"
    AGREED = "agreed", "本人同意"
    DECLINED = "declined", "本人不同意"
    WITHDRAWN = "withdrawn", "已撤回"


NOMINATION_TONES = {
    NominationState.ASKED: "open",
    NominationState.AGREED: "ok",
    NominationState.DECLINED: "unset",
    NominationState.WITHDRAWN: "unset",
}
