"""The list of recommended projects as an edition (推荐名单刊期)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from silian.governance.incentives.models import ProjectRecommendation

EDITION_KIND = "finance_recommendations"
FIELDS = [
    ["owner", "申请单位"],
    ["place", "建设地区"],
    ["kind", "建设类别"],
    ["stage", "项目环节"],
    ["total", "总投资（元）"],
    ["basis", "依据"],
    ["reason", "推荐理由"],
]


def snapshot_of(rows: Iterable[ProjectRecommendation]) -> dict[str, Any]:
    """What the edition keeps of each project; the total only where it was published."""
    entries = [
        {"key": str(row.pk), "title": str(row.need.project), "values": values_of(row)}
        for row in rows
    ]
    section = {
        "key": "projects",
        "title": "推荐项目",
        "fields": FIELDS,
        "entries": entries,
        "hides_keys": True,
    }
    return {"sections": [section]}


def values_of(row: ProjectRecommendation) -> dict[str, str]:
    project = row.need.project
    shown = bool(project and project.total_is_public)
    return {
        "owner": row.need.owner.name,
        "place": row.division.name,
        "kind": project.get_kind_display() if project else "",
        "stage": project.get_stage_display() if project else "",
        "total": f"{project.total:,.2f}" if project and shown else "未公开",
        "basis": f"{row.basis}（{row.force}）",
        "reason": row.reason,
    }
