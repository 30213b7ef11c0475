"""What happens to hosts, posts and plans."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class HostProposed(Event):
    """A school means to send interns to an organisation (拟选实习单位)."""

    host_id: int


@dataclass(frozen=True, kw_only=True)
class HostPublished(Event):
    """A school put an organisation on its public list (公布实习单位)."""

    host_id: int


@dataclass(frozen=True, kw_only=True)
class HostRemoved(Event):
    """A school took an organisation off its list (移出实习单位)."""

    host_id: int


@dataclass(frozen=True, kw_only=True)
class PostOpened(Event):
    """An organisation offers a post (开放实习岗位)."""

    post_id: int


@dataclass(frozen=True, kw_only=True)
class PostClosed(Event):
    """An organisation no longer offers a post (关闭实习岗位)."""

    post_id: int


@dataclass(frozen=True, kw_only=True)
class PostsWaiting(Event):
    """A school wrote posts of a host from a file; the host opens them (岗位待单位开放)."""

    import_id: int


@dataclass(frozen=True, kw_only=True)
class CensusDeclared(Event):
    """An organisation declared its staff and posts (申报在岗人数与岗位)."""

    census_id: int


@dataclass(frozen=True, kw_only=True)
class PlanSent(Event):
    """A plan waits for the answer of hosts (方案待确认)."""

    plan_id: int


@dataclass(frozen=True, kw_only=True)
class PlanAnswered(Event):
    """A host answered a plan (方案已答复)."""

    plan_id: int
    host_id: int


@dataclass(frozen=True, kw_only=True)
class PlanApproved(Event):
    """Both sides signed a plan (方案双方确认)."""

    plan_id: int
