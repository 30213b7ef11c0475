"""Which division and period a page is about."""

from __future__ import annotations

from dataclasses import dataclass

from silian.casework.metrics.choices import PeriodKind
from silian.casework.metrics.permissions.values import kinds_shown_to
from silian.casework.metrics.queries.comparison import (
    divisions_to_choose,
    indented_name,
    usual_division,
)
from silian.casework.metrics.registry import Metric
from silian.foundation.kernel.requests import Request
from silian.foundation.reference.models import Division
from silian.foundation.ui.components import Facet
from silian.foundation.ui.filters import facet


@dataclass(frozen=True, kw_only=True)
class Place:
    """The division that the reader chose, among those with values (所选地区)."""

    divisions: list[Division]
    code: str

    @property
    def division(self) -> Division | None:
        return next((item for item in self.divisions if item.code == self.code), None)

    @property
    def name(self) -> str:
        return self.division.name if self.division else ""

    @property
    def choices(self) -> list[tuple[str, str]]:
        top = min((division.level for division in self.divisions), default=1)
        return [(item.code, indented_name(item, top=top)) for item in self.divisions]


def place_of(request: Request) -> Place:
    """The division in the address, else where the reader starts."""
    divisions = divisions_to_choose()
    asked = request.GET.get("division", "")
    known = {division.code for division in divisions}
    code = asked if asked in known else usual_division(request.actor, divisions)
    return Place(divisions=divisions, code=code)


def place_facet(request: Request, place: Place) -> Facet:
    return facet(request=request, name="division", label="地区", choices=place.choices, single=True)


def kind_of(request: Request, *, metric: Metric, division: str) -> PeriodKind:
    """The kind of period in the address, as far as the reader may choose it."""
    allowed = kinds_shown_to(request.actor, metric=metric, division=division)
    asked = request.GET.get("kind", "")
    return PeriodKind(asked) if asked in allowed else metric.main_period
