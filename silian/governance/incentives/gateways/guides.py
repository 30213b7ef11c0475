"""The guides and the facts they ask, read once from ``guides.toml`` (办事指南、事实目录)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from silian_engines.policy_rules.definitions import Input
from silian_engines.policy_rules.rulebook import rulebook

BOOK = Path(__file__).resolve().parents[1] / "guides.toml"


@dataclass(frozen=True, kw_only=True)
class Guide:
    """Who handles a benefit, with which papers and steps; which facts its rule needs (指南)."""

    rule: str
    amount: str
    audiences: tuple[str, ...]
    authority: str
    filing: str
    materials: tuple[str, ...]
    steps: tuple[str, ...]
    facts: Mapping[str, str]
    duty: bool = False
    simulated: str = ""

    @property
    def cost(self) -> str:
        """The result whose change a simulation shows; a plan where the amount comes later."""
        return self.simulated or self.amount


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that rules ask about an organisation in a year (事实)."""

    code: str
    group: str
    input: Input
    known: bool = False
    asked: bool = True


@cache
def guides() -> dict[str, Guide]:
    """Every guide by its rule, in the order of the file."""
    return {row["rule"]: guide_of(row) for row in book()["guide"]}


def guide_of(row: dict[str, Any]) -> Guide:
    lists = {name: tuple(row[name]) for name in ("audiences", "materials", "steps")}
    return Guide(**{**row, **lists})


@cache
def facts() -> dict[str, Fact]:
    """Every fact by its code; unit and choices as the first rule that asks it declares."""
    inputs = declared_inputs()
    return {
        row["code"]: Fact(
            code=row["code"],
            group=row["group"],
            input=inputs[row["code"]],
            known=row.get("known", False),
            asked=row.get("asked", not row.get("known", False)),
        )
        for row in book()["fact"]
    }


def declared_inputs() -> dict[str, Input]:
    """The input behind each fact code."""
    rules = {
        each.id: each
        for place in rulebook().jurisdictions
        for each in rulebook().definitions(jurisdiction=place).values()
    }
    found: dict[str, Input] = {}
    for guide in guides().values():
        for fact in rules[guide.rule].inputs:
            found.setdefault(guide.facts[fact.name], fact)
    return found


@cache
def book() -> dict[str, Any]:
    return tomllib.loads(BOOK.read_text(encoding="utf-8"))
