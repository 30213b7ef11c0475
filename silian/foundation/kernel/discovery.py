"""Finding the doors of every module: a room is a file, or a folder with one file per aggregate."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps

HOUSE = "silian."


def import_rooms(*rooms: str) -> None:
    """Import the rooms of every module, so that what they register is known."""
    for room in rooms:
        for _ in modules_of_room(room):
            continue


def modules_of_room(room: str) -> Iterator[ModuleType]:
    """Each file of the room in each module of the house, in the order of the floors."""
    for config in apps.get_app_configs():
        name = f"{config.name}.{room}"
        if not config.name.startswith(HOUSE) or find_spec(name) is None:
            continue
        module = import_module(name)
        yield module
        for inner in pkgutil.walk_packages(getattr(module, "__path__", []), f"{name}."):
            yield import_module(inner.name)
