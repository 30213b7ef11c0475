"""Sizes, names and rooms: the rules of style that a machine can check."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = ("silian", "config", "engines/silian_engines")
MOST_FUNCTION, MOST_VIEW, MOST_FILE, MOST_TEST, MOST_BASE = 40, 30, 400, 500, 250
FORBIDDEN_NAMES = {"utils", "helpers", "common", "services", "misc"}
ROOMS = [
    {"urls"},
    {
        "views",
        "api",
        "admin",
        "panels",
        "handlers",
        "tasks",
        "metrics",  # the measures that a module declares from its own rows
        "demo",
        "management",
        "middleware",
    },
    {"forms", "exports"},
    {"commands"},
    {"queries"},
    {"gateways"},  # a query may read through an outside system; no gateway asks a query
    {"permissions"},
    {"models"},
    {"workflow"},
    {"rules"},
    {"events", "choices", "errors"},
]
DOORS = {"commands", "queries", "events", "models", "choices", "errors", "permissions"}
LIBRARIES = ("silian/foundation/kernel", "silian/foundation/ui")


def python_files() -> list[Path]:
    found = [path for folder in CODE for path in (ROOT / folder).rglob("*.py")]
    return [path for path in found if "migrations" not in path.parts]


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_function_is_longer_than_forty_lines() -> None:
    long = []
    for path in python_files():
        room = next((part for part in path.with_suffix("").parts if part == "views"), "")
        most = MOST_VIEW if room else MOST_FUNCTION
        long += [
            f"{relative(path)}:{node.lineno} {node.name} {length}"
            for node in functions(path)
            if (length := (node.end_lineno or node.lineno) - node.lineno + 1) > most
        ]
    assert not long


def test_no_file_is_too_long() -> None:
    long = [
        f"{relative(path)} {lines}"
        for path in python_files()
        if (lines := len(path.read_text().splitlines())) > MOST_FILE
    ]
    tests = [*(ROOT / "tests").rglob("*.py"), *(ROOT / "engines/tests").rglob("*.py")]
    long += [
        f"{relative(path)} {lines}"
        for path in tests
        if (lines := len(path.read_text().splitlines())) > MOST_TEST
    ]
    assert not long
    base = ROOT / "config" / "settings" / "base.py"
    assert len(base.read_text().splitlines()) <= MOST_BASE


def test_nothing_is_named_after_nothing() -> None:
    bad = [relative(path) for path in python_files() if FORBIDDEN_NAMES & set(named(path))]
    assert not bad


def named(path: Path) -> tuple[str, ...]:
    return path.relative_to(ROOT).with_suffix("").parts


def modules() -> list[Path]:
    folders = [path.parent for path in (ROOT / "silian").rglob("apps.py")]
    return sorted(folder for folder in folders if relative(folder) not in LIBRARIES)


def room_of(parts: tuple[str, ...]) -> str | None:
    return parts[3] if len(parts) > 3 else None


def room_level(room: str) -> int | None:
    return next((level for level, rooms in enumerate(ROOMS) if room in rooms), None)


def imports(path: Path) -> Iterator[tuple[str, ...]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield (*node.module.split("."), alias.name)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield tuple(alias.name.split("."))


@pytest.mark.parametrize("module", modules(), ids=relative)
def test_rooms_use_only_the_rooms_below_them(module: Path) -> None:
    wrong = []
    home = named(module)
    for path in module.rglob("*.py"):
        room = room_of(named(path))
        level = room_level(room) if room else None
        if level is None or "migrations" in path.parts:
            continue
        for target in imports(path):
            other = target[3] if target[:3] == home and len(target) > 3 else None
            other_level = room_level(other) if other else None
            if other_level is None or other == room:
                continue
            if other_level <= level:
                wrong.append(f"{relative(path)} uses {other}")
    assert not wrong


@pytest.mark.parametrize("module", modules(), ids=relative)
def test_other_modules_enter_by_the_doors(module: Path) -> None:
    wrong = []
    home = named(module)
    for path in module.rglob("*.py"):
        if "migrations" in path.parts:
            continue
        for target in imports(path):
            is_other = len(target) > 3 and target[0] == "silian" and target[:3] != home
            if is_other and target[2] not in ("kernel", "ui") and target[3] not in DOORS | EXTRA:
                wrong.append(f"{relative(path)} enters {'.'.join(target[:4])}")
    assert not wrong


EXTRA = {
    "api",  # composition mounts the routers of the open interface under one address
    "forms",  # shapes of input, e.g. a picker of divisions
    "jurisdictions",
    "registry",  # where modules declare their measures
    "kinds",  # declarations of the exchange: labels and fields, no rows
    "demo",  # the demonstration city is built floor by floor
}


@pytest.mark.parametrize("module", modules(), ids=relative)
def test_every_module_has_a_short_readme(module: Path) -> None:
    readme = module / "README.md"
    assert readme.exists(), f"{relative(module)} has no README.md"
    assert len(readme.read_text().splitlines()) <= 60
