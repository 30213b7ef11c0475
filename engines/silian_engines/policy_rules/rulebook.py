"""The rulebook (规则库): which rules and numbers hold in a place, on a day, as known on a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path

from .compiled_rule import CompiledRule
from .definitions import Rule
from .errors import PolicyRuleError, UnknownRule
from .provisions import (
    NATIONAL,
    UNSET,
    Effective,
    Provision,
    effective_provisions,
    wider_jurisdictions,
)
from .reading import RULEBOOKS, folders, provisions_in, rules_in

# GB/T 2260: the first and last province of each great region.
REGIONS = {1: (1, 5), 2: (1, 3), 3: (1, 7), 4: (1, 6), 5: (0, 4), 6: (1, 5), 7: (1, 1), 8: (1, 2)}
TARGET = "target"


class Rulebook:
    """All dated provisions and rule definitions under one folder."""

    def __init__(self, *, folder: Path = RULEBOOKS) -> None:
        self._folders = folders(folder=folder)
        self._provisions: dict[str, tuple[Provision, ...]] = {}
        self._rules: dict[str, dict[str, Rule]] = {}
        self.compiled = lru_cache(maxsize=4096)(self._compiled)
        self.effective = lru_cache(maxsize=1024)(self._effective)

    @property
    def jurisdictions(self) -> dict[str, str]:
        """The places with rules of their own, by code."""
        return {code: name for code, (name, _) in self._folders.items()}

    def name_of(self, jurisdiction: str) -> str:
        """The nearest known name of a place."""
        for code in wider_jurisdictions(jurisdiction):
            if code in self._folders:
                return self._folders[code][0]
        return ""

    def provisions(self, *, jurisdiction: str) -> list[Provision]:
        """Every provision that can matter to a place, of every date."""
        chain = [code for code in wider_jurisdictions(jurisdiction) if code in self._folders]
        return [each for code in chain for each in self._own(code)]

    def _own(self, code: str) -> tuple[Provision, ...]:
        if code not in self._provisions:
            folder = self._folders[code][1]
            self._provisions[code] = tuple(provisions_in(folder=folder, jurisdiction=code))
        return self._provisions[code]

    def _effective(self, jurisdiction: str, on: date, known_on: date) -> Effective:
        _check(jurisdiction)
        return effective_provisions(
            provisions=self.provisions(jurisdiction=jurisdiction),
            jurisdiction=jurisdiction, on=on, known_on=known_on,
        )  # fmt: skip

    def definitions(self, *, jurisdiction: str) -> dict[str, Rule]:
        """The definitions that apply to a place; a nearer one replaces a wider one."""
        found: dict[str, Rule] = {}
        for code in reversed(wider_jurisdictions(jurisdiction)):
            if code in self._folders:
                found |= self._own_rules(code)
        return found

    def _own_rules(self, code: str) -> dict[str, Rule]:
        if code not in self._rules:
            self._rules[code] = {r.id: r for r in rules_in(folder=self._folders[code][1])}
        return self._rules[code]

    def rules_in_force(
        self, *, jurisdiction: str, on: date, known_on: date | None = None
    ) -> list[CompiledRule]:
        """Every rule that the place has on the day; a target gives one rule each."""
        known_on = known_on or date.max
        effective = self.effective(jurisdiction, on, known_on)
        ids = [r.id for r in _bound(self.definitions(jurisdiction=jurisdiction), effective)]
        return [self.compiled(id, jurisdiction, on, known_on) for id in ids]

    def rule(
        self, *, id: str, jurisdiction: str, on: date, known_on: date | None = None
    ) -> CompiledRule:
        """One rule by its name or another of its names."""
        return self.compiled(id, jurisdiction, on, known_on or date.max)

    def _compiled(self, id: str, jurisdiction: str, on: date, known_on: date) -> CompiledRule:
        effective = self.effective(jurisdiction, on, known_on)
        definitions = self.definitions(jurisdiction=jurisdiction)
        for rule in _bound(definitions, effective):
            if id == rule.id or id in rule.also:
                return CompiledRule(rule=rule, effective=_with_target(rule, effective))
        known = any(id == rule.id or id in rule.also for rule in definitions.values())
        place = self.name_of(jurisdiction)
        if known:
            raise UnknownRule(f"{place}（{jurisdiction}）在 {on} 没有规则 {id} 的规定。")
        raise UnknownRule(f"没有规则“{id}”；可用 silian rules list 查看{place}的规则。")


@cache
def rulebook() -> Rulebook:
    """The rulebook that ships with the platform."""
    return Rulebook()


def _check(jurisdiction: str) -> None:
    six_digits = len(jurisdiction) == 6 and jurisdiction.isascii() and jurisdiction.isdigit()
    region, province = map(int, jurisdiction[:2]) if six_digits else (0, 0)
    first, last = REGIONS.get(region, (1, 0))
    is_place = first <= province <= last
    if jurisdiction != NATIONAL and not is_place:
        raise PolicyRuleError(f"“{jurisdiction}”不是六位行政区划代码（GB/T 2260），如 411200。")


def _bound(definitions: dict[str, Rule], effective: Effective) -> Iterator[Rule]:
    """The definitions whose principal provision is in force; a template once per target."""
    for rule in definitions.values():
        if rule.for_each == TARGET:
            yield from (_for_target(rule, each) for each in effective if is_counted(each))
        elif effective.of(rule.basis[0]):
            yield rule


def is_counted(provision: Provision) -> bool:
    """A target with a number of its own; a repeat of another is the same object."""
    has_number = provision.low is not None or isinstance(provision.value, Fraction)
    return provision.kind == TARGET and has_number and provision.same_as is None


def _for_target(template: Rule, target: Provision) -> Rule:
    return replace(
        template,
        id=f"{template.id}-{target.number}",
        title=f"{template.title}：{target.title}",
        bound_to=(target.id, target.key),
        also=(),
    )


def _with_target(rule: Rule, effective: Effective) -> Effective:
    if rule.bound_to is None:
        return effective
    id, key = rule.bound_to
    target = effective.of(id)[key]
    repeats = [each for each in effective if each.same_as and each.same_as == target.number]
    own: dict[str | None, Provision] = {None: target}
    return replace(
        effective,
        by_id=effective.by_id | {TARGET: own, "repeats": {each.number: each for each in repeats}},
    )


def open_parameters(*, effective: Effective) -> list[Provision]:
    """What the policies demand without giving a value (未设定)."""
    return [each for each in effective if each.value == UNSET]
