"""Tables of incentives."""

from silian.governance.incentives.models.facts import StatedFact
from silian.governance.incentives.models.scenarios import DraftProvision, Scenario

__all__ = ["DraftProvision", "Scenario", "StatedFact"]
