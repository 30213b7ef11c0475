"""What every row with reasons shows: the facts as sentences, and the line above them."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.ui.components import Reason
from silian.operations.exchange.rules.matching_facts import MatchFact
from silian.operations.exchange.rules.recommendations import headline


@dataclass(frozen=True, kw_only=True)
class Reasoned:
    """Something that is shown with the facts that speak for it (推荐理由)."""

    facts: list[MatchFact]

    @property
    def met(self) -> int:
        return sum(fact.met for fact in self.facts)

    @property
    def reasons(self) -> list[Reason]:
        return [Reason(text=fact.text, met=fact.met) for fact in self.facts]

    @property
    def headline(self) -> str:
        return headline(self.facts)
