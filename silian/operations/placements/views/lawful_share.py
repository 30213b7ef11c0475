"""The share of students whose practice is lawful, rule by rule, down to the students."""

from __future__ import annotations

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.tables import Column, Table
from silian.operations.placements.models import Internship
from silian.operations.placements.permissions.boards import board_rows, require_board
from silian.operations.placements.queries.lawful_share import against_of
from silian.operations.placements.rules.lawful_share import TITLES, lawful_count, rule_shares
from silian.operations.placements.views.student_columns import student_column

COLUMNS = [
    Column("title", "内容", main=True),
    Column("code", "规则"),
    Column("refused", "不合规", unit="人", numeric=True, value=lambda row: len(row.refused)),
    Column("noted", "提示", unit="人", numeric=True, value=lambda row: len(row.noted)),
    Column("percent", "合规率", unit="%", numeric=True,
           value=lambda row: "" if row.percent is None else f"{row.percent:.1f}"),
]  # fmt: skip


@require_safe
def lawful_share(request: Request) -> HttpResponseBase:
    """Every rule with how many students at work it stands against (分规则合规率)."""
    require_board(request.actor)
    found = against_of(board_rows(request.actor), on=timezone.localdate())
    table = Table(
        request=request,
        name="placement_lawful_share",
        rows=rule_shares(found),
        caption="分规则合规率",
        columns=COLUMNS,
        order="",
        row_url=lambda row: reverse("placements:lawful_students", args=[row.code]),
        empty={"missing": "没有规则", "why": ""},
    )
    if table.export_wanted:
        return table.export_response()
    context = {
        "table": table,
        "total": len(found),
        "lawful": lawful_count(found),
        "now": timezone.localtime(),
    }
    return render(request, "placements/lawful/shares.html", context)


@require_safe
def lawful_students(request: Request, code: str) -> HttpResponseBase:
    """The students whom one rule stands against, with the sentence for each (不合规名单)."""
    require_board(request.actor)
    if code not in TITLES:
        raise Http404("没有这条规则。")
    seen = board_rows(request.actor)
    found = against_of(seen, on=timezone.localdate())
    said = {
        pk: (each.refused.get(code, []), each.noted.get(code, [])) for pk, each in found.items()
    }
    ids = [pk for pk, (refused, noted) in said.items() if refused or noted]
    table = student_table(request, ids, said)
    if table.export_wanted:
        return table.export_response()
    context = {"table": table, "code": code, "title": TITLES[code], "count": len(ids)}
    return render(request, "placements/lawful/students.html", context)


def student_table(
    request: Request, ids: list[int], said: dict[int, tuple[list[str], list[str]]]
) -> Table:
    def effect(row: Internship) -> str:
        return "不合规" if said[row.pk][0] else "提示"

    def sentences(row: Internship) -> str:
        return "".join(dict.fromkeys(said[row.pk][0] + said[row.pk][1]))

    rows = board_rows(request.actor).filter(pk__in=ids)
    return Table(
        request=request,
        name="placement_lawful_students",
        rows=rows.select_related("person", "school", "school_class", "organisation", "post"),
        caption="不合规和有提示的学生",
        columns=[
            student_column(request.actor),
            Column("school", "学校", value="school__name", sort="school__name"),
            Column("class", "班级", value="school_class__name", sort="school_class__name"),
            Column("host", "实习单位", value="organisation__name", sort="organisation__name"),
            Column("effect", "结果", value=effect),
            Column("said", "说明", value=sentences),
        ],
        order="school_class__name",
        row_url=lambda row: reverse("placements:internship", args=[row.pk]),
        empty={"missing": "没有学生违反这条规则", "why": "在岗学生都符合"},
    )
