"""The boards of the pipeline."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.money import TEN_THOUSAND
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.charts import Chart, Series
from silian.governance.accreditation.choices.projects import OBTAINED_SOURCES, FundSource
from silian.governance.accreditation.permissions.projects import (
    is_overseer,
    projects_visible_to,
)
from silian.governance.accreditation.queries.project_detail import milestone_line
from silian.governance.accreditation.queries.project_money import obtained_by_source_and_year
from silian.governance.accreditation.queries.projects import (
    PlaceLine,
    ProgressLine,
    late_milestones,
    place_lines,
    progress_lines,
    stage_lines,
)

CELL = "accreditation/project/"
SOURCE = "工程项目储备登记"
MOST_LATE = 30


def refuse_unless_overseer(request: Request) -> None:
    if not is_overseer(request.actor):
        raise NotAllowed("项目总览由本地区的政府部门查看；贵单位的项目见“工程项目”。")


@require_safe
def project_board(request: Request) -> HttpResponse:
    """The pipeline of a region: stages, money, what is late, counties (项目总览)."""
    refuse_unless_overseer(request)
    today = timezone.localdate()
    projects = projects_visible_to(request.actor)
    lines = stage_lines(projects)
    progress = progress_lines(projects, today=today)
    places = place_lines(projects, today=today)
    late = late_milestones(projects, today=today)
    context = {
        "lines": lines,
        "count": sum(line.count for line in lines),
        "funds": funds_chart(projects, today=today),
        "progress": progress,
        "progress_chart": progress_chart(progress, today=today),
        "places": places,
        "place_chart": place_chart(places, today=today),
        "late": [milestone_line(row, today=today) for row in late[:MOST_LATE]],
        "late_count": late.count(),
        "today": today,
    }
    return render(request, f"{CELL}board.html", context)


def ten_thousands(amount: Any) -> float:
    return float(round(amount / TEN_THOUSAND, 2))


def funds_chart(projects: Any, *, today: Any) -> Chart:
    """Money that upper levels granted, by year and source (争取资金)."""
    sums = obtained_by_source_and_year(projects)
    years = sorted({year for _, year in sums})
    return Chart(
        name="project-funds",
        title="争取上级资金（按下达年度）",
        unit="万元",
        source="项目资金登记",
        as_of=today,
        kind="stacked",
        labels=[f"{year}年" for year in years],
        series=[
            Series(
                FundSource(source).label,
                [ten_thousands(sums.get((source, year), 0)) for year in years],
            )
            for source in OBTAINED_SOURCES
        ],
        note="以奖代补含动态奖励；地方、企业和自筹资金不计入。",
    )


def progress_chart(rows: list[ProgressLine], *, today: Any) -> Chart:
    return Chart(
        name="project-progress",
        title="在建项目投资进度",
        unit="万元",
        source="投资进度月报",
        as_of=today,
        kind="bars",
        labels=[row.project.name for row in rows],
        series=[
            Series("累计完成", [ten_thousands(row.completed) for row in rows]),
            Series(
                "按期应完成",
                [None if row.planned is None else ten_thousands(row.planned) for row in rows],
            ),
        ],
        note="应完成按计划工期均匀推算，没有工期的项目为未设定。",
    )


def place_chart(rows: list[PlaceLine], *, today: Any) -> Chart:
    return Chart(
        name="project-places",
        title="县区比较：总投资与已完成",
        unit="万元",
        source=SOURCE,
        as_of=today,
        labels=[row.division.name for row in rows],
        series=[
            Series("总投资", [ten_thousands(row.total) for row in rows]),
            Series("累计完成", [ten_thousands(row.completed) for row in rows]),
        ],
        note="按建设地点统计，不含已终止的项目。",
    )
