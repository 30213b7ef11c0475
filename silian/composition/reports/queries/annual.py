"""The year of a jurisdiction as tables: targets, metrics by month, tasks by leading body."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from silian.casework.metrics.choices import PeriodKind
from silian.casework.metrics.models.values import MetricValue
from silian.casework.metrics.queries.catalogue import all_metrics
from silian.composition.reports.gateways import cockpit_plan
from silian.composition.reports.queries.standing import target_lines
from silian.foundation.reference.models import Division
from silian.governance.policy_tasks.queries.target_standings import target_standings
from silian.governance.policy_tasks.queries.task_positions import task_position

MONTHS = range(1, 13)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet of the year's workbook (表)."""

    title: str
    header: list[str]
    rows: list[list[Any]]


def annual_sheets(*, division: Division, year: int, today: datetime.date) -> list[Sheet]:
    """Every target and metric of the division in the year (年度统计表)."""
    on = min(today, datetime.date(year, 12, 31))
    return [
        Sheet(title="说明", header=["项目", "内容"], rows=about(division, year=year, on=on)),
        Sheet(title="目标", header=TARGET_HEADER, rows=list(target_rows(division.code, on=on))),
        Sheet(
            title="指标",
            header=[
                "代码",
                "指标",
                "单位",
                *(f"{month}月" for month in MONTHS),
                "全年",
                "口径",
                "来源",
            ],
            rows=list(metric_rows(division.code, year=year)),
        ),
        Sheet(title="任务", header=TASK_HEADER, rows=list(task_rows(division.code, on=on))),
    ]


TARGET_HEADER = ["编号", "目标", "所属链", "基期值", "目标下限", "目标上限", "单位", "现值"]
TARGET_HEADER += ["进度（%）", "灯号", "说明", "期限", "强制程度", "是否计数"]
METRIC_HEADER = ["代码", "指标", "单位", *(f"{month}月" for month in MONTHS)]
METRIC_HEADER += ["全年", "口径", "来源"]
TASK_HEADER = ["牵头单位", "在办", "办结", "逾期", "30 天内到期", "滞后", "受阻"]


def about(division: Division, *, year: int, on: datetime.date) -> list[list[Any]]:
    return [
        ["地区", f"{division.name}（{division.code}）"],
        ["年度", f"{year}年"],
        ["目标和任务截至", str(on)],
        ["空格", "没有数值：指标在该期没有可统计的记录，或尚未设定"],
        ["重复目标", "与其他目标相同的只列出，不计数"],
    ]


def target_rows(division: str, *, on: datetime.date) -> Iterator[list[Any]]:
    standings = target_standings(division=division, on=on)
    lines = target_lines(standings, plan=cockpit_plan(division))
    for row, line in zip(standings, lines, strict=True):
        target = row.target
        yield [
            line.key,
            target.title,
            line.chain.label,
            target.baseline,
            target.low,
            target.high,
            target.unit,
            row.value,
            row.percent,
            line.label,
            row.reason,
            target.deadline_on,
            target.get_force_display(),
            "是" if row.is_counted else f"否，同 {row.same_as}",
        ]


def metric_rows(division: str, *, year: int) -> Iterator[list[Any]]:
    values = {
        (row.metric_code, row.period_kind, row.period_start.month): row.value
        for row in MetricValue.objects.current().filter(
            division_id=division,
            period_kind__in=[PeriodKind.MONTH, PeriodKind.YEAR],
            period_start__year=year,
        )
    }
    for metric in all_metrics():
        months = [values.get((metric.code, PeriodKind.MONTH, month)) for month in MONTHS]
        whole = values.get((metric.code, PeriodKind.YEAR, 1))
        head = [metric.code, metric.title, metric.unit]
        yield [*head, *months, whole, metric.formula, metric.source]


def task_rows(division: str, *, on: datetime.date) -> Iterator[list[Any]]:
    for body in task_position(division=division, on=on).bodies:
        yield [
            body.name,
            body.open,
            body.done,
            body.overdue,
            body.due_soon,
            body.behind,
            body.blocked,
        ]
