"""Pages of problems brought before bodies."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import answer_form
from silian.foundation.ui.tables import Column, Table
from silian.operations.alliances.choices.coordination import (
    CHANGEABLE_STATES,
    DecisionState,
    EscalationState,
)
from silian.operations.alliances.commands.escalations import (
    family_of,
    raise_escalation,
    resolve_escalation,
    return_escalation,
    schedule_escalation,
)
from silian.operations.alliances.forms.escalations import AnswerForm, EscalationForm, ScheduleForm
from silian.operations.alliances.models.escalations import Escalation
from silian.operations.alliances.permissions.coordination import (
    bodies_visible_to,
    decisions_visible_to,
    escalations_visible_to,
    may_raise,
    may_run_body,
    meetings_visible_to,
    require_runner,
)
from silian.operations.alliances.queries.escalations import escalation_figures, escalations_for_list
from silian.operations.alliances.queries.meetings import history
from silian.operations.alliances.views.bodies import refuse_outsiders, words


@require_safe
def escalation_list(request: Request) -> HttpResponseBase:
    """Problems brought before bodies, with their clocks (提请协调)."""
    refuse_outsiders(request)
    shown = escalations_visible_to(request.actor)
    bar = FilterBar(
        request=request,
        placeholder="事项",
        facets=[
            facet(request=request, name="state", label="状态", choices=EscalationState.choices)
        ],
    )
    if chosen := request.GET.getlist("state"):
        shown = shown.filter(state__in=chosen)
    if bar.text:
        shown = shown.filter(title__icontains=bar.text)
    table = escalation_table(request, shown)
    if table.export_wanted:
        return table.export_response()
    template = "alliances/_escalations.html" if request.htmx else "alliances/escalations.html"
    figures = escalation_figures(request.actor, now=timezone.now())
    context = {"table": table, "bar": bar, "figures": figures, "raises": may_raise(request.actor)}
    return render(request, template, context)


def escalation_table(request: Request, rows: QuerySet[Escalation]) -> Table:
    return Table(
        request=request,
        name="escalations",
        rows=escalations_for_list(rows),
        caption="提请协调事项",
        columns=[
            Column("title", "事项", main=True),
            Column("raised_by__name", "提请单位"),
            Column("body__name", "受理机构"),
            Column("raised_at", "提请时间", sort="raised_at"),
            Column("due_at", "安排期限", sort="due_at"),
            Column("days_to_close", "办结天数", numeric=True),
            Column(
                "get_state_display", "状态", template="alliances/_cell_state.html", sort="state"
            ),
        ],
        order="-raised_at",
        export=True,
        row_url=lambda row: row.get_absolute_url(),
    )


def visible_escalation(request: Request, escalation_id: int) -> Escalation:
    refuse_outsiders(request)
    rows = escalations_for_list(escalations_visible_to(request.actor))
    return get_object_or_404(rows, pk=escalation_id)


@require_safe
def escalation_detail(request: Request, escalation_id: int) -> HttpResponse:
    """One problem: what it is, where it stands, what came of it."""
    row = visible_escalation(request, escalation_id)
    context = {
        "row": row,
        "runs": may_run_body(request.actor, row.body),
        "entries": history(row),
    }
    return render(request, "alliances/escalation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def escalation_new(request: Request) -> HttpResponse:
    """Bring a problem before a body (提请协调)."""
    refuse_outsiders(request)
    actor = request.actor
    if not may_raise(actor):
        raise NotAllowed("提请协调由政府部门经办人员办理，请联系贵单位管理员授权。")
    form = EscalationForm(
        request.POST or None,
        bodies=bodies_visible_to(actor),
        initial={"body": request.GET.get("body"), "title": request.GET.get("title", "")},
    )

    def work(said: dict[str, Any]) -> Escalation:
        given = dict(form.cleaned_data)
        body = given.pop("body")
        return raise_escalation(body_id=body.pk, actor=actor, now=timezone.localtime(), **given)

    return answer_form(
        request,
        form=form,
        page=words(
            "提请协调", "提请", back="alliances:escalation_list", lead="10 个工作日内安排议题或答复"
        ),
        send=work,
        done="已提请，安排结果会通知您。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def escalation_schedule(request: Request, escalation_id: int) -> HttpResponse:
    """Put the problem on an agenda (列入议题)."""
    row = visible_escalation(request, escalation_id)
    require_runner(request.actor, division=row.body.division_id)
    meetings = meetings_visible_to(request.actor).filter(
        body_id__in=family_of(row.body), state__in=sorted(CHANGEABLE_STATES)
    )
    form = ScheduleForm(request.POST or None, meetings=meetings)
    return answer_form(
        request,
        form=form,
        page=words("列入议题", "列入", back=row, lead=row.title),
        send=lambda said: schedule_escalation(
            escalation_id=row.pk, meeting_id=form.cleaned_data["meeting"].pk, actor=request.actor
        ),
        done="已列入议题，提请单位会收到通知。",
        then=row,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def escalation_answer(request: Request, escalation_id: int) -> HttpResponse:
    """Answer the problem (答复办结)."""
    row = visible_escalation(request, escalation_id)
    require_runner(request.actor, division=row.body.division_id)
    made = decisions_visible_to(request.actor).filter(
        meeting__body_id__in=family_of(row.body), state=DecisionState.MADE
    )
    form = AnswerForm(request.POST or None, decisions=made)

    def work(said: dict[str, Any]) -> Escalation:
        decision = form.cleaned_data["decision"]
        return resolve_escalation(
            escalation_id=row.pk,
            answer=form.cleaned_data["answer"],
            decision_id=decision.pk if decision else None,
            actor=request.actor,
            now=timezone.localtime(),
        )

    page = words("答复办结", "答复", back=row, lead=row.title)
    return answer_form(request, form=form, page=page, send=work, done="已答复提请单位。", then=row)


@require_http_methods(["GET", "HEAD", "POST"])
def escalation_return(request: Request, escalation_id: int) -> HttpResponse:
    """Send the problem back with the way to take (退回)."""
    row = visible_escalation(request, escalation_id)
    require_runner(request.actor, division=row.body.division_id)
    form = AnswerForm(request.POST or None, decisions=decisions_visible_to(request.actor).none())
    del form.fields["decision"]
    return answer_form(
        request,
        form=form,
        page=words("退回提请", "退回", back=row, lead="请写明理由和建议的办理途径"),
        send=lambda said: return_escalation(
            escalation_id=row.pk,
            answer=form.cleaned_data["answer"],
            actor=request.actor,
            now=timezone.localtime(),
        ),
        done="已退回并告知提请单位。",
        then=row,
    )
