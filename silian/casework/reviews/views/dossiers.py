"""Dossiers for everybody who has a part in them: the list, the page, the versions."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from silian.casework.reviews.choices.dossiers import DossierState, OpinionState
from silian.casework.reviews.models import Dossier
from silian.casework.reviews.permissions.campaigns import may_check_dossiers, may_organise
from silian.casework.reviews.permissions.dossiers import (
    dossiers_judged_by,
    dossiers_visible_to,
    is_applicant,
    reads_results,
)
from silian.casework.reviews.permissions.opinions import may_give_opinion
from silian.casework.reviews.queries.clocks import (
    late_dossiers,
    late_opinions,
    working_days_left,
)
from silian.casework.reviews.queries.dossier_page import (
    answered_sections,
    changes_of_version,
    course,
    fix_items_of,
    level_labels,
    opinions_for_page,
    shown_results,
    stage_lines,
    whose_turn,
)
from silian.casework.reviews.queries.dossiers import completeness_of, fix_of
from silian.casework.reviews.queries.evaluation import evaluation_of
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.tables import Column, Table
from silian.registers.organisations.choices import OrganisationSize

COLUMNS = (
    Column("subject_name", "认定对象", template="reviews/_cell_dossier.html", main=True),
    Column("campaign", "批次", "campaign__title"),
    Column(
        "state",
        "环节",
        lambda row: row.get_state_display(),
        template="reviews/_cell_dossier_state.html",
        sort="state",
    ),
    Column("due_on", "本环节期限", template="reviews/_cell_due.html", sort="due_on"),
    Column("division", "地区", "division__name", sort="division__code"),
    Column("number", "申报编号", sort="number"),
    Column("applicant", "申报单位", "applicant__name", optional=True),
    Column("size", "规模", lambda row: size_label(row), optional=True),
    Column("submitted_at", "首次提交", sort="submitted_at", optional=True),
)
STAGE_LATE, OPINION_LATE = "1", "opinions"
LATE = [(STAGE_LATE, "环节超期"), (OPINION_LATE, "部门意见超期")]
POINTS = Column("points", "总分", numeric=True, sort="points", optional=True)


def size_label(row: Dossier) -> str:
    return dict(OrganisationSize.choices).get(row.size, "")


@require_safe
def dossier_list(request: Request) -> HttpResponseBase:
    """The sent dossiers on which the reader has a part (申报材料)."""
    seen = dossiers_judged_by(request.actor)
    bar = FilterBar(request=request, placeholder="名称、编号", facets=facets(request, seen))
    rows = chosen(request, seen, text=bar.text)
    table = Table(
        request=request,
        name="review_dossiers",
        rows=rows.select_related("campaign", "division", "applicant"),
        caption="申报材料",
        columns=COLUMNS,
        order="-submitted_at",
        row_url=lambda row: row.get_absolute_url(),
        empty={"title": "没有符合条件的申报材料", "why": "减少筛选条件，或等单位提交。"},
    )
    if table.export_wanted:
        return table.export_response()
    template = "reviews/_table.html" if request.htmx else "reviews/dossier_list.html"
    return render(request, template, {"bar": bar, "table": table})


def facets(request: Request, seen: Any) -> list[Any]:
    campaigns = dict(seen.order_by().values_list("campaign_id", "campaign__title"))
    divisions = dict(seen.order_by().values_list("division_id", "division__name"))
    return [
        facet(request=request, name="state", label="环节", choices=DossierState.choices[1:]),
        facet(
            request=request,
            name="campaign",
            label="批次",
            choices=[(str(pk), title) for pk, title in campaigns.items()],
        ),
        facet(request=request, name="division", label="地区", choices=sorted(divisions.items())),
        facet(request=request, name="late", label="期限", choices=LATE),
    ]


def chosen(request: Request, rows: Any, *, text: str) -> Any:
    """What the filters leave."""
    if states := request.GET.getlist("state"):
        rows = rows.filter(state__in=states)
    if campaigns := [pk for pk in request.GET.getlist("campaign") if pk.isdigit()]:
        rows = rows.filter(campaign_id__in=campaigns)
    if divisions := request.GET.getlist("division"):
        rows = rows.filter(division_id__in=divisions)
    if late := set(request.GET.getlist("late")):
        rows = rows.filter(late_rows(late))
    if text:
        rows = rows.filter(subject_name__icontains=text) | rows.filter(number__icontains=text)
    return rows


def late_rows(kinds: set[str]) -> Q:
    """Those with a clock that ran out: of their stage, or of a department's opinion (逾期)."""
    today, found = timezone.localdate(), Q(pk__in=[])
    if STAGE_LATE in kinds:
        found |= Q(pk__in=late_dossiers(on=today).values("pk"))
    if OPINION_LATE in kinds:
        found |= Q(pk__in=late_opinions(on=today).values("dossier_id"))
    return found


def visible_dossier(request: Request, dossier_id: int) -> Dossier:
    rows = dossiers_visible_to(request.actor).select_related(
        "campaign__version__scheme", "campaign__owner", "applicant", "division", "person"
    )
    return get_object_or_404(rows, pk=dossier_id)


@require_safe
def dossier_detail(request: Request, dossier_id: int) -> HttpResponse:
    """One dossier: where it stands, what it says, what was said of it (申报材料)."""
    dossier = visible_dossier(request, dossier_id)
    actor = request.actor
    reads = reads_results(actor, dossier)
    context = {
        "dossier": dossier,
        "stages": stage_lines(dossier),
        "turn": whose_turn(dossier),
        "left": working_days_left(dossier.due_on, on=timezone.localdate()),
        "sections": answered_sections(dossier),
        "versions": dossier.versions.select_related("sent_by"),
        "fix": fix_of(dossier),
        "fix_items": fix_items_of(dossier),
        "reads": reads,
        "results": shown_results(evaluation_of(dossier).trees) if reads else [],
        "entries": course(dossier, actor),
        **opinion_context(request, dossier),
        **part_of(request, dossier),
    }
    return render(request, "reviews/dossier_detail.html", context)


def part_of(request: Request, dossier: Dossier) -> dict[str, Any]:
    """What the reader may do next on this dossier."""
    applies = is_applicant(request.actor, dossier) and not request.actor.is_system
    is_open = dossier.state in (DossierState.DRAFT, DossierState.FIXING)
    checks = may_check_dossiers(request.actor, dossier.campaign)
    return {
        "applies": applies,
        "fills": applies and is_open,
        "withdraws": applies
        and not dossier.is_ended
        and dossier.state not in (DossierState.NOTICED, DossierState.OBJECTED),
        "whole": completeness_of(dossier) if applies and is_open else None,
        "checks": checks and dossier.state == DossierState.SUBMITTED,
        "ends_fix": checks and dossier.state == DossierState.FIXING and dossier.due_on is None,
        "names": not applies,
    }


def opinion_context(request: Request, dossier: Dossier) -> dict[str, Any]:
    """The departments' opinions; the applicant reads them when the file is ended."""
    rows = opinions_for_page(dossier)
    applies = is_applicant(request.actor, dossier)
    mine = [
        row
        for row in rows
        if row.state == OpinionState.ASKED and may_give_opinion(request.actor, row)
    ]
    return {
        "opinions": rows if not applies or dossier.is_ended else [],
        "opinion_count": len(rows),
        "levels": level_labels(dossier),
        "ends_opinions": dossier.state == DossierState.OPINIONS
        and may_organise(request.actor, dossier.campaign),
        "my_opinion": mine[0] if mine and not applies else None,
        "today": timezone.localdate(),
    }


@require_safe
def dossier_version(request: Request, dossier_id: int, number: int) -> HttpResponse:
    """One sent version and what it says otherwise than the one before it (版本差异)."""
    dossier = visible_dossier(request, dossier_id)
    version = get_object_or_404(dossier.versions.select_related("sent_by"), number=number)
    context = {
        "dossier": dossier,
        "version": version,
        "changes": changes_of_version(dossier, version),
    }
    return render(request, "reviews/dossier_version.html", context)
