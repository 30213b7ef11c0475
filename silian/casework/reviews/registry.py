"""What the platform knows of an applicant, registered by the modules that know it (平台已有信息).

A fact fills in a question of the form; a source gives the value of a criterion::

    register_fact(code="placements.hosted", label="近三年接收实习人次", reader=hosted_of)
    register_source(code="placements.hosted", label="近三年接收实习人次", reader=hosted)
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from silian.registers.organisations.models import Organisation
    from silian.registers.people.models import Person


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One value with where it comes from (取值与来源).

    ``value`` is the number; ``choice`` an answer among choices; ``counts`` numbers by level or
    option; ``entries`` named results with their level; ``per`` divides counts (per programme).
    ``words`` say a value that is no quantity, such as 是. ``best`` is the best value of the batch.
    ``origin``, ``period`` and ``definition`` say what the number is and are frozen with it.
    ``is_known`` False: nobody has said anything yet.
    """

    value: Decimal | None = None
    choice: str = ""
    counts: Mapping[str, Decimal] = field(default_factory=dict)
    entries: Sequence[tuple[str, str]] = ()
    per: Decimal | None = None
    best: Decimal | None = None
    words: str = ""
    unit: str = ""
    origin: str = ""
    period: str = ""
    definition: str = ""

    @property
    def is_known(self) -> bool:
        return self.value is not None or bool(self.choice or self.counts or self.entries)


UNKNOWN = Reading()


@dataclass(frozen=True, kw_only=True)
class Subject:
    """About whom a source is asked (取数对象): the applicant, and the person or matter applied for.

    ``source`` and ``source_id`` name a matter that the platform keeps.
    """

    organisation: Organisation
    person: Person | None = None
    source: str = ""
    source_id: int | None = None


class FactReader(Protocol):
    """Gives the value of a question on a day, or None when nothing is known."""

    def __call__(self, organisation: Organisation, on: datetime.date) -> Any: ...


class SourceReader(Protocol):
    """Gives what a criterion is judged by, on a day; ``UNKNOWN`` when the register is silent."""

    def __call__(self, *, subject: Subject, on: datetime.date) -> Reading: ...


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A value that a form can be filled with (预填信息)."""

    code: str
    label: str
    reader: FactReader


@dataclass(frozen=True, kw_only=True)
class RegisterSource:
    """A value that a register keeps (名录数据)."""

    code: str
    label: str
    reader: SourceReader
    unit: str = ""
    definition: str = ""


_facts: dict[str, Fact] = {}
_sources: dict[str, RegisterSource] = {}


def register_fact(*, code: str, label: str, reader: FactReader) -> None:
    """Offer a fact for forms; the same code twice must mean the same reader."""
    fact = Fact(code=code, label=label, reader=reader)
    if _facts.setdefault(code, fact) != fact:
        raise ValueError(f"two facts share the code {code!r}")


def register_source(
    *, code: str, label: str, reader: SourceReader, unit: str = "", definition: str = ""
) -> None:
    """Offer the value of a register for criteria; ``definition`` says in words what is counted."""
    source = RegisterSource(code=code, label=label, reader=reader, unit=unit, definition=definition)
    if _sources.setdefault(code, source) != source:
        raise ValueError(f"two sources share the code {code!r}")


def fact_named(code: str) -> Fact | None:
    return _facts.get(code)


def source_named(code: str) -> RegisterSource | None:
    return _sources.get(code)


def all_facts() -> list[Fact]:
    """Every fact offered, by label."""
    return sorted(_facts.values(), key=lambda fact: fact.label)


def all_sources() -> list[RegisterSource]:
    """Every source offered, by label."""
    return sorted(_sources.values(), key=lambda source: source.label)
