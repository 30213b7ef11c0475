"""What guidance committees tell others."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class CommitteeChanged(Event):
    """A committee was set up or dissolved; its number changes from a day on (委员会变动)."""

    committee_id: int
    since: datetime.date


@dataclass(frozen=True, kw_only=True)
class OpinionIssued(Event):
    """An opinion went to the schools that it concerns (意见已发出)."""

    opinion_id: int


@dataclass(frozen=True, kw_only=True)
class OpinionAnswered(Event):
    """A school said what it does with an opinion (意见已答复)."""

    answer_id: int


@dataclass(frozen=True, kw_only=True)
class ExpertAsked(Event):
    """A committee asked a member to be proposed for the review pool (征询专家)."""

    nomination_id: int


@dataclass(frozen=True, kw_only=True)
class NominationAnswered(Event):
    """The person agreed or declined (专家已答复)."""

    nomination_id: int


@dataclass(frozen=True, kw_only=True)
class OpinionWithdrawn(Event):
    opinion_id: int
