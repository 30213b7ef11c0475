"""Organisations verified on given days, and metrics that exist for one test."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Q
from django.utils import timezone

from silian.casework.metrics import registry
from silian.casework.metrics.choices import PeriodKind
from silian.casework.metrics.commands.definitions import DefinitionFacts, make_definition
from silian.casework.metrics.commands.recounting import Recount, recount
from silian.casework.metrics.models.definitions import MetricDefinition
from silian.casework.metrics.models.values import MetricValue
from silian.casework.metrics.registry import Metric
from silian.registers.organisations.choices import OrganisationKind
from silian.registers.organisations.models import Organisation
from tests.world import CITY, COUNTY, World, make_organisation

ZONE = timezone.get_default_timezone()
NOW = datetime.datetime(2026, 3, 18, 10, 0, tzinfo=ZONE)
JANUARY = datetime.date(2026, 1, 1)
MONTH, YEAR = PeriodKind.MONTH, PeriodKind.YEAR
PROVINCE = "990000"


def moment(year: int, month: int, day: int) -> datetime.datetime:
    return datetime.datetime(year, month, day, 9, 0, tzinfo=ZONE)


def verified(
    name: str, *, at: datetime.datetime = NOW, division: str = COUNTY, **values: Any
) -> Organisation:
    """A verified enterprise."""
    kind = values.pop("kind", OrganisationKind.ENTERPRISE)
    return make_organisation(name=name, kind=kind, division_id=division, verified_at=at, **values)


def verifications(**values: Any) -> Metric:
    """A flow: enterprises by the day on which they were verified."""
    facts: dict[str, Any] = {
        "code": "test.verifications",
        "title": "核验企业数",
        "unit": "家",
        "formula": "统计期内核验的企业",
        "source": "单位名录",
        "rows": lambda scope: Organisation.objects.filter(kind=OrganisationKind.ENTERPRISE),
        "day": "verified_at",
    }
    return Metric(**{**facts, **values})


def large_share(**values: Any) -> Metric:
    """A share: the large ones among them."""
    return verifications(
        code="test.large_share",
        unit="%",
        reduce=registry.share(Q(above_scale=True)),
        **values,
    )


@contextmanager
def declared(*metrics: Metric) -> Iterator[None]:
    """The metrics are known while the block runs."""
    before = dict(registry._metrics)
    try:
        for metric in metrics:
            registry.register_metric(metric)
        yield
    finally:
        registry._metrics.clear()
        registry._metrics.update(before)


def counted(metric: Metric, *, now: datetime.datetime = NOW, **values: Any) -> Recount:
    return recount(metric=metric, since=values.pop("since", JANUARY), now=now, **values)


def value_of(
    metric: Metric, *, division: str = CITY, kind: PeriodKind = YEAR, start: Any = JANUARY
) -> MetricValue:
    rows = MetricValue.objects.current().of(code=metric.code, division=division, kind=kind)
    return rows.get(period_start=start)


def facts(world: World, **values: Any) -> DefinitionFacts:
    """A yearly share that the bureau of education reports."""
    given: dict[str, Any] = {
        "title": "地方教育附加用于职业教育的比例",
        "unit": "%",
        "formula": "用于职业教育的金额 ÷ 地方教育附加支出总额",
        "source": "财政决算报表",
        "division_id": CITY,
        "owner_id": world.supervisor.organisation.pk,  # type: ignore[union-attr]
        "timing": "flow",
        "period_kind": "year",
        "direction": "rising",
        "periodicity": "yearly",
        "decimals": 1,
        "public": True,
    }
    return DefinitionFacts(**{**given, **values})


def defined(world: World, **values: Any) -> MetricDefinition:
    return make_definition(facts=facts(world, **values), actor=world.coordinator.actor)


def paper(name: str = "决算批复.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "演示材料".encode())
