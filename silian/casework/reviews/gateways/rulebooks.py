"""The built-in schemes in ``rulebooks/recognition/`` (规则册里的认定项目)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from silian_engines.policy_rules.reading import RULEBOOKS

from silian.casework.reviews.rules.loading import definition_from

FOLDER = RULEBOOKS / "recognition"
SHARED = "procedure"


@dataclass(frozen=True, kw_only=True)
class BuiltIn:
    """A scheme that comes with the platform (内置方案), and the values of regions."""

    code: str
    title: str
    definition: Mapping[str, Any]
    overrides: tuple[Mapping[str, str], ...] = ()


@lru_cache(maxsize=1)
def built_in_schemes() -> dict[str, BuiltIn]:
    """Every built-in scheme by its code, in the order of the titles."""
    shared = book(FOLDER / f"{SHARED}.toml")
    files = [path for path in FOLDER.glob("*.toml") if path.stem != SHARED]
    schemes = [built_in(book(path), shared=shared) for path in files]
    return {scheme.code: scheme for scheme in sorted(schemes, key=lambda one: one.title)}


def built_in(said: Mapping[str, Any], *, shared: Mapping[str, Any]) -> BuiltIn:
    return BuiltIn(
        code=said["code"],
        title=said["title"],
        definition=definition_from(said, shared=shared),
        overrides=tuple(said.get("override", ())),
    )


def book(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
