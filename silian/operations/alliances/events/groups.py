"""What groups and alliances tell others."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class GroupChanged(Event):
    """A group began, paused, ended, or was distinguished; its numbers change from a day on."""

    group_id: int
    since: datetime.date


@dataclass(frozen=True, kw_only=True)
class GroupMembersChanged(Event):
    """An organisation came into a group or left it (成员变动)."""

    group_id: int
    since: datetime.date


@dataclass(frozen=True, kw_only=True)
class MembershipAsked(Event):
    """An organisation applied, or was invited (申请或邀请加入)."""

    member_id: int


@dataclass(frozen=True, kw_only=True)
class MembershipDecided(Event):
    member_id: int


@dataclass(frozen=True, kw_only=True)
class ContributionRecorded(Event):
    """A contribution waits for confirmation (贡献待确认)."""

    contribution_id: int


@dataclass(frozen=True, kw_only=True)
class ContributionDecided(Event):
    contribution_id: int


@dataclass(frozen=True, kw_only=True)
class JointTargetChanged(Event):
    """A joint target was set, moved on, or dropped (联合目标变动)."""

    target_id: int
    since: datetime.date


@dataclass(frozen=True, kw_only=True)
class GroupAssessed(Event):
    """The coordinator has given a yearly result (年度考核已公布)."""

    assessment_id: int


@dataclass(frozen=True, kw_only=True)
class ConsortiumReportFiled(Event):
    report_id: int


@dataclass(frozen=True, kw_only=True)
class ConsortiumReportDecided(Event):
    report_id: int
