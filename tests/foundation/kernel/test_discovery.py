"""A room is found whether it is a file or a folder with one file per aggregate."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from silian.foundation.kernel import discovery


@pytest.fixture
def house(tmp_path: Path, monkeypatch: Any) -> Path:
    """A house of two modules, one with a folder for a room, one with a file."""
    for name in ("folder", "file", "empty"):
        module = tmp_path / "sample_house" / name
        module.mkdir(parents=True)
        (module / "__init__.py").touch()
    (tmp_path / "sample_house" / "__init__.py").touch()
    room = tmp_path / "sample_house" / "folder" / "handlers"
    room.mkdir()
    for name in ("__init__", "listings", "deals"):
        (room / f"{name}.py").touch()
    (tmp_path / "sample_house" / "file" / "handlers.py").touch()
    configs = [SimpleNamespace(name=f"sample_house.{n}") for n in ("folder", "file", "empty")]
    monkeypatch.setattr(discovery, "HOUSE", "sample_house.")
    monkeypatch.setattr(discovery.apps, "get_app_configs", lambda: configs)
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


@pytest.mark.usefixtures("house")
def test_files_and_folders_are_found_in_the_order_of_the_modules() -> None:
    names = [module.__name__ for module in discovery.modules_of_room("handlers")]
    assert names == [
        "sample_house.folder.handlers",
        "sample_house.folder.handlers.deals",
        "sample_house.folder.handlers.listings",
        "sample_house.file.handlers",
    ]
    assert "sample_house.folder.handlers.deals" in sys.modules
