"""Facts of complaints. They carry no person: nobody may learn from them who complained."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ComplaintEvent(Event):
    complaint_id: int


@dataclass(frozen=True, kw_only=True)
class ComplaintFiled(ComplaintEvent):
    """Somebody complained (已投诉)."""


@dataclass(frozen=True, kw_only=True)
class ComplaintMoved(ComplaintEvent):
    """The handler took a step, or the clock moved it up (投诉办理进展)."""


@dataclass(frozen=True, kw_only=True)
class ComplaintClosed(ComplaintEvent):
    """The complaint was answered, declined or withdrawn (投诉办结)."""


@dataclass(frozen=True, kw_only=True)
class ViolationOpened(Event):
    """A case of unlawful internship was opened or closed (违规查处)."""

    case_id: int
