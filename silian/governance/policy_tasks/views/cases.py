"""The public library of cases, one case, and the lists behind login (经验案例)."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import files_of
from silian.foundation.kernel.requests import Request
from silian.foundation.reference.models import Division
from silian.foundation.ui.charts import Chart, Series
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.paging import keyset_page
from silian.foundation.ui.tables import Column, Table
from silian.governance.policy_tasks.choices import CaseState, CaseTheme, RolloutState
from silian.governance.policy_tasks.models.cases import Adoption, ExperienceCase, Rollout
from silian.governance.policy_tasks.permissions.cases import (
    cases_of_unit,
    cases_reviewed_by,
    cases_visible_to,
    may_decide_rollout,
    may_edit_case,
    may_review_case,
    may_write_cases,
)
from silian.governance.policy_tasks.permissions.supervision_scope import (
    may_coordinate,
    reads_jurisdiction,
)
from silian.governance.policy_tasks.queries.cases import (
    Place,
    adoptions_of,
    case_history,
    cases_for_list,
    library,
    places_of,
    reach_of,
    rollouts_to_decide,
)

CELLS = "policy_tasks/cases"
PAGE_SIZE = 12


@login_not_required
@require_safe
def case_library(request: Request) -> HttpResponse:
    """The published cases, for everybody (经验案例库)."""
    rows = library()
    bar = FilterBar(request=request, facets=case_facets(request, rows), placeholder="做法、单位")
    page = keyset_page(
        rows=chosen_cases(request, rows, text=bar.text),
        order="-published_at",
        size=PAGE_SIZE,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {
        "bar": bar,
        "page": page,
        "total": rows.order_by().count(),
        "writes": may_write_cases(request.actor),
    }
    template = f"{CELLS}/_library.html" if request.htmx else f"{CELLS}/library.html"
    return render(request, template, context)


def case_facets(request: Request, rows: QuerySet[ExperienceCase]) -> list[Any]:
    plain = ExperienceCase.objects.filter(state=CaseState.PUBLISHED).order_by()
    themes = dict(plain.values_list("theme").annotate(Count("pk")))
    used = plain.values_list("division_id", flat=True).distinct()
    places = Division.objects.filter(pk__in=used).order_by("code").values_list("pk", "name")
    spread = {"adopted": "已有单位采用", "province": "同意全省推广"}
    return [
        facet(
            request=request, name="theme", label="主题", choices=CaseTheme.choices, counts=themes
        ),
        facet(request=request, name="division", label="地区", choices=places),
        facet(request=request, name="spread", label="推广", choices=spread.items(), single=True),
    ]


def chosen_cases(
    request: Request, rows: QuerySet[ExperienceCase], *, text: str
) -> QuerySet[ExperienceCase]:
    """What the filters leave."""
    for name, column in (("theme", "theme"), ("division", "division_id")):
        if chosen := request.GET.getlist(name):
            rows = rows.filter(**{f"{column}__in": chosen})
    spread = request.GET.get("spread", "")
    if spread == "adopted":
        rows = rows.filter(pk__in=Adoption.objects.values("case_id"))
    elif spread == "province":
        approved = Rollout.objects.filter(state=RolloutState.APPROVED)
        rows = rows.filter(pk__in=approved.values("case_id"))
    if text:
        words = (
            Q(title__icontains=text)
            | Q(practice__icontains=text)
            | Q(problem__icontains=text)
            | Q(organisation__name__icontains=text)
        )
        rows = rows.filter(words)
    return rows


@login_not_required
@require_safe
def case_detail(request: Request, case_id: int) -> HttpResponse:
    """One case: what was done, with what effect, and who took it over."""
    return case_page(request, visible_case(request, case_id))


def visible_case(request: Request, case_id: int) -> ExperienceCase:
    rows = cases_visible_to(request.actor).select_related("organisation", "division")
    return get_object_or_404(rows.prefetch_related("figures"), pk=case_id)


def case_page(request: Request, case: ExperienceCase, **more: Any) -> HttpResponse:
    actor = request.actor
    adoptions = list(adoptions_of(case))
    places = places_of(adoptions)
    rollouts = list(case.rollouts.select_related("division"))
    own = next((row for row in adoptions if row.organisation_id == actor.organisation_id), None)
    edits, reviews = may_edit_case(actor, case), may_review_case(actor, case)
    context = {
        "case": case,
        "files": files_of(case),
        "adoptions": adoptions,
        "places": places,
        "places_chart": chart_of(places) if places else None,
        "rollouts": [(row, may_decide_rollout(actor, row)) for row in rollouts],
        "asked": any(row.state != RolloutState.DECLINED for row in rollouts),
        "publicity": case.publicity.all(),
        "reach": reach_of(case),
        "own_adoption": own,
        "adopts": may_write_cases(actor) and case.organisation_id != actor.organisation_id,
        "edits": edits,
        "reviews": reviews,
        "publicises": edits or reviews,
        "entries": case_history(case) if edits or reads_jurisdiction(actor) else [],
        **more,
    }
    refused = more.get("refused")
    status = refused.status if refused else 200
    return render(request, f"{CELLS}/case.html", context, status=status)


def chart_of(places: list[Place]) -> Chart:
    """Where a case was taken over, place by place (采用地区)."""
    return Chart(
        name="case_places",
        title="采用地区",
        unit="家",
        source="采用单位登记",
        kind="bars",
        labels=[place.name for place in places],
        series=[
            Series("采用", [place.adoptions for place in places]),
            Series("已见效", [place.with_result for place in places]),
        ],
    )


def case_table(request: HttpRequest, rows: QuerySet[ExperienceCase], *, name: str) -> Table:
    return Table(
        request=request,
        name=name,
        rows=cases_for_list(rows),
        caption="经验案例",
        columns=[
            Column("title", "案例", main=True),
            Column("organisation", "报送单位", "organisation__name"),
            Column("theme", "主题", lambda row: row.get_theme_display(), sort="theme"),
            Column(
                "state",
                "状态",
                lambda row: row.get_state_display(),
                template=f"{CELLS}/_cell_state.html",
                sort="state",
            ),
            Column("submitted_at", "报送", sort="submitted_at"),
            Column("published_at", "发布", sort="published_at"),
            Column("adoption_count", "采用", numeric=True, unit="家"),
        ],
        order="-created_at",
        row_url=lambda row: row.get_absolute_url(),
        empty={"missing": "还没有案例", "why": "把做成的事写成案例，审核后进入公开的案例库。"},
    )


@require_safe
def case_list(request: Request) -> HttpResponseBase:
    """The cases of one's own unit, and those that wait for one's review."""
    actor = request.actor
    writes, oversees = may_write_cases(actor), reads_jurisdiction(actor)
    if not (writes or oversees):
        raise NotAllowed("案例由已核验单位的管理员、经办人报送，由牵头部门统筹人员审核。")
    seen = cases_visible_to(actor) if oversees else cases_of_unit(actor)
    if oversees:
        seen = seen.filter(Q(pk__in=cases_of_unit(actor)) | within_reach(request))
    table = case_table(request, seen, name="cases")
    if table.export_wanted:
        return table.export_response()
    context = {
        "table": table,
        "writes": writes,
        "waiting": cases_reviewed_by(actor).select_related("organisation")[:20],
        "requests": rollouts_to_decide(actor)[:20] if may_coordinate(actor) else [],
        "oversees": oversees,
    }
    return render(request, f"{CELLS}/list.html", context)


def within_reach(request: Request) -> Q:
    """The cases of the reader's jurisdiction."""
    return Q(division__code__startswith=request.actor.jurisdiction.rstrip("0"))
