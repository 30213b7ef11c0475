"""The search cluster, for the tests of this folder."""

from __future__ import annotations

from tests.search_cluster import cluster, engine

__all__ = ["cluster", "engine"]
