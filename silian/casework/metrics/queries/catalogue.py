"""Every metric by its code, those that modules compute and those that people report."""

from __future__ import annotations

from collections.abc import Iterable

from silian.casework.metrics.choices import (
    DefinitionState,
    Direction,
    Periodicity,
    PeriodKind,
    Timing,
)
from silian.casework.metrics.models.definitions import MetricDefinition
from silian.casework.metrics.registry import (
    PUBLIC_ROWS,
    Metric,
    declared_metric,
    declared_metrics,
)


def metric_named(code: str) -> Metric | None:
    """The metric with this code, or None when nothing measures it yet (指标)."""
    if found := declared_metric(code):
        return found
    definition = MetricDefinition.objects.select_related("owner").filter(code=code).first()
    return as_metric(definition) if definition else None


def metrics_named(codes: Iterable[str]) -> dict[str, Metric]:
    """The metrics with these codes, those that exist; one query at most."""
    wanted = set(codes)
    found = {code: metric for code, metric in declared_metrics().items() if code in wanted}
    if missing := wanted - found.keys():
        rows = MetricDefinition.objects.select_related("owner").filter(code__in=missing)
        found |= {row.code: as_metric(row) for row in rows}
    return found


def all_metrics() -> list[Metric]:
    """The whole library, computed metrics first (指标库)."""
    rows = MetricDefinition.objects.select_related("owner").filter(state=DefinitionState.ACTIVE)
    return [*declared_metrics().values(), *(as_metric(row) for row in rows)]


def titles() -> dict[str, str]:
    """The title of every metric by code, retired ones too; one query."""
    reported = MetricDefinition.objects.values_list("code", "title")
    return {code: metric.title for code, metric in declared_metrics().items()} | dict(reported)


def as_metric(definition: MetricDefinition) -> Metric:
    """A reported metric in the shape of the declared ones."""
    kind = PeriodKind(definition.period_kind)
    return Metric(
        code=definition.code,
        title=definition.title,
        unit=definition.unit,
        formula=definition.formula,
        source=definition.source,
        timing=Timing(definition.timing),
        period_kinds=(kind,),
        main_period=kind,
        direction=Direction(definition.direction),
        periodicity=Periodicity(definition.periodicity),
        public=definition.public,
        decimals=definition.decimals,
        small_number=PUBLIC_ROWS,
        owner_name=definition.owner.name,
    )
