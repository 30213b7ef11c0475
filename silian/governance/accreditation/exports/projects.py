"""The table of projects in the order in which it is reported to the upper level (上报表)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from silian.foundation.kernel.money import TEN_THOUSAND
from silian.governance.accreditation.choices.projects import FundSource
from silian.governance.accreditation.models.project_money import FundEntry, FundPlan
from silian.governance.accreditation.models.projects import IntegrationProject
from silian.governance.accreditation.queries.projects import projects_for_list

FIRST = (
    "序号", "项目名称", "申报单位", "建设类别", "建设地区", "建设地点", "建设内容和规模",
    "计划开工日", "计划完工日", "总投资（万元）",
)  # fmt: skip
LAST = ("累计下达（万元）", "累计拨付（万元）", "累计完成投资（万元）", "完成比例（%）", "当前环节",
        "入库层级", "入库编号", "入库日", "投用日", "责任人")  # fmt: skip


def upper_level_header() -> list[str]:
    planned = [f"其中：{source.label}（万元）" for source in FundSource]
    return [*FIRST, *planned, *LAST]


def upper_level_rows(
    projects: QuerySet[IntegrationProject], *, today: datetime.date
) -> Iterator[list[Any]]:
    """One row a project, places and stages together; amounts in 万元."""
    rows = list(projects_for_list(projects, today=today).order_by("division_id", "stage", "pk"))
    keys = [row.pk for row in rows]
    planned = sums(
        FundPlan.objects.filter(project__in=keys).values_list("project_id", "source", "amount")
    )
    moved = sums(
        FundEntry.objects.filter(project__in=keys, voided_at__isnull=True).values_list(
            "project_id", "kind", "amount"
        )
    )
    for place, row in enumerate(rows, start=1):
        yield [
            *first_cells(place, row),
            *(in_ten_thousands(planned.get((row.pk, source.value))) for source in FundSource),
            in_ten_thousands(moved.get((row.pk, "allotted"))),
            in_ten_thousands(moved.get((row.pk, "paid"))),
            *last_cells(row),
        ]


def first_cells(place: int, row: IntegrationProject) -> list[Any]:
    return [
        place, row.name, row.owner.name, row.get_kind_display(), row.division.name, row.site,
        row.content, row.starts_on, row.ends_on, in_ten_thousands(row.total),
    ]  # fmt: skip


def last_cells(row: IntegrationProject) -> list[Any]:
    completed: Decimal = row.completed  # type: ignore[attr-defined]
    return [
        in_ten_thousands(completed),
        (completed * 100 / row.total).quantize(Decimal("0.1")),
        row.get_stage_display(),
        row.get_library_level_display(),
        row.library_number,
        row.library_on,
        row.built_on,
        row.responsible,
    ]


def sums(rows: Iterable[tuple[int, str, Decimal]]) -> dict[tuple[int, str], Decimal]:
    found: dict[tuple[int, str], Decimal] = {}
    for project_id, name, amount in rows:
        found[project_id, name] = found.get((project_id, name), Decimal(0)) + amount
    return found


def in_ten_thousands(amount: Decimal | None) -> Decimal:
    return ((amount or Decimal(0)) / TEN_THOUSAND).quantize(Decimal("0.000001")).normalize() + 0
