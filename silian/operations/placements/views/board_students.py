"""The rows behind the board: students by what they lack, and reminding the chosen ones."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.components import Facet
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.tables import BulkAction, Column, Table
from silian.operations.placements.commands.reminding import remind
from silian.operations.placements.models.internships import Internship
from silian.operations.placements.permissions.boards import (
    BoardSide,
    may_chase,
    require_board,
)
from silian.operations.placements.queries.boards import Intern, interns_of
from silian.operations.placements.rules.board import LABELS, PROBLEMS, Problem
from silian.operations.placements.views.boards import chosen_group

TODO = "todo"
SHOWN = {TODO: "要处理的", **{cell.value: label for cell, label in LABELS.items()}}


@require_safe
def board_students(request: Request) -> HttpResponseBase:
    """Interns by what they lack; filter, sort, keep as a view, export (实习学生名单)."""
    side = require_board(request.actor)
    if side is BoardSide.AUTHORITY:
        raise NotAllowed(
            "主管部门看汇总数字，学生名单由学校和实习单位掌握。需要名册请在“实习名册”里写明理由导出。"
        )
    rows, _, group = chosen_group(request)
    interns = {intern.pk: intern for intern in interns_of(rows, on=timezone.localdate())}
    bar = filter_bar(request, list(interns.values()), side=side)
    chosen = chosen_interns(request, list(interns.values()), text=bar.text)
    table = student_table(
        request, rows.filter(pk__in=[item.pk for item in chosen]), interns=interns, side=side
    )
    if table.export_wanted:
        return table.export_response()
    template = (
        "placements/board/_students.html" if request.htmx else "placements/board/students.html"
    )
    context = {"table": table, "bar": bar, "group": group, "count": len(chosen)}
    return render(request, template, context)


def filter_bar(request: Request, interns: list[Intern], *, side: BoardSide) -> FilterBar:
    classes = {str(item.class_id): item.class_name for item in interns}
    hosts = {str(item.organisation_id): item.organisation_name for item in interns}
    schools = {str(item.school_id): item.school_name for item in interns}
    others = (
        ("host", "实习单位", hosts) if side is BoardSide.SCHOOL else ("school", "学校", schools)
    )
    facets: list[Facet] = [
        facet(request=request, name="show", label="情况", choices=SHOWN.items(), single=True),
        facet(request=request, name="class", label="班级", choices=classes.items()),
        facet(request=request, name=others[0], label=others[1], choices=others[2].items()),
    ]
    return FilterBar(request=request, facets=facets, kept=("group",), placeholder="姓名、岗位")


def chosen_interns(request: Request, interns: list[Intern], *, text: str) -> list[Intern]:
    """The interns that the filters leave."""
    show = request.GET.get("show", "")
    classes, hosts = set(request.GET.getlist("class")), set(request.GET.getlist("host"))
    return [
        item
        for item in interns
        if stands(item, show)
        and (not classes or str(item.class_id) in classes)
        and (not hosts or str(item.organisation_id) in hosts)
        and (not text or text in item.name or text in item.post_title)
    ]


def stands(intern: Intern, show: str) -> bool:
    """Whether the intern counts under the number that was opened."""
    if show == TODO:
        return bool(intern.standing.problems)
    if problem := PROBLEMS.get(show):
        return problem in intern.standing.problems
    return show not in SHOWN or intern.cell == show


def student_table(
    request: Request, rows: QuerySet[Internship], *, interns: dict[int, Intern], side: BoardSide
) -> Table:
    """Each row says what is missing; the values come from the board's one reading."""

    def words(row: Internship) -> str:
        return interns[row.pk].words

    def label(row: Internship) -> str:
        return LABELS[interns[row.pk].cell]

    return Table(
        request=request,
        name="placement_board_students",
        rows=rows.select_related("person", "school", "school_class", "organisation", "post"),
        caption="实习学生名单",
        columns=[
            *who_and_where(side),
            Column("standing", "情况", value=label),
            Column("words", "差什么", value=words),
            Column("starts_on", "起始日", sort="starts_on", optional=True),
            Column("ends_on", "终止日（不含）", sort="ends_on", optional=True),
        ],
        order="school_class__name",
        row_url=lambda row: reverse("placements:internship", args=[row.pk]),
        bulk_actions=bulk_actions(request),
        empty={"missing": "没有这样的学生", "why": "换一个条件再看"},
    )


def who_and_where(side: BoardSide) -> list[Column]:
    return [
        Column("person", "姓名", value="person__name", sort="person__name", main=True),
        Column("class", "班级", value="school_class__name", sort="school_class__name"),
        Column("school", "学校", value="school__name", optional=side is BoardSide.SCHOOL),
        Column("host", "实习单位", value="organisation__name", sort="organisation__name"),
        Column("post", "岗位", value="post__title", sort="post__title", optional=True),
        Column("state", "状态", value=lambda row: row.get_state_display(), sort="state"),
    ]


def bulk_actions(request: Request) -> list[BulkAction]:
    if not may_chase(request.actor):
        return []
    return [
        BulkAction(label="催办", url=reverse("placements:board_remind")),
        BulkAction(label="办协议", url=reverse("placements:agreement_batch_start")),
    ]


@require_POST
def board_remind(request: Request) -> HttpResponse:
    """Remind about the chosen interns, or about all with one problem (催办)."""
    side = require_board(request.actor)
    ids = [int(pk) for pk in request.POST.getlist("chosen") if pk.isdigit()]
    problem = request.POST.get("problem", "")
    only = PROBLEMS.get(problem)
    if only and side is BoardSide.SCHOOL:
        ids = ids_with(request, only)
    try:
        told = remind(internship_ids=ids, actor=request.actor, now=timezone.now(), only=only)
    except DomainError as refusal:
        if isinstance(refusal, NotAllowed):
            raise
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, told.sentence)
    return redirect(safe_next(request))


def ids_with(request: Request, problem: Problem) -> list[int]:
    """All interns of the group in the form who have the problem."""
    rows, _, _ = chosen_group(request, asked=request.POST.get("group", ""))
    interns = interns_of(rows, on=timezone.localdate())
    return [item.pk for item in interns if problem in item.standing.problems]


def safe_next(request: Request) -> str:
    asked = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}):
        return asked
    return reverse("placements:board")
