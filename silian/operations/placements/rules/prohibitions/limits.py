"""The dated parameters that the prohibitions read: values, force and source, never in code."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from silian.operations.placements.choices.hosts import (
    Severity,
)

MANDATORY = "mandatory"
UNCERTAIN = frozenset({"K-M", "K-L"})


@dataclass(frozen=True, kw_only=True)
class Limit:
    """One provision as it holds in a place on a day (现行规定).

    ``keys`` are the codes of a list, each with its name, e.g. the industries of IN-18e.
    """

    name: str
    title: str
    document: str
    clause: str
    force: str
    evidence: str
    valid_from: datetime.date
    valid_to: datetime.date | None = None
    value: Decimal | None = None
    text: str = ""
    unit: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_certain(self) -> bool:
        """Whether the wording was read; what is only remembered may warn, never refuse."""
        return UNCERTAIN.isdisjoint(self.evidence.split())

    @property
    def is_sourced(self) -> bool:
        """Whether somebody read the wording somewhere, not only knew it (依据等级 L、S、P)."""
        return any(tag[:1] in "LSP" for tag in self.evidence.split())

    @property
    def severity(self) -> Severity:
        """Mandatory and certain refuses; all else asks for a reason (强制程度)."""
        return Severity.BLOCK if self.force == MANDATORY and self.is_certain else Severity.WARN

    @property
    def shown(self) -> str:
        """The value as a reader expects it: shares in per cent, else with its unit."""
        if self.text:
            return self.text
        if self.value is None:
            return "未设定"
        if self.unit == "比例":
            return f"{(self.value * 100).normalize():f}%"
        return f"{self.value.normalize():f} {self.unit}".strip()

    @property
    def article(self) -> str:
        return self.clause

    @property
    def basis(self) -> str:
        """Document and clause, as printed beside a finding."""
        mark = "" if self.document.startswith("《") or "〔" in self.document else "《"
        return f"{mark}{self.document}{'》' if mark else ''}{self.clause}"


@dataclass(frozen=True, kw_only=True)
class Limits:
    """All provisions of internships in one place on one day, by name (现行规定)."""

    division: str
    on: datetime.date
    by_name: Mapping[str, Limit] = field(default_factory=dict)

    def of(self, name: str) -> Limit | None:
        return self.by_name.get(name)

    def value(self, name: str) -> Decimal | None:
        """The number, or None when nothing is set: what is not set is never guessed."""
        limit = self.by_name.get(name)
        return limit.value if limit else None

    def keys(self, name: str) -> Mapping[str, str]:
        limit = self.by_name.get(name)
        return limit.keys if limit else {}
