"""What cases of schools run with enterprises tell others."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class OwnershipCaseMoved(Event):
    """A case took a step: applied, returned, reviewed, approved, running, ended (案例变动)."""

    case_id: int


@dataclass(frozen=True, kw_only=True)
class EducationPurchased(Event):
    """The government bought places at a school run by an enterprise (政府购买教育服务)."""

    purchase_id: int
