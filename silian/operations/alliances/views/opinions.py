"""The register of opinions, one opinion, writing, sending and answering."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import answer_form, done_or_said, page_words
from silian.foundation.ui.tables import Column, Table
from silian.operations.alliances.choices.committees import OpinionKind, OpinionState, Take
from silian.operations.alliances.commands.opinions import (
    answer_opinion,
    change_opinion,
    draft_opinion,
    issue_opinion,
    withdraw_opinion,
)
from silian.operations.alliances.forms.committees import OpinionAnswerForm, OpinionForm
from silian.operations.alliances.models.committees import Committee
from silian.operations.alliances.models.opinions import CommitteeOpinion
from silian.operations.alliances.permissions.committees import (
    answers_owed_by,
    answers_visible_to,
    may_keep_committee,
    opinions_visible_to,
    require_committee_keeper,
)
from silian.operations.alliances.queries.committees import answers_waiting, opinions_for_list
from silian.operations.alliances.queries.histories import past_of
from silian.operations.alliances.views.committees import CELLS, REGISTER, visible_committee
from silian.operations.alliances.views.steps import reason_of, template_for, typed
from silian.registers.programmes.permissions.programmes import programmes_visible_to
from silian.registers.programmes.permissions.standards import standards_visible_to

FORM_METHODS = ["GET", "HEAD", "POST"]


@login_not_required
@require_safe
def opinion_list(request: Request) -> HttpResponseBase:
    """The register of opinions; sent ones are public (意见登记)."""
    shown = opinions_visible_to(request.actor)
    bar = opinion_bar(request)
    table = opinion_table(request, chosen_opinions(request, shown, text=bar.text))
    if table.export_wanted:
        return table.export_response()
    waiting = answers_waiting(request.actor)
    context = {
        "table": table,
        "bar": bar,
        "total": shown.filter(state=OpinionState.ISSUED).order_by().count(),
        "waiting": list(waiting[:5]),
    }
    template = template_for(
        request, page=f"{CELLS}/opinions.html", fragment=f"{CELLS}/_opinions.html"
    )
    return render(request, template, context)


def opinion_bar(request: Request) -> FilterBar:
    more = [("open", "还有学校没答复"), ("adopted", "有学校采纳"), ("standard", "有标准成果")]
    return FilterBar(
        request=request,
        placeholder="标题、委员会",
        facets=[
            facet(request=request, name="kind", label="类别", choices=OpinionKind.choices),
            facet(request=request, name="only", label="只看", choices=more),
        ],
    )


def chosen_opinions(
    request: Request, rows: QuerySet[CommitteeOpinion], *, text: str
) -> QuerySet[CommitteeOpinion]:
    if chosen := request.GET.getlist("kind"):
        rows = rows.filter(kind__in=chosen)
    for name in request.GET.getlist("only"):
        if name == "open":
            rows = rows.filter(pk__in=CommitteeOpinion.objects.filter(answers__take=Take.WAITING))
        elif name == "adopted":
            taken = CommitteeOpinion.objects.filter(answers__take__in=(Take.ADOPTED, Take.PARTLY))
            rows = rows.filter(pk__in=taken)
        elif name == "standard":
            rows = rows.filter(standard__isnull=False)
    if text := typed(text):
        rows = rows.filter(Q(title__icontains=text) | Q(committee__name__icontains=text))
    return rows


def opinion_table(request: Request, rows: QuerySet[CommitteeOpinion]) -> Table:
    return Table(
        request=request,
        name="committee_opinions",
        rows=opinions_for_list(rows),
        caption="委员会意见",
        columns=[
            Column("title", "意见", main=True, template=f"{CELLS}/_cell_opinion.html"),
            Column("get_kind_display", "类别", sort="kind"),
            Column("committee__name", "委员会"),
            Column("programmes", "涉及专业点", value=programme_names),
            Column("answered", "已答复", numeric=True, value=answered_words),
            Column("issued_on", "发出日", sort="issued_on"),
            Column("get_state_display", "状态", template="alliances/_cell_state.html"),
        ],
        order="-issued_on",
        export=True,
        views=request.actor.is_authenticated,
        row_url=lambda row: row.get_absolute_url(),
        empty={"title": "没有符合条件的意见", "why": "委员会发出意见后在这里公开。"},
    )


def programme_names(row: CommitteeOpinion) -> str:
    return "、".join(sorted({programme.name for programme in row.programmes.all()}))


def answered_words(row: Any) -> str:
    return f"{row.answered_count}/{row.asked_count}" if row.asked_count else "不需答复"


@login_not_required
@require_safe
def opinion_detail(request: Request, opinion_id: int) -> HttpResponse:
    """One opinion: what it says, what it concerns, what the schools do with it."""
    rows = opinions_for_list(opinions_visible_to(request.actor))
    opinion = get_object_or_404(rows, pk=opinion_id)
    answers = answers_visible_to(request.actor).filter(opinion=opinion)
    keeps = may_keep_committee(request.actor, opinion.committee)
    context = {
        "opinion": opinion,
        "committee": opinion.committee,
        "programmes": list(opinion.programmes.select_related("school", "major")),
        "occupations": list(opinion.occupations.all()),
        "answers": list(answers.select_related("school")),
        "own": answers_owed_by(request.actor).filter(opinion=opinion, take=Take.WAITING).first(),
        "keeps": keeps,
        "entries": past_of(opinion) if keeps else [],
    }
    return render(request, f"{CELLS}/opinion.html", context)


def opinion_form(request: Request, committee: Committee, **given: Any) -> OpinionForm:
    """The form with what the committee of a region may link to."""
    city = f"{committee.division_id[:4]}"
    programmes = programmes_visible_to(request.actor).filter(division__code__startswith=city)
    return OpinionForm(
        request.POST or None,
        committee=committee,
        programmes=programmes.select_related("school").order_by("name", "school__name"),
        standards=standards_visible_to(request.actor).order_by("title"),
        **given,
    )


@require_http_methods(FORM_METHODS)
def opinion_new(request: Request, committee_id: int) -> HttpResponse:
    """Write an opinion (拟写意见)."""
    committee, actor = visible_committee(request, committee_id), request.actor
    require_committee_keeper(actor, committee)
    form = opinion_form(request, committee)
    return answer_form(
        request,
        form=form,
        page=page_words("拟写意见", "保存", back=committee, register=REGISTER, lead=committee.name),
        send=lambda said: draft_opinion(committee_id=committee.pk, facts=form.facts(), actor=actor),
        done="已保存为拟稿，核对后发出。",
    )


@require_http_methods(FORM_METHODS)
def opinion_edit(request: Request, opinion_id: int) -> HttpResponse:
    """Change a draft (修改意见)."""
    rows = opinions_visible_to(request.actor).select_related("committee__host")
    opinion, actor = get_object_or_404(rows, pk=opinion_id), request.actor
    require_committee_keeper(actor, opinion.committee)
    form = opinion_form(request, opinion.committee, initial=OpinionForm.initial_from(opinion))
    return answer_form(
        request,
        form=form,
        page=page_words("修改意见", "保存", back=opinion, register=REGISTER),
        send=lambda said: change_opinion(opinion_id=opinion.pk, facts=form.facts(), actor=actor),
        done="已保存。",
        then=opinion,
    )


@require_POST
def opinion_step(request: Request, opinion_id: int, name: str) -> HttpResponse:
    """Send or withdraw an opinion (发出、撤回)."""
    rows = opinions_visible_to(request.actor).select_related("committee")
    opinion, actor = get_object_or_404(rows, pk=opinion_id), request.actor
    steps = {
        "issue": lambda: issue_opinion(
            opinion_id=opinion.pk, actor=actor, now=timezone.localtime()
        ),
        "withdraw": lambda: withdraw_opinion(
            opinion_id=opinion.pk, reason=reason_of(request), actor=actor
        ),
    }
    if name not in steps:
        raise Http404
    done = "意见已发出，相关学校会收到。" if name == "issue" else "意见已撤回，学校会看到理由。"
    return done_or_said(request, steps[name], done=done, then=opinion)


@require_http_methods(FORM_METHODS)
def opinion_answer(request: Request, answer_id: int) -> HttpResponse:
    """Answer for one's school (答复意见)."""
    rows = answers_owed_by(request.actor).select_related("opinion__committee")
    answer = get_object_or_404(rows, pk=answer_id)
    form = OpinionAnswerForm(request.POST or None)
    lead = f"{answer.opinion.committee.name}：{answer.opinion.title}"
    return answer_form(
        request,
        form=form,
        page=page_words("答复意见", "提交答复", back=answer.opinion, register=REGISTER, lead=lead),
        send=lambda said: answer_opinion(
            answer_id=answer.pk,
            take=Take(said["take"]),
            text=said["text"],
            actor=request.actor,
            today=timezone.localdate(),
        ),
        done="已答复。",
        then=answer.opinion,
    )
