"""Money from upper levels by source, and what of it is told to everybody."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from silian.casework.metrics.registry import (
    PUBLIC_ROWS,
    Metric,
    Scope,
    register_metric,
    total,
)
from silian.governance.accreditation.choices.projects import OBTAINED_SOURCES, FundSource
from silian.governance.accreditation.metrics.pipeline import FUND_DRILL, MONEY_EVENTS, obtained
from silian.governance.accreditation.models.project_money import FundEntry
from silian.governance.accreditation.queries.projects import public_projects


def obtained_from(source: FundSource) -> Any:
    """What one upper level allotted, one source each."""

    def rows(scope: Scope) -> QuerySet[FundEntry]:
        return obtained(scope).filter(source=source)

    return rows


for source in OBTAINED_SOURCES:
    register_metric(
        Metric(
            code=f"accreditation.funds_{source.value}",
            title=f"争取上级资金：{source.label}",
            unit="元",
            formula=f"统计期内下达的{source.label}，按年度、季度和月份合计，作废的不计",
            source="项目资金登记",
            rows=obtained_from(source),
            division="project__division",
            day="on",
            reduce=total("amount"),
            decimals=2,
            public=False,
            drill=FUND_DRILL,
            stale_on=MONEY_EVENTS,
        )
    )


def of_published_projects(scope: Scope) -> QuerySet[FundEntry]:
    """Money for projects whose total was published; the sums of others stay inside."""
    shown = public_projects().filter(total_is_public=True)
    return obtained(scope).filter(project__in=shown)


register_metric(
    Metric(
        code="accreditation.funds_published",
        title="已公开项目的上级资金",
        unit="元",
        formula="统计期内下达给已公开总投资的建设项目的上级资金，作废的不计；没有公开的项目不计",
        source="项目资金登记和建设项目公示",
        rows=of_published_projects,
        division="project__division",
        day="on",
        reduce=total("amount"),
        decimals=2,
        small_number=PUBLIC_ROWS,
        drill=FUND_DRILL,
        stale_on=MONEY_EVENTS,
    )
)
