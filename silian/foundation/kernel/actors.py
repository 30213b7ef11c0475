"""Who acts: a person, in a role, for an organisation, within a jurisdiction."""

from __future__ import annotations

from dataclasses import dataclass

ANONYMOUS_NAME = "访客"
SYSTEM_NAME = "系统"


@dataclass(frozen=True, kw_only=True)
class Actor:
    """The acting identity of one request or job (操作主体).

    ``jurisdiction`` is the six-digit division code that bounds what an official sees; empty for
    everybody else. ``roles`` are the roles held in ``organisation_id``, delegated ones included.
    """

    user_id: int | None = None
    name: str = ANONYMOUS_NAME
    organisation_id: int | None = None
    organisation_name: str = ""
    organisation_kind: str = ""
    organisation_verified: bool = False
    roles: frozenset[str] = frozenset()
    jurisdiction: str = ""
    is_system: bool = False
    address: str = ""

    @property
    def is_authenticated(self) -> bool:
        return self.user_id is not None

    def has_role(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)

    def covers(self, division: str) -> bool:
        """Whether ``division`` lies in the actor's jurisdiction."""
        return bool(self.jurisdiction) and division.startswith(subtree_prefix(self.jurisdiction))


def subtree_prefix(division: str) -> str:
    """The leading digits shared by a division and all below it: 530300 → 5303.

    Basis: GB/T 2260, two digits a level.
    """
    for length in (2, 4):
        if division[length:] == "0" * (6 - length):
            return division[:length]
    return division


def system_actor() -> Actor:
    """The actor of jobs that nobody started by hand."""
    return Actor(name=SYSTEM_NAME, is_system=True)
