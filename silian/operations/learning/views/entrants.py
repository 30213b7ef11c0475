"""Pages of entrants: enter, withdraw, scores, corrections, training."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import answer_form, done_or_said, page_words
from silian.operations.learning.commands.entrants import (
    correct_result,
    enter_myself,
    enter_workers,
    score_entrants,
    withdraw_entrant,
)
from silian.operations.learning.commands.sessions import arrange_session, take_attendance
from silian.operations.learning.forms.competitions import (
    AttendanceForm,
    CorrectionForm,
    ScoresForm,
    SessionForm,
    WorkersForm,
)
from silian.operations.learning.models.competitions import Competition
from silian.operations.learning.permissions.fund import require_reporter
from silian.operations.learning.permissions.skills import entrants_visible_to, require_manager
from silian.operations.learning.queries.competitions import entrants_of, places_of
from silian.operations.learning.queries.workers import workers_of
from silian.operations.learning.views.competitions import visible_competition
from silian.operations.learning.views.words import COMPETITIONS, typed
from silian.registers.people.models import Person as Worker


def workers_to_enter(request: Request, row: Competition) -> QuerySet[Worker]:
    """The enterprise's workers who have not entered yet, by the name searched for."""
    entered = row.entrants.filter(withdrawn_at__isnull=True).values("person_id")
    unit_id = request.actor.organisation_id or 0
    workers = workers_of(organisation_id=unit_id, on=timezone.localdate())
    if text := typed(request.GET.get("q", "").strip()):
        workers = workers.filter(name__icontains=text)
    return workers.exclude(pk__in=entered)


@require_http_methods(["GET", "HEAD", "POST"])
def competition_enter(request: Request, competition_id: int) -> HttpResponse:
    """Enter workers of the enterprise (为职工报名)."""
    row, actor = visible_competition(request, competition_id), request.actor
    require_reporter(actor)
    form = WorkersForm(request.POST or None, workers=workers_to_enter(request, row))
    limit = f"每单位最多 {row.unit_limit} 人" if row.unit_limit else "名额不限"
    page = page_words(
        "为职工报名",
        "报名",
        back=row,
        register=COMPETITIONS,
        lead=f"{row.title}，报名截止 {row.closes_on}，{limit}",
        help="learning/enter",
    )
    return answer_form(
        request,
        form=form,
        page=page,
        send=lambda said: enter_workers(
            competition_id=row.pk, person_ids=said["people"], actor=actor, now=timezone.now()
        ),
        done="已报名。",
        then=row,
    )


@require_POST
def competition_enter_self(request: Request, competition_id: int) -> HttpResponse:
    """Enter oneself (本人报名)."""
    row = visible_competition(request, competition_id)
    return done_or_said(
        request,
        lambda: enter_myself(competition_id=row.pk, actor=request.actor, now=timezone.now()),
        done="您已报名。",
        then=row,
    )


@require_POST
def entrant_withdraw(request: Request, competition_id: int, entrant_id: int) -> HttpResponse:
    """Take somebody off (退出)."""
    row = visible_competition(request, competition_id)
    get_object_or_404(entrants_visible_to(request.actor, row), pk=entrant_id)
    return done_or_said(
        request,
        lambda: withdraw_entrant(
            competition_id=row.pk, entrant_id=entrant_id, actor=request.actor, now=timezone.now()
        ),
        done="已退出。",
        then=row,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def competition_scores(request: Request, competition_id: int) -> HttpResponse:
    """Take down all results on one page (登记成绩)."""
    row, actor = visible_competition(request, competition_id), request.actor
    require_manager(actor, row)
    entrants = list(entrants_of(row.entrants.filter(withdrawn_at__isnull=True)))
    form = ScoresForm(request.POST or None, entrants=entrants)
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            score_entrants(competition_id=row.pk, results=form.results, actor=actor)
        except NotAllowed:
            raise
        except DomainError as refusal:
            problem = refusal.sentence
        else:
            messages.success(request, "成绩已保存，核对后公布。")
            return redirect(row)
    status = 422 if request.method == "POST" else 200
    context = {"row": row, "form": form, "problem": problem}
    return render(request, "learning/scores.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def entrant_correct(request: Request, competition_id: int, entrant_id: int) -> HttpResponse:
    """Put a published result right (更正成绩)."""
    row, actor = visible_competition(request, competition_id), request.actor
    require_manager(actor, row)
    entrant = get_object_or_404(entrants_of(row.entrants.all()), pk=entrant_id)
    start = {name: getattr(entrant, name) for name in ("rank", "score", "prize", "is_absent")}
    form = CorrectionForm(request.POST or None, initial=start)
    return answer_form(
        request,
        form=form,
        page=page_words(
            "更正成绩",
            "更正",
            back=row,
            register=COMPETITIONS,
            lead=f"{row.title}，{entrant.person.name}",
        ),
        send=lambda said: correct_result(
            competition_id=row.pk,
            entrant_id=entrant.pk,
            result=form.result(),
            reason=said["reason"],
            actor=actor,
            now=timezone.now(),
        ),
        done="成绩已更正，原成绩和理由已保留。",
        then=row,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def session_new(request: Request, competition_id: int) -> HttpResponse:
    """Arrange training at a base (安排集训)."""
    row, actor = visible_competition(request, competition_id), request.actor
    require_manager(actor, row)
    form = SessionForm(request.POST or None, competition=row, initial={"base": row.base_id})
    return answer_form(
        request,
        form=form,
        page=page_words("安排竞赛集训", "保存", back=row, register=COMPETITIONS, lead=row.title),
        send=lambda said: arrange_session(competition_id=row.pk, facts=form.facts(), actor=actor),
        done="集训已安排。",
        then=row,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def session_attendance(request: Request, competition_id: int, session_id: int) -> HttpResponse:
    """Say who came (登记到训)."""
    row, actor = visible_competition(request, competition_id), request.actor
    require_manager(actor, row)
    session = get_object_or_404(row.sessions, pk=session_id)
    places = list(places_of(session))
    present = [place.entrant_id for place in places if place.attended]
    form = AttendanceForm(request.POST or None, places=places, initial={"present": present})
    return answer_form(
        request,
        form=form,
        page=page_words("登记到训", "保存", back=row, register=COMPETITIONS, lead=session.title),
        send=lambda said: take_attendance(
            competition_id=row.pk,
            session_id=session.pk,
            present_ids=set(said["present"]),
            actor=actor,
        ),
        done="到训已登记。",
        then=row,
    )
