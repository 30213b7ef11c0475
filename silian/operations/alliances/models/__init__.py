"""Tables of coordination: bodies, posts, meetings and decisions, one file per aggregate."""

from silian.operations.alliances.models import (
    committees,
    conduct,
    consortia,
    contributions,
    cooperation,
    escalations,
    governance,
    groups,
    nominations,
    opinions,
    ownership,
    pairings,
    zones,
)
from silian.operations.alliances.models.bodies import CoordinatingBody
from silian.operations.alliances.models.decisions import Decision

__all__ = [
    "CoordinatingBody",
    "Decision",
    "committees",
    "conduct",
    "consortia",
    "contributions",
    "cooperation",
    "escalations",
    "governance",
    "groups",
    "nominations",
    "opinions",
    "ownership",
    "pairings",
    "zones",
]
