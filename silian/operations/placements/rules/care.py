"""How often interns are visited, and how fast an incident is reported."""

from __future__ import annotations

import datetime

from silian.operations.placements.choices.pay import (
    IncidentSeverity,
)

REPORT_HOURS = {
    IncidentSeverity.SERIOUS: 24,
    IncidentSeverity.GRAVE: 1,
}
"""Operational: 重大 as 生产安全事故报告和调查处理条例第九条 (one hour), 较重 within a day."""


def report_due(
    *, severity: IncidentSeverity, happened_at: datetime.datetime
) -> datetime.datetime | None:
    """By when the authority must know; None for minor incidents (报告时限)."""
    hours = REPORT_HOURS.get(severity)
    return happened_at + datetime.timedelta(hours=hours) if hours else None


def reason_incident_not_closable(
    *, conclusion: str, severity: str, is_reported: bool
) -> str | None:
    """Why an incident cannot be closed, or None (办结)."""
    if severity != IncidentSeverity.MINOR and not is_reported:
        return "较重和重大事件须先报告主管部门，再办结。"
    if not conclusion.strip():
        return "请写明处理结果、学生情况和理赔进展。"
    return None


def visit_due_on(
    *,
    last: datetime.date | None,
    started_on: datetime.date,
    every_days: int | None,
) -> datetime.date | None:
    """The day by which the next visit is due; None while the school has set no frequency."""
    if every_days is None:
        return None
    return (last or started_on) + datetime.timedelta(days=every_days)
