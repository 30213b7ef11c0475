"""Facts of the organisation register."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class OrganisationSubmitted(Event):
    """An organisation waits for verification (提交核验)."""

    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class OrganisationVerified(Event):
    """An organisation was verified (核验通过)."""

    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class OrganisationRejected(Event):
    """A registration was sent back with a reason (核验退回)."""

    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class OrganisationRenamed(Event):
    """An organisation bears a new name (更名)."""

    organisation_id: int
    renaming_id: int


@dataclass(frozen=True, kw_only=True)
class RenamingRefused(Event):
    """A change of name was not confirmed (更名未通过)."""

    organisation_id: int
    renaming_id: int


@dataclass(frozen=True, kw_only=True)
class OrganisationsMerged(Event):
    """An organisation went up in another (并入)."""

    organisation_id: int
    heir_id: int
    merged_on: datetime.date


@dataclass(frozen=True, kw_only=True)
class OrganisationClosed(Event):
    """An organisation exists no more (注销)."""

    organisation_id: int
    closed_on: datetime.date


@dataclass(frozen=True, kw_only=True)
class OrganisationSuspended(Event):
    """An organisation may not publish or answer for now (暂停)."""

    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class OrganisationResumed(Event):
    """A suspended organisation may act again (恢复)."""

    organisation_id: int
    resumed_at: datetime.datetime


@dataclass(frozen=True, kw_only=True)
class MembershipStarted(Event):
    """A person took a role in an organisation (成为成员)."""

    membership_id: int
    organisation_id: int
    user_id: int


@dataclass(frozen=True, kw_only=True)
class MembershipEnded(Event):
    """A person's role in an organisation ended (不再是成员)."""

    membership_id: int
    organisation_id: int
    user_id: int


@dataclass(frozen=True, kw_only=True)
class RoleProposed(Event):
    """An official role waits for a second person's decision (角色待复核)."""

    proposal_id: int
