"""Deciding meetings: called, held, voted, ended."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.casework.reviews.choices.deciding import Ballot, MeetingState, Outcome
from silian.casework.reviews.commands.deciding import (
    call_meeting,
    cast_votes,
    close_meeting,
    open_meeting,
)
from silian.casework.reviews.exports.meeting_minutes import minutes_docx
from silian.casework.reviews.forms.deciding import (
    AttendanceForm,
    CloseForm,
    MeetingForm,
    choices_of,
)
from silian.casework.reviews.models import DecidingMeeting
from silian.casework.reviews.permissions.campaigns import require_organiser
from silian.casework.reviews.permissions.deciding import (
    is_member,
    may_hold,
    meetings_visible_to,
    member_candidates,
    require_member,
)
from silian.casework.reviews.queries.deciding import board_of
from silian.casework.reviews.rules.voting import missing_words
from silian.casework.reviews.views.ranking import campaign_for
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import FormPage, answer_form, given

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def meeting_for(request: Request, meeting_id: int) -> DecidingMeeting:
    rows = meetings_visible_to(request.actor).select_related("campaign__version__scheme")
    return get_object_or_404(rows, pk=meeting_id)


@require_http_methods(["GET", "POST"])
def meeting_call(request: Request, campaign_id: int) -> HttpResponse:
    """Call a meeting on a ranked batch (召集审定会)."""
    campaign = campaign_for(request, campaign_id)
    require_organiser(request.actor, campaign)
    today = timezone.localdate()
    people = [
        (str(row.user_id), f"{row.user.name}（{row.organisation.name}，{row.get_role_display()}）")
        for row in member_candidates(campaign, on=today)
    ]
    form = MeetingForm(given(request)[0], candidates=people, initial={"held_on": today})
    return answer_form(
        request,
        form=form,
        page=FormPage(
            title="召集审定会",
            button="召集",
            back=reverse("reviews:ranking_detail", args=[campaign.pk]),
            lead=f"{campaign.title}。已经办理过某份材料的成员，对那份材料不计入法定人数。",
            help="reviews/meeting",
        ),
        send=lambda _: reverse(
            "reviews:meeting_detail",
            args=[
                call_meeting(
                    campaign_id=campaign.pk, actor=request.actor, on=today, **form.facts()
                ).pk
            ],
        ),
        done="已召集审定会，并通知各位成员。",
    )


@require_safe
def meeting_detail(request: Request, meeting_id: int) -> HttpResponse:
    """The board of a meeting: members, counts, the open roll of each dossier (审定会)."""
    meeting = meeting_for(request, meeting_id)
    board = board_of(meeting)
    silent = meeting.campaign.content.procedure.silence_abstains
    context = {
        "meeting": meeting,
        "board": board,
        "holds": may_hold(request.actor, meeting),
        "waiting": len(board.open_to(request.actor)) if is_member(request.actor, meeting) else 0,
        "form": AttendanceForm(
            meeting=meeting,
            initial={"present": [str(row.user_id) for row in board.members if row.is_present]},
        ),
        "is_open": meeting.state == MeetingState.OPEN,
        "is_closed": meeting.state == MeetingState.CLOSED,
        "silence_abstains": silent,
        "missing_foot": "方案规定：到会未投票的按弃权计" if silent else "投完或申明回避后才能结束",
    }
    return render(request, "reviews/meeting_detail.html", context)


@require_POST
def meeting_open(request: Request, meeting_id: int) -> HttpResponse:
    """Note who came (登记到会)."""
    meeting = meeting_for(request, meeting_id)
    form = AttendanceForm(request.POST, meeting=meeting)
    present = form.user_ids() if form.is_valid() else []
    open_meeting(meeting_id=meeting.pk, present_user_ids=present, actor=request.actor)
    messages.success(request, f"已登记到会 {len(present)} 人，可以表决。")
    return redirect("reviews:meeting_detail", meeting_id=meeting.pk)


@require_http_methods(["GET", "POST"])
def meeting_vote(request: Request, meeting_id: int) -> HttpResponse:
    """Vote on the list: one vote for all, exceptions by dossier (表决)."""
    meeting = meeting_for(request, meeting_id)
    require_member(request.actor, meeting)
    matters = board_of(meeting).open_to(request.actor)
    refusal = ""
    if request.method == "POST":
        choices = choices_of(request.POST.dict(), matters=matters)
        try:
            count = cast_votes(meeting_id=meeting.pk, choices=choices, actor=request.actor)
        except NotAllowed:
            raise
        except DomainError as error:
            refusal = error.sentence
        else:
            messages.success(request, f"已表决 {count} 份。")
            return redirect("reviews:meeting_detail", meeting_id=meeting.pk)
    context = {
        "meeting": meeting,
        "matters": [(row, *typed(request, row.dossier.pk)) for row in matters],
        "ballots": Ballot.choices,
        "default": request.POST.get("default", ""),
        "refusal": refusal,
    }
    status = 422 if refusal else 200
    return render(request, "reviews/meeting_vote.html", context, status=status)


def typed(request: Request, dossier_id: int) -> tuple[str, str]:
    """What was typed for a dossier, kept after a refusal."""
    posted = request.POST
    return posted.get(f"ballot-{dossier_id}", ""), posted.get(f"reason-{dossier_id}", "")


@require_http_methods(["GET", "POST"])
def meeting_close(request: Request, meeting_id: int) -> HttpResponse:
    """End the meeting: minutes, and words for those who did not pass (结束审定会)."""
    meeting = meeting_for(request, meeting_id)
    require_organiser(request.actor, meeting.campaign)
    board = board_of(meeting)
    if board.reason_open:
        raise WrongState(board.reason_open)
    refused = [row for row in board.matters if row.outcome == Outcome.REJECT]
    silent = f"{missing_words(board.missing_votes)}没有投，按弃权计。" if board.missing else ""
    form = CloseForm(given(request)[0], refused=refused)
    return answer_form(
        request,
        form=form,
        page=FormPage(
            title="结束审定会",
            button="结束并写入决定",
            back=reverse("reviews:meeting_detail", args=[meeting.pk]),
            lead=f"{silent}{len(refused)} 份未通过。"
            "决定写入后不能更改，只能由异议、申诉程序另作决定。",
            help="reviews/meeting",
        ),
        send=lambda _: close_meeting(
            meeting_id=meeting.pk,
            minutes=form.cleaned_data["minutes"],
            reasons=form.reasons(),
            actor=request.actor,
        ),
        done="审定会已结束，决定已写入并通知申报单位。",
        then=reverse("reviews:meeting_detail", args=[meeting.pk]),
    )


@require_safe
def meeting_minutes(request: Request, meeting_id: int) -> HttpResponse:
    """The minutes as a document (审定会纪要)."""
    meeting = meeting_for(request, meeting_id)
    response = HttpResponse(minutes_docx(board_of(meeting)), content_type=DOCX)
    name = f"{meeting.campaign.title}审定会纪要.docx"
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    return response
