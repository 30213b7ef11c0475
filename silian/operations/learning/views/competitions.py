"""Pages of competitions: the public calendar, own ones, one competition, its steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import answer_form, done_or_said, page_words
from silian.foundation.ui.tables import Column, Table
from silian.operations.learning.choices import CompetitionLevel, CompetitionState
from silian.operations.learning.commands.competitions import (
    cancel_competition,
    change_competition,
    draft_competition,
    hold_competition,
    open_competition,
    publish_competition,
    publish_results,
)
from silian.operations.learning.commands.objections import object_to_results
from silian.operations.learning.forms.competitions import (
    CompetitionForm,
    ObjectionForm,
    ReasonForm,
)
from silian.operations.learning.models.competitions import Competition
from silian.operations.learning.permissions.fund import reports
from silian.operations.learning.permissions.skills import (
    competitions_visible_to,
    entrants_visible_to,
    may_manage,
    organises,
    require_manager,
    require_organiser,
)
from silian.operations.learning.queries.awards import objections_of, past_of
from silian.operations.learning.queries.competitions import (
    base_standing,
    calendar,
    competitions_for_list,
    entrants_of,
    public_results,
    sessions_of,
)
from silian.operations.learning.views.words import COMPETITIONS, typed
from silian.registers.people.queries import person_of

PUBLIC_STATES = [each for each in CompetitionState.choices if each[0] != CompetitionState.DRAFT]


@login_not_required
@require_safe
def competition_calendar(request: Request) -> HttpResponseBase:
    """What is coming and what came out, for everybody (竞赛日历)."""
    bar = FilterBar(
        request=request,
        placeholder="竞赛、职业、主办单位",
        facets=[
            facet(request=request, name="level", label="级别", choices=CompetitionLevel.choices),
            facet(request=request, name="state", label="状态", choices=PUBLIC_STATES),
        ],
    )
    table = competitions_table(request, chosen(request, calendar()), name="competition_calendar")
    if table.export_wanted:
        return table.export_response()
    context = {"table": table, "bar": bar, "organises": organises(request.actor)}
    page = "_competitions" if request.htmx else "competitions"
    return render(request, f"learning/{page}.html", context)


@require_safe
def competition_list(request: Request) -> HttpResponseBase:
    """Competitions of the own unit, drafts included (本单位竞赛)."""
    require_organiser(request.actor)
    rows = competitions_visible_to(request.actor).filter(
        organiser_id=request.actor.organisation_id or 0
    )
    table = competitions_table(request, competitions_for_list(rows), name="competitions_own")
    if table.export_wanted:
        return table.export_response()
    return render(request, "learning/competitions_own.html", {"table": table})


def chosen(request: Request, rows: QuerySet[Competition]) -> QuerySet[Competition]:
    for name in ("level", "state"):
        if wanted := request.GET.getlist(name):
            rows = rows.filter(**{f"{name}__in": wanted})
    if text := typed(request.GET.get("q", "").strip()):
        words = Q(title__icontains=text) | Q(occupation__name__icontains=text)
        rows = rows.filter(words | Q(organiser__name__icontains=text))
    return rows


def competitions_table(request: Request, rows: QuerySet[Competition], *, name: str) -> Table:
    return Table(
        request=request,
        name=name,
        rows=rows,
        caption="技能竞赛",
        columns=[
            Column("title", "竞赛", main=True),
            Column("level", "级别", lambda row: row.get_level_display(), sort="level"),
            Column("occupation", "职业", lambda row: row.occupation.name),
            Column("organiser", "主办单位", lambda row: row.organiser.display_name),
            Column("opens_on", "报名开始", optional=True),
            Column("closes_on", "报名截止", sort="closes_on"),
            Column("starts_on", "比赛开始", sort="starts_on"),
            Column("entered", "已报名", lambda row: row.entered, unit="人", numeric=True),
            Column("state", "状态", template="learning/_cell_state.html", sort="state"),
        ],
        order="-starts_on",
        export=True,
        row_url=lambda row: row.get_absolute_url(),
        empty={"missing": "还没有竞赛", "why": "部门、工会和企业发布的竞赛列在这里。"},
    )


def visible_competition(request: Request, competition_id: int) -> Competition:
    rows = competitions_visible_to(request.actor).select_related(
        "organiser", "occupation", "division", "base"
    )
    return get_object_or_404(rows, pk=competition_id)


@login_not_required
@require_safe
def competition_detail(request: Request, competition_id: int) -> HttpResponseBase:
    """One competition: what is announced, who goes there, what came out."""
    row, actor = visible_competition(request, competition_id), request.actor
    today = timezone.localdate()
    manages = may_manage(actor, row)
    takes = row.state == CompetitionState.OPEN and row.opens_on <= today <= row.closes_on
    person = person_of(actor)
    context: dict[str, Any] = {
        "row": row,
        "joint": row.joint.select_related("organisation"),
        "standing": base_standing(row.base, on=today),
        "results": public_results(row),
        "sessions": sessions_of(row) if manages else [],
        "entrants": entrants_of(entrants_visible_to(actor, row)) if actor.user_id else [],
        "manages": manages,
        "takes": takes,
        "enters": takes and reports(actor),
        "enters_self": takes and person is not None and not reports(actor),
        "objects": row.state == CompetitionState.RESULTS and not row.results_settled_on(today),
        "objections": objections_of(row) if manages else [],
        "answers": manages,
        "past": past_of(row) if manages else [],
    }
    return render(request, "learning/competition.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def competition_new(request: Request) -> HttpResponse:
    """Draft a competition (拟定竞赛)."""
    actor = request.actor
    require_organiser(actor)
    form = CompetitionForm(request.POST or None, actor=actor)
    return answer_form(
        request,
        form=form,
        page=page_words("拟定技能竞赛", "保存", back=COMPETITIONS[1], register=COMPETITIONS),
        send=lambda said: draft_competition(facts=form.facts(), actor=actor),
        done="已保存，核对后发布到竞赛日历。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def competition_edit(request: Request, competition_id: int) -> HttpResponse:
    """Change what is announced (修改竞赛)."""
    row, actor = visible_competition(request, competition_id), request.actor
    require_manager(actor, row)
    start = CompetitionForm.initial_from(row)
    form = CompetitionForm(request.POST or None, actor=actor, initial=start)
    return answer_form(
        request,
        form=form,
        page=page_words("修改竞赛", "保存", back=row, register=COMPETITIONS, lead=row.title),
        send=lambda said: change_competition(
            competition_id=row.pk, facts=form.facts(), actor=actor
        ),
        done="已保存。",
    )


def steps(request: Request, row: Competition) -> dict[str, tuple[Callable[[], Any], str]]:
    """What a button of the page does, and what is said then."""
    given: dict[str, Any] = {"competition_id": row.pk, "actor": request.actor}
    today = timezone.localdate()
    return {
        "publish": (lambda: publish_competition(**given, today=today), "已发布到竞赛日历。"),
        "open": (lambda: open_competition(**given, today=today), "已开放报名。"),
        "hold": (lambda: hold_competition(**given, today=today), "已登记比赛结束，请登记成绩。"),
        "results": (
            lambda: publish_results(**given, now=timezone.now()),
            "成绩已公布，异议期已开始。",
        ),
    }


@require_POST
def competition_step(request: Request, competition_id: int, name: str) -> HttpResponse:
    """Publish, open, end, give out results."""
    row = visible_competition(request, competition_id)
    require_manager(request.actor, row)
    work, done = steps(request, row)[name]
    return done_or_said(request, work, done=done, then=row)


@require_http_methods(["GET", "HEAD", "POST"])
def competition_cancel(request: Request, competition_id: int) -> HttpResponse:
    """Call a competition off (取消竞赛)."""
    row, actor = visible_competition(request, competition_id), request.actor
    require_manager(actor, row)
    form = ReasonForm(request.POST or None)
    return answer_form(
        request,
        form=form,
        page=page_words("取消竞赛", "取消竞赛", back=row, register=COMPETITIONS, lead=row.title),
        send=lambda said: cancel_competition(competition_id=row.pk, actor=actor, **said),
        done="已取消，报名单位会收到理由。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def competition_object(request: Request, competition_id: int) -> HttpResponse:
    """Object to published results (对成绩提出异议)."""
    row = visible_competition(request, competition_id)
    form = ObjectionForm(request.POST or None)
    return answer_form(
        request,
        form=form,
        page=page_words(
            "对成绩提出异议", "提交异议", back=row, register=COMPETITIONS, lead=row.title
        ),
        send=lambda said: object_to_results(
            competition_id=row.pk, actor=request.actor, now=timezone.now(), **said
        ),
        done="异议已提交，主办单位答复后会通知您。",
        then=row,
    )
