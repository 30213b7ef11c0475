"""Facts about lists of other authorities."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ComparisonListEntered(Event):
    """A list was brought in and can be compared (已导入外部比对名单)."""

    list_id: int


@dataclass(frozen=True, kw_only=True)
class ComparisonsFound(Event):
    """Lists or pictures gave new signals in a claim (外部比对有新提示)."""

    claim_id: int
