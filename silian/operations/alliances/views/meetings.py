"""Pages of meetings: list, one meeting, its steps, its minutes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.file_checks import DOCX
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import answer_form
from silian.foundation.ui.tables import Column, Table
from silian.operations.alliances.choices.coordination import MeetingKind, MeetingState, Reply
from silian.operations.alliances.commands.meetings import (
    cancel_meeting,
    change_meeting,
    convene_meeting,
    hold_meeting,
    plan_meeting,
    reply_to_meeting,
    set_agenda,
    sign_minutes,
)
from silian.operations.alliances.exports.minutes import minutes_document
from silian.operations.alliances.forms.meetings import (
    AgendaForm,
    HoldForm,
    MeetingForm,
    ReplyForm,
    SignForm,
)
from silian.operations.alliances.models.meetings import Meeting
from silian.operations.alliances.permissions.coordination import (
    attendances_of_unit,
    decisions_visible_to,
    may_run_body,
    may_run_coordination,
    meetings_visible_to,
    require_runner,
)
from silian.operations.alliances.queries.meetings import (
    attendance_of,
    decisions_for_list,
    history,
    meetings_for_list,
    own_places,
)
from silian.operations.alliances.views.bodies import refuse_outsiders, visible_body, words

WORD = DOCX.content_type


@require_safe
def meeting_list(request: Request) -> HttpResponseBase:
    """Meetings within reach, newest first (会议)."""
    refuse_outsiders(request)
    shown = meetings_visible_to(request.actor)
    bar = FilterBar(
        request=request,
        placeholder="会议名称",
        facets=[
            facet(request=request, name="state", label="状态", choices=MeetingState.choices),
            facet(request=request, name="kind", label="类别", choices=MeetingKind.choices),
        ],
    )
    for name in ("state", "kind"):
        if chosen := request.GET.getlist(name):
            shown = shown.filter(**{f"{name}__in": chosen})
    if bar.text:
        shown = shown.filter(title__icontains=bar.text)
    table = meeting_table(request, shown)
    if table.export_wanted:
        return table.export_response()
    template = "alliances/_meetings.html" if request.htmx else "alliances/meetings.html"
    runs = may_run_coordination(request.actor)
    return render(request, template, {"table": table, "bar": bar, "runs": runs})


def meeting_table(request: Request, rows: QuerySet[Meeting]) -> Table:
    return Table(
        request=request,
        name="coordination_meetings",
        rows=meetings_for_list(rows),
        caption="会议",
        columns=[
            Column("number", "期次"),
            Column("title", "会议", main=True),
            Column("body__name", "机构"),
            Column("held_at", "时间", sort="held_at"),
            Column("item_count", "议题", numeric=True),
            Column("decision_count", "决定", numeric=True),
            Column(
                "get_state_display", "状态", template="alliances/_cell_state.html", sort="state"
            ),
        ],
        order="-held_at",
        export=True,
        row_url=lambda row: row.get_absolute_url(),
    )


def visible_meeting(request: Request, meeting_id: int) -> Meeting:
    refuse_outsiders(request)
    rows = meetings_visible_to(request.actor).select_related("body__division", "created_by")
    return get_object_or_404(rows, pk=meeting_id)


@require_safe
def meeting_detail(request: Request, meeting_id: int) -> HttpResponse:
    """One meeting: agenda, who comes, minutes, decisions, and the step that is the reader's."""
    meeting = visible_meeting(request, meeting_id)
    places = attendance_of(meeting)
    decided = decisions_for_list(decisions_visible_to(request.actor)).filter(meeting=meeting)
    replies = [place.reply for place in places]
    context = {
        "meeting": meeting,
        "agenda": meeting.agenda.select_related("presenter").prefetch_related("escalations"),
        "places": places,
        "coming": sum(reply in (Reply.COMES, Reply.SENDS) for reply in replies),
        "waiting": replies.count(Reply.WAITING),
        "own": own_places(request.actor, meeting),
        "decisions": decided,
        "runs": may_run_body(request.actor, meeting.body),
        "shows_minutes": meeting.state == MeetingState.MINUTED
        or may_run_body(request.actor, meeting.body),
        "entries": history(meeting),
    }
    return render(request, "alliances/meeting.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_new(request: Request, body_id: int) -> HttpResponse:
    """Plan a meeting of a body (筹备会议)."""
    body, actor = visible_body(request, body_id), request.actor
    require_runner(actor, division=body.division_id)
    form = MeetingForm(request.POST or None)
    return answer_form(
        request,
        form=form,
        page=words("筹备会议", "保存", back=body, lead=f"{body.name}；保存后添加议题，再发通知"),
        send=lambda said: plan_meeting(body_id=body.pk, facts=form.facts(), actor=actor),
        done="会议已筹备，请添加议题。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_edit(request: Request, meeting_id: int) -> HttpResponse:
    """Change time, place or title of a meeting (修改会议)."""
    meeting, actor = visible_meeting(request, meeting_id), request.actor
    require_runner(actor, division=meeting.body.division_id)
    form = MeetingForm(request.POST or None, initial=MeetingForm.initial_from(meeting))
    lead = "时间或地点有变时，参会单位会收到通知" if meeting.state == "convened" else ""
    return answer_form(
        request,
        form=form,
        page=words("修改会议", "保存", back=meeting, lead=lead),
        send=lambda said: change_meeting(meeting_id=meeting.pk, facts=form.facts(), actor=actor),
        done="已保存。",
        then=meeting,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def agenda_edit(request: Request, meeting_id: int) -> HttpResponse:
    """Write the agenda (议题)."""
    meeting, actor = visible_meeting(request, meeting_id), request.actor
    require_runner(actor, division=meeting.body.division_id)
    form = AgendaForm(
        request.POST or None,
        division=meeting.body.division_id,
        initial=AgendaForm.initial_from(meeting),
    )
    return answer_form(
        request,
        form=form,
        page=words("议题", "保存", back=meeting, lead=meeting.title),
        send=lambda said: set_agenda(meeting_id=meeting.pk, items=form.items(), actor=actor),
        done="议题已保存。",
        then=meeting,
    )


@require_POST
def meeting_step(request: Request, meeting_id: int, name: str) -> HttpResponse:
    """Call or cancel the meeting (发通知、取消)."""
    meeting, actor = visible_meeting(request, meeting_id), request.actor
    steps: dict[str, tuple[Any, str]] = {
        "convene": (
            lambda: convene_meeting(meeting_id=meeting.pk, actor=actor, now=timezone.localtime()),
            "通知已发给各成员单位。",
        ),
        "cancel": (
            lambda: cancel_meeting(
                meeting_id=meeting.pk, reason=request.POST.get("reason", ""), actor=actor
            ),
            "会议已取消。",
        ),
    }
    if name not in steps:
        raise Http404
    work, done = steps[name]
    try:
        work()
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, done)
    return redirect(meeting)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_reply(request: Request, attendance_id: int) -> HttpResponse:
    """Answer for one's unit (参会回执)."""
    refuse_outsiders(request)
    rows = attendances_of_unit(request.actor).select_related("meeting", "post")
    place = get_object_or_404(rows, pk=attendance_id)
    initial = {"reply": place.reply, "delegate": place.delegate, "reason": place.reason}
    form = ReplyForm(request.POST or None, initial=initial)

    def work(said: dict[str, Any]) -> Any:
        given = dict(form.cleaned_data)
        reply = Reply(given.pop("reply"))
        return reply_to_meeting(attendance_id=place.pk, reply=reply, actor=request.actor, **given)

    lead = f"{place.meeting.title}；{place.post.position}"
    return answer_form(
        request,
        form=form,
        page=words("参会回执", "提交回执", back=place.meeting, lead=lead),
        send=work,
        done="回执已提交。",
        then=place.meeting,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_hold(request: Request, meeting_id: int) -> HttpResponse:
    """Say that the meeting was held, with the draft of its minutes (登记召开)."""
    meeting, actor = visible_meeting(request, meeting_id), request.actor
    require_runner(actor, division=meeting.body.division_id)
    places = attendance_of(meeting)
    form = HoldForm(
        request.POST or None,
        places=[(place.pk, place_label(place)) for place in places],
        initial={
            "came": [p.pk for p in places if p.came or (p.came is None and p.reply == Reply.COMES)],
            "minutes": meeting.minutes,
        },
    )
    return answer_form(
        request,
        form=form,
        page=words("登记召开和纪要", "保存", back=meeting, lead=meeting.title),
        send=lambda said: hold_meeting(
            meeting_id=meeting.pk, actor=actor, now=timezone.localtime(), **form.cleaned_data
        ),
        done="已登记。请逐条拟定决定，核对后签发纪要。",
        then=meeting,
    )


def place_label(place: Any) -> str:
    seats = list(place.post.seats.all())
    who = place.delegate or (seats[0].holder if seats else "")
    return f"{place.post.get_role_display()} {place.post.position} {who}".strip()


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_sign(request: Request, meeting_id: int) -> HttpResponse:
    """Sign the minutes; decisions become tasks (签发纪要)."""
    meeting, actor = visible_meeting(request, meeting_id), request.actor
    require_runner(actor, division=meeting.body.division_id)
    form = SignForm(request.POST or None, initial={"signed_on": timezone.localdate()})
    drafted = meeting.decisions.filter(state="draft").count()
    return answer_form(
        request,
        form=form,
        page=words(
            "签发纪要", "签发", back=meeting, lead=f"签发后纪要不再修改，{drafted} 条决定生成任务"
        ),
        send=lambda said: sign_minutes(meeting_id=meeting.pk, actor=actor, **form.cleaned_data),
        done=f"纪要已签发，{drafted} 条决定已转任务台账。",
        then=meeting,
    )


@require_safe
def meeting_minutes(request: Request, meeting_id: int) -> HttpResponse:
    """The signed minutes as a Word document (下载纪要)."""
    meeting = visible_meeting(request, meeting_id)
    if meeting.state != MeetingState.MINUTED:
        raise Http404
    decided = decisions_for_list(decisions_visible_to(request.actor)).filter(meeting=meeting)
    content = minutes_document(
        meeting,
        agenda=list(meeting.agenda.all()),
        decisions=list(decided),
        places=attendance_of(meeting),
    )
    headers = {"Content-Disposition": f'attachment; filename="minutes-{meeting.pk}.docx"'}
    return HttpResponse(content, content_type=WORD, headers=headers)
