"""What the policy register tells the floors above."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class PolicyIssued(Event):
    """A document has been reviewed and issued; its tasks and targets may be made (政策已发布)."""

    document_id: int
    division: str


@dataclass(frozen=True, kw_only=True)
class PolicySuperseded(Event):
    """A later version has taken the place of a document (政策已被替代)."""

    document_id: int
    successor_id: int


@dataclass(frozen=True, kw_only=True)
class BodyHandedOver(Event):
    """The duties of a body have passed to another (职责划转)."""

    body_id: int
    successor_id: int
    handed_over_on: datetime.date
