"""Complaints as their handlers see them: the list, one complaint, and the steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import files_of
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.components import Facet
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.foundation.ui.tables import Column, Table
from silian.operations.placements.choices.complaints import (
    OPEN_COMPLAINTS,
    ComplaintCategory,
    ComplaintState,
)
from silian.operations.placements.commands.complaint_handling import (
    accept_complaint,
    ask_complainant,
    decline_complaint,
    note_inquiry,
    resolve_complaint,
)
from silian.operations.placements.forms.complaints import (
    AcceptForm,
    NoteForm,
    ResolveForm,
    WordsForm,
)
from silian.operations.placements.models.complaints import Complaint
from silian.operations.placements.permissions.complaints import (
    complaints_handled_by,
    complaints_visible_to,
    handles,
    handles_complaints,
    is_complainant,
    may_open_cases,
    require_handler,
)
from silian.operations.placements.queries.complaints import (
    clock_of,
    complainant_name,
    for_list,
    subjects_of,
)
from silian.operations.placements.rules.complaints import provision_words
from silian.operations.placements.workflow.complaints import complaint as steps

NO_HANDLER = "投诉由受理单位的经办人办理。学生的投诉在“我的权益”里查看。"
COLUMNS = [
    Column("number", "编号", main=True, sort="number"),
    Column("categories", "事项", lambda row: row.category_words),
    Column("subjects", "被投诉单位", lambda row: "、".join(map(str, row.subjects.all()))),
    Column("channel", "渠道", lambda row: row.get_channel_display(), optional=True),
    Column("filed_at", "提出时间", lambda row: timezone.localdate(row.filed_at), sort="filed_at"),
    Column("clock", "期限", clock_of, template="placements/complaints/_cell_clock.html"),
    Column(
        "state",
        "状态",
        lambda row: row.get_state_display(),
        template="placements/complaints/_cell_state.html",
        sort="state",
    ),
    Column("was_late", "曾逾期", lambda row: "是" if row.was_late else "", optional=True),
]


@require_safe
def complaint_list(request: Request) -> HttpResponseBase:
    """The complaints of the reader's office (学生投诉)."""
    if not handles_complaints(request.actor):
        raise NotAllowed(NO_HANDLER)
    seen = complaints_handled_by(request.actor)
    bar = FilterBar(request=request, facets=complaint_facets(request), placeholder="编号")
    rows = chosen(request, seen, text=bar.text)
    table = Table(
        request=request,
        name="placements_complaints",
        rows=for_list(rows),
        columns=COLUMNS,
        caption="学生投诉",
        order="-filed_at",
        row_url=lambda row: reverse("placements:complaint_detail", args=[row.pk]),
        empty={"missing": "没有符合条件的投诉", "why": "只列出本单位受理且不涉及本单位的投诉。"},
    )
    if table.export_wanted:
        return table.export_response()
    context = {
        "bar": bar,
        "table": table,
        "open": seen.filter(state__in=sorted(OPEN_COMPLAINTS)).count(),
        "opens_cases": may_open_cases(request.actor),
    }
    template = "_list.html" if request.htmx else "list.html"
    return render(request, f"placements/complaints/{template}", context)


def complaint_facets(request: Request) -> list[Facet]:
    late = [("yes", "曾逾期")]
    return [
        facet(request=request, name="state", label="状态", choices=ComplaintState.choices),
        facet(request=request, name="category", label="事项", choices=ComplaintCategory.choices),
        facet(request=request, name="late", label="时限", choices=late, single=True),
    ]


def chosen(request: Request, rows: QuerySet[Complaint], *, text: str) -> QuerySet[Complaint]:
    if states := request.GET.getlist("state"):
        rows = rows.filter(state__in=states)
    if categories := request.GET.getlist("category"):
        rows = rows.filter(categories__overlap=categories)
    if request.GET.get("late") == "yes":
        rows = rows.filter(was_late=True)
    return rows.filter(number__icontains=text) if text else rows


def seen_complaint(request: Request, complaint_id: int) -> Complaint:
    rows = complaints_visible_to(request.actor).select_related("handler", "division")
    return get_object_or_404(rows, pk=complaint_id)


@require_safe
def complaint_detail(request: Request, complaint_id: int) -> HttpResponse:
    """One complaint, for its handler or for the one who made it (投诉)."""
    complaint = seen_complaint(request, complaint_id)
    is_handler = handles(request.actor, complaint)
    return render(
        request,
        "placements/complaints/detail.html",
        complaint_context(
            complaint, is_handler=is_handler, is_own=is_complainant(request.actor, complaint)
        )
        | {"opens_cases": is_handler and may_open_cases(request.actor)},
    )


def complaint_context(complaint: Complaint, *, is_handler: bool, is_own: bool) -> dict[str, Any]:
    """What the page shows; the complainant's view leaves out what is the handlers' own."""
    rows = complaint.steps.select_related("organisation").order_by("at", "pk")
    shown = rows if is_handler else rows.filter(is_shown=True)
    return {
        "complaint": complaint,
        "subjects": subjects_of(complaint),
        "provisions": provision_words(complaint.categories),
        "clock": clock_of(complaint),
        "files": files_of(complaint),
        "acts": [(act, files_of(act)) for act in shown],
        "who": complainant_name(complaint) if is_handler else "",
        "is_handler": is_handler,
        "is_own": is_own,
        "steps": {each.name for each in steps.steps_from(ComplaintState(complaint.state))},
        "code": "",
    }


STEPS: dict[str, tuple[str, type[forms.Form], Callable[..., Any], str]] = {
    "accept": ("受理", AcceptForm, accept_complaint, "已受理，办理期限开始计算。"),
    "decline": ("不予受理", WordsForm, decline_complaint, "已答复投诉人。"),
    "ask": ("请求补充", WordsForm, ask_complainant, "已请投诉人补充，期限暂停计算。"),
    "note": ("调查记录", NoteForm, note_inquiry, "已记录。"),
    "resolve": ("办结答复", ResolveForm, resolve_complaint, "已办结，投诉人可以看到答复。"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def complaint_step(request: Request, complaint_id: int, name: str) -> HttpResponse:
    """Accept, decline, ask, note or resolve (办理投诉)."""
    complaint = seen_complaint(request, complaint_id)
    require_handler(request.actor, complaint)
    if name not in STEPS:
        raise Http404("没有这一步。")
    label, shape, command, sentence = STEPS[name]
    back = reverse("placements:complaint_detail", args=[complaint.pk])

    def send(data: dict[str, Any]) -> str:
        if "proof" in data:
            proof = data.pop("proof")
            data["proofs"] = [proof] if proof else []
        command(complaint_id=complaint.pk, actor=request.actor, now=timezone.localtime(), **data)
        return back

    page = FormPage(
        title=label,
        button=label,
        lead=f"{complaint.number}　{complaint.category_words}",
        back=back,
        crumbs=[
            ("学生投诉", reverse("placements:complaint_list")),
            (complaint.number, back),
        ],
        help="placements/complaints",
    )
    return answer_form(request, form=shape(*given(request)), page=page, send=send, done=sentence)
