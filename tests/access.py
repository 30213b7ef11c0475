"""The words of the access list: what each role gets from each address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.world import ROLES, World

LOGIN = 302
HIDDEN = 404
REFUSED = 403
OK = 200


@dataclass(frozen=True, kw_only=True)
class Row:
    """One address: its arguments, its method, and the status for every role."""

    statuses: Mapping[str, int]
    method: str = "get"
    kwargs: Callable[[World], dict[str, Any]] = field(default=lambda world: {})
    data: Callable[[World], dict[str, Any]] = field(default=lambda world: {})


def public(**given: Any) -> Row:
    """An address that everybody may open."""
    return Row(statuses=dict.fromkeys(ROLES, OK), **given)


def only(*roles: str, status: int = OK, otherwise: int = REFUSED, **given: Any) -> Row:
    """An address for some roles; others get ``otherwise``, visitors are sent to the login."""
    statuses = dict.fromkeys(ROLES, otherwise) | {"anonymous": LOGIN}
    return Row(statuses={**statuses, **dict.fromkeys(roles, status)}, **given)


def signed_in(status: int = OK, **given: Any) -> Row:
    """An address for everybody who has signed in."""
    return only(*[role for role in ROLES if role != "anonymous"], status=status, **given)
