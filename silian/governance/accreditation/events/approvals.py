"""What approval cases tell others."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class CaseApplied(Event):
    """Somebody applied, or supplied what was missing (收到申请或补正)."""

    case_id: int


@dataclass(frozen=True, kw_only=True)
class CaseAnswered(Event):
    """The authority took a step the applicant must know of (办件有进展)."""

    case_id: int


@dataclass(frozen=True, kw_only=True)
class CaseDecided(Event):
    """A case was granted or refused (作出决定)."""

    case_id: int
