"""The board: one cell per intern, what is missing, and one hand for a whole batch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.exports import KINDS, file_response
from silian.operations.placements.models.internships import Internship
from silian.operations.placements.permissions.boards import (
    BoardSide,
    board_rows,
    may_chase,
    require_board,
)
from silian.operations.placements.queries.boards import (
    Board,
    Group,
    Line,
    board_of,
    groups_of,
    notes_to_tick,
    open_complaints,
)
from silian.operations.placements.rules.board import (
    LABELS,
    SHORT_LABELS,
    SOURCES,
    Cell,
    Problem,
    Tally,
    check_line,
)

LINES = {BoardSide.SCHOOL: "class", BoardSide.HOST: "class", BoardSide.AUTHORITY: "school"}
HEADS = {"class": "班级", "school": "学校", "host": "实习单位"}
FIRST_SHOWN = 6


@require_safe
def board(request: Request) -> HttpResponseBase:
    """One cell per intern in lines, figures that open to their rows (实习安排)."""
    side = require_board(request.actor)
    rows, groups, group = chosen_group(request)
    by = chosen_lines(request, side)
    shown = board_of(rows, by=by, on=timezone.localdate())
    columns = columns_of(shown)
    if request.GET.get("export") in KINDS:
        return line_export(shown, kind=request.GET["export"], head=HEADS[by])
    context: dict[str, Any] = {
        "side": side,
        "board": shown,
        "groups": groups,
        "group": group,
        "by": by,
        "head": HEADS[by],
        "as_table": request.GET.get("view") == "table",
        "figures": figures_of(request, shown, side=side),
        "columns": columns,
        "lines": [drawn(line.label, line.tally, columns, line=line) for line in shown.lines],
        "total": drawn("合计", shown.tally, columns),
        "check": check_line(shown.tally),
        "now": timezone.localtime(),
        "chases": may_chase(request.actor),
        "batches": batches_of(request, shown, side=side),
        "first": shown.to_handle[:FIRST_SHOWN],
        "notes": notes_to_tick(rows) if side is BoardSide.HOST else None,
    }
    return render(request, "placements/board/board.html", context)


def chosen_group(
    request: Request, *, asked: str = ""
) -> tuple[QuerySet[Internship], list[Group], Group | None]:
    """The interns of the year group in the address, or of the largest one."""
    rows = board_rows(request.actor)
    groups = groups_of(rows)
    asked = asked or request.GET.get("group", "")
    group = next((item for item in groups if item.key == asked), groups[0] if groups else None)
    if group is None:
        return rows.none(), [], None
    rows = rows.filter(plan__cohort__year=group.year, kind=group.kind)
    if (school := request.GET.get("school", "")).isdigit():
        rows = rows.filter(school_id=int(school))
    return rows, groups, group


def chosen_lines(request: Request, side: BoardSide) -> str:
    """By class for a school, by school for an authority; both may ask for hosts."""
    asked = request.GET.get("by", "")
    if side is BoardSide.AUTHORITY and request.GET.get("school", "").isdigit():
        return "host" if asked == "host" else "class"
    return asked if asked in HEADS and asked != "school" else LINES[side]


def columns_of(shown: Board) -> list[dict[str, Any]]:
    """The heads of the numbers, papers only when somebody lacks them."""
    return [
        {"cell": cell, "label": SHORT_LABELS[cell], "legend": LABELS[cell]}
        for cell in Cell
        if cell is not Cell.PAPERS or shown.tally.shown(cell)
    ]


def drawn(
    label: str, tally: Tally, columns: list[dict[str, Any]], *, line: Line | None = None
) -> dict[str, Any]:
    """A line as the page draws it: its counts in the order of the heads, and in words."""
    counts = [tally.shown(column["cell"]) for column in columns]
    heads = [column["legend"] for column in columns]
    return {
        "key": line.key if line else None,
        "label": label,
        "total": tally.total,
        "ready": tally.cells[Cell.READY],
        "counts": counts,
        "said": "，".join(f"{head} {count}" for head, count in zip(heads, counts, strict=True)),
        "interns": line.interns if line else (),
    }


def figures_of(request: Request, shown: Board, *, side: BoardSide) -> list[dict[str, Any]]:
    """The strip of numbers; each opens to its rows."""
    figures = [
        {
            "label": "全部就绪" if cell is Cell.READY else LABELS[cell],
            "count": shown.tally.shown(cell),
            "cell": cell,
            "source": SOURCES[cell],
            "note": figure_note(shown, cell),
            "url": "" if side is BoardSide.AUTHORITY else rows_url(request, cell),
        }
        for cell in Cell
        if cell is not Cell.PAPERS or shown.tally.shown(cell)
    ]
    if side is BoardSide.SCHOOL:
        figures.append(complaint_figure(request))
    return figures


def rows_url(request: Request, cell: Cell) -> str:
    query = request.GET.copy()
    for name in ("view", "export", "by"):
        query.pop(name, None)
    query["show"] = cell.value
    return f"{reverse('placements:board_students')}?{query.urlencode()}"


def figure_note(shown: Board, cell: Cell) -> dict[str, str]:
    """The small line under a number, with its tone."""
    overlap = shown.tally.overlap(cell)
    if cell is Cell.READY:
        return {"text": f"在岗 {shown.in_post:,} 人中", "tone": ""}
    if not shown.tally.shown(cell):
        return {"text": "没有", "tone": ""}
    if cell is Cell.UNINSURED:
        return {"text": "不能上岗", "tone": "late"}
    if cell is Cell.UNPAID and not overlap:
        return {"text": f"{shown.month.month} 月报酬", "tone": ""}
    if cell is Cell.WAITING:
        return {"text": "手续已齐", "tone": ""}
    if overlap:
        also = "同时未投保" if cell is Cell.UNSIGNED else "先办前项"
        return {"text": f"{overlap:,} 人{also}", "tone": "watch"}
    return {"text": "办齐后上岗", "tone": "watch"}


def complaint_figure(request: Request) -> dict[str, Any]:
    found = open_complaints(handler_id=request.actor.organisation_id or 0)
    note = (
        f"最近一件 {timezone.localtime(found.due_at):%-m月%-d日}前答复" if found.due_at else "没有"
    )
    return {
        "label": "投诉待复",
        "count": found.count,
        "cell": "complaints",
        "source": "投诉登记",
        "note": {"text": note, "tone": ""},
        "url": "",
    }


def line_export(shown: Board, *, kind: str, head: str) -> HttpResponseBase:
    """The lines of the board as a table: numbers only, no names."""
    columns = columns_of(shown)
    header = [head, "人数", *[column["legend"] for column in columns]]
    lines = [
        [line.label, line.tally.total, *[line.tally.shown(column["cell"]) for column in columns]]
        for line in shown.lines
    ]
    total = ["合计", shown.tally.total, *[shown.tally.shown(item["cell"]) for item in columns]]
    name = f"实习安排_{timezone.localdate():%Y%m%d}"
    return file_response(kind=kind, name=name, header=header, rows=[*lines, total])


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Something that can be done for many at once (一次办完一批): by address or by reminder."""

    title: str
    detail: str
    action: str
    url: str = ""
    problem: str = ""


def batches_of(request: Request, shown: Board, *, side: BoardSide) -> list[Batch]:
    """What the reader can do for many at once (一次办完一批)."""
    if side is BoardSide.HOST:
        return host_batches(request, shown)
    if not may_chase(request.actor):
        return []
    return [
        *insurance_batches(len(shown.with_problem(Problem.UNINSURED))),
        *signing_batches(len(shown.with_problem(Problem.UNSIGNED))),
        *pay_batches(shown),
    ]


def insurance_batches(count: int) -> list[Batch]:
    if not count:
        return []
    return [
        Batch(
            title=f"补投保 {count} 人",
            detail="同一保单可加人，保费由学校付，不向学生收",
            url=reverse("placements:insurance_uninsured"),
            action="生成加保名单",
        )
    ]


def signing_batches(count: int) -> list[Batch]:
    if not count:
        return []
    return [
        Batch(
            title=f"办协议 {count} 人",
            detail="生成、送签、催签一次提交，可以离开页面，每一份的结果都能查",
            url=reverse("placements:agreement_batch_new"),
            action="批量办协议",
        ),
        Batch(
            title=f"提醒签字 {count} 人",
            detail="站内和短信按各人设置发送，今天已发过的不重发",
            problem=Problem.UNSIGNED.value,
            action="发提醒",
        ),
    ]


def pay_batches(shown: Board) -> list[Batch]:
    unpaid = shown.with_problem(Problem.UNPAID)
    if not unpaid:
        return []
    hosts = len({intern.organisation_id for intern in unpaid})
    gap = sum(intern.pay.gap for intern in unpaid)
    return [
        Batch(
            title=f"追报酬 {len(unpaid)} 人，{hosts} 家单位",
            detail=f"涉及 {gap:,.0f} 元，单位在报酬页逐人看到差额",
            problem=Problem.UNPAID.value,
            action="催单位补发",
        )
    ]


def host_batches(request: Request, shown: Board) -> list[Batch]:
    """What a host has to do itself: pay, and sign."""
    unpaid = shown.with_problem(Problem.UNPAID)
    unsigned = shown.with_problem(Problem.UNSIGNED)
    gap = sum(intern.pay.gap for intern in unpaid)
    found = []
    if unpaid:
        found.append(
            Batch(
                title=f"补发报酬 {len(unpaid)} 人",
                detail=f"涉及 {gap:,.0f} 元，发放后登记",
                url=rows_url(request, Cell.UNPAID),
                action="看名单",
            )
        )
    if unsigned:
        found.append(
            Batch(
                title=f"协议未签齐 {len(unsigned)} 份",
                detail="轮到贵单位签的在“协议”里",
                url=rows_url(request, Cell.UNSIGNED),
                action="看名单",
            )
        )
    return found
