"""Pages of committees: directory, one committee, setting up, renewing, ending."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import files_of
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import answer_form, given, page_words
from silian.foundation.ui.tables import Column, Table
from silian.operations.alliances.choices.committees import CommitteeKind
from silian.operations.alliances.commands.committees import (
    change_committee,
    end_committee,
    found_committee,
    renew_committee,
)
from silian.operations.alliances.forms.committees import CommitteeForm, RenewalForm
from silian.operations.alliances.forms.groups import ReasonForm
from silian.operations.alliances.models.committees import Committee
from silian.operations.alliances.permissions.committees import (
    committees_visible_to,
    may_found_committee,
    may_keep_committee,
    may_read_committees,
    opinions_visible_to,
    public_committees,
    public_opinions,
    require_committee_founder,
)
from silian.operations.alliances.queries.committees import (
    committees_for_list,
    meetings_of,
    nominations_of,
    opinions_for_list,
    plan_cards,
    sitting_members,
)
from silian.operations.alliances.queries.histories import past_of
from silian.operations.alliances.queries.rosters import seat_changes
from silian.operations.alliances.rules.groups import term_words
from silian.operations.alliances.views.steps import template_for, typed

REGISTER = ("指导委员会", "alliances:committee_list")
CELLS = "alliances/committees"
SHOWN = 20
FORM_METHODS = ["GET", "HEAD", "POST"]


def refuse_outsiders(request: Request) -> None:
    if not may_read_committees(request.actor):
        raise NotAllowed("委员会的登记由主持单位和主管部门办理；公开名录人人可读。")


@require_safe
def committee_list(request: Request) -> HttpResponseBase:
    """The committees of the region, or those that concern one's unit (指导委员会)."""
    refuse_outsiders(request)
    shown = committees_visible_to(request.actor)
    bar = committee_bar(request, shown)
    table = committee_table(request, chosen_committees(request, shown, text=bar.text))
    if table.export_wanted:
        return table.export_response()
    context = {
        "table": table,
        "bar": bar,
        "total": shown.filter(ended_on__isnull=True).count(),
        "founds": may_found_committee(request.actor),
    }
    template = template_for(request, page=f"{CELLS}/list.html", fragment=f"{CELLS}/_table.html")
    return render(request, template, context)


def committee_bar(request: Request, rows: QuerySet[Committee]) -> FilterBar:
    kinds = dict(rows.order_by().values_list("kind").annotate(Count("pk", distinct=True)))
    return FilterBar(
        request=request,
        placeholder="名称、主持单位",
        facets=[
            facet(
                request=request,
                name="kind",
                label="类别",
                choices=CommitteeKind.choices,
                counts=kinds,
            )
        ],
    )


def chosen_committees(
    request: Request, rows: QuerySet[Committee], *, text: str
) -> QuerySet[Committee]:
    if chosen := request.GET.getlist("kind"):
        rows = rows.filter(kind__in=chosen)
    if text := typed(text):
        rows = rows.filter(name__icontains=text) | rows.filter(host__name__icontains=text)
    return rows


def committee_table(request: Request, rows: QuerySet[Committee], *, public: bool = False) -> Table:
    return Table(
        request=request,
        name="committee_directory" if public else "committees",
        rows=committees_for_list(rows),
        caption="指导委员会",
        columns=[
            Column("name", "名称", main=True, sort="name"),
            Column("get_kind_display", "类别", sort="kind"),
            Column("host__name", "主持单位"),
            Column("member_count", "委员", unit="人", numeric=True),
            Column("meeting_count", "会议", unit="次", numeric=True),
            Column("opinion_count", "已发意见", unit="条", numeric=True),
            Column("term", "任期", value=term_of),
            Column("division__name", "地区", optional=True),
        ],
        order="name",
        export=True,
        views=not public,
        row_url=lambda row: row.public_url if public else row.get_absolute_url(),
        empty={"title": "没有符合条件的委员会", "why": "减少筛选条件，或由牵头部门设立。"},
    )


def term_of(row: Committee) -> str:
    if row.ended_on is not None:
        return f"{row.ended_on:%Y-%m-%d} 撤销"
    return term_words(ends_on=row.term_ends_on, on=timezone.localdate())[0]


@login_not_required
@require_safe
def committee_directory(request: Request) -> HttpResponseBase:
    """The committees, for everybody (委员会名录)."""
    shown = public_committees()
    bar = committee_bar(request, shown)
    chosen = chosen_committees(request, shown, text=bar.text)
    table = committee_table(request, chosen, public=True)
    if table.export_wanted:
        return table.export_response()
    context = {"table": table, "bar": bar, "total": shown.filter(ended_on__isnull=True).count()}
    template = template_for(
        request, page=f"{CELLS}/directory.html", fragment=f"{CELLS}/_table.html"
    )
    return render(request, template, context)


def visible_committee(request: Request, committee_id: int) -> Committee:
    rows = committees_visible_to(request.actor).select_related("division", "host", "industry")
    return get_object_or_404(rows, pk=committee_id)


def committee_context(committee: Committee) -> dict[str, Any]:
    """What every reader of a committee sees: members, plans, meetings, sent opinions."""
    today = timezone.localdate()
    text, tone = term_words(ends_on=committee.term_ends_on, on=today)
    return {
        "committee": committee,
        "term": text,
        "term_tone": tone,
        "members": sitting_members(committee, on=today),
        "plans": plan_cards(committee, today=today),
        "meetings": list(meetings_of(committee)[:SHOWN]),
    }


@require_safe
def committee_detail(request: Request, committee_id: int) -> HttpResponse:
    """One committee with what its keepers may do."""
    committee, actor = visible_committee(request, committee_id), request.actor
    alive = committee.ended_on is None
    keeps = may_keep_committee(actor, committee)
    opinions = opinions_visible_to(actor).filter(committee=committee)
    context = {
        **committee_context(committee),
        "opinions": list(opinions_for_list(opinions)[:SHOWN]),
        "keeps": keeps and alive,
        "founds": may_found_committee(actor) and actor.covers(committee.division_id) and alive,
        "files": list(files_of(committee)),
        "nominations": list(nominations_of(committee)) if keeps else [],
        "changes": seat_changes(committee),
        "entries": past_of(committee),
    }
    return render(request, f"{CELLS}/detail.html", context)


@login_not_required
@require_safe
def committee_public(request: Request, committee_id: int) -> HttpResponse:
    """One committee as everybody reads it: names and posts, plans, opinions."""
    rows = public_committees().select_related("division", "host", "industry")
    committee = get_object_or_404(rows, pk=committee_id)
    opinions = opinions_for_list(public_opinions().filter(committee=committee))
    context = {**committee_context(committee), "opinions": list(opinions[:SHOWN])}
    return render(request, f"{CELLS}/public.html", context)


@require_http_methods(FORM_METHODS)
def committee_new(request: Request) -> HttpResponse:
    """Set up a committee (设立委员会)."""
    actor, today = request.actor, timezone.localdate()
    require_committee_founder(actor, division=actor.jurisdiction)
    initial = {"division": actor.jurisdiction, "founded_on": today}
    form = CommitteeForm(*given(request), initial=initial)
    page = page_words("设立委员会", "设立", back="alliances:committee_list", register=REGISTER)
    return answer_form(
        request,
        form=form,
        page=page,
        send=lambda said: found_committee(
            division=said["division"].pk, facts=form.facts(), upload=said["upload"], actor=actor
        ),
        done="委员会已设立，请登记委员。",
    )


@require_http_methods(FORM_METHODS)
def committee_edit(request: Request, committee_id: int) -> HttpResponse:
    """Change a committee (修改委员会)."""
    committee, actor = visible_committee(request, committee_id), request.actor
    require_committee_founder(actor, division=committee.division_id)
    form = CommitteeForm(*given(request), initial=CommitteeForm.initial_from(committee))
    form.fields["division"].disabled = True
    return answer_form(
        request,
        form=form,
        page=page_words(f"修改{committee.name}", "保存", back=committee, register=REGISTER),
        send=lambda said: change_committee(
            committee_id=committee.pk, facts=form.facts(), upload=said["upload"], actor=actor
        ),
        done="已保存。",
        then=committee,
    )


@require_http_methods(FORM_METHODS)
def committee_renew(request: Request, committee_id: int) -> HttpResponse:
    """Begin a new term (换届)."""
    committee, actor = visible_committee(request, committee_id), request.actor
    require_committee_founder(actor, division=committee.division_id)
    form = RenewalForm(request.POST or None, initial={"on": timezone.localdate()})
    lead = f"{committee.name}；本届委员任期随换届结束，再登记新一届委员"
    return answer_form(
        request,
        form=form,
        page=page_words("换届", "换届", back=committee, register=REGISTER, lead=lead),
        send=lambda said: renew_committee(committee_id=committee.pk, actor=actor, **said),
        done="已换届，请登记新一届委员。",
        then=committee,
    )


@require_http_methods(FORM_METHODS)
def committee_end(request: Request, committee_id: int) -> HttpResponse:
    """Dissolve a committee (撤销委员会)."""
    committee, actor = visible_committee(request, committee_id), request.actor
    require_committee_founder(actor, division=committee.division_id)
    form = ReasonForm(request.POST or None, initial={"on": timezone.localdate()})
    return answer_form(
        request,
        form=form,
        page=page_words(f"撤销{committee.name}", "撤销", back=committee, register=REGISTER),
        send=lambda said: end_committee(committee_id=committee.pk, actor=actor, **said),
        done="委员会已撤销，意见和名单保留。",
        then=committee,
    )
