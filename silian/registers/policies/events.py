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


@dataclass(frozen=True, kw_only=True)
class ParameterSet(Event):
    """A value of a parameter has been set or put right (参数已设定)."""

    parameter_id: int
    division: str
    code: str


@dataclass(frozen=True, kw_only=True)
class BenefitListPublished(Event):
    """The list of preferential policies has been made public; the edition keeps it (清单已公布)."""

    edition_id: int
    division: str


@dataclass(frozen=True, kw_only=True)
class PlanReviewed(Event):
    """The entry of a plan has been checked (规划已核对)."""

    plan_id: int
    division: str
