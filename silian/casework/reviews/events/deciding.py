"""Facts about deciding, notices and appeals."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class MeetingCalled(Event):
    """Members were asked to decide a batch (召集审定会)."""

    meeting_id: int


@dataclass(frozen=True, kw_only=True)
class NoticePublished(Event):
    """Proposed recognitions are shown in public (公示)."""

    notice_id: int


@dataclass(frozen=True, kw_only=True)
class HearingAsked(Event):
    """The applicant is asked to explain, without who objected (听取申报单位意见)."""

    objection_id: int


@dataclass(frozen=True, kw_only=True)
class AppealFiled(Event):
    """An applicant asks for a decision to be looked at again (提出申诉)."""

    appeal_id: int


@dataclass(frozen=True, kw_only=True)
class AppealSettled(Event):
    """An appeal was answered (答复申诉)."""

    appeal_id: int
