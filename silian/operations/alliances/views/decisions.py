"""Pages of decisions: the list, drafting, dropping, revoking."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import answer_form
from silian.foundation.ui.tables import Column, Table
from silian.operations.alliances.choices.coordination import DecisionState
from silian.operations.alliances.commands.decisions import (
    draft_decision,
    drop_decision,
    revoke_decision,
)
from silian.operations.alliances.forms.decisions import DecisionForm
from silian.operations.alliances.models.decisions import Decision
from silian.operations.alliances.permissions.coordination import (
    decisions_visible_to,
    require_runner,
)
from silian.operations.alliances.queries.meetings import decisions_for_list
from silian.operations.alliances.views.bodies import refuse_outsiders, words
from silian.operations.alliances.views.meetings import visible_meeting


@require_safe
def decision_list(request: Request) -> HttpResponseBase:
    """All decisions within reach, with what became of them (会议决定)."""
    refuse_outsiders(request)
    shown = decisions_visible_to(request.actor)
    bar = FilterBar(
        request=request,
        placeholder="决定事项",
        facets=[facet(request=request, name="state", label="状态", choices=DecisionState.choices)],
    )
    if chosen := request.GET.getlist("state"):
        shown = shown.filter(state__in=chosen)
    if bar.text:
        shown = shown.filter(text__icontains=bar.text)
    table = decision_table(request, shown)
    if table.export_wanted:
        return table.export_response()
    template = "alliances/_decisions.html" if request.htmx else "alliances/decisions.html"
    return render(request, template, {"table": table, "bar": bar})


def decision_table(request: Request, rows: QuerySet[Decision]) -> Table:
    return Table(
        request=request,
        name="coordination_decisions",
        rows=decisions_for_list(rows),
        caption="会议决定",
        columns=[
            Column("number", "编号"),
            Column("text", "决定事项", main=True),
            Column("meeting__body__name", "机构"),
            Column("lead", "牵头单位"),
            Column("due_on", "期限", sort="due_on"),
            Column(
                "get_state_display", "状态", template="alliances/_cell_state.html", sort="state"
            ),
        ],
        order="-pk",
        export=True,
        row_url=lambda row: row.get_absolute_url(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def decision_new(request: Request, meeting_id: int) -> HttpResponse:
    """Write down one decision of the meeting (拟定决定)."""
    meeting, actor = visible_meeting(request, meeting_id), request.actor
    require_runner(actor, division=meeting.body.division_id)
    form = DecisionForm(request.POST or None, meeting=meeting)
    return answer_form(
        request,
        form=form,
        page=words("拟定决定", "保存", back=meeting, lead=meeting.title),
        send=lambda said: draft_decision(meeting_id=meeting.pk, facts=form.facts(), actor=actor),
        done="已拟定，签发纪要后生效。",
        then=meeting,
    )


def visible_decision(request: Request, decision_id: int) -> Decision:
    refuse_outsiders(request)
    rows = decisions_visible_to(request.actor).select_related("meeting__body")
    return get_object_or_404(rows, pk=decision_id)


@require_POST
def decision_drop(request: Request, decision_id: int) -> HttpResponse:
    """Take out a drafted decision (删除拟定的决定)."""
    decision = visible_decision(request, decision_id)
    try:
        drop_decision(decision_id=decision.pk, actor=request.actor)
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "已删除。")
    return redirect(decision.meeting)


@require_POST
def decision_revoke(request: Request, decision_id: int) -> HttpResponse:
    """Revoke a decision with its reason (撤销决定)."""
    decision = visible_decision(request, decision_id)
    try:
        revoke_decision(
            decision_id=decision.pk, reason=request.POST.get("reason", ""), actor=request.actor
        )
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "决定已撤销，任务台账会收到理由。")
    return redirect(decision.meeting)
