"""The table of tasks and its filter column, shared by the ledger, boards and own lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from silian.foundation.kernel.requests import Request
from silian.foundation.kernel.site_calendar import site_calendar
from silian.foundation.ui.components import Facet
from silian.foundation.ui.filters import FilterBar, facet, words_typed
from silian.foundation.ui.tables import BulkAction, Column, Table
from silian.governance.policy_tasks.choices import TaskLight, TaskState
from silian.governance.policy_tasks.models import PolicyTask
from silian.governance.policy_tasks.queries.task_lists import (
    TaskChoice,
    chosen_tasks,
    divisions_named,
    documents_of,
    facet_counts,
    for_list,
    leading_bodies,
    with_light,
)
from silian.registers.policies.choices import Force

ROW = "policy_tasks/task/"


def lit(rows: QuerySet[PolicyTask]) -> QuerySet[PolicyTask]:
    """Tasks with today's light."""
    return with_light(rows, on=timezone.localdate(), calendar=site_calendar())


def choice_of(request: Request) -> TaskChoice:
    """What the address asks for."""
    query = request.GET
    return TaskChoice(
        text=words_typed(request)[:60],
        lights=query.getlist("light"),
        states=query.getlist("state"),
        forces=query.getlist("force"),
        bodies=query.getlist("body"),
        documents=query.getlist("document"),
        divisions=query.getlist("division"),
        part=query.get("part", ""),
    )


def columns() -> list[Column]:
    return [
        Column("title", "任务", template=f"{ROW}_cell_title.html", main=True),
        Column("number", "编号", sort="number", template=f"{ROW}_cell_number.html"),
        Column("lead", "牵头单位", value=lead_name),
        Column("bodies", "责任单位", value=sharing_names, optional=True),
        Column("due_on", "期限", sort="due_on", value=lambda row: row.due_on or "长期"),
        Column("percent", "进度", sort="percent", numeric=True, unit="%"),
        Column("weather", "推进情况", template=f"{ROW}_cell_weather.html", export=weathers),
        Column(
            "light",
            "灯号",
            sort="gravity",
            template=f"{ROW}_cell_light.html",
            export=lambda row: row.light_label,
        ),
        Column("state", "状态", value=lambda row: row.get_state_display(), optional=True),
        Column("force", "强制程度", value=lambda row: row.get_force_display(), optional=True),
        Column("division", "地区", value="division__name", optional=True),
        Column("reported", "最近报送", value="last_report_at", optional=True),
    ]


DRAFT_COLUMNS = ("title", "number", "lead", "bodies", "due_on", "force")


def draft_columns() -> list[Column]:
    """What is decided about a draft: who leads, who shares, until when, how strongly."""
    return [replace(row, optional=False) for row in columns() if row.name in DRAFT_COLUMNS]


def lead_name(row: PolicyTask) -> str:
    """Who leads; a text that names nobody is not read as naming its first-listed body."""
    return row.lead.name if row.lead else "原文未写明牵头，请指定"


def sharing_names(row: PolicyTask) -> str:
    return "、".join(share.body.name for share in row.bodies.all())


def weathers(row: PolicyTask) -> str:
    """Both words about a task: the unit's and the supervisor's."""
    own, other = row.get_weather_display(), row.get_weather_by_supervisor_display()
    return f"{own or '未报'}（督查：{other}）" if other else own or "未报"


def task_table(
    request: Request,
    rows: QuerySet[PolicyTask],
    *,
    name: str,
    caption: str,
    bulk_actions: tuple[BulkAction, ...] = (),
    shown: Sequence[Column] = (),
    empty: dict[str, str] | None = None,
) -> Table:
    """Tasks under columns; ``rows`` carry their light."""
    return Table(
        request=request,
        name=name,
        rows=for_list(rows).order_by(),
        caption=caption,
        columns=shown or columns(),
        order="gravity",
        row_url=lambda row: row.get_absolute_url(),
        bulk_actions=bulk_actions,
        empty=empty or {"missing": "没有符合条件的任务", "why": "可以去掉一些筛选条件。"},
    )


def task_filters(request: Request, rows: QuerySet[PolicyTask]) -> FilterBar:
    """The filter column over all tasks that the reader sees; three or four queries."""
    bodies, documents = leading_bodies(rows), documents_of(rows)
    counts = facet_counts(rows)
    facets = [
        held(request, "light", "灯号", TaskLight.choices, counts["present_light"]),
        held(request, "state", "状态", TaskState.choices, counts["state"]),
        named(request, "body", "牵头单位", bodies),
        named(request, "document", "文件", documents),
        held(request, "force", "强制程度", Force.choices, counts["force"]),
    ]
    if len(counts["division_id"]) > 1:
        divisions = divisions_named(counts["division_id"])
        facets.append(named(request, "division", "地区", divisions))
    return FilterBar(request=request, placeholder="任务、编号", facets=facets)


def held(
    request: Request,
    name: str,
    label: str,
    choices: Sequence[tuple[str, Any]],
    counts: Mapping[str, int],
) -> Facet:
    """A facet of the words that some task bears, and of those chosen."""
    asked = request.GET.getlist(name)
    shown = [(key, str(text)) for key, text in choices if counts.get(key) or key in asked]
    return facet(request=request, name=name, label=label, choices=shown, counts=counts)


def named(request: Request, name: str, label: str, found: list[tuple[str, str, int]]) -> Facet:
    """A facet of things that are rows themselves."""
    return facet(
        request=request,
        name=name,
        label=label,
        choices=[(key, text) for key, text, _ in found],
        counts={key: number for key, _, number in found},
    )


def chosen(request: Request, rows: QuerySet[PolicyTask]) -> QuerySet[PolicyTask]:
    return chosen_tasks(rows, choice_of(request))
