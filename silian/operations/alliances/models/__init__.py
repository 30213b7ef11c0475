"""Tables of coordination: bodies, posts, meetings and decisions, one file per aggregate."""

from silian.operations.alliances.models.decisions import Decision

__all__ = ["Decision"]
