"""Parameters as they hold in a region on a day, each from the nearest level that has one."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.reference.jurisdictions import resolve_longest, widening
from silian.foundation.reference.models import Division
from silian.registers.policies.choices import PUBLIC_STATES
from silian.registers.policies.models.documents import PolicyDocument
from silian.registers.policies.models.parameters import Parameter, ParameterQuerySet
from silian.registers.policies.permissions.parameters import parameters_visible_to
from silian.registers.policies.rules.parameters import value_words

NATION = "000000"
Name = tuple[str, str, str]


@dataclass(frozen=True, kw_only=True)
class InForce:
    """A parameter as a region has it, and the level it comes from (现行参数)."""

    parameter: Parameter
    division: str

    @property
    def pk(self) -> int:
        return self.parameter.pk

    @property
    def is_own(self) -> bool:
        return self.parameter.division_id == self.division

    @property
    def words(self) -> str:
        return words_of(self.parameter)

    @property
    def origin(self) -> str:
        name = self.parameter.division.name
        return f"{name}（本级）" if self.is_own else f"{name}（沿用）"


def words_of(parameter: Parameter) -> str:
    """The value with its unit, or 未设定."""
    return value_words(
        value=parameter.value,
        low=parameter.low,
        high=parameter.high,
        comparator=parameter.comparator,
        unit=parameter.unit,
    )


def parameter_value(
    *,
    code: str,
    division: str,
    on: datetime.date,
    name: str = "",
    key: str = "",
    known_at: datetime.datetime | None = None,
) -> Parameter | None:
    """The row that holds in a region on a day, from the nearest level; its value may be unset.

    Only what is issued counts. A later row of the same level takes the place of an earlier one.
    ``known_at`` asks what was known at a moment, before later corrections and withdrawals.
    """
    rows = Parameter.objects.filter(code=code).exclude(document__in=unissued())
    rows = rows.filter(name=name) if name else rows
    rows = rows.filter(key=key) if key else rows
    found = nearest(rows, division=division, on=on, known_at=known_at)
    return found[0] if found else None


def unissued() -> QuerySet[PolicyDocument]:
    return PolicyDocument.objects.exclude(state__in=sorted(PUBLIC_STATES))


def nearest(
    rows: QuerySet[Parameter],
    *,
    division: str,
    on: datetime.date,
    known_at: datetime.datetime | None = None,
) -> list[Parameter]:
    """Of each parameter the latest row of the narrowest level that has one; one query."""
    places = [place or NATION for place in widening(division)]
    held = rows.valid(on=on, known_at=known_at)  # type: ignore[attr-defined]
    held = held.filter(division_id__in=places)
    latest: dict[Name, dict[str, Parameter]] = {}
    ordered = held.select_related("division", "document", "clause__document", "correction")
    for row in ordered.order_by("valid_from", "pk"):
        place = "" if row.division_id == NATION else row.division_id
        latest.setdefault((row.code, row.name, row.key), {})[place] = row
    found = (resolve_longest(division, by_place) for by_place in latest.values())
    return [row for row in found if row is not None]


def parameters_in_force(*, division: str, on: datetime.date, actor: Actor) -> list[InForce]:
    """Every parameter of a region on a day, by number (现行参数表)."""
    rows = nearest(parameters_visible_to(actor), division=division, on=on)
    found = [InForce(parameter=row, division=division) for row in rows]
    return sorted(found, key=lambda item: order_of(item.parameter))


def order_of(parameter: Parameter) -> tuple[str, int, str, str]:
    """N2 before N10, then by name and step."""
    letters = parameter.code.rstrip("0123456789")
    digits = parameter.code[len(letters) :]
    return letters, int(digits or 0), parameter.name, parameter.key


def divisions_with_parameters(actor: Actor) -> list[Division]:
    """The regions that have values of their own, wide before narrow."""
    codes = parameters_visible_to(actor).order_by().values("division_id").distinct()
    return list(Division.objects.filter(pk__in=codes).order_by("code"))


def present_row(*, like: Parameter, division: str, on: datetime.date) -> Parameter | None:
    """The region's own row that a new value follows."""
    rows = same_parameter(code=like.code, name=like.name, key=like.key, division=division)
    return rows.known().order_by("valid_from", "pk").last()


def same_parameter(*, code: str, name: str, key: str, division: str) -> ParameterQuerySet:
    """Every row of one parameter and step of a region, standing or not."""
    return Parameter.objects.filter(code=code, name=name, key=key, division_id=division)


def demanding_document(row: Parameter) -> PolicyDocument | None:
    """The document whose clause leaves the value open, whatever the values rest on (要求文件)."""
    rows = same_parameter(code=row.code, name=row.name, key=row.key, division=row.division_id)
    first = rows.filter(document__isnull=False).select_related("document").order_by("pk").first()
    return first.document if first else None


def own_values(row: Parameter) -> ParameterQuerySet:
    """The values that stand in the region of a row."""
    rows = same_parameter(
        code=row.code, name=row.name, key=row.key, division=row.division_id
    ).known()
    return rows.filter(Q(value__isnull=False) | Q(low__isnull=False) | Q(high__isnull=False))


def history_of_parameter(parameter: Parameter, *, actor: Actor) -> list[Parameter]:
    """All rows of a parameter in its region and the wider ones, the latest first."""
    places = [place or NATION for place in widening(parameter.division_id)]
    rows = parameters_visible_to(actor).filter(
        code=parameter.code, name=parameter.name, key=parameter.key, division_id__in=places
    )
    related = ("division", "document", "clause__document", "set_by", "correction")
    return list(rows.select_related(*related).order_by("-division_id", "-valid_from", "-pk"))


def open_count(rows: Iterable[InForce]) -> int:
    """How many values a policy demands and nobody has set (未设定)."""
    return sum(not row.parameter.is_set for row in rows)
