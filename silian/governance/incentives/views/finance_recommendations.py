"""The list of projects recommended to banks: candidates, proposals, decisions, editions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import answer_form, done_or_said, given, page_words
from silian.foundation.ui.histories import entry_of
from silian.foundation.ui.tables import Column, Table
from silian.governance.incentives.choices.finance import RecommendationState
from silian.governance.incentives.commands.finance_recommendations import (
    approve_recommendation,
    issue_list,
    propose_recommendation,
    remove_recommendation,
    return_recommendation,
)
from silian.governance.incentives.forms.needs import ReasonForm
from silian.governance.incentives.models import ProjectRecommendation
from silian.governance.incentives.permissions.finance import (
    is_recommender,
    may_decide_recommendation,
    needs_visible_to,
    recommendations_visible_to,
    require_decider,
    require_finance_reader,
    require_official,
    require_recommender,
)
from silian.governance.incentives.queries.finance_recommendations import (
    candidates,
    gates_of,
    ground_of,
    thawed,
)
from silian.governance.incentives.rules.finance_matching import wan
from silian.governance.incentives.views.finance_acts import Act, act_page, plain

CELL = "incentives/finance/recommended/"
REGISTER = ("推荐名单", "incentives:recommendations")
HISTORY = 20
S = RecommendationState
COLUMNS = (
    Column("project", "项目", template=f"{CELL}_cell_project.html", main=True),
    Column("owner", "申请单位", value="need__owner__name"),
    Column("amount", "融资金额", value=lambda row: wan(row.need.amount), unit="万元", numeric=True),
    Column("basis", "依据", value="basis"),
    Column("issued_on", "发布日", sort="issued_on"),
    Column(
        "state",
        "状态",
        value=lambda row: row.get_state_display(),
        template="incentives/finance/_cell_state.html",
        sort="state",
    ),
    Column("division", "地区", value="division__name", optional=True),
    Column("reason", "推荐理由", optional=True),
)
EMPTY = {
    "missing": "还没有推荐的项目",
    "why": "统筹人员从候选项目提出，由另一人审定后发布给金融机构。",
}


@require_safe
def recommendation_list(request: Request) -> HttpResponseBase:
    """The list as it stands for the reader (推荐名单)."""
    require_finance_reader(request.actor)
    today = timezone.localdate()
    seen = recommendations_visible_to(request.actor, on=today)
    facets = [facet(request=request, name="state", label="状态", choices=S.choices)]
    bar = FilterBar(request=request, placeholder="项目、申请单位", facets=facets)
    table = Table(
        request=request,
        name="finance_recommendations",
        rows=chosen(request, seen, text=bar.text),
        columns=COLUMNS,
        caption="产教融合项目融资推荐名单",
        row_url=lambda row: row.get_absolute_url(),
        empty=EMPTY,
    )
    if table.export_wanted:
        return table.export_response()
    context = {
        "table": table,
        "bar": bar,
        "issued": seen.filter(state=S.ISSUED).count(),
        "proposed": seen.filter(state=S.PROPOSED).count(),
        "approved": seen.filter(state=S.APPROVED).count(),
        "keeps": is_recommender(request.actor),
    }
    return render(request, f"{CELL}{'_list' if request.htmx else 'list'}.html", context)


def chosen(
    request: Request, rows: QuerySet[ProjectRecommendation], *, text: str
) -> QuerySet[ProjectRecommendation]:
    rows = rows.select_related("need__owner", "need__project", "division", "edition")
    if states := request.GET.getlist("state"):
        rows = rows.filter(state__in=states)
    if text:
        rows = rows.filter(need__title__icontains=text) | rows.filter(
            need__owner__name__icontains=text
        )
    return rows


@require_safe
def candidate_list(request: Request) -> HttpResponse:
    """Needs of the region that carry a project, with computed eligibility (候选项目)."""
    require_official(request.actor)
    today = timezone.localdate()
    found = candidates(request.actor, on=today)
    context = {
        "candidates": found,
        "eligible": sum(each.eligible for each in found),
        "ground": ground_of(division=request.actor.jurisdiction, on=today),
        "keeps": is_recommender(request.actor),
    }
    return render(request, f"{CELL}candidates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def recommendation_new(request: Request, need_id: int) -> HttpResponse:
    """Propose a project for the list (提出推荐)."""
    require_recommender(request.actor)
    today = timezone.localdate()
    rows = needs_visible_to(request.actor, on=today).select_related("owner", "project", "division")
    need = get_object_or_404(rows, pk=need_id)
    form = ReasonForm(*given(request), label="推荐理由")

    def send(said: dict[str, Any]) -> ProjectRecommendation:
        return propose_recommendation(
            need_id=need.pk, reason=said["reason"], actor=request.actor, now=timezone.now()
        )

    page = page_words(
        f"推荐：{need.project or need}",
        "提出推荐",
        back="incentives:recommendation_candidates",
        register=REGISTER,
        lead="提出后由另一位审核或统筹人员审定；现在的条件会随推荐保存。",
    )
    return answer_form(request, form=form, page=page, send=send, done="已提出，等待审定。")


@require_safe
def recommendation_detail(request: Request, recommendation_id: int) -> HttpResponse:
    """Who was recommended, when, by whom and why, with the gates as they stood."""
    today = timezone.localdate()
    rows = recommendations_visible_to(request.actor, on=today).select_related(
        "need__owner", "need__project", "division", "edition", "proposed_by", "decided_by"
    )
    row = get_object_or_404(rows, pk=recommendation_id)
    needs = needs_visible_to(request.actor, on=today)
    context = {
        "row": row,
        "gates": thawed(row.gates),
        "now": gates_of([row.need], on=today)[row.need_id],
        "sees_need": needs.filter(pk=row.need_id).exists(),
        "decides": row.state == S.PROPOSED and may_decide_recommendation(request.actor, row),
        "removes": is_recommender(request.actor) and row.state in (S.APPROVED, S.ISSUED),
        "history": [entry_of(entry) for entry in history_of(row)[:HISTORY]],
    }
    return render(request, f"{CELL}detail.html", context)


def opinion_of(command: Callable[..., Any], box: str) -> Callable[[Request, Any, Any], Any]:
    def send(request: Request, row: ProjectRecommendation, form: Any) -> Any:
        try:
            return command(
                recommendation_id=row.pk,
                **{box: form.cleaned_data["reason"]},
                actor=request.actor,
                now=timezone.now(),
            )
        except DomainError as refusal:
            refusal.field = "reason" if refusal.field == box else refusal.field
            raise

    return send


def deciding(request: Request, row: ProjectRecommendation) -> None:
    require_decider(request.actor, row)


ACTS = {
    "approve": Act(
        title="审定推荐项目", button="同意推荐", done="已审定，统筹人员可以发布。",
        form=plain(ReasonForm, label="审定意见", required=False),
        send=opinion_of(approve_recommendation, "opinion"), require=deciding,
    ),
    "return": Act(
        title="退回推荐项目", button="退回", done="已退回。",
        form=plain(ReasonForm, label="退回意见"),
        send=opinion_of(return_recommendation, "opinion"), require=deciding,
    ),
    "remove": Act(
        title="移出推荐名单", button="移出", done="已移出，下一期名单不再列入。",
        lead="原因会告知申请单位，已发布的各期保留。",
        form=plain(ReasonForm, label="移出原因"),
        send=opinion_of(remove_recommendation, "reason"),
        require=lambda request, row: require_recommender(request.actor),
    ),
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def recommendation_act(request: Request, recommendation_id: int, name: str) -> HttpResponse:
    """Approve, return or remove (审定、退回、移出)."""
    rows = recommendations_visible_to(request.actor, on=timezone.localdate())
    row = get_object_or_404(rows.select_related("need"), pk=recommendation_id)
    return act_page(request, ACTS, name, row, register=REGISTER)


@require_POST
def recommendation_issue(request: Request) -> HttpResponse:
    """Publish the next edition of the list (发布名单)."""
    require_recommender(request.actor)
    return done_or_said(
        request,
        lambda: issue_list(actor=request.actor, now=timezone.now()),
        done="名单已发布，金融机构可以查看。",
        then=reverse("incentives:recommendations"),
    )
