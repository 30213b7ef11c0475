"""Every address of the house stands in the access list, and every role gets what it says."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from silian.foundation.ui import menu, sockets
from tests.access import Row
from tests.world import ROLES, World

TESTS = Path(__file__).resolve().parents[1]
FOREIGN = ("allauth", "django")


def access_lists() -> dict[str, Row]:
    """The rows of every ``access.py`` under ``tests/``, keyed by URL name."""
    rows: dict[str, Row] = {}
    for path in sorted(TESTS.glob("*/*/access.py")):
        module = ".".join(["tests", *path.relative_to(TESTS).with_suffix("").parts])
        rows |= import_module(module).ACCESS
    return rows


def url_names(resolver: URLResolver | None = None, namespaces: tuple[str, ...] = ()) -> set[str]:
    """The full names of all our own addresses."""
    names: set[str] = set()
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            names |= url_names(pattern, inner)
        elif is_ours(pattern):
            assert pattern.name, f"{pattern.pattern} has no name"
            names.add(":".join([*namespaces, pattern.name]))
    return names


def is_ours(pattern: URLPattern) -> bool:
    return not getattr(pattern.callback, "__module__", "").startswith(FOREIGN)


ROWS = access_lists()


def test_every_address_stands_in_the_access_list() -> None:
    missing = sorted(url_names() - set(ROWS))
    assert not missing, f"not in any tests/*/*/access.py: {missing}"


def test_the_access_list_names_no_address_that_is_gone() -> None:
    assert not sorted(set(ROWS) - url_names())


@pytest.fixture
def uncounted_menu(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw every line of the menu without its count, a fifth of the time of all rows together."""
    monkeypatch.setattr(menu, "counts_of", lambda items, *, actor: [0] * len(items))


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_its_menu_with_every_count(role: str, world: World) -> None:
    counts = menu.counts_of(
        [item for item in sockets.navigation if item.visible(world.people[role].actor)],
        actor=world.people[role].actor,
    )
    assert all(isinstance(count, int) and count >= 0 for count in counts)


@pytest.mark.parametrize("name", sorted(ROWS))
@pytest.mark.usefixtures("uncounted_menu")
def test_each_role_gets_what_the_access_list_says(name: str, world: World) -> None:
    row = ROWS[name]
    assert set(row.statuses) == set(ROLES), f"{name}: a role is missing"
    address = reverse(name, kwargs=row.kwargs(world))
    got = {role: status_for(role, row=row, address=address, world=world) for role in ROLES}
    assert got == dict(row.statuses)


def status_for(role: str, *, row: Row, address: str, world: World) -> int:
    """What the role gets; what its request wrote is undone, so that all roles meet the same."""
    with transaction.atomic():
        send = getattr(world.people[role].client, row.method)
        response = send(address, row.data(world))
        if response.streaming:
            assert list(response)
        transaction.set_rollback(True)
    return int(response.status_code)
