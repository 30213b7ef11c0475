"""Reads of the organisation register; ``actor_for`` is what every door asks first."""

from silian.registers.organisations.queries.identity import actor_for

__all__ = ["actor_for"]
