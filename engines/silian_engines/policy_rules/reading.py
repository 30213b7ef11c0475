"""Reading rulebook files (读取规则文件): plain TOML, one folder per jurisdiction."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from .definitions import Gate, Input, Rule, Step
from .errors import RulebookFault
from .provisions import FORCES, Provision, Value
from .quantities import exact

RULEBOOKS = Path(__file__).resolve().parents[3] / "rulebooks"
_DEFAULTS = ("document", "valid_from", "known_from", "evidence", "review_by", "force", "kind")
_OPTIONAL = ("key", "number", "deadline", "same_as", "note", "valid_to")
_COMPARATORS = {">=", "<=", "=", "range", "~"}


@cache
def toml(path: Path) -> dict[str, Any]:
    """The content of one file; a broken file is named."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise RulebookFault(f"规则文件“{path.name}”无法读取：{error}") from error


def folders(*, folder: Path) -> dict[str, tuple[str, Path]]:
    """Each jurisdiction code with its name and folder."""
    index = toml(folder / "index.toml")["jurisdiction"]
    return {code: (entry["name"], folder / entry["folder"]) for code, entry in index.items()}


def provisions_in(*, folder: Path, jurisdiction: str) -> Iterator[Provision]:
    """Every provision of one jurisdiction, from all its parameter files."""
    for path in sorted(folder.glob("parameters*.toml")):
        content = toml(path)
        defaults = content.get("defaults", {})
        for entry in content.get("parameter", ()):
            yield _provision({**defaults, **entry}, jurisdiction, path)


def rules_in(*, folder: Path) -> Iterator[Rule]:
    """Every rule definition of one folder."""
    for path in sorted(folder.glob("rules*.toml")):
        for entry in toml(path).get("rule", ()):
            yield _rule(entry)


def _provision(entry: dict[str, Any], jurisdiction: str, path: Path) -> Provision:
    name = f"{path.parent.name}/{path.name}：{entry.get('id', '没有 id')}"
    missing = [f for f in ("id", "title", "clause", *_DEFAULTS) if f not in entry]
    missing = [each for each in missing if each != "known_from"]
    if missing:
        raise RulebookFault(f"{name} 缺少 {'、'.join(missing)}。")
    if entry["force"] not in FORCES or entry.get("comparator", "=") not in _COMPARATORS:
        raise RulebookFault(f"{name} 的力度或比较方式不认识。")
    ends: dict[str, Any] = {end: exact(entry[end]) for end in ("low", "high") if end in entry}
    if "value" not in entry and not ends:
        raise RulebookFault(f"{name} 没有数值；没有规定时请写“未设定”。")
    return Provision(
        **{each: entry[each] for each in ("id", "title", "clause", *_DEFAULTS) if each in entry}
        | {"known_from": entry.get("known_from", entry["valid_from"])},
        **{each: entry[each] for each in _OPTIONAL if each in entry},
        **ends,
        jurisdiction=jurisdiction,
        unit=entry.get("unit", ""),
        value=_value(entry.get("value")),
        comparator=entry.get("comparator", "="),
        groups=tuple(entry.get("groups", ())),
    )


def _value(raw: object) -> Value:
    if raw is None or isinstance(raw, bool):
        return raw
    if isinstance(raw, date):
        return raw.isoformat()
    number = exact(str(raw))
    return str(raw) if number is None else number


def _rule(entry: dict[str, Any]) -> Rule:
    return Rule(
        id=entry["id"],
        title=entry["title"],
        inputs=tuple(_input(name, given) for name, given in entry["inputs"].items()),
        steps=tuple(Step(**given) for given in entry.get("step", ())),
        gates=tuple(Gate(**given) for given in entry.get("gate", ())),
        basis=tuple(entry["basis"]),
        also=tuple(entry.get("also", ())),
        systems=tuple(entry.get("systems", ())),
        carry=dict(entry.get("carry", {})),
        note=entry.get("note", ""),
        for_each=entry.get("for_each"),
    )


def _input(name: str, given: dict[str, Any]) -> Input:
    return Input(
        name=name,
        title=given["title"],
        unit=given.get("unit", ""),
        choices=tuple(given.get("choices", ())),
        each=tuple(_input(field, inner) for field, inner in given.get("each", {}).items()),
        adjustable=given.get("adjustable", False),
        may_be_negative=given.get("may_be_negative", False),
        at_least=given.get("at_least", 0),
        at_most=given.get("at_most"),
    )
