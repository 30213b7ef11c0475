"""The table of internships and its filter column."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.components import Facet
from silian.foundation.ui.filters import FilterBar, facet, words_typed
from silian.foundation.ui.tables import BulkAction, Column, Table
from silian.operations.placements.choices.internships import (
    Arrangement,
    InternshipKind,
    InternshipState,
)
from silian.operations.placements.models import Internship
from silian.operations.placements.permissions.internships import is_host_clerk, is_school_clerk
from silian.operations.placements.queries.internship_lists import (
    FILTERS,
    InternshipChoice,
    Lacking,
    chosen_internships,
    facet_counts,
    for_list,
    names_of,
)
from silian.operations.placements.views.names import shown_name

CELLS = "placements/internships/"


def choice_of(request: Request) -> InternshipChoice:
    """What the address asks for."""
    return InternshipChoice(
        text=words_typed(request)[:60],
        values={name: request.GET.getlist(name) for name in FILTERS},
    )


OPTIONAL = (
    Column("pay", "报酬", value="pay", sort="pay", unit="元/月", numeric=True, optional=True),
    Column("teacher", "指导教师", value=lambda row: row.teacher or "未指定", optional=True),
    Column("mentor", "企业导师", value=lambda row: row.mentor or "未指定", optional=True),
    Column("kind", "形式", value=lambda row: row.get_kind_display(), optional=True),
    Column(
        "arrangement",
        "选择方式",
        value=lambda row: row.get_arrangement_display(),
        optional=True,
    ),
    Column("school", "学校", value="school__name", optional=True),
    Column("division", "工作地区", value="division__name", optional=True),
    Column("started_on", "到岗日", value=lambda row: row.started_on or "—", optional=True),
    Column("ended_on", "离岗日", value=lambda row: row.ended_on or "—", optional=True),
)


def columns(request: Request, lacking: Lacking) -> list[Column]:
    actor = request.actor
    return [
        Column(
            "person",
            "学生",
            sort="person__name",
            value=lambda row: shown_name(actor, row),
            main=True,
        ),
        Column("class", "班级", value="school_class__name", sort="school_class__name"),
        Column("organisation", "实习单位", value="organisation__name", sort="organisation__name"),
        Column("post", "岗位", value="post__title"),
        Column("starts_on", "起始日", sort="starts_on"),
        Column("last_day", "最后一天", value="last_day"),
        Column("missing", "差什么", value=lacking.brief, export=lacking.words),
        Column(
            "state",
            "状态",
            sort="state",
            template=f"{CELLS}_cell_state.html",
            export=lambda row: row.get_state_display(),
        ),
        *OPTIONAL,
    ]


def bulk_actions(request: Request) -> tuple[BulkAction, ...]:
    """What a clerk does with the chosen rows."""
    start = BulkAction(label="登记到岗", url=reverse("placements:internship_start_many"))
    prepare = BulkAction(label="开始办手续", url=reverse("placements:internship_prepare_many"))
    if is_school_clerk(request.actor):
        return (prepare, start)
    return (start,) if is_host_clerk(request.actor) else ()


def internship_table(request: Request, rows: QuerySet[Internship]) -> Table:
    """Internships under columns, with what each still lacks."""
    lacking = Lacking(on=timezone.localdate())
    table = Table(
        request=request,
        name="internships",
        rows=for_list(chosen_internships(rows, choice_of(request))),
        caption="实习台账",
        columns=columns(request, lacking),
        order="-starts_on",
        export=True,
        row_url=lambda row: row.get_absolute_url(),
        bulk_actions=bulk_actions(request),
        empty={"missing": "没有符合条件的实习", "why": "可以去掉一些筛选条件。"},
    )
    lacking.read(list(table.rows) if table.export_wanted else table.page.rows)
    return table


def internship_filters(request: Request, rows: QuerySet[Internship]) -> FilterBar:
    """The filter column over all internships that the reader sees."""
    counts = facet_counts(rows)
    choices: list[tuple[str, str, Any]] = [
        ("state", "状态", InternshipState.choices),
        ("kind", "形式", InternshipKind.choices),
        ("arrangement", "选择方式", Arrangement.choices),
        ("class", "班级", names_of(rows, key="school_class_id", name="school_class__name")),
        (
            "organisation",
            "实习单位",
            names_of(rows, key="organisation_id", name="organisation__name"),
        ),
        ("school", "学校", names_of(rows, key="school_id", name="school__name")),
    ]
    facets: list[Facet] = [
        facet(request=request, name=name, label=label, choices=held, counts=counts[name])
        for name, label, known in choices
        if len(held := [(key, text) for key, text in known if counts[name].get(str(key))]) > 1
    ]
    return FilterBar(request=request, placeholder="姓名、单位、岗位、班级", facets=facets)
