"""Measures of incentives, counted from what units state and officials simulate."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from silian.casework.metrics.choices import Direction
from silian.casework.metrics.registry import (
    PUBLIC_ROWS,
    Drill,
    Metric,
    Scope,
    Touch,
    distinct,
    register_metric,
)
from silian.governance.incentives.events.facts import FactsStated
from silian.governance.incentives.models import StatedFact
from silian.governance.incentives.permissions.incentives import stated_facts_visible_to
from silian.registers.organisations.models import Organisation


def stated_facts(scope: Scope) -> QuerySet[StatedFact]:
    return StatedFact.objects.all()


def touched(event: FactsStated) -> Iterable[Touch]:
    """The unit's region, from the day of its first statement of that year."""
    unit = Organisation.objects.filter(pk=event.organisation_id).first()
    first = StatedFact.objects.filter(organisation=unit).order_by("stated_at").first()
    if unit is not None and first is not None:
        yield Touch(division=unit.division_id, day=first.stated_at.date())


register_metric(
    Metric(
        code="incentives.checking_units",
        title="自查政策享受情况的单位",
        unit="家",
        formula="统计期内填报过单位事实的单位，每家计一次",
        source="单位自报事实",
        rows=stated_facts,
        division="organisation__division",
        day="stated_at",
        reduce=distinct("organisation"),
        direction=Direction.RISING,
        small_number=PUBLIC_ROWS,
        drill=Drill(
            columns={"单位": "organisation__name", "年度": "year"},
            visible_to=stated_facts_visible_to,
        ),
        stale_on={FactsStated: touched},
    )
)
