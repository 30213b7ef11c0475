"""Facts about batches."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class CampaignAnnounced(Event):
    """A batch takes applications (发布申报通知)."""

    campaign_id: int


@dataclass(frozen=True, kw_only=True)
class CampaignConcluded(Event):
    """The results of a batch are out (公布结果)."""

    campaign_id: int
