"""Facts about agreements, told to the modules above."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class AgreementEvent(Event):
    """What every event of an agreement carries; ``source`` names the row that it serves."""

    agreement_id: int
    kind: str
    source: str = ""
    source_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class AgreementSent(AgreementEvent):
    """A version went out for signature (已送签)."""

    version_id: int


@dataclass(frozen=True, kw_only=True)
class PartySigned(AgreementEvent):
    """One party signed a version (一方已签)."""

    version_id: int
    party_id: int


@dataclass(frozen=True, kw_only=True)
class AgreementActivated(AgreementEvent):
    """Every signature of the base is there (协议生效)."""


@dataclass(frozen=True, kw_only=True)
class AgreementRefused(AgreementEvent):
    """A party refused a version (被拒签)."""

    version_id: int


@dataclass(frozen=True, kw_only=True)
class AgreementLapsed(AgreementEvent):
    """The signing period of a version ran out (逾期未签)."""

    version_id: int


@dataclass(frozen=True, kw_only=True)
class AgreementAmended(AgreementEvent):
    """An amendment or renewal was signed by all whom it concerns (修订已签齐)."""

    version_id: int


@dataclass(frozen=True, kw_only=True)
class AgreementSuspended(AgreementEvent):
    """An agreement was suspended (中止)."""


@dataclass(frozen=True, kw_only=True)
class AgreementResumed(AgreementEvent):
    """A suspended agreement goes on (恢复)."""


@dataclass(frozen=True, kw_only=True)
class AgreementTerminated(AgreementEvent):
    """An agreement ended before its last day (解除)."""


@dataclass(frozen=True, kw_only=True)
class AgreementEnded(AgreementEvent):
    """An agreement reached its last day (到期终止)."""
