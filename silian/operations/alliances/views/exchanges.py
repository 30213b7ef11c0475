"""Statistics of cooperation, talent brought in, and forums."""

from __future__ import annotations

import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.charts import Chart, Series
from silian.foundation.ui.form_pages import answer_form, page_words
from silian.foundation.ui.tables import Column, Table
from silian.operations.alliances.commands.exchanges import (
    note_leaving,
    record_session,
    register_forum,
    register_talent,
)
from silian.operations.alliances.forms.cooperation import (
    ForumForm,
    LeavingForm,
    SessionForm,
    TalentForm,
)
from silian.operations.alliances.models.cooperation import Forum
from silian.operations.alliances.permissions.cooperation import (
    forums_visible_to,
    may_keep_forum,
    may_register,
    projects_visible_to,
    require_forum_keeper,
    require_registrar,
    talents_visible_to,
)
from silian.operations.alliances.permissions.keeping import keeps_registers, oversees
from silian.operations.alliances.queries.cooperation import (
    forum_standing,
    forum_standings,
    people_by_year,
    public_projects,
    scope_lines,
    talent_total,
)
from silian.operations.alliances.queries.histories import past_of
from silian.operations.alliances.views.cooperation import FOLDER, REGISTER, units_for

TALENTS = ("高层次人才引进", "alliances:talent_list")


@login_not_required
@require_safe
def cooperation_statistics(request: Request) -> HttpResponse:
    """Projects and people by scope and year, talent, continuity of forums (统计)."""
    today, rows = timezone.localdate(), public_projects()
    lines = scope_lines(rows)
    context = {
        "lines": lines,
        "projects": sum(line.projects for line in lines),
        "people_out": sum(line.people_out for line in lines),
        "people_in": sum(line.people_in for line in lines),
        "chart": people_chart(people_by_year(rows), on=today),
        "talents": talent_total(),
        "forums": forum_standings(forums_visible_to(request.actor), today=today),
        "registers": may_register(request.actor),
    }
    return render(request, f"{FOLDER}/statistics.html", context)


def people_chart(rows: list[tuple[int, int, int]], *, on: datetime.date) -> Chart | None:
    """People exchanged each year, by direction (分年度交流人数)."""
    if not rows:
        return None
    return Chart(
        name="people_exchanged",
        title="分年度交流人数",
        unit="人次",
        source="对外合作年度成效",
        as_of=on,
        kind="bar",
        labels=[f"{year} 年" for year, _, _ in rows],
        series=[
            Series("派出", [out for _, out, _ in rows]),
            Series("来访", [back for _, _, back in rows]),
        ],
    )


@require_safe
def talent_list(request: Request) -> HttpResponseBase:
    """People of high standing brought in (高层次人才引进)."""
    actor = request.actor
    if not (may_register(actor) or oversees(actor)):
        raise NotAllowed("人才引进台账由引进单位和本地区主管部门查看，公众可查看统计。")
    table = Table(
        request=request,
        name="talents",
        rows=talents_visible_to(actor).select_related("organisation", "project"),
        caption="高层次人才引进",
        columns=[
            Column("expertise", "专业领域和层次", main=True),
            Column("organisation", "引进单位", lambda row: row.organisation.display_name),
            Column("mode", "方式", lambda row: row.get_mode_display(), sort="mode"),
            Column("origin", "来自"),
            Column("people", "人数", unit="人", numeric=True, sort="people", total=True),
            Column("arrived_on", "到岗日", sort="arrived_on"),
            Column("left_on", "离岗日", sort="left_on"),
            Column("outcome", "作用和成效", optional=True),
            Column("leave", "办理", "", template=f"{FOLDER}/_cell_leave.html"),
        ],
        order="-arrived_on",
        empty={"missing": "还没有引进记录", "why": "到岗后登记领域、人数和来处，不登记姓名。"},
    )
    if table.export_wanted:
        return table.export_response()
    context = {"table": table, "registers": may_register(actor)}
    return render(request, f"{FOLDER}/talents.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def talent_new(request: Request) -> HttpResponse:
    """Record people brought in (登记人才引进)."""
    actor, today = request.actor, timezone.localdate()
    require_registrar(actor)
    offered = units_for(request)
    own = None if keeps_registers(actor) else actor.organisation_id
    form = TalentForm(
        request.POST or None,
        units=offered,
        projects=projects_visible_to(actor).filter(organisation__in=offered),
        initial={"organisation": own, "arrived_on": today, "project": request.GET.get("project")},
    )
    return answer_form(
        request,
        form=form,
        page=page_words("登记人才引进", "登记", back=TALENTS[1], register=TALENTS),
        send=lambda said: register_talent(
            organisation_id=said["organisation"].pk,
            project_id=said["project"].pk if said["project"] else None,
            facts=form.facts(),
            actor=actor,
            today=today,
        ),
        done="已登记。",
        then=TALENTS[1],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def talent_leave(request: Request, talent_id: int) -> HttpResponse:
    """Record that people left (登记离岗)."""
    row = get_object_or_404(talents_visible_to(request.actor), pk=talent_id)
    require_registrar(request.actor)
    start = {"left_on": timezone.localdate(), "outcome": row.outcome}
    form = LeavingForm(request.POST or None, initial=start)
    return answer_form(
        request,
        form=form,
        page=page_words("登记离岗", "登记", back=TALENTS[1], register=TALENTS, lead=str(row)),
        send=lambda said: note_leaving(talent_id=row.pk, actor=request.actor, **said),
        done="已登记。",
        then=TALENTS[1],
    )


def visible_forum(request: Request, forum_id: int) -> Forum:
    rows = forums_visible_to(request.actor).select_related("organisation", "division")
    return get_object_or_404(rows, pk=forum_id)


@login_not_required
@require_safe
def forum_detail(request: Request, forum_id: int) -> HttpResponse:
    """One forum and each of its years."""
    forum = visible_forum(request, forum_id)
    keeps = may_keep_forum(request.actor, forum)
    context = {
        "forum": forum,
        "standing": forum_standing(forum, today=timezone.localdate()),
        "sessions": forum.sessions.order_by("-year"),
        "keeps": keeps,
        "entries": past_of(forum) if keeps else [],
    }
    return render(request, f"{FOLDER}/forum.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def forum_new(request: Request) -> HttpResponse:
    """Register a forum (登记合作论坛)."""
    require_registrar(request.actor)
    form = ForumForm(request.POST or None, units=units_for(request))
    return answer_form(
        request,
        form=form,
        page=page_words("登记合作论坛", "登记", back=REGISTER[1], register=REGISTER),
        send=lambda said: register_forum(
            organisation_id=said.pop("organisation").pk, actor=request.actor, **said
        ),
        done="已登记，请补登各届情况。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def session_edit(request: Request, forum_id: int) -> HttpResponse:
    """Say how a year went (登记届次)."""
    forum, today = visible_forum(request, forum_id), timezone.localdate()
    require_forum_keeper(request.actor, forum)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and len(asked) == 4 else today.year
    known = forum.sessions.filter(year=year).first()
    form = SessionForm(
        request.POST or None,
        initial=SessionForm.initial_from(known) if known else {"year": year},
    )
    return answer_form(
        request,
        form=form,
        page=page_words("登记届次", "登记", back=forum, register=REGISTER, lead=forum.title),
        send=lambda said: record_session(
            forum_id=forum.pk,
            year=said["year"],
            facts=form.facts(),
            actor=request.actor,
            today=today,
        ),
        done="已登记。",
        then=forum,
    )
